"""Members written as tables and YAML are read as the very same accounts, whatever they are called."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matrixsite.config.load import load
from matrixsite.config.settings import (
    Account,
    Batch,
    Closure,
    Feed,
    FormerName,
    Future,
    Group,
    IdentityRule,
    Images,
    Member,
    Organisation,
    Publish,
    Query,
    Rights,
    Settings,
    StoreLink,
)
from matrixsite.registry.importing import Imported, members_yaml, read_members
from matrixsite.registry.member_rows import COLUMNS, member_rows, member_table
from matrixsite.spreadsheet import csv_text, workbook

HEAD = {
    "site": {"title": "t", "url": "https://matrix.example.org"},
    "groups": [{"id": "g", "name": "组"}, {"id": "h", "name": "组二"}],
    "members": [{"id": "m", "name": "成员"}],
    "organisations": [
        {"id": "o", "name": "局"},
        {"id": "twin-1", "name": "双"},
        {"id": "twin-2", "name": "双"},
    ],
    "batches": [{"id": "first", "name": "首批"}],
}
WORDS = (
    st.text(st.sampled_from("甲乙=+-@'\"\\;；,＝ ab\n1."), min_size=1, max_size=8)
    .map(lambda text: " ".join(text.split(" ")).strip())
    .filter(bool)
)
LINE = WORDS.map(lambda text: " ".join(text.split())).filter(bool)
DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))
URLS = st.sampled_from(
    [
        "https://x.org/a",
        "https://x.org/?a=1;b=2",
        "feeds/a.xml",
        "a=b.xml",
        "=x.xml",
        "https://x.org/c?q=é&x=y",
    ]
)


QUERIES = st.builds(
    Query,
    filter_title=st.lists(st.sampled_from(["停水", "100%", "A&B; c", "甲 乙"]), max_size=2).map(tuple),
    filterout=st.lists(st.sampled_from(["广告", "#推广#"]), max_size=2).map(tuple),
    limit=st.integers(1, 50),
)


@st.composite
def feeds(draw: st.DrawFn, account: str) -> tuple[Feed, ...]:
    urls = draw(st.lists(URLS, max_size=3, unique=True))
    names = draw(st.lists(st.sampled_from(["video", "text.2", "b-c"]), min_size=3, max_size=3, unique=True))
    return tuple(Feed(f"{account}/{name}", url) for name, url in zip(names, urls, strict=False))


@st.composite
def accounts(draw: st.DrawFn) -> list[Account]:
    made = []
    for number in range(draw(st.integers(1, 3))):
        name = f"a{number}"
        joined = draw(st.none() | DAYS)
        images = draw(st.sampled_from(Images))
        closed = draw(st.none() | st.dates(date(2031, 1, 1), date(2033, 1, 1)))
        formers = draw(st.lists(LINE.filter(lambda text: not text[-1].isdigit()), max_size=2))
        made.append(
            Account(
                name,
                draw(LINE),
                draw(st.sampled_from([name, "m"])),
                platform=draw(st.sampled_from(["wechat", "website", "app"])),
                groups=draw(st.sampled_from([(), ("g",), ("g", "h")])),
                feeds=draw(feeds(name)),
                rights=Rights.FULL if images is Images.MIRROR else draw(st.sampled_from(Rights)),
                publish=draw(st.sampled_from(Publish)),
                public=draw(st.booleans()),
                identity=draw(st.none() | st.sampled_from(IdentityRule)),
                future=draw(st.sampled_from(Future)),
                timezone=draw(st.sampled_from(["", "Asia/Tokyo"])),
                charset=draw(st.sampled_from(["", "gb18030"])),
                images=images,
                skip_words=tuple(draw(st.lists(LINE, max_size=2))),
                query=draw(st.none() | QUERIES),
                account_class=draw(st.sampled_from(["", "media"])),
                handle=draw(st.just("") | LINE),
                home=draw(st.sampled_from(["", "https://x.org/"])),
                intro=draw(st.just("") | WORDS),
                roles=tuple(draw(st.lists(LINE, max_size=2))),
                aliases=tuple(draw(st.lists(LINE, max_size=2))),
                former_names=tuple(FormerName(one, date(2020, 1, at + 1)) for at, one in enumerate(formers)),
                sponsor=draw(st.sampled_from(["", "m", "o", "twin-2"])),
                operator=draw(st.sampled_from(["", "o"])),
                joined=joined,
                batch=draw(st.sampled_from(["", "first"])),
                closed=closed,
                closure=draw(st.none() | st.just(Closure.CLOSED)) if closed else None,
                successor=draw(st.sampled_from(["", f"a{number - 1}"])) if number else "",
                store_links=tuple(draw(st.lists(st.sampled_from(LINKS), max_size=2, unique=True))),
            )
        )
    return made


LINKS = (
    StoreLink("https://x.org/1"),
    StoreLink("https://x.org/2;v=1", "应用市场", "3.2", date(2025, 3, 1)),
    StoreLink("https://x.org/3", "某 店", "", date(2025, 3, 1)),
)


def as_settings(root: Path, made: list[Account]) -> Settings:
    """The matrix that has these accounts, without having been read."""
    return Settings(
        root=root,
        state=root,
        file=root / "feeds.yaml",
        digest="",
        site=load(_headed(root, [])).site,
        groups=(Group("g", "组"), Group("h", "组二")),
        members=(Member("m", "成员"), *(Member(one.id, one.name) for one in made if one.member == one.id)),
        organisations=(Organisation("o", "局"), Organisation("twin-1", "双"), Organisation("twin-2", "双")),
        batches=(Batch("first", "首批"),),
        accounts=tuple(made),
    )


def _headed(root: Path, include: list[str]) -> Path:
    head: dict[str, Any] = {**HEAD, **({"include": include} if include else {})}
    (root / "feeds.yaml").write_text(yaml.safe_dump(head, allow_unicode=True), "utf-8")
    return root / "feeds.yaml"


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(accounts())
def test_there_and_back(made: list[Account]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "feeds").mkdir()
        for file in ("feeds/a.xml", "a=b.xml", "=x.xml"):
            (root / file).write_text("", "utf-8")
        registry = as_settings(root, made)
        written = {
            "included.csv": csv_text(member_table(registry)).encode(),
            "members.yaml": members_yaml(Imported(member_rows(registry)), "x").encode(),
        }
        for name, content in written.items():
            (root / name).write_bytes(content)
            assert _accounts(_headed(root, [name])) == made, name
        tables = {"in.csv": written["included.csv"], "in.xlsx": workbook({"members": member_table(registry)})}
        for name, content in tables.items():
            (root / name).write_bytes(content)
            found = read_members(root / name, registry)
            assert found.unused == [], name
            (root / "again.yaml").write_text(members_yaml(found, "x"), "utf-8")
            assert _accounts(_headed(root, ["again.yaml"])) == made, name


def _accounts(file: Path) -> list[Account]:
    return list(load(file).accounts)


def test_all_keys_are_columns_and_nothing_runs() -> None:
    hostile = Account("a", "=1+1", "a", handle="@x", intro="+cmd", aliases=("-1", "b"))
    registry = replace(as_settings(Path(tempfile.gettempdir()), []), accounts=(hostile,))
    text = csv_text(member_table(registry))
    cells = text.splitlines()[1].split(",")
    assert text.splitlines()[0].removeprefix("\ufeff").split(",") == list(COLUMNS)
    assert [cell for cell in cells if cell[:1] in "=+-@" and cell] == []
    assert {"'=1+1", "'@x", "'+cmd", "'-1; b"} <= set(cells)
