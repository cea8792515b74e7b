"""Pages that were made from the same are known before they are looked up."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import cast

import pytest

from matrixsite.site import workshop
from matrixsite.site.documents import TextDocument
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Kind, Listing, Made
from matrixsite.site.manifest import Known
from matrixsite.site.recipes import RECIPES
from matrixsite.site.render import Renderer
from matrixsite.site.workshop import Order, Place, Workshop, make_pages

PATH, MARK = "a.txt", b"12345678"


class Desk:
    """Makes one page of a list, and counts how often its rows are looked up."""

    def __init__(self, stage: str, patch: pytest.MonkeyPatch) -> None:
        self.ids: tuple[str, ...] = ("1", "2")
        self.text, self.looked_up = "甲", 0
        recipe = replace(RECIPES[Kind.MONTH], make=lambda keys, edition: [self._made(key) for key in keys])
        patch.setattr(workshop, "RECIPES", {Kind.MONTH: recipe})
        render = cast(Renderer, lambda path, page: page.to_bytes())
        self._workshop = Workshop(
            cast(Edition, None), render, Place(stage, f"{stage}-published"), lambda: NotImplemented
        )

    def _made(self, key: str) -> Made:
        return Made(key, PATH, Listing(self.ids, "around", self._look_up))

    def _look_up(self) -> TextDocument:
        self.looked_up += 1
        return TextDocument(self.text)

    def night(self, known: list[Known], touched: frozenset[str] | None, mark: bytes = MARK) -> list[Known]:
        """What is recorded of a night; what is not is as it was known."""
        order = Order(Kind.MONTH, mark, ("u",), {page.path: page for page in known}, touched)
        finished = make_pages(self._workshop, order)
        assert finished.paths == (PATH,)
        return [_known(line) for line in finished.lines.splitlines()]


def _known(line: str) -> Known:
    path, kind, key, fingerprint, digest = json.loads(line)
    return Known(path, kind, key, bytes.fromhex(fingerprint), bytes.fromhex(digest))


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(str(tmp_path_factory.mktemp("stage")), monkeypatch)


@pytest.mark.parametrize(
    ("ids", "touched", "mark", "looked_up"),
    [
        (("1", "2"), frozenset(), MARK, False),
        (("1", "2"), frozenset({"3"}), MARK, False),
        (("1", "2"), frozenset({"2"}), MARK, True),
        (("1", "2"), None, MARK, True),  # a full build
        (("1", "3"), frozenset({"3"}), MARK, True),
        (("2",), frozenset(), MARK, True),  # one left
        (("1", "2"), frozenset(), b"87654321", True),  # another template
    ],
)
def test_rows_are_looked_up_where_something_changed(
    desk: Desk, ids: tuple[str, ...], touched: frozenset[str] | None, mark: bytes, looked_up: bool
) -> None:
    first = desk.night([], frozenset())
    desk.ids, desk.looked_up = ids, 0
    desk.night(first, touched, mark)
    assert desk.looked_up == looked_up


def test_what_came_out_the_same_is_not_recorded_again(desk: Desk) -> None:
    first = desk.night([], frozenset())
    assert len(first) == 1
    assert desk.night(first, None) == []
    desk.text = "乙"
    (changed,) = desk.night(first, frozenset({"1"}))
    assert changed.fingerprint == first[0].fingerprint
    assert changed.digest != first[0].digest
