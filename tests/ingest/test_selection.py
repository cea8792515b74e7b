"""What is taken in: query words, filters, and what they do when they fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from matrixsite import plugins
from matrixsite.clean.entry import clean
from matrixsite.config.settings import Query
from matrixsite.ingest import selection, sources
from matrixsite.ingest.selection import FilterFailed, selected, wanted
from matrixsite.model import CleanEntry, ParsedFeed, RawEntry
from tests.nights import Item, Nights, rss

ENTRY = replace(
    clean(
        RawEntry(title="明日停水通知", content="<p>城东片区，请储水。</p>", link="https://x.cn/1"), base=""
    ),
    authors=("水务集团",),
    categories=("民生",),
)


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[..., Any]]:
    """Plugins as if packages offered them."""
    offers: dict[str, Callable[..., Any]] = {}
    for module in (selection, sources):
        monkeypatch.setattr(module, "loaded", lambda kind, name: offers[name])
    return offers


@pytest.mark.parametrize(
    ("query", "through"),
    [
        (Query(), True),
        (Query(filter=("停水",)), True),
        (Query(filter=("停电", "储水")), True),  # one of several is enough
        (Query(filter=("水务集团",)), True),  # an author
        (Query(filter=("停电",)), False),
        (Query(filter_title=("储水",)), False),  # stands in the text
        (Query(filter_description=("储水",)), True),
        (Query(filter_author=("水务",)), True),
        (Query(filter_category=("财经",)), False),
        (Query(filter_title=("停水",), filter_category=("财经",)), False),  # each key must be met
        (Query(filterout=("停水",)), False),
        (Query(filterout_title=("储水",)), True),
        (Query(filterout_category=("民生",)), False),
        (Query(filter_title=("停水",), filterout_description=("城西",)), True),
        (Query(filter_title=("明日停水",)), True),
    ],
)
def test_query_words(query: Query, through: bool) -> None:
    assert wanted(ENTRY, query) is through


def test_a_filter_changes_or_drops(offered: dict[str, Callable[..., Any]]) -> None:
    offered["short"] = lambda entry: replace(entry, title=entry.title[:2])
    offered["none"] = lambda entry: None
    found = selected(ENTRY, None, ["short"])
    assert found == replace(ENTRY, title="明日")
    assert selected(ENTRY, None, ["short", "none"]) is None


def test_markup_of_a_filter_is_cleaned_and_its_text_follows(offered: dict[str, Callable[..., Any]]) -> None:
    offered["careless"] = lambda entry: replace(
        entry, html='<p onclick="x()">改后的话，比标题长。</p><script>alert(1)</script>'
    )
    found = selected(ENTRY, None, ["careless"])
    assert found is not None
    assert (found.html, found.text) == ("<p>改后的话，比标题长。</p>", "改后的话，比标题长。")
    assert found.excerpt == "改后的话，比标题长。"


@pytest.mark.parametrize(
    ("plugin", "said"),
    [(lambda entry: 1 / 0, "odd: ZeroDivisionError"), (lambda entry: "text", "odd: it gave str")],
)
def test_a_filter_that_fails(offered: dict[str, Any], plugin: Callable[..., Any], said: str) -> None:
    offered["odd"] = plugin
    with pytest.raises(FilterFailed, match=said):
        selected(ENTRY, None, ["odd"])


@pytest.mark.parametrize("plugin", [lambda body, url: 1 / 0, lambda body, url: [], lambda body, url: None])
def test_a_source_that_fails_is_a_value(offered: dict[str, Any], plugin: Callable[..., Any]) -> None:
    offered["odd"] = plugin
    found = sources.parsed(b"x", source="odd", content_type="", url="", charset="")
    assert found.error
    assert found.error.code == "source-failed"


def test_a_source_reads_what_nobody_else_can(offered: dict[str, Callable[..., Any]]) -> None:
    offered["bytes"] = lambda body, url: ParsedFeed(entries=(RawEntry(title=body.hex(), link=url),))
    found = sources.parsed(b"\0\xff", source="bytes", content_type="", url="https://x.cn/", charset="")
    assert found.entries == (RawEntry(title="00ff", link="https://x.cn/"),)


def test_words_decide_at_intake_and_take_nothing_away(tmp_path) -> None:  # type: ignore[no-untyped-def]
    nights = Nights(tmp_path / "m", [{"id": "a", "feed": "a.xml"}])
    nights.write("a.xml", rss(Item("1", "停水"), Item("2", "抽奖"), Item("3", "停电"), Item("4", "停气")))
    nights.set_up([{"id": "a", "feed": "a.xml", "query": {"filterout_title": "抽奖", "limit": 3}}])
    nights.update()
    assert nights.titles() == ["停水", "停电"]
    nights.set_up([{"id": "a", "feed": "a.xml", "query": {"filterout_title": "停"}}])
    nights.write("a.xml", rss(Item("1", "停水"), Item("2", "抽奖"), Item("3", "停电"), Item("5", "停课")))
    nights.update()
    assert nights.titles() == ["停水", "停电", "抽奖"]  # looked at again under other words; nothing is lost


def test_a_settings_file_may_name_only_what_is_installed(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from matrixsite import SettingsError

    accounts = [{"id": "a", "feed": {"url": "a.txt", "source": "nowhere"}, "filters": ["nothing"]}]
    with pytest.raises(SettingsError) as refused:
        Nights(tmp_path / "m", accounts).load()
    assert [problem.field for problem in refused.value.problems] == [
        "accounts.0.filters.0",
        "accounts.0.feed.source",
    ]


def test_public_types_of_plugins_are_there() -> None:
    assert plugins.CleanEntry is CleanEntry
    assert list(plugins.__all__) == sorted(plugins.__all__)
