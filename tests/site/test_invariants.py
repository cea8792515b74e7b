"""What holds after any sequence of nights: incremental = full, unchanged = untouched, any number of workers."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import AsyncGenerator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from matrixsite.model import Answer, Outcome, Reason, Request
from matrixsite.site.recipes import RECIPES
from tests.articles import BUS, BUS_TITLE, DIGEST, POOL, POOL_TITLE, TITLE
from tests.nights import LONG, Item
from tests.pictures import picture
from tests.site.conftest import Workshop, tree
from tests.site.links import broken_links

pytestmark = pytest.mark.long

ACCOUNTS = ("a", "b", "c")
OTHER = (
    LONG.replace("图书馆", "体育馆").replace("入馆阅览", "入场锻炼").replace("爱护书籍设施", "爱惜器材场地")
)
PICTURE, OTHER_PICTURE, LOST = (f"https://img.example.org/{name}.png" for name in ("one", "two", "lost"))
TEXTS = (
    LONG,
    OTHER,
    "今日多云。",
    "#民生# 好消息。",
    f"<p>来源：新华社</p><p>{LONG}</p>",
    POOL,
    BUS,
    DIGEST,
    f'<p>{LONG}</p><img src="{PICTURE}"><img src="{LOST}">',
    f'<p>图。</p><img src="{PICTURE}"><img src="{OTHER_PICTURE}">',
)
TITLES = (TITLE, POOL_TITLE, BUS_TITLE)
WORDS = ("甲", "乙", "丙")


@pytest.fixture(autouse=True, scope="module")
def _short_pages() -> Iterator[None]:
    """Two rows to a page of a month: full pages, which are passed over while their entries are as they were."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matrixsite.site.values.archives.MOST_ROWS", 2)
        patch.setattr("matrixsite.site.values.interfaces.MOST_ENTRIES", 2)
        patch.setattr("matrixsite.site.search.segments.TOGETHER", 3)
        yield


@pytest.fixture(autouse=True, scope="module")
def _pictures_at_hand() -> Iterator[None]:
    """Pictures are answered where others would ask the network: two are there, all else is lost."""
    bodies = {PICTURE: picture(40, 30), OTHER_PICTURE: picture(20, 10, colour="blue")}

    async def fetched(requests: Iterable[Request], *_: Any, **__: Any) -> AsyncGenerator[Answer, None]:
        for request in requests:
            if body := bodies.get(request.url):
                yield Answer(request.key, Outcome.NEW, body=body)
            else:
                yield Answer(request.key, Outcome.FAILED, reason=Reason("not-found"))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matrixsite.pipeline.mirroring.fetch_all", fetched)
        yield


@dataclass
class World:
    """A matrix with a history; each step changes something that its site may show."""

    workshop: Workshop
    items: dict[str, dict[int, tuple[str, str, int]]] = field(
        default_factory=lambda: {a: {} for a in ACCOUNTS}
    )
    withdrawn: dict[int, str] = field(default_factory=dict)
    approved: set[int] = field(default_factory=set)
    stories: list[dict[str, Any]] = field(default_factory=list)
    away: dict[str, dict[str, Any]] = field(default_factory=dict)
    count: int = 0

    def add(self, account: str, word: str, text: str, day: int) -> None:
        self.count += 1
        self.items[account][self.count] = (f"{word}{self.count}", text, day)

    def carry(self, account: str, which: int) -> None:
        """One of the articles that the digest rounds up."""
        self.count += 1
        self.items[account][self.count] = (TITLES[which], (LONG, POOL, BUS)[which], 3)

    def edit(self, number: int, word: str, text: str) -> None:
        for items in self.items.values():
            if number in items:
                items[number] = (word, text, items[number][2])

    def withdraw(self, number: int, scope: str) -> None:
        if self.withdrawn.pop(number, None) is None:
            self.withdrawn[number] = scope

    def approve(self, number: int) -> None:
        self.approved ^= {number}

    def decide(self, kind: str, numbers: list[int]) -> None:
        self.stories = [{kind: [_ref(number) for number in dict.fromkeys(numbers)]}] if numbers else []

    def leave_or_return(self, account: str) -> None:
        if back := self.away.pop(account, None):
            self.workshop.accounts = [*self.workshop.accounts, back]
        elif len(self.away) < 2:
            (gone,) = [dict(item) for item in self.workshop.accounts if item["id"] == account]
            self.away[account] = gone
            self.workshop.accounts = [item for item in self.workshop.accounts if item["id"] != account]

    def account(self, account: str, key: str, value: Any) -> None:
        """Copies need the rights of whole texts: without these there are none."""
        self.workshop.change(account, **{key: value})
        (item,) = [item for item in self.workshop.accounts if item["id"] == account]
        if item.get("rights") != "full" and item.get("images") == "mirror":
            self.workshop.change(account, images="hotlink")

    def close(self, account: str, closure: str, successor: str, days: int) -> None:
        """From so many days before or after today; a second time it is open again."""
        (item,) = [item for item in self.workshop.accounts if item["id"] == account] or [{"closed": ""}]
        if "closed" in item or account == successor:
            self.workshop.accounts = [
                {key: value for key, value in one.items() if key not in ("closed", "closure", "successor")}
                for one in self.workshop.accounts
            ]
        else:
            day = self.workshop.today + timedelta(days=days)
            self.workshop.change(account, closed=f"{day}", closure=closure, successor=successor)

    def register(self, batch: str, day: str, bureau: str) -> None:
        """Listed batches and organisations, which accounts may name."""
        self.workshop.more = {
            "batches": [{"id": "first", "name": batch, "date": day}],
            "organisations": [{"id": "bureau", "name": bureau, "parent": "one"}],
        }

    def member(self, name: str) -> None:
        self.workshop.members = [{"id": "one", "name": name, "group": "g"}]

    def title(self, title: str) -> None:
        self.workshop.site["title"] = title

    def column(self, rule: dict[str, Any] | None, pick: int) -> None:
        front = {"title": "专栏", "picks": [{"ref": _ref(pick)}], **({"rule": rule} if rule else {})}
        self.workshop.write("content/columns/col.md", f"---\n{json.dumps(front)}\n---\n正文\n")

    def remove(self, file: str) -> None:
        (self.workshop.root / "content" / file).unlink(missing_ok=True)

    def series(self, title: str, rule: dict[str, Any], accounts: list[str], pick: int) -> None:
        picks = [{"ref": _ref(pick)}]
        front = {"title": title, "rule": rule, "accounts": accounts, "picks": picks, "former": ["old"]}
        self._page("series/s.md", front)

    def campaign(self, begins: int, days: int, rule: dict[str, Any] | None) -> None:
        """From so many days before or after today."""
        first = self.workshop.today + timedelta(days=begins)
        front = {
            "title": "活动",
            "from": f"{first}",
            "to": f"{first + timedelta(days=days)}",
            "topics": ["民生"],
            "partners": ["单位", "丙号", "外单位"],
            **({"rule": rule} if rule else {}),
        }
        self._page("campaigns/c.md", front)

    def kinds(self, title: str, rule: dict[str, Any], pick: int, rebutted: int) -> None:
        elsewhere = {"url": "https://elsewhere.example.com/", "title": "谣言"}
        picks = [{"ref": _ref(pick), "note": "不实", "rebuts": [_ref(rebutted), elsewhere]}]
        kinds = [
            {"id": "rumour", "title": title, "picks": picks if pick != rebutted else [], "rule": rule},
            {"id": "letter", "title": "公开信", "rule": {"title_words": ["乙"]}, "former": ["open"]},
        ]
        self.workshop.write("content/kinds.yaml", json.dumps(kinds))

    def person(self, name: str, pick: int) -> None:
        self._page("people/p.md", {"name": name, "member": "one", "picks": [{"ref": _ref(pick)}]})

    def _page(self, file: str, front: dict[str, Any]) -> None:
        self.workshop.write(f"content/{file}", f"---\n{json.dumps(front)}\n---\n正文\n")

    def section(self, rule: dict[str, Any]) -> None:
        tree = [{"id": "top", "title": "上", "children": [{"id": "sub", "title": "下", "rule": rule}]}]
        self.workshop.write("content/sections.yaml", json.dumps(tree))

    def headline(self, number: int, days: int = 0, reason: str = "好") -> None:
        front = {"pick": _ref(number), "reason": reason}
        day = self.workshop.today + timedelta(days)
        self.workshop.write(f"content/headlines/{day}.md", f"---\n{json.dumps(front)}\n---\n")

    def no_headline(self, days: int) -> None:
        day = self.workshop.today + timedelta(days)
        (self.workshop.root / f"content/headlines/{day}.md").unlink(missing_ok=True)

    def honor(self, winner: str, year: int = 2026, lists: int = 1, level: str = "city") -> None:
        honors: list[dict[str, Any]] = [
            {"title": f"优{one}", "kind": "account", "winners": [winner]} for one in range(lists)
        ]
        honors.append({"title": "人", "kind": "person", "winners": [{"name": "李青", "member": "one"}]})
        front = {"title": "榜", "year": year, "level": level, "lists": honors}
        self.workshop.write(f"content/honors/h{year}.md", f"---\n{json.dumps(front)}\n---\n")

    def board(self, month: int, first: str, public: bool) -> None:
        """An edition; it stays when the board is no longer public."""
        self._page("boards/wx.md", {"title": "榜", "index": "wci", "public": public, "former": ["was"]})
        rows = "".join(
            f"{rank},{name},{name}号,{9 - rank}.00,\n" for rank, name in enumerate((first, "b", "x"), 1)
        )
        text = f"# published,2026-11-05\n# index,wci@14.2\nrank,account,name,score,missing\n{rows}"
        self.workshop.write(f"content/boards/wx/2026-{month:02}.csv", text)

    def no_edition(self, month: int) -> None:
        (self.workshop.root / f"content/boards/wx/2026-{month:02}.csv").unlink(missing_ok=True)

    def no_honor(self, year: int) -> None:
        (self.workshop.root / f"content/honors/h{year}.md").unlink(missing_ok=True)

    def page(self, text: str) -> None:
        self.workshop.write("content/pages/about.md", f"title: 关于\nslug: about\n\n{text}\n")

    def theme(self, text: str) -> None:
        entry = '{% extends "!matrix/entry.html" %}{% block content %}' + text + "{{ super() }}{% endblock %}"
        self.workshop.write("theme/templates/matrix/entry.html", entry)
        self.workshop.write("theme/static/own.css", f"/* {text} */")

    def sleep(self) -> None:
        self.workshop.today += timedelta(days=1)

    def write(self) -> None:
        """All that the steps said, as files; a step that makes no valid matrix is what it is."""
        for account, items in self.items.items():
            written = [Item(str(n), title, text, day=day) for n, (title, text, day) in items.items()]
            self.workshop.feed(account, *written[-4:])  # older items leave the feed
        withdrawn = [{"ref": _ref(n), "scope": scope, "why": "误"} for n, scope in self.withdrawn.items()]
        self.workshop.write("content/withdrawn.yaml", json.dumps(withdrawn))
        self.workshop.write("content/approved.yaml", json.dumps([_ref(n) for n in sorted(self.approved)]))
        self.workshop.write("content/stories.yaml", json.dumps(self.stories))
        self.workshop.now += timedelta(hours=5)


def _ref(number: int) -> str:
    return f"https://example.com/{number}"


def world(root: Path) -> World:
    """Three accounts of two members in nested groups, with a few entries."""
    workshop = Workshop(root)
    workshop.offline = False  # all feeds are files
    groups = [{"id": "g", "name": "组"}, {"id": "h", "name": "下组", "parent": "g"}]
    workshop.bare(
        {"id": "a", "name": "甲号", "member": "one"},
        {"id": "b", "name": "乙号", "member": "one", "rights": "full", "group": "h", "images": "mirror"},
        {"id": "c", "name": "丙号", "group": "h"},
        groups=groups,
    )
    workshop.members = [{"id": "one", "name": "单位", "group": "g"}]
    made = World(workshop)
    made.register("首批", "2026-01-01", "局")
    for account in ACCOUNTS:
        made.add(account, "甲", LONG, 3)
        made.add(account, "乙", TEXTS[2], -20)
    made.add("b", "丁", TEXTS[-1], -20)
    made.write()
    return made


numbers, names = st.integers(1, 9), st.sampled_from(ACCOUNTS)
words, texts = st.sampled_from(WORDS), st.sampled_from(TEXTS)
years = st.sampled_from((2024, 2025, 2026))
rules = st.one_of(
    st.builds(lambda word: {"title_words": [word]}, words),
    st.builds(lambda name: {"accounts": [name]}, names),
    st.just({"topics": ["民生"]}),
    st.just({"groups": ["h"]}),
)
with_kinds = st.one_of(rules, st.just({"kinds": ["rumour"]}))
settings_of_accounts = st.one_of(
    st.tuples(st.just("name"), st.sampled_from(("新名", "旧名"))),
    st.tuples(st.just("rights"), st.sampled_from(("full", "excerpt", "link"))),
    st.tuples(st.just("publish"), st.sampled_from(("auto", "hold"))),
    st.tuples(st.just("images"), st.sampled_from(("mirror", "hotlink", "none"))),
    st.tuples(st.just("group"), st.sampled_from(("g", "h", ["g", "h"]))),
    st.tuples(st.just("member"), st.sampled_from(("one", "two"))),
    st.tuples(st.just("platform"), st.sampled_from(("weibo", "app"))),
    st.tuples(st.just("former_names"), st.sampled_from(([], ["旧名 2026-11-01"]))),
    st.tuples(st.just("batch"), st.sampled_from(("first", "第二批"))),
    st.tuples(st.just("joined"), st.sampled_from(("2026-01-01", "2026-11-24", "2026-11-30"))),
    st.tuples(st.sampled_from(("sponsor", "operator")), st.sampled_from(("one", "bureau", "公司"))),
)
Step = tuple[str, tuple[Any, ...]]


def step(name: str, *arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Step]:
    return st.tuples(st.just(name), st.tuples(*arguments))


STEPS = st.one_of(
    step("add", names, words, texts, st.sampled_from((-20, 2, 3, 4))),
    step("add", names, words, texts, st.sampled_from((-20, 2, 3, 4))),
    step("carry", names, st.integers(0, 2)),
    step("edit", numbers, words, texts),
    step("withdraw", numbers, st.sampled_from(("entry", "story"))),
    step("approve", numbers),
    step("decide", st.sampled_from(("join", "split")), st.lists(numbers, min_size=2, max_size=3)),
    step("leave_or_return", names),
    settings_of_accounts.flatmap(lambda chosen: step("account", names, *map(st.just, chosen))),
    step("member", st.sampled_from(("单位", "新单位"))),
    step("close", names, st.sampled_from(("closed", "merged", "moved")), names, st.sampled_from((-3, 1))),
    step("close", names, st.sampled_from(("closed", "merged", "moved")), names, st.sampled_from((-3, 1))),
    step("register", st.sampled_from(("首批", "头批")), st.sampled_from(("2026-01-01", "2026-11-25")), words),
    step("title", st.sampled_from(("矩阵", "新矩阵"))),
    step("column", st.one_of(st.none(), with_kinds), numbers),
    step("series", words, with_kinds, st.lists(names, max_size=2), numbers),
    step("campaign", st.integers(-3, 2), st.integers(0, 3), st.one_of(st.none(), rules)),
    step("kinds", words, rules, numbers, numbers),
    step("kinds", words, rules, numbers, numbers),
    step("person", st.sampled_from(("李青", "别人")), numbers),
    step("remove", st.sampled_from(("columns/col.md", "series/s.md", "campaigns/c.md", "people/p.md"))),
    step("section", with_kinds),
    step("headline", numbers, st.sampled_from((-30, -1, 0, 1)), words),
    step("no_headline", st.sampled_from((-1, 0))),
    step(
        "honor",
        st.sampled_from(("甲号", "丙号", "外单位")),
        years,
        st.sampled_from((1, 4)),
        st.sampled_from(("city", "province")),
    ),
    step("no_honor", years),
    step("board", st.integers(7, 9), names, st.booleans()),
    step("no_edition", st.integers(7, 9)),
    step("page", words),
    step("theme", words),
    step("sleep"),
)  # fmt: skip


@settings(
    max_examples=int(os.environ.get("EXAMPLES", "8")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(st.tuples(STEPS, st.booleans()), min_size=3, max_size=7))
def test_after_any_history_the_site_is_that_of_a_clean_build(history: list[tuple[Step, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = world(Path(folder))
        workshop = made.workshop
        workshop.build()
        for (name, arguments), built in history:
            note(f"{name} {arguments} {'build' if built else 'update'}")
            present = {item["id"] for item in workshop.accounts}
            if name == "account" and arguments[0] not in present:
                continue
            getattr(made, name)(*arguments)
            made.write()
            if not _valid(workshop):
                return
            if built:
                workshop.build(force=True)
            else:
                workshop.load().update(now=workshop.now, offline=workshop.offline, jobs=1)
        workshop.build(force=True)
        before = _times(workshop.output)
        again = workshop.build()
        assert (again.written, again.removed) == ((), ())
        assert _times(workshop.output) == before
        clean = workshop.root / "clean"
        workshop.build(clean)
        _same(tree(workshop.output), tree(clean))
        assert broken_links(tree(clean)) == []


@pytest.fixture
def three(tmp_path: Path) -> World:
    """The three accounts with one of each of the editors' pages, built once."""
    made = world(tmp_path)
    made.kinds("辟谣", {"title_words": ["丁"]}, 1, 5)
    made.series("系列", {"title_words": ["丙"]}, ["c"], 3)
    made.campaign(-30, 60, None)
    made.person("李青", 1)
    made.column({"accounts": ["c"]}, 1)
    made.section({"accounts": ["a"]})
    made.headline(1)
    made.honor("甲号")
    made.workshop.build()
    return made


def test_one_new_entry_writes_what_shows_it_and_nothing_else(three: World) -> None:
    three.add("c", "丙", "独家消息。", 4)
    three.write()
    built = three.workshop.build()
    page = three.workshop.entry(f"丙{three.count}").path
    lists = ("accounts/c", "groups/g", "groups/h", "columns/col", "series/s")
    with_months = (
        f"{each}/{name}" for each in lists for name in ("index.html", "2026/11/index.html", "feed.atom.xml")
    )
    fronts = (
        "index.html",
        "members/c/index.html",
        "accounts/index.html",
        "members/index.html",
        "columns/index.html",
        "series/index.html",
    )
    feeds = ("feeds/all.rss.xml", "feeds/all.atom.xml", "feeds/all.json")
    programs = ("sitemaps/2026-11.xml", "api/v1/entries/2026-11-2.json")  # what is full stays as it is
    found = [f"search/2026-11-p1/{name}.bin" for name in ("p0", "r0", "accounts")]
    archive = ("archive/index.html", "archive/2026/11/index.html", "archive/2026/11/04/index.html")
    sums = ("accounts/c/2026/index.html", "statistics/index.html", "statistics/2026/index.html")
    assert set(built.written) == {page, *with_months, *fronts, *feeds, *programs, *found, *archive, *sums}
    assert built.removed == ()


@pytest.mark.parametrize("jobs", [1, 2])
def test_bytes_do_not_depend_on_workers_or_batches(
    three: World, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr("matrixsite.site.build.MANY", 0)
    recipes = {kind: replace(recipe, batch=3) for kind, recipe in RECIPES.items()}
    monkeypatch.setattr("matrixsite.site.production.RECIPES", recipes)
    monkeypatch.setattr("matrixsite.store.listing.BATCH", 2)
    again = three.workshop.root / "again"
    three.workshop.build(again, jobs=jobs)
    _same(tree(three.workshop.output), tree(again))
    assert sum(path.startswith("pictures/") for path in tree(again)) == 2


class Killed(BaseException):
    """The process ends here."""


def test_killed_at_any_step_the_links_of_lists_resolve_and_the_next_run_finishes(
    three: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = three.workshop
    old = tree(workshop.output)
    three.add("a", "丙", OTHER, 4)
    three.add("b", "丙", OTHER, 4)
    three.decide("split", [1, 3])
    three.account("c", "rights", "link")
    three.write()
    workshop.build(workshop.root / "clean", force=True)
    new = tree(workshop.root / "clean")
    assert old.keys() - new.keys()
    steps = 0
    while _killed_at(steps, workshop, monkeypatch):
        half = tree(workshop.output)
        assert all(content in (old.get(path), new.get(path)) for path, content in half.items())
        lists = {page for page in half.keys() & new.keys() if not page.startswith(("2026/", "stories/"))}
        assert [(page, link) for page, link in broken_links(half) if page in lists] == []
        steps += 5
    _same(tree(workshop.output), new)
    assert steps > 5
    assert workshop.build().written == ()


def _killed_at(step: int, workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the build was killed before the step-th change of the published folder; it goes on where it was."""
    left, replace, unlink = iter(range(step)), os.replace, Path.unlink

    def mortal_replace(source: Any, target: Any) -> None:
        if Path(target).is_relative_to(workshop.output) and next(left, None) is None:
            raise Killed
        replace(source, target)

    def mortal_unlink(self: Path, missing_ok: bool = False) -> None:
        if self.is_relative_to(workshop.output) and next(left, None) is None:
            raise Killed
        unlink(self, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", mortal_replace)
        patch.setattr(Path, "unlink", mortal_unlink)
        try:
            workshop.build(force=True)
        except Killed:
            return True
    return False


def _valid(workshop: Workshop) -> bool:
    from matrixsite.errors import SettingsError

    try:
        _ = workshop.load().content
    except SettingsError as error:
        note(str(error))
        return False
    return True


def _same(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    """The same files; says which differ, and how, rather than both trees."""
    assert sorted(one) == sorted(other)
    for path, content in one.items():
        assert content.decode("utf-8", "replace") == other[path].decode("utf-8", "replace"), path


def _times(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*")}
