from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from matrixsite.config.load import load
from matrixsite.config.settings import Account, Feed, Group, GroupKind, Member, Publish, Rights, Settings
from matrixsite.errors import SettingsError

from .conftest import SITE, problems_of

Load = Callable[[str], Settings]

FULL = """\
groups:
- {id: districts, name: 区县, kind: district}
- {id: qingshan, name: 青山区, parent: districts, kind: district, publish: hold}
members:
- {id: paper, name: 日报社, group: districts, aliases: [报社]}
accounts:
- id: qingshan-fabu
  name: 青山发布
  member: qingshan
  platform: wechat
  class: government
  group: [qingshan, districts]
  feed: http://127.0.0.1:1200/wechat/qingshan.xml
  rights: full
  images: mirror
  joined: 2020-06-18
  successor: app
- {id: daily, name: 日报, member: paper, feed: feeds/daily.xml, publish: hold, group: districts}
- {id: app, name: 青山 App, platform: app, store_links: ["https://apps.example.org/1"]}
fetch: {allow_private: ["127.0.0.1:1200", "[::1]:80"], alert: 25%, spacing: 0}
feeds: {limit: 3, formats: [atom]}
holds: {words: [内部], classes: [self-media]}
store: postgresql+psycopg://matrix@db/matrix
after: ./tell.sh
"""


def test_every_part_arrives(load_text: Load, tmp_path: Path) -> None:
    loaded = load_text(FULL)
    fabu, daily, app = loaded.accounts
    assert (loaded.root, loaded.file, loaded.state) == (
        tmp_path,
        tmp_path / "feeds.yaml",
        tmp_path / ".matrixsite",
    )
    assert loaded.site.language == "zh-CN"
    assert loaded.groups[1] == Group("qingshan", "青山区", GroupKind.DISTRICT, "districts", "", Publish.HOLD)
    assert fabu.groups == ("qingshan", "districts")
    assert fabu.feeds == (Feed("qingshan-fabu", "http://127.0.0.1:1200/wechat/qingshan.xml"),)
    assert (fabu.rights, fabu.account_class, fabu.joined) == (Rights.FULL, "government", date(2020, 6, 18))
    assert (daily.feeds[0].local, daily.publish) == (True, Publish.HOLD)
    assert (app.member, app.feeds) == ("app", ())
    assert loaded.fetch.alert == 0.25
    assert loaded.holds.words == ("内部",)
    assert loaded.store == "postgresql+psycopg://matrix@db/matrix"
    assert len(loaded.digest) == 32


def test_members_that_only_accounts_name(load_text: Load) -> None:
    assert load_text(FULL).members == (
        Member("paper", "日报社", ("districts",), ("报社",)),
        Member("qingshan", "青山区", ("qingshan", "districts")),  # named like the group with its id
        Member("app", "青山 App"),  # named like its account
    )


A, B = "http://h.org/a", "http://h.org/b"
HASH_A, HASH_B = "2lhtf4et", "zuxuw37c"
FEEDS: list[tuple[str, tuple[Feed, ...]]] = [
    (f"feed: {A}", (Feed("x", A),)),
    (f"feeds: [{A}]", (Feed("x", A),)),
    (f"feed: [{A}, {B}]", (Feed(f"x/{HASH_A}", A), Feed(f"x/{HASH_B}", B))),
    (f"feeds: [{B}, {A}]", (Feed(f"x/{HASH_B}", B), Feed(f"x/{HASH_A}", A))),
    (f"feeds: [{{name: news, url: {A}}}, {{url: {B}}}]", (Feed("x/news", A), Feed(f"x/{HASH_B}", B))),
    (f"feeds: [{{name: news, url: {A}}}]", (Feed("x/news", A),)),
    (f"feed: {{url: {A}}}", (Feed("x", A),)),
    ("feeds: []", ()),
]


@pytest.mark.parametrize(("text", "feeds"), FEEDS)
def test_keys_of_feeds(load_text: Load, text: str, feeds: tuple[Feed, ...]) -> None:
    """Keys are part of stored identities: a change of these hashes would double every entry."""
    assert load_text(f"accounts:\n- {{id: x, name: X, {text}}}\n").accounts[0].feeds == feeds


STORES = [
    ("", ""),
    ("store: var/matrix.db", "sqlite:///{root}/var/matrix.db"),
    ("store: /srv/matrix.db", "sqlite:////srv/matrix.db"),
    ("store: sqlite:///var/matrix.db", "sqlite:///{root}/var/matrix.db"),
    ("store: sqlite:////srv/matrix.db", "sqlite:////srv/matrix.db"),
    ("store: postgresql://db/matrix", "postgresql://db/matrix"),
]


@pytest.mark.parametrize(("text", "url"), STORES)
def test_stores(load_text: Load, tmp_path: Path, text: str, url: str) -> None:
    assert load_text(text).store == url.format(root=tmp_path)


def test_the_address_of_the_site_ends_without_slash(tmp_path: Path) -> None:
    path = tmp_path / "feeds.yaml"
    path.write_text("site: {title: x, url: https://h.org/matrix/}")
    assert load(path).site.url == "https://h.org/matrix"


def test_a_missing_file_names_the_way_out(tmp_path: Path) -> None:
    [problem] = problems_of(tmp_path / "feeds.yaml")
    assert problem.file == str(tmp_path / "feeds.yaml")
    assert "matrixsite init" in problem.mend


def account(text: str) -> str:
    return f"accounts:\n- id: a\n  name: A\n  {text}"  # the text is line 5 of the file


BODIES = "organisations:\n- {id: bureau, name: 新闻办}\n- {id: office, name: 办公室, aliases: [新闻办]}\n"
BATCHES = "batches: [{id: second, name: 第二批, date: 2024-01-01}]\n"
KNOWN_GROUPS = "groups:\n- {id: north, name: N}\n- {id: south, name: S, parent: nroth}\n"
FAULTS: list[tuple[str, int, str, str, str]] = [  # text after `site`, line, field, in the reason, in the mend
    ("acounts: []", 2, "acounts", "unknown key", "`accounts`"),
    ("accounts: x", 2, "accounts", "must be a list", "- "),
    ("accounts: [x]", 2, "accounts.0", "must be a mapping", ""),
    ("accounts:\n- {name: A}", 3, "accounts.0.id", "required", "id"),
    (account("platfrom: wechat"), 5, "accounts.0.platfrom", "unknown key", "`platform`"),
    (account("account_class: x"), 5, "accounts.0.account_class", "unknown key", "class,"),
    (account("class: 5"), 5, "accounts.0.class", "must be text", "quotes"),
    (account("rights: ful"), 5, "accounts.0.rights", "full, excerpt, link", "`full`"),
    (account("publish: holt"), 5, "accounts.0.publish", "auto, hold", "`hold`"),
    (account("closed: 2024/1/1"), 5, "accounts.0.closed", "date", "2024-01-31"),
    (account("joined: 2024-02-01\n  closed: 2024-01-01"), 6, "accounts.0.closed", "before it joined", ""),
    (account("group: 5"), 5, "accounts.0.group", "must be text", "quotes"),
    (account("group: nowhere"), 5, "accounts.0.group", "no group `nowhere`", "None is defined"),
    (account("group: a\n  groups: b"), 5, "accounts.0.group", "unknown key", "`groups`"),
    (KNOWN_GROUPS, 4, "groups.1.parent", "no group `nroth`", "`north`"),
    (account("successor: b"), 5, "accounts.0.successor", "no account `b`", ""),
    (account("successor: a"), 5, "accounts.0.successor", "follows itself", ""),
    (account("timezone: Asia/Shanghi"), 5, "accounts.0.timezone", "time zone", "`Asia/Shanghai`"),
    (account("charset: klingon"), 5, "accounts.0.charset", "charset", "gb18030"),
    (account("charset: hex"), 5, "accounts.0.charset", "charset", "gb18030"),
    (account("images: mirror"), 5, "accounts.0.images", "rights: full", "hotlink"),
    (account("skip_words: ['']"), 5, "accounts.0.skip_words.0", "match everything", "Remove"),
    (account("member: Big"), 5, "accounts.0.member", "can't be an id", "a to z"),
    (account("home: 'javascript:alert(1)'"), 5, "accounts.0.home", "no http", "https"),
    (account("qr: ../../etc/passwd"), 5, "accounts.0.qr", "leaves the folder", ""),
    (account("qr: qr.png"), 5, "accounts.0.qr", "not published", "content/images/"),
    (account("feed: ../feeds/a.xml"), 5, "accounts.0.feed", "leaves the folder", "beside"),
    (account("feed: /etc/passwd"), 5, "accounts.0.feed", "leaves the folder", "beside"),
    (account("feed: 'C:\\a.xml'"), 5, "accounts.0.feed", "no http", "beside"),
    (account("feed: file:///etc/passwd"), 5, "accounts.0.feed", "no http", "beside"),
    (account("feed: ftp://h.org/a"), 5, "accounts.0.feed", "no http", "beside"),
    (account("feed: http:///a"), 5, "accounts.0.feed", "names no host", ""),
    (account("feed: 'http://[::1/a'"), 5, "accounts.0.feed", "no valid address", ""),
    (account("feed: http://h.org:99999/"), 5, "accounts.0.feed", "no valid address", ""),
    (account("feed: 'http://h.org/a b'"), 5, "accounts.0.feed", "blank", ""),
    (account("feed: ''"), 5, "accounts.0.feed", "empty", ""),
    (account("feed: 5"), 5, "accounts.0.feed", "must be an address", "URL"),
    (account("feeds:\n  - http://h.org\n  - http://h.org"), 7, "accounts.0.feeds.1", "twice", "Remove"),
    (account("feeds:\n  - {name: x}\n  - http://h.org"), 6, "accounts.0.feeds.0.url", "required", "url"),
    (
        account("feeds:\n  - {key: x, url: a.xml}"),
        6,
        "accounts.0.feeds.0.key",
        "unknown key",
        "name, source, url",
    ),
    (account("feeds:\n  - {name: '../x', url: a.xml}"), 6, "accounts.0.feeds.0.name", "can't be", ""),
    (account("feeds:\n  - {name: 5, url: a.xml}"), 6, "accounts.0.feeds.0.name", "must be text", "quotes"),
    (account("feed: {name: x}"), 5, "accounts.0.feed.url", "required", "url"),
    (account("closure: moved"), 5, "accounts.0.closure", "without a day", "closed"),
    (account("closed: 2024-01-01\n  closure: merged"), 6, "accounts.0.closure", "into nothing", "successor"),
    (account("closure: clsed"), 5, "accounts.0.closure", "closed, merged, moved", "`closed`"),
    (account("former_names: [{name: ' '}]"), 5, "accounts.0.former_names.0.name", "empty", ""),
    (
        account("former_names: [甲 2024-01-01, 乙 2023-01-01]"),
        5,
        "accounts.0.former_names.1",
        "before it (2024-01-01)",
        "oldest",
    ),
    (account("former_names: [甲 2024-13-01]"), 5, "accounts.0.former_names.0", "must be a date", "2024"),
    (account("store_links: [apps/1]"), 5, "accounts.0.store_links.0", "no http", "https"),
    (account("store_links: [{store: 市场}]"), 5, "accounts.0.store_links.0.url", "required", ""),
    (account("sponsor: ' '"), 5, "accounts.0.sponsor", "empty", "name"),
    (BODIES + account("operator: bureu"), 8, "accounts.0.operator", "`bureu`", "`bureau`"),
    (BODIES + account("sponsor: 新闻办"), 8, "accounts.0.sponsor", "2 are called", "bureau, office"),
    (f"{BODIES}- {{id: x, name: X, parent: offic}}", 5, "organisations.2.parent", "`offic`", "`office`"),
    (f"{BODIES}- {{id: x, name: X, parent: x}}", 5, "organisations.2.parent", "inside itself", ""),
    (f"{BODIES}- {{id: x, name: X, home: x}}", 5, "organisations.2.home", "no http", ""),
    (f"{BODIES}accounts: [{{id: office, name: A}}]", 4, "organisations.1.id", "that of a member", "Remove"),
    (BATCHES + account("batch: seconds"), 6, "accounts.0.batch", "`seconds`", "`second`"),
    (BATCHES.replace("2024-01-01", "soon"), 2, "batches.0.date", "must be a date", ""),
    ("fetch: {timeout: 0}", 2, "fetch.timeout", "above zero", ""),
    ("fetch: {timeout: .inf}", 2, "fetch.timeout", "above zero", ""),
    ("fetch: {spacing: -1}", 2, "fetch.spacing", "above zero", ""),
    ("fetch: {concurrency: x}", 2, "fetch.concurrency", "whole number", ""),
    ("fetch: {alert: 200%}", 2, "fetch.alert", "share", "10%"),
    ("fetch: {alert: lots%}", 2, "fetch.alert", "must be a number", ""),
    ("fetch: {alert: .nan}", 2, "fetch.alert", "above zero", ""),
    ("fetch: {allow_private: [127.0.0.1]}", 2, "fetch.allow_private.0", "host:port", ""),
    ("fetch: {allow_private: ['h:99999']}", 2, "fetch.allow_private.0", "host:port", ""),
    ('fetch: {user_agent: "x\\r\\ny"}', 2, "fetch.user_agent", "ASCII", ""),
    ("feeds: {limit: 0}", 2, "feeds.limit", "above zero", ""),
    ("feeds: {formats: [rs]}", 2, "feeds.formats.0", "rss, atom, json", "`rss`"),
    ("freshness: {amber: 0}", 2, "freshness.amber", "no number of days", "1 to 180"),
    ("freshness: {red: 1000}", 2, "freshness.red", "no number of days", "1 to 180"),
    ("freshness: {amber: 14}", 2, "freshness.red", "no later than it is amber (14)", "larger"),
    ("freshness: {publik: true}", 2, "freshness.publik", "unknown key", "`public`"),
    ("holds: {words: [' ']}", 2, "holds.words.0", "match everything", ""),
    ("store: 5", 2, "store", "must be text", "quotes"),
    ("store: '://x'", 2, "store", "SQLAlchemy", "postgresql"),
    ("members: [{id: m, name: ' '}]", 2, "members.0.name", "empty", ""),
    ("site: {}", 2, "site", "stands twice, first in line 1", "Remove"),
]


@pytest.mark.parametrize(("text", "line", "field", "reason", "mend"), FAULTS)
def test_faults(tmp_path: Path, text: str, line: int, field: str, reason: str, mend: str) -> None:
    path = tmp_path / "feeds.yaml"
    path.write_text(SITE + text, encoding="utf-8")
    [problem] = problems_of(path)
    assert (problem.file, problem.line, problem.field) == ("feeds.yaml", line, field)
    assert reason in problem.reason
    assert mend in problem.mend


SITES: list[tuple[str, str, str, str]] = [  # feeds.yaml, field, in the reason, in the mend
    ("site: {url: 'https://h.org'}", "site.title", "required", "title"),
    ("site: {title: x, url: /matrix}", "site.url", "no http", "https://"),
    ("site: {title: x, url: 'https://h.org/?a'}", "site.url", "query", ""),
    ("site: {title: x, url: 'https://me@h.org'}", "site.url", "credentials", ""),
    ("site: {title: x, url: 'https://h.org', language: zh-cn}", "site.language", "zh-TW", "`zh-CN`"),
    ("site: {title: x, url: 'https://h.org', timezone: Shanghai}", "site.timezone", "zone", "Asia/Shanghai"),
    ("site: {title: x, url: 'https://h.org', site_code: '51013'}", "site.site_code", "10 letters", "quotes"),
    ("site: {title: x, url: 'https://h.org', profile: gow}", "site.profile", "gow", "gov"),
    ("site: {title: x, url: 'https://h.org', websub: 'ftp://h.org'}", "site.websub", "no http", "hub"),
    ("site: {title: x, url: 'https://h.org', offline: perhaps}", "site.offline", "perhaps", ""),
    (
        "site: {title: x, url: 'https://h.org', authority_mark_image: ../mark.png}",
        "site.authority_mark_image",
        "content/images",
        "images/mark.png",
    ),
    ("site: x", "site", "must be a mapping", ""),
    ("[]", "", "must be a mapping", "accounts"),
    ("site: [", "", "not valid YAML", ""),
]


@pytest.mark.parametrize(("text", "field", "reason", "mend"), SITES)
def test_faults_of_the_site(tmp_path: Path, text: str, field: str, reason: str, mend: str) -> None:
    path = tmp_path / "feeds.yaml"
    path.write_text(text, encoding="utf-8")
    [problem] = problems_of(path)
    assert (problem.line, problem.field) == (1, field)
    assert reason in problem.reason
    assert mend in problem.mend


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_an_empty_file_lacks_what_is_required(tmp_path: Path, text: str) -> None:
    path = tmp_path / "feeds.yaml"
    path.write_text(text)
    assert [problem.field for problem in problems_of(path)] == ["site.title", "site.url"]


IDS = [("a", True), ("0", True), ("a.b-c_d", True), ("a" * 64, True)]
BAD_IDS = ["", ".", "..", "-a", "A", "a/b", "a b", "青山", "a.", "a\n", "a" * 65, "ſ", "İ"]


@pytest.mark.parametrize(("name", "good"), [*IDS, *((name, False) for name in BAD_IDS)])
def test_ids_are_safe_names_of_folders(load_text: Load, name: str, good: bool) -> None:
    text = yaml.safe_dump({"accounts": [{"id": name, "name": "A"}]})
    if good:
        assert load_text(text).accounts == (Account(name, "A", name),)
    else:
        with pytest.raises(SettingsError, match="can't be an id"):
            load_text(text)


DOUBLES = ["groups", "members", "organisations", "batches", "accounts"]


@pytest.mark.parametrize("key", DOUBLES)
def test_doubles_name_both_places(tmp_path: Path, key: str) -> None:
    path = tmp_path / "feeds.yaml"
    (tmp_path / "more.yaml").write_text(f"{key}:\n\n- {{id: a, name: B}}\n")
    path.write_text(f"{SITE}include: more.yaml\n{key}:\n- {{id: a, name: A}}\n", encoding="utf-8")
    [problem] = problems_of(path)
    assert (problem.file, problem.line, problem.field) == ("more.yaml", 3, f"{key}.0.id")
    assert "feeds.yaml:4" in problem.reason


def test_circles_are_told_once(tmp_path: Path) -> None:
    path = tmp_path / "feeds.yaml"
    rows = [("a", "b"), ("b", "c"), ("c", "b"), ("d", "d"), ("e", "a")]
    groups = "".join(f"- {{id: {name}, name: N, parent: {parent}}}\n" for name, parent in rows)
    path.write_text(f"{SITE}groups:\n{groups}", encoding="utf-8")
    found = [(problem.line, problem.reason) for problem in problems_of(path)]
    assert found == [
        (4, "the group lies inside itself: b in c in b"),
        (6, "the group lies inside itself: d in d"),
    ]


def test_circles_of_successors_are_told_once(tmp_path: Path) -> None:
    path = tmp_path / "feeds.yaml"
    rows = [("a", "b"), ("b", "c"), ("c", "b"), ("d", "a")]
    accounts = "".join(f"- {{id: {name}, name: N, successor: {next_}}}\n" for name, next_ in rows)
    path.write_text(f"{SITE}accounts:\n{accounts}", encoding="utf-8")
    assert [(one.line, one.reason) for one in problems_of(path)] == [
        (4, "the account follows itself: b → c → b")
    ]


def test_faults_of_all_kinds_and_files_come_at_once_in_order(tmp_path: Path) -> None:
    path = tmp_path / "feeds.yaml"
    (tmp_path / "more.yaml").write_text(
        "accounts:\n- {id: b, name: B, group: [gg, bad]}\n- {id: c, nam: C}\n"
    )
    path.write_text(
        "include: [more.yaml, gone.yaml]\ngroups:\n- {id: gg, name: 5}\naccounts:\n"
        "- {id: a, name: A, rights: x, feed: ftp://x}\n- {id: A, name: A}\n"
        "site: {title: x, url: x}\n"
    )
    assert [(each.file, each.line, each.field) for each in problems_of(path)] == [
        ("feeds.yaml", 1, "include.1"),
        ("feeds.yaml", 3, "groups.0.name"),
        ("feeds.yaml", 5, "accounts.0.rights"),
        ("feeds.yaml", 6, "accounts.1.id"),
        ("feeds.yaml", 7, "site.url"),
        ("more.yaml", 2, "accounts.0.group.1"),  # gg is faulty, but it is there
        ("more.yaml", 3, "accounts.1.name"),
        ("more.yaml", 3, "accounts.1.nam"),
    ]


def test_problems_keep_credentials_to_themselves(tmp_path: Path) -> None:
    path = tmp_path / "feeds.yaml"
    feeds = "[ftp://me:secret@h/, 'http://me:secret@:1/?token=secret', 'http://h/ x?secret']"
    path.write_text(f"{SITE}{account(f'feeds: {feeds}')}\nstore: 'p!g://me:secret@db/x'", encoding="utf-8")
    problems = problems_of(path)
    assert len(problems) == 4
    assert "secret" not in "\n".join(map(str, problems))


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
def test_a_link_must_not_lead_a_feed_out(tmp_path: Path) -> None:
    root = tmp_path / "matrix"
    root.mkdir()
    (root / "out").symlink_to(tmp_path)
    (root / "feeds.yaml").write_text(SITE + account("feed: out/a.xml"), encoding="utf-8")
    [problem] = problems_of(root / "feeds.yaml")
    assert "leaves the folder" in problem.reason


KEYS = [
    "site",
    "title",
    "url",
    "groups",
    "members",
    "accounts",
    "id",
    "name",
    "parent",
    "kind",
    "group",
    "feed",
]
KEYS += [
    "feeds",
    "key",
    "member",
    "include",
    "fetch",
    "alert",
    "holds",
    "words",
    "freshness",
    "amber",
    "store",
    "rights",
    "joined",
]
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.text(max_size=8),
    st.sampled_from(["a", "b", "full", "10%", "https://h.org", "*.yaml", "..", "://", "a/b.xml", "[", "**x"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4), inner, max_size=6)
    ),
    max_leaves=12,
)
ROWS = st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6), max_size=4)
DOCUMENTS = st.fixed_dictionaries(
    {"site": st.just({"title": "x", "url": "https://h.org"}) | VALUES},
    optional={"groups": ROWS, "members": ROWS, "accounts": ROWS, "include": VALUES, "fetch": VALUES},
)


@settings(deadline=None)
@given(DOCUMENTS | VALUES)
def test_no_tree_raises_anything_but_a_settings_error(tree: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feeds.yaml"
        path.write_bytes(yaml.safe_dump(tree, allow_unicode=False).encode("utf-8", "surrogatepass"))
        try:
            first = load(path)
        except SettingsError as error:
            problems = error.problems
        else:
            problems = ()
            assert first == load(path)
    assert all(problem.file == "feeds.yaml" and problem.mend for problem in problems)
