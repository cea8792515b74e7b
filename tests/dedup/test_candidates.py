"""Which stories an entry is compared with."""

from __future__ import annotations

from matrixsite.dedup.candidates import NAMED, WINDOW, candidates_of, near, of_title
from matrixsite.dedup.index import Index
from matrixsite.dedup.lookup import Kind
from matrixsite.dedup.prints import Pending, print_of
from tests.dedup.memory import BRIDGE, DAY, HOUR, NOON, ORCHARD, TITLE, Memory, piece, prose

TEMPLATE = "今日渡口水位一百二十厘米，渡船照常开行，过河旅客依次上船，违者不载。"


def indexed(*entries: Pending) -> Index:
    """An index in which each of these is a story."""
    index = Index(Memory())
    for item in entries:
        index.found(print_of(item), item, Kind.STORY)
    return index


def found(entry: Pending, *stories: Pending) -> dict[str, bool]:
    """The candidates' ids, and whether each is a stranger."""
    candidates = candidates_of(entry, print_of(entry), indexed(*stories))
    return {one.story.id: one.stranger for one in candidates}


def test_a_text_leads_to_its_own() -> None:
    assert found(piece("z1", BRIDGE), piece("a1", BRIDGE), piece("b1", ORCHARD)) == {"a1": False}


def test_a_title_and_an_address_lead_to_stories_without_a_text_in_common() -> None:
    entry = piece("z1", BRIDGE, TITLE, url=7)
    assert [*found(entry, piece("a1", ORCHARD, TITLE), piece("b1", ORCHARD, "柿子", url=7))] == ["b1", "a1"]


def test_whoever_shares_a_template_alone_is_a_stranger() -> None:
    stories = [piece(f"a{n}", f"{prose(n)}\n{TEMPLATE}", TITLE) for n in range(4)]
    text = f"{BRIDGE}{prose(9, 20)}"
    assert found(piece("z1", f"{text}\n{TEMPLATE}"), *stories) == {}
    assert {*found(piece("z1", f"{text}\n{TEMPLATE}", TITLE), *stories).values()} == {True}
    assert {*found(piece("z1", f"{prose(1)}\n{TEMPLATE}", TITLE), stories[1]).values()} == {False}


def test_only_the_latest_of_a_title_are_looked_at() -> None:
    stories = [piece(f"a{n:02}", "", TITLE, hours=n) for n in range(NAMED + 4)]
    assert [*found(piece("z1", "", TITLE, hours=20), *stories)] == [f"a{n:02}" for n in range(9, 3, -1)]


def test_what_a_batch_will_ask_for_by_title_is_known_before() -> None:
    index = indexed(piece("a1", "", TITLE), piece("b1", "", "柿子园红了"), piece("c1", ORCHARD))
    batch = [
        piece("z1", "", TITLE, hours=1),
        piece("z2", BRIDGE, "别的标题"),
        piece("z3", "", TITLE, hours=2),
    ]
    assert [story.id for story in of_title(batch, [print_of(item) for item in batch], index)] == ["a1"]


def test_stories_of_long_ago_are_no_candidates() -> None:
    index = indexed(piece("a1", "", TITLE), piece("a2", "", TITLE, hours=24))
    index.join(print_of(piece("b1", "", TITLE)), piece("b1", "", TITLE, hours=48), "a2")
    story = index.story("a2")
    days = WINDOW // DAY
    assert near(story, piece("z1", hours=24 * (days + 2)))
    assert not near(story, piece("z1", hours=24 * (days + 2) + 1))
    assert near(story, piece("z1", hours=-24 * (days - 1)))
    assert not near(story, piece("z1", hours=-24 * days - 1))
    assert near(story, piece("z1", hours=24 * 900, inferred=True))
    assert (story.first, story.last) == (NOON + 24 * HOUR, NOON + 48 * HOUR)
