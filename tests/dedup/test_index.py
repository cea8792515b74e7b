"""What joining knows: the store's answers, and what a batch adds to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.dedup.index import ASLEEP, FURNITURE, OWN, SENTENCES, STOP, Index, lookups_of
from matrixsite.dedup.joining import join_all
from matrixsite.dedup.lookup import Kind, Story
from matrixsite.dedup.postings import Postings
from matrixsite.dedup.prints import Pending, Print, print_of
from tests.dedup.memory import BRIDGE, DAY, NOON, ORCHARD, TITLE, Memory, made, piece, prose

TEMPLATE = "今日渡口水位{}厘米，渡船照常开行，过河旅客依次上船。"


def always(_: str) -> bool:
    return True


def taught(*entries: Pending, memory: Memory | None = None) -> Index:
    """An index that joined these entries."""
    index = Index(memory or Memory())
    join_all(entries, [print_of(item) for item in entries], index)
    return index


def founding(index: Index, *entries: Pending, kind: Kind = Kind.STORY) -> None:
    """A story for each of these."""
    for item in entries:
        index.found(print_of(item), item, kind)


# --- postings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "learning", "found", "learned"),
    [
        ("", "s", "s", "s"),
        ("r", "s", "rs", "s"),
        ("s", "s", "s", ""),
        ("", "ss", "s", "s"),
        ("qr", "s", "qr", ""),
        ("q", "rs", "qr", "r"),
        ("xq", "s", "qs", "s"),
        ("x", "q", "q", ""),
        ("y", "", "q", ""),
    ],
    ids=[
        "first",
        "another",
        "known",
        "again",
        "enough of them",
        "enough by now",
        "one that was merged away leaves room",
        "what one was merged into is known",
        "merged twice",
    ],
)
def test_postings(known: str, learning: str, found: str, learned: str) -> None:
    postings = Postings(2, {"y": "x", "x": "q"}, {1: [*known]})
    for story in learning:
        postings.learn([1], story, 7, always)
    assert postings.of(1) == [*found]
    assert postings.learned == {(1, story): 7 for story in learned}
    assert postings.of(2) == []


def test_stories_that_do_not_count_leave_room() -> None:
    postings = Postings(2, {}, {1: ["asleep", "q"]})
    postings.learn([1], "r", 7, lambda story: story != "asleep")
    postings.learn([1], "s", 7, lambda story: story != "asleep")
    assert postings.of(1) == ["asleep", "q", "r"]


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from("abcdef")), max_size=30))
def test_a_list_is_never_longer_than_its_cap(learning: list[tuple[int, str]]) -> None:
    postings = Postings(3, {})
    for hashed, story in learning:
        postings.learn([hashed], story, 7)
    assert all(len(postings.of(hashed)) <= 3 for hashed in range(4))
    assert len(postings.learned) == sum(len(postings.of(hashed)) for hashed in range(4))


# --- sentences -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stories", "stops", "furnishes"),
    [(STOP - 1, False, False), (STOP, True, False), (FURNITURE - 1, True, False), (FURNITURE, True, True)],
)
def test_a_sentence_wears_out(stories: int, stops: bool, furnishes: bool) -> None:
    index = Index(Memory())
    line = TEMPLATE.format("一百")
    founding(index, *(piece(f"a{n}", f"{prose(n)}\n{line}") for n in range(stories)))
    face = index.face(made(f"{BRIDGE}\n{line}"))
    assert (len(face.own) == len(made(BRIDGE).words)) is stops
    assert (len(face.whole) == len(made(BRIDGE).words)) is furnishes


def test_a_template_is_learned_with_its_digits_masked() -> None:
    index = Index(Memory())
    founding(index, *(piece(f"a{n}", f"{prose(n)}\n{TEMPLATE.format(100 + n)}") for n in range(SENTENCES)))
    face = index.face(made(f"{BRIDGE}\n{TEMPLATE.format(95)}"))
    assert face.own == made(BRIDGE).words
    assert face.whole == face.print.words


def test_carriers_of_one_story_are_no_template() -> None:
    index = taught(*(piece(f"{name}1", BRIDGE, TITLE) for name in "abcdefgh"))
    assert index.face(made(BRIDGE, TITLE)).own == made(BRIDGE).words


def test_what_digests_quote_is_no_template() -> None:
    index = Index(Memory())
    founding(index, *(piece(f"a{n}", f"{prose(n)}\n{BRIDGE}") for n in range(9)), kind=Kind.DIGEST)
    assert index.face(made(BRIDGE)).own == made(BRIDGE).words


def test_merged_stories_count_as_one() -> None:
    index = Index(Memory())
    founding(index, *(piece(f"a{n}", BRIDGE) for n in range(STOP)))
    assert index.face(made(BRIDGE)).own == ""
    index.merge("a1", "a0")
    assert index.face(made(BRIDGE)).own == made(BRIDGE).words


def test_a_face_is_made_anew_when_more_is_learned() -> None:
    index = Index(Memory())
    print_ = made(BRIDGE)
    before = index.face(print_)
    assert index.face(print_) is before
    founding(index, *(piece(f"a{n}", BRIDGE) for n in range(STOP)))
    assert index.face(print_) is not before


# --- stories -------------------------------------------------------------------------------------------------------


def test_a_story_grows() -> None:
    index = Index(Memory())
    first = piece("a1", "\n".join(BRIDGE.split("\n")[:3]), TITLE, hours=5)
    founding(index, first)
    for item in (
        piece("b1", BRIDGE, TITLE, hours=2, seen=9),
        piece("c1", "", TITLE, hours=8),
        piece("d1", "", TITLE, hours=7, inferred=True),
    ):
        index.join(print_of(item), item, "a1")
    hour = 3600
    assert index.story("a1") == Story(
        id="a1",
        kind=Kind.STORY,
        founded=NOON + 5 * hour,
        first=0,  # one may be of any time
        last=NOON + 8 * hour,
        touched=NOON + 9 * hour,
        longest="b1",
        length=len(made(BRIDGE, TITLE).words),
        latest="d1",
        size=4,
    )
    assert [*index.changed] == ["a1"]


def test_a_merged_story_has_the_reach_of_both() -> None:
    index = Index(Memory())
    founding(index, piece("a1", "老石桥昨天重新放行了", hours=5), piece("b1", BRIDGE, hours=1, seen=9))
    index.merge("b1", "a1")
    found = index.story("a1")
    assert (found.first, found.last, found.touched) == (NOON + 3600, NOON + 5 * 3600, NOON + 9 * 3600)
    assert (found.longest, found.length, found.size) == ("b1", len(made(BRIDGE).words), 2)
    assert [*index.changed] == ["a1"]
    assert index.surviving("b1") == index.surviving("a1") == "a1"


def test_what_an_entry_is_compared_with_in_its_story() -> None:
    carriers = [piece(f"{name}1", BRIDGE, TITLE, hours=n) for n, name in enumerate("abcdefgh")]
    own = [piece(f"z{n}", BRIDGE, TITLE, hours=8 + n) for n in range(OWN + 2)]
    last = piece("y1", BRIDGE, TITLE, hours=99)
    index = taught(*carriers, *own, last)
    story = index.story("a1")
    assert [found.id for found in index.compared(story, "x")] == ["a1", "y1"]
    assert [found.id for found in index.compared(story, "c")] == ["a1", "y1", "c1"]
    assert [found.id for found in index.compared(story, "z")] == ["a1", "y1", "z4", "z3", "z2"]


@pytest.mark.parametrize("batch", [1, 3, 500])
def test_own_entries_are_found_in_the_store_too(batch: int) -> None:
    memory = Memory()
    memory.add([piece(f"{name}1", BRIDGE, TITLE, hours=n) for n, name in enumerate("abczdefzgh")][:6], batch)
    memory.add([piece("z2", BRIDGE, TITLE, hours=20), piece("y1", BRIDGE, TITLE, hours=21)], batch)
    index = Index(memory)
    assert [found.id for found in index.compared(index.story("a1"), "z")] == ["a1", "y1", "z2", "z1"]


@pytest.mark.parametrize(
    ("founded", "now", "expected"),
    [(0, ASLEEP, True), (0, ASLEEP + 1, False), (DAY, ASLEEP + 1, True), (ASLEEP, 0, True)],
)
@pytest.mark.parametrize("stored", [False, True])
def test_stories_fall_asleep(founded: int, now: int, expected: bool, stored: bool) -> None:
    first = replace(piece("a1", BRIDGE, TITLE), first_seen=NOON + founded)
    memory = Memory()
    index = Index(memory) if stored else taught(first, memory=memory)
    if stored:
        memory.add([first])
    again = piece("b1", BRIDGE, TITLE)
    index.as_of(NOON + max(now, founded))
    index.expect([again], [print_of(again)])
    if not stored:
        founding(index, first)
    hashed = print_of(again).keys[0]
    assert index.stories_at([hashed], NOON + now) == [["a1"] if expected else []]


# --- how the store is asked ----------------------------------------------------------------------------------------


def rest(memory: Memory, entries: list[Pending]) -> Iterator[int]:
    """Times that the store is asked, by batch of ten."""
    for start in range(0, len(entries), 10):
        before = memory.asked
        memory.add(entries[start : start + 10])
        yield memory.asked - before


def test_a_batch_asks_the_store_a_few_times_however_much_it_holds() -> None:
    entries = [piece(f"a{n:03}", prose(n), prose(n, 1), hours=n) for n in range(100)]
    counts = [*rest(Memory(), entries)]
    assert max(counts) <= 8
    assert counts[-1] <= counts[1]


def test_the_store_is_never_asked_for_what_the_batch_made() -> None:
    memory = Memory()
    taught(piece("a1", BRIDGE, TITLE), piece("b1", BRIDGE, TITLE, hours=1), memory=memory)  # or: KeyError
    assert memory.asked <= 6


def test_prints_are_made_once() -> None:
    count = 0

    def counting(entry: Pending) -> Print:
        nonlocal count
        count += 1
        return print_of(entry)

    memory = Memory()
    memory.add([piece("a1", BRIDGE, TITLE), piece("b1", ORCHARD, "柿子")])
    index = Index(memory, counting)
    for _ in range(2):
        index.go_on(memory)
        assert [found.id for found in index.prints(["a1", "b1", "a1"])] == ["a1", "b1", "a1"]
    assert count == 2


def test_what_is_looked_up_of_an_entry() -> None:
    entry = print_of(piece("a", BRIDGE, TITLE, images=("https://x.example/1.jpg",)))
    assert [*lookups_of(entry)] == [*entry.sought, *entry.images, entry.title_key]
    assert [*lookups_of(made())] == []
