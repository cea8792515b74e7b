"""What editors say of stories stands, whatever evidence comes."""

from __future__ import annotations

from dataclasses import replace

from matrixsite.editorial.decisions import StoryDecision, StoryVerb
from matrixsite.editorial.refs import parse_ref
from matrixsite.store.originals import Sources
from matrixsite.store.story_index import StoredIndex
from matrixsite.store.story_words import apply_story_words
from tests.nights import LONG, Item
from tests.store.filling import Filling

TEXT = Item("t", title="图书馆", text=LONG)


def say(filling: Filling, *words: tuple[StoryVerb, list[str]]) -> None:
    """Apply these words; entries are named by title."""
    said = [
        StoryDecision(verb, tuple(parse_ref(filling.row(title).id) for title in titles))
        for verb, titles in words
    ]
    with filling.database.write() as connection:
        apply_story_words(connection, said, Sources(filling.settings))


def stories(filling: Filling) -> set[frozenset[str]]:
    """The titles of each story."""
    found: dict[str, set[str]] = {}
    for row in filling.rows():
        found.setdefault(row.story, set()).add(row.title)
    return {frozenset(titles) for titles in found.values()}


def original(filling: Filling, title: str) -> str:
    """The title of the original of the story of an entry."""
    story = filling.row(title).story
    carriers = filling.source().carriers([story])[story]
    (first,) = [str(item.entry.title) for item in carriers if item.entry.original]
    return first


def test_join(filling: Filling) -> None:
    filling.night({"a": [Item("p", title="甲")], "b": [Item("q", title="乙", day=2)]})
    older, younger = filling.row("甲").story, filling.row("乙").story
    say(filling, (StoryVerb.JOIN, ["甲", "乙"]))
    assert stories(filling) == {frozenset("甲乙")}
    assert filling.row("乙").story == older
    assert [each.story for each in filling.source().story_addresses([younger])] == [older]


def test_split_and_new_carriers(filling: Filling) -> None:
    shared = {"a": [replace(TEXT, name="a", title="甲")], "b": [replace(TEXT, name="b", title="乙", day=2)]}
    filling.night(shared)
    assert stories(filling) == {frozenset("甲乙")}
    founder = filling.row("甲").story
    word = (StoryVerb.SPLIT, ["乙"])
    say(filling, word)
    assert stories(filling) == {frozenset("甲"), frozenset("乙")}
    assert (filling.row("甲").story, filling.row("乙").story) == (founder, filling.row("乙").id)
    filling.night({**shared, "c": [replace(TEXT, name="c", title="丙", day=3)]})
    say(filling, word)
    assert frozenset("乙") in stories(filling)


def test_splitting_off_the_founder_leaves_it_the_id(filling: Filling) -> None:
    filling.night(
        {"a": [replace(TEXT, name="a", title="甲")], "b": [replace(TEXT, name="b", title="乙", day=2)]}
    )
    founder = filling.row("甲").id
    say(filling, (StoryVerb.SPLIT, ["甲"]))
    assert (filling.row("甲").story, filling.row("乙").story) == (founder, filling.row("乙").id)


def test_the_original_that_editors_name(filling: Filling) -> None:
    filling.night(
        {"a": [replace(TEXT, name="a", title="甲")], "b": [replace(TEXT, name="b", title="乙", day=2)]}
    )
    assert original(filling, "甲") == "甲"
    say(filling, (StoryVerb.ORIGINAL, ["乙"]))
    assert original(filling, "甲") == "乙"
    filling.night({"c": [replace(TEXT, name="c", title="丙", day=1)]})
    assert original(filling, "甲") == "乙"
    say(filling)
    assert original(filling, "甲") == "甲"


def test_words_that_are_said_again_change_nothing(filling: Filling) -> None:
    filling.night({"a": [Item("p", title="甲")], "b": [Item("q", title="乙", day=2)]})
    words = [(StoryVerb.JOIN, ["甲", "乙"]), (StoryVerb.ORIGINAL, ["乙"])]
    say(filling, *words)
    latest = filling.source().latest()
    say(filling, *words)
    assert filling.source().latest() == latest


# --- the word lasts ---

JOIN, SPLIT = StoryVerb.JOIN, StoryVerb.SPLIT
FORMER = (
    "市图书馆的开放时间将有调整，具体安排以各馆公告栏为准，请读者留意。节假日期间少年儿童阅览区照常开放。"
)


def test_new_carriers_join_the_part_whose_text_they_carry(filling: Filling) -> None:
    other = replace(TEXT, name="b", title="乙", text=FORMER, day=2)
    filling.night({"a": [replace(TEXT, name="a", title="甲")], "b": [other]})
    say(filling, (JOIN, ["甲", "乙"]))
    words = [(JOIN, ["甲", "乙"]), (SPLIT, ["乙"])]
    say(filling, *words)
    filling.night(
        {
            "c": [replace(other, name="c", title="丙", day=3)],
            "d": [replace(TEXT, name="d", title="丁", day=3)],
        }
    )
    assert stories(filling) == {frozenset("甲丁"), frozenset("乙丙")}
    say(filling, *words)
    assert stories(filling) == {frozenset("甲丁"), frozenset("乙丙")}


def test_evidence_never_merges_what_an_editor_parted(filling: Filling) -> None:
    page = "https://example.com/page"
    title = "图书馆延长开放时间"
    filling.night(
        {
            "a": [Item("a", title, LONG, link=page)],
            "b": [Item("b", f"【转载】{title}", LONG, link="https://example.com/other", day=2)],
        }
    )
    say(filling, (SPLIT, [f"【转载】{title}"]))
    filling.night({"c": [Item("c", f"{title}！", LONG, link=page, day=3)]})
    parted = {row.account: row.story for row in filling.rows()}
    assert parted["a"] != parted["b"]


def test_a_story_that_editors_joined_grows(filling: Filling) -> None:
    filling.night({"a": [Item("a", "甲", LONG)], "b": [Item("b", "乙", FORMER, day=2)]})
    say(filling, (JOIN, ["甲", "乙"]))
    filling.night({"c": [Item("c", "丙", LONG, day=3)]})
    assert stories(filling) == {frozenset("甲乙丙")}


def test_the_last_word_stands(filling: Filling) -> None:
    filling.night({"a": [Item("p", "甲")], "b": [Item("q", "乙", day=2)], "c": [Item("r", "丙", day=3)]})
    words = [(JOIN, ["甲", "乙"]), (SPLIT, ["乙"])]
    say(filling, *words)
    assert len(stories(filling)) == 3
    say(filling, *words, (JOIN, ["甲", "丙"]))
    assert stories(filling) == {frozenset("甲丙"), frozenset("乙")}
    latest = filling.source().latest()
    say(filling, *words, (JOIN, ["甲", "丙"]))
    assert filling.source().latest() == latest


def test_a_new_word_on_an_entry_says_the_later_ones_again(filling: Filling) -> None:
    filling.night({"a": [Item("p", "甲")], "b": [Item("q", "乙", day=2)]})
    say(filling, (SPLIT, ["乙"]))
    say(filling, (JOIN, ["甲", "乙"]), (SPLIT, ["乙"]))
    assert stories(filling) == {frozenset("甲"), frozenset("乙")}


def test_a_word_that_is_taken_back_leaves_what_it_did(filling: Filling) -> None:
    filling.night({"a": [Item("p", "甲")], "b": [Item("q", "乙", day=2)]})
    say(filling, (JOIN, ["甲", "乙"]))
    say(filling)
    assert stories(filling) == {frozenset("甲乙")}
    say(filling, (SPLIT, ["乙"]))
    say(filling)
    say(filling, (JOIN, ["甲", "乙"]))
    assert stories(filling) == {frozenset("甲乙")}


def test_parts_know_what_they_hold(filling: Filling) -> None:
    filling.night(
        {
            "a": [replace(TEXT, name="a", title="甲")],
            "b": [replace(TEXT, name="b", title="乙", text=LONG * 2, day=2)],
        }
    )
    say(filling, (JOIN, ["甲", "乙"]))
    say(filling, (SPLIT, ["乙"]))
    with filling.database.read() as connection:
        parts = StoredIndex(connection).stories([row.story for row in filling.rows()])
    for row in filling.rows():
        part = parts[row.story]
        assert (part.size, part.longest, part.latest, part.by_hand) == (1, row.id, row.id, True)
        assert (part.first, part.last, part.founded) == (row.published, row.published, row.first_seen)
