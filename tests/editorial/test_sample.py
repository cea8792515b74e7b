"""What the sample matrix at the top of the project promises: a city small enough to read, with one of everything."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from matrixsite.config.settings import Settings
from matrixsite.editorial.content import Content
from matrixsite.editorial.honors import HonorKind
from matrixsite.editorial.honors import Level as HonorLevel
from matrixsite.editorial.notices import Level
from matrixsite.editorial.refs import Ref
from matrixsite.editorial.rules import Candidate, Rule, compile_rule
from matrixsite.editorial.sections import all_sections, rules_by_section
from matrixsite.editorial.streaks import streaks
from matrixsite.matrix import Matrix
from matrixsite.model import Entry, ParsedFeed, Status
from matrixsite.parse.document import parse

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)  # the sample's last evening
TODAY = date(2026, 11, 21)
TEXTS = {".md", ".yaml", ".xml", ".rdf", ".atom", ".json", ".csv"}


def _files() -> Iterator[Path]:
    yield ROOT / "feeds.yaml"
    yield from sorted(path for folder in ("content", "sample") for path in (ROOT / folder).rglob("*.*"))


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Matrix:
    """The sample in a store of its own, made from its local files."""
    matrix = Matrix.load(ROOT / "feeds.yaml", state=tmp_path_factory.mktemp("state"))
    matrix.update(offline=True, now=NOW, jobs=1)
    return matrix


@pytest.fixture(scope="module")
def settings(matrix: Matrix) -> Settings:
    return matrix.settings


@pytest.fixture(scope="module")
def content(matrix: Matrix) -> Content:
    return matrix.content


@pytest.fixture(scope="module")
def entries(matrix: Matrix) -> list[Entry]:
    """All entries, whatever their status."""
    return list(matrix.entries(status=None))


@pytest.fixture(scope="module")
def feeds(settings: Settings) -> dict[str, ParsedFeed]:
    """The documents as they parse, by the feed's key."""
    return {
        feed.key: parse((ROOT / feed.url).read_bytes(), url=feed.url)
        for account in settings.accounts
        for feed in account.feeds
    }


@pytest.fixture(scope="module")
def member_of(settings: Settings) -> dict[str, str]:
    return {account.id: account.member for account in settings.accounts}


def _refs(content: Content) -> Iterator[Ref]:
    """Every ref that editors wrote."""
    yield from content.approved
    yield from (item.ref for item in content.withdrawn)
    yield from (headline.pick for headline in content.headlines)
    yield from (ref for lists in content.lists.values() for one in lists for ref in one.refs)
    yield from (pick.ref for section in all_sections(content.sections) for pick in section.picks)
    yield from (pick.ref for person in content.people for pick in person.picks)
    yield from (ref for decision in content.stories for ref in decision.refs)


def test_its_size(settings: Settings) -> None:
    assert (len(settings.accounts), len(settings.members), len(settings.groups)) == (16, 10, 4)
    assert [(group.id, group.parent) for group in settings.groups if group.parent] == [("yunxi", "districts")]
    platforms = {account.platform for account in settings.accounts}
    assert platforms == {"wechat", "weibo", "website", "toutiao", "shipinhao", "app"}
    assert {account.member for account in settings.accounts} == {member.id for member in settings.members}


def test_feeds_of_five_formats_without_a_fault(feeds: dict[str, ParsedFeed]) -> None:
    assert {key: (feed.error, feed.problems) for key, feed in feeds.items()} == dict.fromkeys(
        feeds, (None, ())
    )
    assert {feed.format for feed in feeds.values()} == {"rss20", "rss10", "atom10", "json11", "csv"}
    for key, feed in feeds.items():
        assert 6 <= len(feed.entries) <= 14, key
        guids = [entry.guid for entry in feed.entries]
        assert "" not in guids, key
        assert len(set(guids)) == len(guids), key


def test_three_months_newest_first(
    feeds: dict[str, ParsedFeed], entries: list[Entry], matrix: Matrix
) -> None:
    days = {entry.published.astimezone(matrix.zone).date() for entry in entries}
    assert {day.strftime("%Y-%m") for day in days} == {"2026-09", "2026-10", "2026-11"}
    assert max(days) == TODAY
    assert not any(entry.inferred for entry in entries)
    published = {(entry.feed, entry.guid): entry.published for entry in entries}
    for key, feed in feeds.items():
        dates = [published[key, entry.guid] for entry in feed.entries]
        assert dates == sorted(dates, reverse=True), key


def test_every_host_is_reserved_for_examples() -> None:
    vocabularies = {"purl.org", "www.w3.org", "jsonfeed.org"}
    named = re.compile(r"(?:https?://|[\w.]+@(?=[a-z]))[\w.-]+")  # wci@14.2 is an index
    found = {
        (urlsplit(text).hostname if "://" in text else text.partition("@")[2]) or text
        for path in _files()
        if path.suffix in TEXTS
        for text in named.findall(path.read_text(encoding="utf-8"))
    }
    strangers = {
        host for host in found - vocabularies if not re.fullmatch(r"(.+\.)?example\.(org|com)", host)
    }
    assert strangers == set()


def test_it_is_small() -> None:
    assert sum(path.stat().st_size for path in _files() if path.suffix in TEXTS) < 250_000


def test_every_ref_names_one_entry(matrix: Matrix, content: Content) -> None:
    assert content.warnings == ()
    by_hand = {entry.url for entry in content.entries}
    named = {ref.text: len(matrix.explain(ref.text)) for ref in _refs(content) if ref.text not in by_hand}
    assert len(named) > 20
    assert set(named.values()) == {1}


def test_statuses(entries: list[Entry]) -> None:
    held = [entry for entry in entries if entry.status is Status.HELD]
    assert len(held) == 3
    assert {entry.account for entry in held} == {"yunxi-suishoupai"}
    assert [entry.title for entry in entries if entry.status is Status.WITHDRAWN] == [
        "关于人民路封闭施工的通告"
    ]


def _words(text: str) -> str:
    """What makes a repost one: the words without the line that says where they come from."""
    return re.sub(r"\W+", "", re.sub(r"(?m)^来源：.*$", "", text))


def test_reposts(entries: list[Entry], member_of: dict[str, str]) -> None:
    by_words: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_words[_words(entry.text)].append(entry)
    reposted = [carriers for carriers in by_words.values() if len(carriers) > 1]
    assert sorted(map(len, reposted)) == [2, 3, 3, 3, 4, 5]
    for carriers in reposted:
        assert len({member_of[entry.account] for entry in carriers}) == len(carriers)
    assert sum(len({entry.title for entry in carriers}) > 1 for carriers in reposted) >= 3
    assert sum("来源：" in entry.text for carriers in reposted for entry in carriers) >= 3
    stories: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        stories[entry.story].add(entry.id)
    several = [carriers for carriers in stories.values() if len(carriers) > 1]
    assert all({entry.id for entry in carriers} in several for carriers in reposted)


def test_the_same_title_every_morning_is_no_story(entries: list[Entry]) -> None:
    calendars = [entry for entry in entries if entry.title == "早安青山·文明日历"]
    assert len(calendars) > 1
    assert len({entry.story for entry in calendars}) == len(calendars)


def test_entries_changed_by_their_publishers(entries: list[Entry]) -> None:
    edited = [entry for entry in entries if entry.updated and entry.updated > entry.published]
    assert len(edited) == 2
    assert all("更正" in entry.text for entry in edited)


def test_topics_that_several_members_share(entries: list[Entry], member_of: dict[str, str]) -> None:
    talk: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        if entry.status is Status.SHOWN:
            for topic in entry.topics:
                talk[topic].append(member_of[entry.account])
    shared = {topic for topic, members in talk.items() if len(members) >= 5 and len(set(members)) >= 2}
    assert shared >= {"2026青山湖半程马拉松", "青山茶文化节", "温暖过冬"}


def _matches(rule: Rule, matrix: Matrix, entries: list[Entry]) -> int:
    predicate = compile_rule(rule, matrix.settings, rules_by_section(matrix.content.sections))
    return sum(
        predicate.matches(
            Candidate(
                entry.account,
                entry.title,
                entry.text,
                entry.topics,
                entry.published.astimezone(matrix.zone).date(),
                entry.media,
            )
        )
        for entry in entries
    )


def test_sections_of_two_levels(matrix: Matrix, content: Content, entries: list[Entry]) -> None:
    parents = [section for section in content.sections if section.children]
    assert [len(section.children) for section in parents] == [3, 4, 3]
    assert not any(child.children for section in parents for child in section.children)
    assert [section.id for section in all_sections(content.sections) if section.link] == ["hotline"]
    assert [section.id for section in all_sections(content.sections) if section.picks] == ["people"]
    for section in all_sections(content.sections):
        if section.rule:
            assert 3 <= _matches(section.rule, matrix, entries) <= 30, section.id


def test_one_column_runs_and_one_has_ended(matrix: Matrix, content: Content, entries: list[Entry]) -> None:
    assert {column.id: column.runs(TODAY) for column in content.columns} == {
        "warm-winter": True,
        "tea-festival-2026": False,
    }
    for column in content.columns:
        assert column.rule, column.id
        assert _matches(column.rule, matrix, entries) >= 9, column.id
        assert any(pick.note for pick in column.picks)


def test_one_of_each_of_the_other_lists(matrix: Matrix, content: Content, entries: list[Entry]) -> None:
    assert [one.id for one in content.series] == ["zaoan-qingshan"]
    (campaign,) = content.campaigns
    assert campaign.runs(TODAY)
    assert [partner.name for partner in campaign.partners if not partner.who.member] == ["青山市田径协会"]
    assert {kind.id for kind in content.kinds} == {"rebuttal", "explained", "open-letter", "service"}
    assert sum(len(kind.rebuttals) for kind in content.kinds) == 1
    for kind in content.kinds:
        assert kind.rule, kind.id
        assert _matches(kind.rule, matrix, entries) >= 2, kind.id


def test_people_were_honored(content: Content) -> None:
    winners = (winner for roll in content.honors for one in roll.lists for winner in one.winners)
    assert Counter(winner.person for winner in winners if winner.person) == {
        "shen-yuning": 3,
        "cheng-yuanzhou": 1,
    }


def test_covers_lie_in_content(content: Content) -> None:
    covers = {column.cover for column in content.columns}
    about = (ROOT / "content/pages/about.md").read_text(encoding="utf-8")
    shown = covers | set(re.findall(r"\{static\}/(images/[^)]+)", about))
    assert shown == {f"images/{path.name}" for path in (ROOT / "content/images").iterdir()}
    for name in shown:
        picture = (ROOT / "content" / name).read_bytes()
        assert picture.startswith(b"\x89PNG")
        assert len(picture) < 40_000
        assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (960, 480)


def test_a_headline_a_day(matrix: Matrix, content: Content) -> None:
    assert [headline.date.day for headline in content.headlines] == list(range(21, 11, -1))
    for headline in content.headlines:
        assert headline.picker
        (found,) = matrix.explain(headline.pick.text)
        assert found.entry.status is Status.SHOWN
        assert found.entry.published.astimezone(matrix.zone).date() <= headline.date


def test_notices(content: Content) -> None:
    assert {notice.id: (notice.level, notice.stands(TODAY)) for notice in content.notices} == {
        "sample": (Level.INFO, True),
        "maintenance": (Level.WARNING, False),
    }


def test_honors_of_three_years_with_streaks(content: Content) -> None:
    assert [roll.year for roll in content.honors] == [2025, 2024, 2023]
    assert {streak.editions for streak in streaks(content.honors).values()} == {2, 3}
    assert max(streak.firsts for streak in streaks(content.honors).values()) == 3
    for roll in content.honors:
        assert {ranked.kind for ranked in roll.lists} == set(HonorKind)
        assert roll.level is HonorLevel.CITY
        assert all(len(ranked.winners) == ranked.announced for ranked in roll.lists)
    accounts = [
        {
            winner.account
            for ranked in roll.lists
            if ranked.kind is HonorKind.ACCOUNT
            for winner in ranked.winners
        }
        for roll in content.honors
    ]
    assert {"qingshan-fabu", "qingshan-jiaojing", "qingshan-ribao"} <= accounts[0] & accounts[1]
    assert accounts[0] - accounts[1]
    assert accounts[1] - accounts[0]


def test_an_entry_without_a_feed(settings: Settings, content: Content) -> None:
    without = {account.id for account in settings.accounts if not account.feeds}
    assert without == {"qingshan-fabu-shipin", "qingshan-tong", "youlan-qingshan"}  # by hand, an app, merged
    assert {entry.account for entry in content.entries} == {"qingshan-fabu-shipin"}
