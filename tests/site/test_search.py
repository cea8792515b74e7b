"""The files of search on a built site: what is in them, and what a night touches."""

from __future__ import annotations

from datetime import timedelta

from tests.nights import Item
from tests.site.conftest import Workshop, tree
from tests.site.sample import HELD, LATER, METRO, ORIGINAL, REPOST, TITLE_ONLY, WEATHER
from tests.site.search.asking import asked, titles


def _found(workshop: Workshop, words: str) -> list[str]:
    return titles(*asked(workshop.output, [words]))


def test_every_shown_entry_is_found_by_its_title_and_its_excerpt(built: Workshop) -> None:
    assert _found(built, METRO[:8]) == [METRO]
    assert _found(built, WEATHER[3:7]) == [WEATHER]
    assert _found(built, "政务服务窗口延伸到社区")[0] in (LATER, REPOST, ORIGINAL)


def test_what_rights_keep_and_what_is_held_is_not_in_it(built: Workshop) -> None:
    assert _found(built, TITLE_ONLY) == [TITLE_ONLY]
    assert _found(built, HELD) == []
    answer = asked(built.output, [TITLE_ONLY])[0]
    assert answer["results"][0]["path"].startswith("https://")  # it has no page here


def test_a_withdrawn_entry_is_found_no_more(workshop: Workshop) -> None:
    workshop.build()
    assert _found(workshop, METRO) == [METRO]
    ref = workshop.entry(METRO).id
    workshop.write("content/withdrawn.yaml", f"- {{ref: {ref}, scope: entry, why: 误发}}\n")
    workshop.build()
    assert _found(workshop, METRO) == []


def _files(workshop: Workshop) -> dict[str, bytes]:
    return {path: content for path, content in tree(workshop.output).items() if path.startswith("search/")}


def test_a_night_touches_the_current_days_segment_only(workshop: Workshop) -> None:
    workshop.bare({"id": "a", "name": "甲号"})
    old = [Item(str(number), f"旧闻{number}", day=number) for number in (1, 5, 10)]
    workshop.feed("a", *old)
    workshop.build()
    before = _files(workshop)
    workshop.feed("a", *old, Item("new", "新闻来了", day=21))
    workshop.build()
    touched = {path for path, content in _files(workshop).items() if before.get(path) != content}
    assert {path.split("/")[1] for path in touched} == {"2026-11-p3", "index.bin"}
    assert _found(workshop, "新闻来了") == ["新闻来了"]


def test_a_carrier_that_comes_later_leaves_the_segments_of_the_others_alone(workshop: Workshop) -> None:
    workshop.bare({"id": "a", "name": "甲号"}, {"id": "b", "name": "乙号"})
    text = f"<p>{'青山区今天召开全区生态环境保护工作推进会，' * 12}</p>"
    workshop.feed("a", Item("1", "生态环境保护工作推进会召开", text, day=2))
    workshop.build()
    before = _files(workshop)
    workshop.feed("b", Item("2", "生态环境保护工作推进会召开", text, day=20))
    workshop.build()
    assert workshop.output.joinpath("stories").is_dir()
    touched = {path for path, content in _files(workshop).items() if before.get(path) != content}
    assert not {path for path in touched if path.startswith("search/2026-11-p1/")}
    assert asked(workshop.output, ["生态环境保护"])[0]["results"][0]["several"]


def test_a_month_that_closes_is_merged(workshop: Workshop) -> None:
    workshop.bare({"id": "a", "name": "甲号"})
    workshop.feed("a", *(Item(str(number), f"旧闻{number}", day=number) for number in (1, 10)))
    workshop.build()
    assert {path.split("/")[1] for path in _files(workshop)} >= {"2026-11-p1", "2026-11-p2"}
    workshop.today += timedelta(days=30)
    workshop.now += timedelta(days=30)
    workshop.build()
    folders = {path.split("/")[1] for path in _files(workshop) if path.count("/") == 2}
    assert folders == {"2026-11"}
    assert _found(workshop, "旧闻") == ["旧闻10", "旧闻1"]
