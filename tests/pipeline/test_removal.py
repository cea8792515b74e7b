"""Removal upstream: two nights of a sign take an entry off the site, an editor may overrule, nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from matrixsite.model import Entry, Status
from tests.cli.conftest import run
from tests.nights import NIGHT, Item, Nights, rss

NOTICE = Item("p", title="甲", text="该内容已被发布者删除")
ACCESS_CHECK = Item("p", title="甲", text="当前环境异常，完成验证后即可继续访问")
TEXT = Item("p", title="甲", text="图书馆今起延长开放时间")
OTHER = Item("q", title="乙", text="地铁二号线恢复运营")
SHOWN, GONE = Status.SHOWN, Status.GONE


def atom(*entries: str, buried: str = "", namespace: str = "http://purl.org/atompub/tombstones/1.0") -> bytes:
    tomb = f'<at:deleted-entry ref="{buried}" when="2026-11-02T00:00:00Z"/>' if buried else ""
    items = "".join(
        f"<entry><id>urn:x:{name}</id><title>{title}</title><updated>2026-11-01T00:00:00Z</updated>"
        f'<link href="https://example.com/{name}"/><content>图书馆今起延长开放{name}</content></entry>'
        for name, title in zip("pq", entries, strict=False)
        if title
    )
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="{namespace}"><title>t</title>{items}{tomb}</feed>'
    ).encode()


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    return Nights(tmp_path, [{"id": "a", "feed": "a.xml"}])


def status(nights: Nights, title: str = "甲") -> Status:
    return _entry(nights, title).status


def _entry(nights: Nights, title: str = "甲") -> Entry:
    (entry,) = [item for item in nights.load().entries(status=None) if item.title == title]
    return entry


FIRST = atom("甲", "乙")
TOMB = atom("", "乙", buried="urn:x:p")


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ([rss(TEXT, OTHER), rss(NOTICE, OTHER)], [SHOWN, SHOWN]),
        ([rss(TEXT, OTHER), rss(NOTICE, OTHER), rss(NOTICE, OTHER)], [SHOWN, SHOWN, GONE]),
        ([rss(TEXT, OTHER), rss(NOTICE), rss(NOTICE, OTHER, "new")], [SHOWN, SHOWN, GONE]),
        ([rss(NOTICE), rss(NOTICE)], [SHOWN, GONE]),
        ([rss(TEXT), rss(NOTICE), rss(TEXT), rss(NOTICE)], [SHOWN] * 4),
        ([rss(TEXT), rss(NOTICE), rss(OTHER), rss(NOTICE)], [SHOWN] * 4),
        ([rss(TEXT), rss(NOTICE), b"<html>", rss(NOTICE)], [SHOWN, SHOWN, SHOWN, GONE]),
        ([rss(TEXT), rss(NOTICE), rss(NOTICE), rss(OTHER)], [SHOWN, SHOWN, GONE, GONE]),
        ([rss(TEXT), rss(NOTICE), rss(NOTICE), rss(TEXT)], [SHOWN, SHOWN, GONE, SHOWN]),
        ([rss(TEXT), rss(ACCESS_CHECK), rss(ACCESS_CHECK)], [SHOWN] * 3),
        ([rss(TEXT), rss(OTHER), rss(OTHER), rss(), rss()], [SHOWN] * 5),
        ([FIRST, TOMB], [SHOWN, SHOWN]),
        ([FIRST, TOMB, TOMB], [SHOWN, SHOWN, GONE]),
        ([FIRST, TOMB, TOMB, FIRST], [SHOWN, SHOWN, GONE, SHOWN]),
        ([FIRST, TOMB, TOMB, atom("", "乙")], [SHOWN, SHOWN, GONE, GONE]),
        ([FIRST, atom("甲", "乙", buried="urn:x:p")] * 2, [SHOWN] * 4),
        ([FIRST, *[atom("", "乙", buried="urn:x:other")] * 2], [SHOWN] * 3),
        ([FIRST, *[atom("", "乙", buried="urn:x:p", namespace="urn:other")] * 2], [SHOWN] * 3),
        ([FIRST, *[TOMB.replace(b"<at:deleted-entry", b"<at:deleted-entry &")] * 2], [SHOWN] * 3),
    ],
)
def test_signs(nights: Nights, documents: list[bytes], expected: list[Status]) -> None:
    found = []
    for document in documents:
        nights.write("a.xml", document)
        nights.update()
        found.append(status(nights))
    assert found == expected
    if any(entry.title == "乙" for entry in nights.load().entries(status=None)):
        assert status(nights, "乙") is SHOWN


def test_two_runs_of_one_night_are_one_night(nights: Nights) -> None:
    for document in (rss(TEXT), rss(NOTICE)):
        nights.write("a.xml", document)
        nights.update()
    nights.load().update(now=nights.night + NIGHT / 8, jobs=1)
    assert status(nights) is SHOWN
    nights.update()
    assert status(nights) is GONE


@pytest.mark.parametrize(
    "accounts",
    [
        [{"id": "a", "feed": "a.xml"}, {"id": "b", "feed": "b.xml"}],
        [{"id": "a", "feeds": [{"url": "a.xml"}, {"url": "b.xml"}]}],
    ],
    ids=["of another account", "of the same account"],
)
def test_no_feed_buries_an_entry_of_another(tmp_path: Path, accounts: list[dict[str, object]]) -> None:
    nights = Nights(tmp_path, accounts)
    nights.write("a.xml", FIRST)
    for document in (atom(), *[atom(buried="urn:x:p")] * 2):
        nights.write("b.xml", document)
        nights.update()
    assert status(nights) is SHOWN


def test_the_stub_and_the_words(nights: Nights) -> None:
    """The address says 已撤回 without a title; the text stays in the store; the sentence says what helps."""
    for document in (rss(TEXT, OTHER), rss(NOTICE, OTHER), rss(NOTICE, OTHER)):
        nights.write("a.xml", document)
        nights.night += NIGHT
        nights.load().build(nights.root / "output", now=nights.night, jobs=1)
    entry = _entry(nights)
    page = (nights.root / "output" / entry.path).read_text(encoding="utf-8")
    assert "已撤回" in page
    assert "甲" not in page
    assert entry.text == TEXT.text
    said = run("explain", entry.id, "-c", nights.root / "feeds.yaml").out
    assert "its publisher took it back, first seen 2026-11-03" in said
    assert "content/approved.yaml shows it again" in said


def test_an_editor_overrules_a_removal_after_it_was_seen(nights: Nights) -> None:
    """An approval from before it, such as all entries of a held account have, is no word on it."""
    nights.set_up([{"id": "a", "feed": "a.xml", "publish": "hold"}])
    nights.write("content/approved.yaml", "- https://example.com/p\n")
    for document in (rss(TEXT, OTHER), rss(NOTICE), rss(NOTICE)):
        nights.write("a.xml", document)
        nights.update()
    assert status(nights) is GONE
    nights.write("content/approved.yaml", "[]\n")
    nights.update()
    assert status(nights) is GONE
    nights.write("content/approved.yaml", "- https://example.com/p\n")
    assert status(nights) is SHOWN  # at once, not only with the next run
    nights.update()
    nights.update()
    assert status(nights) is SHOWN
    nights.write("content/approved.yaml", "[]\n")
    nights.update()
    assert status(nights) is GONE
