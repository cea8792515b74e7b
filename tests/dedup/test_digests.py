"""What makes a digest, and what it contains."""

from __future__ import annotations

import pytest

from matrixsite.dedup.digests import contained, rounds_up
from matrixsite.dedup.index import Index
from matrixsite.dedup.lookup import Kind, Story
from matrixsite.dedup.prints import Pending, Print
from tests.dedup.memory import BRIDGE, OBSERVATORY, ORCHARD, TITLE, Memory, made, piece

RED = "半山腰柿子园迎来采摘尾声"
STARS = "少年观星夜课在天文台开讲"


def first(text: str, lines: int = 2) -> str:
    return "\n".join(text.split("\n")[:lines])


ROUND_UP = f"{TITLE}\n{first(BRIDGE)}\n{RED}\n{first(ORCHARD)}"


@pytest.mark.parametrize(
    ("digest", "story", "expected"),
    [
        (made(ROUND_UP, "清溪早报"), made(BRIDGE, TITLE), True),
        (made(ROUND_UP, "清溪早报"), made(ORCHARD, RED), True),
        (made(ROUND_UP, "清溪早报"), made(OBSERVATORY, STARS), False),
        (made(f"{RED}\n{first(BRIDGE)}", "清溪早报"), made(ORCHARD, RED), False),
        (made(f"{first(BRIDGE)}\n{first(ORCHARD)}", "清溪早报"), made(BRIDGE, TITLE), False),
        (made(f"{TITLE}\n{BRIDGE}", "清溪早报"), made(BRIDGE, TITLE), False),
        (made(BRIDGE, TITLE), made(BRIDGE, TITLE), False),
        (made(f"{first(ORCHARD)}\n{TITLE}\n{BRIDGE}", f"{TITLE}等两则"), made(BRIDGE, TITLE), False),
        (made(ROUND_UP, "清溪早报"), made("", TITLE), True),
        (made(ROUND_UP, "清溪早报"), made(BRIDGE, "老石桥"), False),
        (made("", "清溪早报"), made(BRIDGE, TITLE), False),
    ],
    ids=[
        "named and quoted",
        "the second",
        "not there",
        "named only",
        "quoted only",
        "the story with its title",
        "the story",
        "the story under its own title",
        "a title alone",
        "a title that is any word",
        "no text",
    ],
)
def test_rounds_up(digest: Print, story: Print, expected: bool) -> None:
    assert rounds_up(digest, story) is expected


def stories(*founders: Pending) -> list[tuple[Story, Print]]:
    memory = Memory()
    memory.add(founders)
    index = Index(memory)
    return [(index.story(item.id), index.print(item.id)) for item in founders]


def test_two_stories_make_a_digest() -> None:
    candidates = stories(piece("a", BRIDGE, TITLE), piece("b", ORCHARD, RED), piece("c", OBSERVATORY, STARS))
    assert {story.kind for story, _ in candidates} == {Kind.STORY}
    assert contained(made(ROUND_UP, "清溪早报"), candidates) == ["a", "b"]


def test_one_story_makes_none() -> None:
    assert contained(made(ROUND_UP, "清溪早报"), stories(piece("a", BRIDGE, TITLE))) == []
