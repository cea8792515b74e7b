"""Member lists of other programs."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from matrixsite.errors import SettingsError
from matrixsite.registry.importing import members_yaml, read_members

OPML = """<opml version="2.0"><body><outline text="组"><outline text="Qing Shan" xmlUrl="https://x.org/1.xml"
 htmlUrl="https://x.org/"/><outline title="青山发布" xmlUrl="https://x.org/2.xml"/></outline></body></opml>"""
PLANET = """[Planet]\nname = 星球\n\n[https://x.org/1.xml]\nname = Qing Shan\n"""
PLUTO = """title = 星球\n\n[qs]\ntitle = 青山\nfeed = https://x.org/1.xml\nlink = https://x.org/\n"""
BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
THIEF = """<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body>
<outline text="&x;" xmlUrl="https://x.org/1.xml"/><outline text="a">&x;</outline></body></opml>"""
CSV = "id,name,feed,group\n,Qing Shan,https://x.org/1.xml,qs\nx,\n,,,\n,Qing Shan,https://x.org/3.xml,qs,surplus\n"


def read(folder: Path, name: str, content: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    file = folder / name
    file.write_bytes(content.encode(encoding))
    return read_members(file)


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
    assert feeds.items() <= {row["id"]: row["feed"] for row in rows}.items()
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
        ("m.csv", "name,feed\nx\ry,https://x.org/\n"),
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
    written = yaml.safe_load(members_yaml(read(tmp_path, "m.csv", CSV), "m.csv"))
    assert written["accounts"][0] == {
        "id": "qing-shan",
        "name": "Qing Shan",
        "feed": "https://x.org/1.xml",
        "group": "qs",
    }
