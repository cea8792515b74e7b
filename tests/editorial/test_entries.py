from __future__ import annotations

from datetime import date, datetime

import pytest

from matrixsite.config.settings import Settings
from matrixsite.config.source import Source, parse_yaml
from matrixsite.editorial.entries import HandEntry, read_entries
from matrixsite.model import Media


def source(text: str) -> Source:
    parsed, problems = parse_yaml(text, "content/entries.yaml")
    assert problems == []
    assert parsed is not None
    return parsed


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        ("2026-11-20 08:30:00", datetime(2026, 11, 20, 8, 30)),
        ("2026-11-20 08:30", datetime(2026, 11, 20, 8, 30)),
    ],
)
def test_an_entry_is_entered_by_hand(written: str, expected: date, settings: Settings) -> None:
    text = f"- {{url: 'https://example.org/v', account: lake, title: 湖, date: {written}, kind: video}}\n"
    entries, problems = read_entries(source(text), settings)
    assert problems == []
    assert entries == (HandEntry("https://example.org/v", "lake", "湖", expected, kind=Media.VIDEO),)
    assert type(entries[0].date) is type(expected)


@pytest.mark.parametrize(
    ("written", "kind", "kinds"),
    [
        ("audio", Media.AUDIO, set()),
        ("rumour", Media.TEXT, {"rumour"}),
        ("[video, rumour, letter]", Media.VIDEO, {"rumour", "letter"}),
        ("[]", Media.TEXT, set()),
    ],
)
def test_an_entry_may_bear_kinds(written: str, kind: Media, kinds: set[str], settings: Settings) -> None:
    text = (
        f"- {{url: 'https://example.org/v', account: lake, title: 湖, date: 2026-11-20, kind: {written}}}\n"
    )
    (entry,), problems = read_entries(source(text), settings, frozenset({"rumour", "letter"}))
    assert problems == []
    assert (entry.kind, set(entry.kinds)) == (kind, kinds)


@pytest.mark.parametrize(
    ("written", "field"), [("rumor", "kind"), ("[video, rumor]", "kind.1"), ("[video, audio]", "kind")]
)
def test_a_kind_that_is_none(written: str, field: str, settings: Settings) -> None:
    text = (
        f"- {{url: 'https://example.org/v', account: lake, title: 湖, date: 2026-11-20, kind: {written}}}\n"
    )
    _, (problem,) = read_entries(source(text), settings, frozenset({"rumour"}))
    assert problem.field == f"0.{field}"
    assert problem.mend


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("{url: x, account: lake, title: 湖, date: 2026-11-20}", "0.url"),
        ("{url: 'https://example.org', account: lakes, title: 湖, date: 2026-11-20}", "0.account"),
        ("{url: 'https://example.org', account: lake, date: 2026-11-20}", "0.title"),
        ("{url: 'https://example.org', account: lake, title: 湖}", "0.date"),
        ("{url: 'https://example.org', account: lake, title: 湖, date: 昨天}", "0.date"),
        ("{url: 'https://example.org', account: lake, title: 湖, date: 2026-11-20, kind: film}", "0.kind"),
        ("{url: 'https://example.org', account: lake, title: 湖, date: 2026-11-20, cover: /x}", "0.cover"),
    ],
)
def test_faults_have_their_place(text: str, field: str, settings: Settings) -> None:
    _, problems = read_entries(source(f"- {text}\n"), settings)
    assert [problem.field for problem in problems] == [field]
