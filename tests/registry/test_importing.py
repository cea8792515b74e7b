"""Member lists of other programs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
import yaml

from matrixsite.config.load import load
from matrixsite.config.settings import Settings
from matrixsite.errors import SettingsError
from matrixsite.registry.arrivals import arrivals
from matrixsite.registry.importing import Imported, members_yaml, read_members
from matrixsite.registry.opml import members_opml
from tests.xlsx.test_first_sheet import sheet_of

OPML = """<opml version="2.0"><body><outline text="组"><outline text="Qing Shan" xmlUrl="https://x.org/1.xml"
 htmlUrl="https://x.org/"/><outline title="青山发布" xmlUrl="https://x.org/2.xml"/></outline></body></opml>"""
PLANET = """[Planet]\nname = 星球\n\n[https://x.org/1.xml]\nname = Qing Shan\n"""
PLUTO = """title = 星球\n\n[qs]\ntitle = 青山\nfeed = https://x.org/1.xml\nlink = https://x.org/\n"""
BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
THIEF = """<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body>
<outline text="&x;" xmlUrl="https://x.org/1.xml"/><outline text="a">&x;</outline></body></opml>"""
CSV = "id,name,feed,group\n,Qing Shan,https://x.org/1.xml,qs\nx,艾克斯\n,,,\n,Qing Shan,https://x.org/3.xml,qs,surplus\n"


def imported(folder: Path, name: str, content: str, encoding: str = "utf-8") -> Imported:
    file = folder / name
    file.write_bytes(content.encode(encoding))
    return read_members(file)


def read(folder: Path, name: str, content: str, encoding: str = "utf-8") -> list[dict[str, Any]]:
    return imported(folder, name, content, encoding).accounts


@pytest.mark.parametrize(
    ("name", "content", "feeds"),
    [
        ("m.opml", OPML, {"qing-shan": "https://x.org/1.xml"}),
        ("m.ini", PLANET, {"qing-shan": "https://x.org/1.xml"}),
        ("m.ini", PLUTO, {"qs": "https://x.org/1.xml"}),
        ("m.csv", CSV, {"qing-shan": "https://x.org/1.xml", "x": ""}),
        ("m.csv", "\ufeff" + CSV, {"x": ""}),
    ],
    ids=["opml", "planet", "pluto", "csv", "csv of a spreadsheet"],
)
def test_accounts(tmp_path: Path, name: str, content: str, feeds: dict[str, str]) -> None:
    rows = read(tmp_path, name, content)
    assert feeds.items() <= {row["id"]: row.get("feed", "") for row in rows}.items()
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(row["id"].isascii() for row in rows)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])  # the latter: what a spreadsheet calls Unicode
def test_chinese_encodings(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, "m.csv", "name,feed\n青山发布,https://x.org/1\n", encoding)[0]["name"] == "青山发布"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("m.opml", ""),
        ("m.opml", "no xml"),
        ("m.opml", "<opml/>"),
        ("m.ini", "[x\n"),
        ("m.csv", "name\n"),
        ("m.txt", "x"),
        ("m.opml", "<opml>" + "<outline>" * 50_000 + "<outline xmlUrl='https://x.org/'/>"),
        ("m.opml", f'<!DOCTYPE opml [{BOMB}]><opml><outline xmlUrl="https://x.org/&l9;"/></opml>'),
    ],
)
def test_what_names_no_accounts(tmp_path: Path, name: str, content: str) -> None:
    with pytest.raises(SettingsError):
        read(tmp_path, name, content)


def test_a_member_list_reads_no_other_file(tmp_path: Path) -> None:
    assert "root:" not in str(read(tmp_path, "m.opml", THIEF))


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="can't be read"):
        read_members(tmp_path / "missing.csv")


def test_what_is_written_can_be_included(tmp_path: Path) -> None:
    written = yaml.safe_load(members_yaml(imported(tmp_path, "m.csv", CSV), "m.csv"))
    assert written["accounts"][0] == {
        "id": "qing-shan",
        "name": "Qing Shan",
        "feed": "https://x.org/1.xml",
        "group": "qs",
    }


QR = "https://x.org/qr.png"
TABLE: list[list[Any]] = [
    [
        "账号名称",
        "平台",
        "主办单位",
        "运营单位",
        "入驻批次",
        "加入日期",
        "二维码",
        "分组",
        "类别",
        "是否合格",
    ],
    [
        "青山发布",
        "微信公众号",
        "市政府新闻办",
        "青山传媒",
        "首批",
        date(2024, 3, 1),
        "https://x.org/qr.png",
        "区县",
        "政务",
        "是",
    ],
    ["青山发布", "微博", None, None, "首批", "2024年3月5日", None, "区县; 新区", None, None],
    ["石桥街坊", "抖音", None, None, None, "去年", None, None, "街道", None],
    ["=1+1", "微博", None, None, None, None, None, None, None, None],
    [None, "微博", "某局", None, None, None, None, None, None, None],
]


def registry(folder: Path) -> Settings:
    feeds = {
        "site": {"title": "青山", "url": "https://matrix.example.org"},
        "groups": [{"id": "districts", "name": "区县", "kind": "district"}],
        "accounts": [
            {"id": "qs-wx", "name": "青山发布", "platform": "wechat", "group": "districts"},
            {
                "id": "qs-old",
                "name": "青山日报",
                "platform": "weibo",
                "former_names": ["青山发布 2025-01-01"],
            },
            {"id": "gone", "name": "已关停", "closed": "2024-01-01"},
            {"id": "silent", "name": "不在表上", "feed": "https://x.org/s.xml"},
        ],
    }
    (folder / "feeds.yaml").write_text(json.dumps(feeds, ensure_ascii=False), "utf-8")
    return load(folder / "feeds.yaml")


def saved(folder: Path, rows: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "m.xlsx")
    return folder / "m.xlsx"


def test_a_workbook_with_chinese_columns(tmp_path: Path) -> None:
    settings = registry(tmp_path)
    found = read_members(saved(tmp_path, TABLE), settings)
    first, second, third = found.accounts
    assert first == {
        "id": "qs-wx",
        "name": "青山发布",
        "platform": "wechat",
        "sponsor": "市政府新闻办",
        "operator": "青山传媒",
        "batch": "首批",
        "joined": "2024-03-01",
        "qr": QR,
        "class": "government",
        "group": "districts",
    }
    assert (second["id"], second["joined"]) == ("qs-old", "2024-03-05"), (
        "found by a former name on its platform"
    )
    (group,) = found.groups
    assert (group["name"], second["group"]) == ("新区", ["districts", group["id"]])
    assert (third["name"], third["platform"], "joined" in third) == ("石桥街坊", "douyin", False)
    told = {(problem.line, problem.field) for problem in found.unused}
    assert told == {(1, "是否合格"), (4, "joined"), (5, "name"), (6, "name")}
    assert "formula" in next(problem.reason for problem in found.unused if problem.line == 5)


def test_against_the_registry(tmp_path: Path) -> None:
    settings = registry(tmp_path)
    changes = arrivals(read_members(saved(tmp_path, TABLE), settings), settings, date(2026, 11, 1))
    told = {(change.kind.value, change.line.name, change.before, change.after) for change in changes}
    new = read_members(saved(tmp_path, TABLE), settings).groups[0]["id"]
    assert told == {
        ("joined", "石桥街坊", "", ""),
        ("left", "不在表上", "", ""),
        ("renamed", "青山发布", "青山日报", "青山发布"),
        ("class", "青山发布", "", "government"),
        ("groups", "青山发布", "", f"districts;{new}"),
    }


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04", "no workbook"),
        (sheet_of("<row><c t='inlineStr'><is><t>name</t></is></c></row>" * 100_001), "more than 100000 rows"),
        (sheet_of("<row><c r='XFD1'><v>1</v></c></row>"), "more than 100 columns"),
        (sheet_of("<row><c t='inlineStr'><is><t>其他</t></is></c></row>"), "no column names the accounts"),
    ],
    ids=["damaged", "long", "wide", "without names"],
)
def test_workbooks_that_are_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "m.xlsx").write_bytes(content)
    with pytest.raises(SettingsError, match=reason):
        read_members(tmp_path / "m.xlsx")


def test_nested_outlines_are_groups(tmp_path: Path) -> None:
    text = """<opml version="2.0"><body><outline text="区县"><outline text="青山区"><outline text="甲"
      xmlUrl="https://x.org/1"/></outline><outline text="乙" xmlUrl="https://x.org/2"/></outline><outline text="媒体">
      <outline text="甲" xmlUrl="https://x.org/1"/></outline><outline text="丙" xmlUrl="https://x.org/3"/></body></opml>"""
    found = imported(tmp_path, "m.opml", text)
    names = {group["id"]: (group["name"], group.get("parent", "")) for group in found.groups}
    outer = next(group["id"] for group in found.groups if group["name"] == "区县")
    assert sorted(names.values()) == [("区县", ""), ("媒体", ""), ("青山区", outer)]
    groups = {row["name"]: row.get("group") for row in found.accounts}
    assert {names[one][0] for one in groups["甲"] or ()} == {"青山区", "媒体"}
    assert (groups["乙"], groups["丙"]) == (outer, None)
    (tmp_path / "members").mkdir()
    (tmp_path / "members/m.yaml").write_text(members_yaml(found, "x"), "utf-8")
    site = '{"site": {"title": "t", "url": "https://x.org"}, "include": "members/*.yaml"}'
    (tmp_path / "feeds.yaml").write_text(site, "utf-8")
    again = ElementTree.fromstring(members_opml(load(tmp_path / "feeds.yaml")))
    outlines = [str(one.get("text")) for one in again.iter("outline")]
    assert "".join(outlines) == "区县乙青山区甲媒体甲丙", "a group's own accounts before the groups in it"


def test_what_settings_would_refuse_is_left_out_and_told(tmp_path: Path) -> None:
    text = (
        "id,name,feed,qr,timezone,successor,rights\n"
        "a,甲,https://x.org/1,C:\\qr.png,Mars,nobody,everything\na,乙,,,,,\nB ad,丙,,,,,\n"
    )
    found = imported(tmp_path, "m.csv", text)
    assert found.accounts == [{"id": "a", "name": "甲", "feed": "https://x.org/1"}]
    told = {(problem.line, problem.field) for problem in found.unused}
    assert told == {(2, "qr"), (2, "timezone"), (2, "successor"), (2, "rights"), (3, "id"), (4, "id")}
