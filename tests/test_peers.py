"""The loader of other projects' suites itself: our own cases pass it, and it sees what it is there to see."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from matrixsite import Matrix, RunReport, StoreError
from matrixsite.ingest import sources
from matrixsite.model import ParsedFeed, Reason
from matrixsite.parse.document import parse
from matrixsite.parse.reasons import UNREADABLE
from matrixsite.pipeline import reading
from tests import peers

CASES = Path(__file__).parent / "parse" / "cases"
FEED = b"<rss><channel><item/><item><title>y</title></item></channel></rss>"
JSON = b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1"}, {"id": "2"}]}'


def crash(*_: object, **__: object) -> ParsedFeed:
    raise RecursionError


def die(*_: object, **__: object) -> ParsedFeed:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def endless(*_: object, **__: object) -> ParsedFeed:
    while True:
        pass


def lose(body: bytes, **about: Any) -> ParsedFeed:
    parsed = parse(body, **about)
    return replace(parsed, entries=parsed.entries[1:])


def refuse(*_: object, **__: object) -> ParsedFeed:
    return ParsedFeed(error=Reason(UNREADABLE))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three feeds of two entries; only the document of b.xml says x."""
    (tmp_path / "deeper").mkdir()
    (tmp_path / "a.rss").write_bytes(FEED)
    (tmp_path / "b.xml").write_bytes(FEED.replace(b">y<", b">x<"))
    (tmp_path / "deeper" / "c 100%?.json").write_bytes(JSON)
    (tmp_path / "read.me").write_bytes(b"no feed")
    return tmp_path


def wrong(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [line for line in capsys.readouterr().out.splitlines() if line.startswith("WRONG")]


def test_our_own_cases_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert peers.main(CASES) == 0
    assert "crash" not in capsys.readouterr().out


def test_each_file_is_fetched_and_its_entries_are_stored(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(peers, "PART", 2)
    assert peers.main(folder) == 0
    assert "     3  in all, 6 entries stored\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (crash, "reading-failed RecursionError"),
        (die, "worker-died"),
        (endless, "too-slow over 0.3 s of computing, with 2 elements"),
        (refuse, "unreadable, with 2 elements"),
        (lose, "1 entries stored of 2 elements"),
    ],
)
def test_a_crash_and_a_lost_entry_are_told(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    broken: Callable[..., ParsedFeed],
    told: str,
) -> None:
    def read(body: bytes, **about: Any) -> ParsedFeed:
        return broken(body, **about) if b"<title>x" in body else parse(body, **about)

    monkeypatch.setattr(reading, "CPU_SECONDS", 0.3)
    monkeypatch.setattr(sources, "parse", read)  # workers are forks of this process
    assert peers.main(folder) == 1
    (line,) = wrong(capsys)
    assert line.startswith(f"WRONG  {folder / 'b.xml'}: {told}")


@pytest.mark.parametrize("document", [JSON, FEED[:-12]], ids=["JSON", "malformed"])
def test_an_entry_that_was_parsed_and_lost_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], document: bytes
) -> None:
    (tmp_path / "a.feed").write_bytes(document)
    assert peers.main(tmp_path) == 0
    monkeypatch.setattr(sources, "parse", lose)
    assert peers.main(tmp_path) == 1
    assert "1 entries stored of 2 parsed" in wrong(capsys)[0]


def test_a_file_that_ends_the_night_is_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    update = Matrix.update

    def updated(self: Matrix, **options: Any) -> RunReport:
        if any(feed.url.endswith(".rss") for account in self.settings.accounts for feed in account.feeds):
            raise StoreError("no room")
        return update(self, **options)

    monkeypatch.setattr(Matrix, "update", updated)
    assert peers.main(folder) == 1
    (line,) = wrong(capsys)
    assert line.startswith(f"WRONG  {folder / 'a.rss'}: ends the night: StoreError")


def test_a_night_that_only_many_files_end_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    update = Matrix.update

    def updated(self: Matrix, **options: Any) -> RunReport:
        if len(self.settings.accounts) > 2:
            raise StoreError("no room")
        return update(self, **options)

    monkeypatch.setattr(Matrix, "update", updated)
    assert peers.main(folder) == 1
    assert "with 2 more ends the night" in wrong(capsys)[0]


def test_repeated_items_and_documents_that_are_no_feeds_are_noted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "repeats.xml").write_bytes(FEED.replace(b"<item/>", b"<item/><item/>"))
    (tmp_path / "stock.xml").write_bytes(b"<stock><item/></stock>")
    assert peers.main(tmp_path) == 0
    told = capsys.readouterr().out
    assert "repeats.xml: 2 entries stored of 3 elements, of which 1 repeat others" in told
    assert "stock.xml: not-a-feed root stock, with 1 elements" in told


def test_the_content_type_of_a_header_line_is_served(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    comment = "<!--\nHeader:  Content-type: text/xml; charset=gbk\n-->"
    (tmp_path / "a.xml").write_bytes(
        comment.encode() + FEED.replace(b">y<", b">" + "青山".encode("gbk") + b"<")
    )
    assert peers.main(tmp_path) == 0
    assert "malformed, degraded undated" in capsys.readouterr().out, (
        "without the label, its bytes would be invalid"
    )
