"""The sentences of `explain` on stories: each kind of evidence, in each language, with its measures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from matrixsite.dedup.verdict import Evidence
from matrixsite.model import Entry, Media, Status
from matrixsite.registry.story_reasons import Reasons, Told
from matrixsite.site.words import words

DAY = datetime(2026, 11, 20, tzinfo=UTC)
ACCOUNTS = {"a": "青山发布", "b": "青山交通"}


def entry(account: str, title: str, evidence: str = "", **fields: Any) -> Entry:
    values: dict[str, Any] = dict.fromkeys(
        ("guid", "url", "canonical_url", "path", "feed_id", "html", "text", "excerpt", "cover", "credit"), ""
    )
    values |= dict.fromkeys(("authors", "categories", "topics", "enclosures"), ())
    values |= {"updated": None, "corrected": None, "inferred": False, "backfill": False, "version": 1}
    values |= {"published": DAY, "first_seen": DAY, "status": Status.SHOWN, "media": Media.TEXT}
    values |= {"id": f"{account} {title}", "account": account, "feed": account, "title": title, "story": "s"}
    return Entry(**values | {"evidence": evidence} | fields)


FIRST = entry("a", "图书馆延长开放", "founder")
NEAR = {"with": FIRST.id, "jaccard": 0.967, "containment": 1.0, "title": 1.0, "agreed": 7, "conflicts": 0}
EXCERPT = {"with": FIRST.id, "jaccard": 0.3, "containment": 0.999, "title": 0.62, "places": True}
CORRECTED = {"with": FIRST.id, "jaccard": 0.95, "title": 1.0, "agreed": 6, "conflicts": 1, "places": False}


def said(
    evidence: str, measures: Mapping[str, Any], title: str = FIRST.title, language: str = "zh-CN"
) -> str:
    one = entry("b", title, evidence)
    return Reasons(words(language), ACCOUNTS).joined(Told(one, FIRST, measures=measures, beside=FIRST))


@pytest.mark.parametrize(
    ("evidence", "measures", "title", "expected"),
    [
        ("", {}, "", "等下一次运行归入稿件"),
        ("founder", {}, "", "稿件由它开始：没有更早的条目与它相同"),
        ("editor", {}, "", "编辑在 content/stories.yaml 中这样指定"),
        (
            "near",
            NEAR,
            "【转载】图书馆延长开放",
            "与《图书馆延长开放》（青山发布）文字重合 96%，标题相同，7 处数字一致 → 同一稿件",
        ),
        (
            "excerpt",
            EXCERPT,
            "开放",
            "与《图书馆延长开放》（青山发布）互为全文和节选，较短的一篇有 99% 见于另一篇，标题相似 62%，"
            "所写的地方不同 → 同一稿件",
        ),
        (
            "correction",
            CORRECTED,
            FIRST.title,
            "与《图书馆延长开放》（青山发布）是同一稿件更正前后的两版，文字重合 95%，"
            "标题相同，6 处数字一致，1 处数字不同 → 同一稿件",
        ),
    ],
)
def test_the_reason(evidence: str, measures: Mapping[str, Any], title: str, expected: str) -> None:
    assert said(evidence, measures, title) == expected


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
@pytest.mark.parametrize("evidence", Evidence)
def test_all_evidence_has_a_sentence_in_all_languages(evidence: Evidence, language: str) -> None:
    sentence = said(evidence, NEAR, language=language)
    named = evidence not in (Evidence.FOUNDER, Evidence.EDITOR)
    assert ("青山发布" in sentence) == named
    assert sentence.isascii() or language != "en" or named
    assert not sentence.startswith(("→", "，", ",", " "))


def test_one_that_is_gone_is_named_by_its_id() -> None:
    told = Told(entry("b", "题", "text"), FIRST, measures={"with": "x2", "equal": True})
    assert Reasons(words("en"), {}).joined(told) == "same text as x2, word for word → one story"


@pytest.mark.parametrize(
    ("why", "outside", "expected"),
    [
        ("named 3", "", "3 家注明来源是《图书馆延长开放》（青山发布），它是矩阵内的原稿"),
        ("earliest", "", "《图书馆延长开放》（青山发布）不像转载，发布最早，它是矩阵内的原稿"),
        (
            "editor",
            "新华社",
            "编辑指定《图书馆延长开放》（青山发布）为原稿；有条目注明来源是矩阵外的“新华社”，所以不称首发",
        ),
    ],
)
def test_why_the_original_is_it(why: str, outside: str, expected: str) -> None:
    told = Told(entry("b", "题", "text", outside=outside), FIRST, why)
    assert Reasons(words("zh-CN"), ACCOUNTS).origin(told) == expected


@pytest.mark.parametrize(
    ("why", "expected"), [("named 1", "1 carrier names"), ("named 3", "3 carriers name")]
)
def test_why_the_original_is_it_where_numbers_choose_words(why: str, expected: str) -> None:
    told = Told(entry("b", "题", "text"), FIRST, why)
    assert Reasons(words("en"), ACCOUNTS).origin(told).startswith(expected)


def test_digests_and_look_alikes() -> None:
    digest, other = entry("b", "早报", "founder"), entry("b", FIRST.title)
    say = Reasons(words("zh-CN"), ACCOUNTS)
    assert list(say.of(Told(digest, digest, "only", contains=[FIRST, other]))) == [
        "它是汇总，自成一篇，含 2 篇稿件",
        "它汇总了：《图书馆延长开放》（青山发布）、《图书馆延长开放》（青山交通）",
    ]
    assert list(say.of(Told(FIRST, FIRST, "only", digests=[digest], alike=[other])))[1:] == [
        "它见于汇总：《早报》（青山交通）",
        "标题相同而属于别的稿件：《图书馆延长开放》（青山交通）",
    ]
