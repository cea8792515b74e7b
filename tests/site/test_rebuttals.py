"""What rebuts and what is rebutted say so on both pages, and only while both are shown."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import html

from tests.nights import LONG, Item
from tests.site.conftest import Workshop, tree

ELSEWHERE = {"url": "https://elsewhere.example.com/x", "title": "网传全市停水"}


@pytest.fixture
def matrix(workshop: Workshop) -> Workshop:
    workshop.bare({"id": "a", "name": "甲号"}, {"id": "b", "name": "乙号"})
    workshop.feed("a", Item("true", "不停水", "假的。", day=2), Item("x", "别的", day=2))
    workshop.feed("b", Item("rumour", "要停水", LONG, day=1))
    _rebut(workshop, "https://example.com/rumour", ELSEWHERE)
    return workshop


def _rebut(matrix: Workshop, *rebuts: Any) -> None:
    picks = [{"ref": "https://example.com/true", "rebuts": list(rebuts)}]
    matrix.write("content/kinds.yaml", json.dumps([{"id": "k", "title": "辟谣", "picks": picks}]))


def _links(matrix: Workshop, path: str, name: str) -> dict[str, str]:
    found = html.fromstring(matrix.read(path)).xpath(f"//p[contains(@class, '{name}')]//a")
    return {link.text_content(): link.get("href") for link in found}


def _same_as_clean(matrix: Workshop) -> None:
    incremental = tree(matrix.output)
    matrix.build(matrix.root / "clean")
    assert incremental == tree(matrix.root / "clean")


def test_both_pages_say_so(matrix: Workshop) -> None:
    matrix.build()
    true, rumour = matrix.entry("不停水").path, matrix.entry("要停水").path
    assert _links(matrix, true, "rebuts") == {"要停水": f"../../{rumour}", "网传全市停水": ELSEWHERE["url"]}
    assert "此条已被辟谣" in matrix.read(rumour)
    assert _links(matrix, rumour, "rebutted") == {"不停水": f"../../{true}"}
    assert "辟谣" not in matrix.read(matrix.entry("别的").path)


def test_whoever_carries_the_rumour_says_so(matrix: Workshop) -> None:
    matrix.build()
    matrix.feed("a", Item("true", "不停水", "假的。", day=2), Item("copy", "听说要停水", LONG, day=3))
    matrix.build()
    story = matrix.entry("要停水").story
    for path in (matrix.entry("要停水").path, matrix.entry("听说要停水").path, f"stories/{story}.html"):
        assert list(_links(matrix, path, "rebutted")) == ["不停水"], path
    link = _links(matrix, matrix.entry("不停水").path, "rebuts")["要停水"]
    assert link == f"../../stories/{story}.html"
    _same_as_clean(matrix)


@pytest.mark.parametrize(
    ("gone", "left", "shown"), [("true", "要停水", "不停水"), ("rumour", "不停水", "要停水")]
)
def test_what_is_withdrawn_is_named_no_more(matrix: Workshop, gone: str, left: str, shown: str) -> None:
    matrix.build()
    page = matrix.entry(left).path
    assert shown in matrix.read(page)
    matrix.write("content/withdrawn.yaml", json.dumps([{"ref": f"https://example.com/{gone}", "why": "误"}]))
    assert page in matrix.build(force=True).written
    assert shown not in matrix.read(page).partition("<article")[2].partition("excerpt")[0].replace(
        "<h1>不停水", ""
    )
    assert (f"https://example.com/{gone}" in matrix.read(page)) is False
    _same_as_clean(matrix)


def test_a_retitled_entry_is_named_anew(matrix: Workshop) -> None:
    matrix.build()
    matrix.feed("a", Item("true", "供水正常", "假的。", day=2), Item("x", "别的", day=2))
    matrix.build()
    assert list(_links(matrix, matrix.entry("要停水").path, "rebutted")) == ["供水正常"]
    _same_as_clean(matrix)


def test_a_rebuttal_that_editors_take_back_reaches_both_pages(matrix: Workshop) -> None:
    matrix.build()
    both = {matrix.entry("不停水").path, matrix.entry("要停水").path}
    _rebut(matrix, ELSEWHERE)
    assert {path for path in matrix.build().written if path.startswith("2026/11/")} >= both
    assert list(_links(matrix, matrix.entry("不停水").path, "rebuts")) == ["网传全市停水"]
    assert "此条已被辟谣" not in matrix.read(matrix.entry("要停水").path)
    _same_as_clean(matrix)


def test_a_rumour_that_comes_later_is_named_when_it_does(matrix: Workshop) -> None:
    _rebut(matrix, "https://example.com/later")
    matrix.build()
    page = matrix.entry("不停水").path
    assert _links(matrix, page, "rebuts") == {}
    matrix.feed("b", Item("later", "还是要停水", LONG, day=3))
    matrix.build()
    assert list(_links(matrix, page, "rebuts")) == ["还是要停水"]
    _same_as_clean(matrix)
