from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.config.settings import Settings
from matrixsite.editorial.rules import Candidate, Named, Predicate, Rule, compile_rule, digest, rule_faults

ENTRY = Candidate(
    account="qingshan-wechat",
    title="11月15日零时正式供热",
    text="市住房城乡建设局发布通告，采暖季自11月15日零时起。",
    topics=("青山供热",),
    published=date(2026, 11, 10),
    kind="text",
    kinds=frozenset({"explained"}),
)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule(accounts=("qingshan-wechat",)), True),
        (Rule(accounts=("daily", "qingshan-wechat")), True),
        (Rule(accounts=("daily",)), False),
        (Rule(members=("qingshan",)), True),
        (Rule(members=("city",)), False),
        (Rule(groups=("qingshan",)), True),  # through its member
        (Rule(groups=("districts",)), True),  # which the member's group lies in
        (Rule(groups=("media",)), False),
        (Rule(platforms=("wechat",)), True),
        (Rule(classes=("media",)), False),
        (Rule(kinds=("text", "image")), True),
        (Rule(kinds=("video",)), False),
        (Rule(kinds=("video", "explained")), True),
        (Rule(kinds=("rumour",)), False),
        (Rule(not_=Rule(kinds=("explained",))), False),
        (Rule(topics=("#青山供热#",)), True),
        (Rule(topics=("供热",)), False),  # a topic is a whole name
        (Rule(words=("供热",)), True),
        (Rule(words=("供熱",)), True),  # traditional script
        (Rule(words=("１５日",)), True),  # full width
        (Rule(words=("通告",)), True),
        (Rule(title_words=("通告",)), False),
        (Rule(words=("通告",), title_words=("零时",)), True),
        (Rule(words=("流感", "通告")), True),
        (Rule(since=date(2026, 11, 10), until=date(2026, 11, 10)), True),
        (Rule(since=date(2026, 11, 11)), False),
        (Rule(until=date(2026, 11, 9)), False),
        (Rule(words=("供热",), accounts=("daily",)), False),
        (Rule(not_=Rule(title_words=("供热",))), False),
        (Rule(words=("通告",), not_=Rule(accounts=("qingshan-wechat",), words=("流感",))), True),
        (Rule(sections=("heating",)), True),
        (Rule(sections=("health",)), False),
        (Rule(sections=("health", "heating")), True),
        (Rule(sections=("picked",)), False),  # a section without rules matches nothing
    ],
)
def test_a_rule_takes_an_entry_in(rule: Rule, expected: bool, settings: Settings) -> None:
    sections = {"heating": (Rule(words=("供热",)),), "health": (Rule(words=("流感",)),), "picked": ()}
    assert compile_rule(rule, settings, sections).matches(ENTRY) is expected


@pytest.mark.parametrize(
    ("rule", "accounts"),
    [
        (Rule(words=("供热",)), None),
        (Rule(groups=("districts",)), {"qingshan-wechat", "lake"}),
        (Rule(groups=("media",), platforms=("weibo",)), {"lake"}),
        (Rule(members=("city",), platforms=("website",)), set()),
    ],
)
def test_a_predicate_names_the_accounts_it_can_match(
    rule: Rule, accounts: set[str] | None, settings: Settings
) -> None:
    assert compile_rule(rule, settings).accounts == accounts


def test_a_digest_changes_with_the_rule_and_with_the_matrix(settings: Settings) -> None:
    rule = Rule(groups=("media",))
    before = digest(compile_rule(rule, settings))
    assert digest(compile_rule(Rule(groups=("media",), words=("茶",)), settings)) != before
    joined = tuple(
        replace(account, groups=("media",)) if account.id == "city-weibo" else account
        for account in settings.accounts
    )
    assert digest(compile_rule(rule, replace(settings, accounts=joined))) != before


def test_a_digest_tells_a_list_from_its_joined_words() -> None:
    assert digest(Predicate(words=("甲,乙",))) != digest(Predicate(words=("甲", "乙")))


ids = st.sampled_from(["city-wechat", "city-weibo", "qingshan-wechat", "daily", "lake"])
words = st.lists(st.sampled_from(["供热", "茶", "通告", "a"]), max_size=2).map(tuple)
predicates = st.recursive(
    st.builds(
        Predicate,
        accounts=st.none() | st.frozensets(ids),
        kinds=st.frozensets(st.sampled_from(["text", "video"])),
        words=words,
        title_words=words,
        since=st.none() | st.dates(date(2026, 11, 8), date(2026, 11, 12)),
    ),
    lambda inner: st.builds(Predicate, words=words, excluded=inner, any_of=st.none() | st.tuples(inner)),
    max_leaves=3,
)


@given(predicates)
def test_a_predicate_survives_the_way_to_another_process(predicate: Predicate) -> None:
    arrived = pickle.loads(pickle.dumps(predicate))
    assert arrived == predicate
    assert digest(arrived) == digest(predicate)
    assert arrived.matches(ENTRY) == predicate.matches(ENTRY)


@given(predicates)
def test_what_is_excluded_is_what_would_match(predicate: Predicate) -> None:
    assert Predicate(excluded=predicate).matches(ENTRY) is not predicate.matches(ENTRY)


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (Rule(accounts=("daily", "city-wechta")), (("accounts", 1), "Did you mean `city-wechat`?")),
        (Rule(groups=("district",)), (("groups", 0), "Did you mean `districts`?")),
        (Rule(kinds=("vidio",)), (("kinds", 0), "Did you mean `video`?")),
        (Rule(sections=("news",)), (("sections", 0), "None is defined.")),
        (Rule(words=("茶", " ")), (("words", 1), "Remove it, or write a word.")),
        (Rule(topics=("##",)), (("topics", 0), "Remove it, or write a word.")),
        (Rule(since=date(2026, 2, 1), until=date(2026, 1, 1)), (("until",), "Correct one of the two dates.")),
        (Rule(), ((), "Write at least one key, such as `words: […]`.")),
        (
            Rule(words=("茶",), not_=Rule(members=("dayly",))),
            (("not", "members", 0), "Did you mean `daily`?"),
        ),
    ],
)
def test_a_fault_has_its_place_and_mend(
    rule: Rule, fault: tuple[tuple[str | int, ...], str], settings: Settings
) -> None:
    assert [(path, mend) for path, _, mend in rule_faults(rule, settings)] == [fault]


def test_a_predicate_names_the_kinds_it_asks_for_at_any_depth() -> None:
    inner = Predicate(kinds=frozenset({"b"}), excluded=Predicate(kinds=frozenset({"c"})))
    assert Predicate(kinds=frozenset({"a"}), any_of=(inner,)).named_kinds() == {"a", "b", "c"}


def test_rules_may_name_the_editors_kinds(settings: Settings) -> None:
    rule = Rule(kinds=("video", "rumour"))
    assert list(rule_faults(rule, settings, Named(kinds=frozenset({"rumour"})))) == []
    assert [path for path, *_ in rule_faults(rule, settings)] == [("kinds", 1)]


def test_a_good_rule_has_no_faults(settings: Settings) -> None:
    rule = Rule(accounts=("daily",), groups=("media",), classes=("media",), sections=("news",), words=("茶",))
    assert list(rule_faults(rule, settings, Named(sections=frozenset({"news"})))) == []
