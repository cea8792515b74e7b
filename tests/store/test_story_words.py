"""What editors say of stories stands, whatever evidence comes."""

from __future__ import annotations

from dataclasses import replace

from matrixsite.editorial.decisions import StoryDecision, StoryVerb
from matrixsite.editorial.refs import parse_ref
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
        apply_story_words(connection, said)


def stories(filling: Filling) -> set[frozenset[str]]:
    """The titles of each story."""
    found: dict[str, set[str]] = {}
    for row in filling.rows():
        found.setdefault(row.story, set()).add(row.title)
    return {frozenset(titles) for titles in found.values()}


def original(filling: Filling, title: str) -> str:
    """The title of the original of the story of an entry."""
    carriers = filling.source().carriers(filling.row(title).story)
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
