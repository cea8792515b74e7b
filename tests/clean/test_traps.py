"""Texts made to cost more than they weigh: they are cleaned like any other.

No test here looks at a clock: without the bounds each would run for minutes, or fill the memory.
"""

from __future__ import annotations

import pytest

from matrixsite.clean.entry import clean
from matrixsite.clean.furniture import excerpt, is_furniture
from matrixsite.clean.markup import MARKUP_LIMIT
from matrixsite.clean.text import plain_title, stripped, unique
from matrixsite.model import CleanEntry, RawEntry

BASE = "https://example.org/feed"
LONG = "https://example.org/" + "b/" * 2_000
NUMBER = f"&#{'1' * 5_000};"
SOURCES = f'<source srcset="{", ".join(f"[ {n}w" for n in range(500))}">' * 8


def cleaned(content: str, base: str = BASE, link: str = "https://example.org/1") -> CleanEntry:
    return clean(RawEntry(link=link, content=content), base=base)


@pytest.mark.parametrize("markup", [f"一{NUMBER}二", f"<p>一{NUMBER}二", f"&lt;p&gt;一{NUMBER}二"])
def test_a_number_of_no_character(markup: str) -> None:
    assert cleaned(markup).text.replace("\n", "") == "一\ufffd二"


def test_a_number_of_no_character_in_names() -> None:
    assert unique([f"张{NUMBER}三"]) == ("张\ufffd三",)
    assert stripped(f"<p>一{NUMBER}") == ["一\ufffd"]
    assert plain_title("一&#0000000000000000000000038;") == "一\ufffd"


@pytest.mark.parametrize(
    "markup",
    [
        "<script>" + "</script" * (MARKUP_LIMIT // 8),
        "<style>" + "</style " * (MARKUP_LIMIT // 8),
        "<div>" * 300 + "<script>" + "</script" * 100_000,
    ],
    ids=["script", "style", "deep"],
)
def test_ends_that_never_end(markup: str) -> None:
    assert cleaned(f"<p>一</p>{markup}").text == "一"


@pytest.mark.parametrize("text", ["&" * 3_000_000, "& " * 1_500_000, "<p>" + "\xa0&" * 900_000])
def test_a_text_of_references_only(text: str) -> None:
    assert cleaned(text).html.count("&amp;") == text.count("&")


@pytest.mark.parametrize("piece", ["&amp;a", "一", "&lt;b&gt; ", "\xa0"])
def test_a_long_text_stays_in_one_piece(piece: str) -> None:
    entry = cleaned(f"<p>始{piece * 10_000}终</p>")
    assert entry.html.count("<") == 2
    assert cleaned(entry.html).html == entry.html


def test_many_lines_are_each_a_paragraph() -> None:
    assert cleaned("一\n" * 25_000).html == "<p>一</p>" * 25_000


@pytest.mark.parametrize(
    "markup",
    [
        f'<a href="{LONG}">' + "<p>字</p>" * 20_000,
        "<a href=/x><b><i><em><s><u><sub><sup><small><code><q><cite><kbd><samp><var><mark>"
        + "<p>字</p>" * 20_000,
        "<video></video>字" * 20_000,
        "<a href=b>字</a>" * 20_000,
        "<img src=b>字" * 20_000,
    ],
    ids=["address", "phrases", "players", "links", "images"],
)
def test_what_is_repeated_without_end_is_shown_as_words(markup: str) -> None:
    entry = cleaned(markup, base=LONG, link=LONG)
    assert len(entry.html) <= 40 * len(markup)
    assert entry.text.count("字") == 20_000


def test_sources_are_looked_at_once() -> None:
    assert cleaned("<picture>" + SOURCES + "<img>" * 100_000 + "</picture>一").text == "一"


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ("<picture><source srcset=a.webp><source srcset=b.webp><img></picture>", ["b.webp"]),
        ("<picture><source srcset=a.webp><img src=b.png></picture>", ["b.png"]),
        ("<picture><source srcset=a.webp></picture><picture><img alt=x></picture>", []),
        ("<picture><source srcset=a.webp><img></picture><p><img></p>", ["a.webp"]),
    ],
    ids=["the nearest", "its own", "of another", "once"],
)
def test_sources_of_a_picture(markup: str, names: list[str]) -> None:
    html = cleaned(markup).html
    assert [part.partition('"')[0] for part in html.split('src="https://example.org/')[1:]] == names


@pytest.mark.parametrize(
    "line",
    [
        "!" * 89 + "a",
        "点击" + " !" * 43 + "a",
        " " * 89 + "a",
        ">" * 44 + " : : " * 9 + "a",
        "时间" + " " * 87 + "a",
    ],
)
def test_lines_of_signs(line: str) -> None:
    for _ in range(5_000):
        assert not is_furniture(line)


def test_an_excerpt_of_signs() -> None:
    text = "\n".join(["(" * 44 + " " * 45 + "a"] * 40)
    assert len({excerpt(text, str(n)) for n in range(1_000)}) == 1


@pytest.mark.parametrize(
    ("title", "expected"),
    [("好<!-- 的 <!-- 一", "好"), ("好<!-- 的 <!-- 一 -->二", "好二"), ("好<!--" * 1_000, "好")],
)
def test_an_open_comment_runs_to_the_end(title: str, expected: str) -> None:
    assert plain_title(title, is_html=True) == expected


def test_the_query_of_a_base_says_nothing_of_a_body() -> None:
    picture = "<img src=a.png>"
    assert cleaned(picture, base=f"{BASE}?{'x' * 3_000}").cover == "https://example.org/a.png"
    assert cleaned(picture, base=LONG).html == ""
