"""What the other commands print and write."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from matrixsite import Matrix
from matrixsite.editorial.schemas import NAMES
from matrixsite.store.schema import metadata
from tests.cli.conftest import NOW, Command
from tests.nights import Item, Nights, rss

Config = tuple[str, Path]
HEAVY = ("sqlalchemy", "aiohttp", "pelican", "lxml", "pydantic", "yaml", "feedparser", "jinja2", "nh3")
CONTRACT = [
    *("id", "account", "feed", "guid", "url", "title", "published", "first_seen", "updated"),
    *("story", "original", "contains", "status", "evidence", "outside"),
]


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['matrixsite', '--help']\n"
        "try:\n    from matrixsite.cli import main; main()\n"
        f"except SystemExit:\n    sys.stderr.write(' '.join(set(sys.modules) & set({HEAVY!r})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Every night" in done.stdout
    assert done.stderr == ""


def test_every_command_has_help(cli: Command) -> None:
    listed = cli("--help").out
    names = [
        "init",
        "schema",
        "update",
        "build",
        "status",
        "explain",
        "export",
        "import",
        "store",
        "withdraw",
        "candidates",
        "import-honors",
    ]
    for name in names:
        assert f" {name} " in listed
        assert cli(name, "--help").code == 0
    assert cli().out.strip() == listed.strip()


def test_status(cli: Command, matrix: Nights, config: Config) -> None:
    matrix.set_up(
        [{"id": "a", "feed": "a.xml", "name": "=1+1"}, {"id": "b", "feed": "no.xml"}, {"id": "app"}]
    )
    matrix.update()
    rows = json.loads(cli("status", *config, "--json").out)
    assert [(row["account"], row["health"], row["entries"]) for row in rows] == [
        ("a", "ok", 2),
        ("b", "failed", 0),
        ("app", "none", 0),
    ]
    assert rows[1]["reason"] == "missing-file"
    assert rows[1]["mend"]
    assert rows[1]["since"]
    table = list(csv.DictReader(io.StringIO(cli("status", *config, "--csv").out)))
    assert table[0]["name"] == "'=1+1", "no spreadsheet runs it"
    assert table[0]["entries"] == "2"
    assert "there is no such file (no.xml)" in cli("status", *config).out


def test_status_of_a_matrix_that_never_ran(cli: Command, config: Config) -> None:
    rows = json.loads(cli("status", *config, "--json").out)
    assert [(row["health"], row["days"]) for row in rows] == [("new", None), ("new", None)]


def test_export_lines_are_by_contract(cli: Command, matrix: Nights, config: Config) -> None:
    matrix.update()
    lines = [json.loads(line) for line in cli("export", *config).out.splitlines()]
    assert [list(line) for line in lines] == [CONTRACT] * 3
    one = next(line for line in lines if line["account"] == "b")
    assert one | {"id": "", "story": ""} == {
        "id": "",
        "account": "b",
        "feed": "b",
        "guid": "urn:x:b1",
        "url": "https://example.com/b1",
        "title": "标题 b1",
        "published": "2026-11-01T08:00:00+08:00",
        "first_seen": "2026-11-03T03:00:00+08:00",
        "updated": None,
        "story": "",
        "original": True,
        "contains": [],
        "status": "shown",
        "evidence": "founder",
        "outside": "",
    }
    assert one["story"] == one["id"]


def test_export_opml(cli: Command, matrix: Nights, config: Config) -> None:
    address = "https://feeds.example.com/x.xml"
    matrix.set_up([{"id": "a", "feed": address}, {"id": "b", "feed": address, "public": True}])
    outlines = ElementTree.fromstring(cli("export", "--format", "opml", *config).out).iter("outline")
    assert [outline.get("xmlUrl") for outline in outlines] == [
        "https://matrix.example.org/accounts/a/feed.atom.xml",
        address,
    ]


def test_explain(cli: Command, matrix: Nights, config: Config) -> None:
    matrix.update()
    matrix.write("b.xml", rss(Item("b1", text="新的正文")))
    matrix.update()
    told = cli("explain", "https://example.com/b1", *config)
    assert told.code == 0
    assert "shown: nothing holds it back" in told.out
    assert "稿件由它开始" in told.out
    assert "正文 b1" not in told.out
    assert "    正文 b1" in cli("explain", "https://example.com/b1", *config, "--revisions").out
    assert cli("explain", "https://example.com/none", *config).code == 1
    assert cli("explain", "no ref", *config).code == 2


def test_withdraw(cli: Command, matrix: Nights, config: Config) -> None:
    assert cli("build", *config, "--now", NOW).code == 0
    (entry,) = matrix.load().entries(account="b")
    page = matrix.root / "output" / entry.path
    assert "标题 b1" in page.read_text()
    answer = cli("withdraw", entry.id, "--why", "作者要求", *config)
    assert answer.code == 0, answer.err
    (line,) = [json.loads(line) for line in cli("export", *config).out.splitlines() if entry.id in line]
    assert line["status"] == "withdrawn"
    assert cli("build", *config, "--now", NOW).code == 0
    assert "标题 b1" not in page.read_text()
    assert "作者要求" in cli("explain", entry.id, *config).out
    assert cli("withdraw", "https://example.com/none", "--why", "x", *config).code == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "list.opml",
            '<opml version="2.0"><body><outline text="g"><outline text="甲" xmlUrl="https://example.com/1"/>'
            '<outline text="Two" xmlUrl="https://example.com/2"/></outline></body></opml>',
        ),
        ("list.csv", "id,name,feed\na,甲,https://example.com/1\nb,Two,https://example.com/2\n"),
        (
            "list.ini",
            "[Planet]\nname = x\n[https://example.com/1]\nname = 甲\n[https://example.com/2]\nname = Two\n",
        ),
    ],
)
def test_import_then_include(cli: Command, tmp_path: Path, name: str, content: str) -> None:
    nights = Nights(tmp_path, [], include=["members/*.yaml"])
    before = (tmp_path / "feeds.yaml").read_bytes()
    config = ("-c", tmp_path / "feeds.yaml")
    answer = cli("import", nights.write(name, content), *config)
    assert answer.code == 0, answer.err
    accounts = nights.load().settings.accounts
    assert [(item.name, item.feeds[0].url) for item in accounts] == [
        ("甲", "https://example.com/1"),
        ("Two", "https://example.com/2"),
    ]
    assert (tmp_path / "feeds.yaml").read_bytes() == before
    assert cli("import", tmp_path / name, *config).code == 2, "an earlier import is not overwritten"
    assert cli("import", tmp_path / name, *config, "--force").code == 0


@pytest.mark.parametrize(
    ("name", "content"), [("x.pdf", "x"), ("x.opml", "<opml/>"), ("x.ini", "nothing"), ("x.csv", "")]
)
def test_import_of_what_names_no_account(cli: Command, tmp_path: Path, name: str, content: str) -> None:
    nights = Nights(tmp_path, [])
    answer = cli("import", nights.write(name, content), "-c", tmp_path / "feeds.yaml")
    assert answer.code == 2
    assert name in answer.err
    assert not (tmp_path / "members").exists()


def test_a_table_of_members_goes_out_comes_back_and_is_compared(cli: Command, tmp_path: Path) -> None:
    accounts: list[dict[str, object]] = [
        {"id": "a", "name": "=甲", "platform": "wechat", "roles": ["b;c"]},
        {"id": "b", "name": "乙"},
    ]
    nights = Nights(tmp_path, accounts)
    config = ("-c", tmp_path / "feeds.yaml")
    said = nights.load().settings.accounts
    table = cli("export", "members", *config).out
    assert "'=甲" in table, "no spreadsheet runs it"
    nights.write("members/all.csv", table)
    nights.set_up([], include=["members/all.csv"])
    assert nights.load().settings.accounts == said
    new = nights.write("new.csv", "账号名称,平台\n丙,微博\n'=甲,微信\n丁,,多\n")
    compared = cli("import", new, "--diff", *config)
    assert compared.code == 0, compared.err
    assert [line.split()[0] for line in compared.out.splitlines()[:-1]] == ["joined", "joined", "left"]
    assert "1 left" in compared.out.splitlines()[-1]
    assert not (tmp_path / "members/new.yaml").exists()
    taken = cli("import", new, *config)
    assert (taken.code, "3 accounts" in taken.out, "1 of them" in taken.out) == (0, True, True)


@pytest.mark.parametrize("form", ["csv", "xlsx", "yaml", "opml"])
def test_members_in_every_form(form: str, cli: Command, tmp_path: Path) -> None:
    nights = Nights(tmp_path, [{"id": "a", "name": "甲", "feed": "a.xml"}])
    nights.write("a.xml", rss("x"))
    config = ("-c", str(tmp_path / "feeds.yaml"))
    command = [sys.executable, "-m", "matrixsite", "export", "members", "--format", form, *config]
    list_ = nights.write(f"list.{form}", subprocess.run(command, capture_output=True, check=True).stdout)
    if form == "yaml":
        nights.set_up([], include=["list.yaml"])
        assert [one.name for one in nights.load().settings.accounts] == ["甲"]
    else:
        assert cli("import", list_, "--diff", *config).out == "nothing would change\n"


def test_init_then_build(cli: Command, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    assert cli("init", folder).code == 0
    answer = cli("build", "-c", folder / "feeds.yaml")
    assert answer.code == 0, answer.err
    assert (folder / "output/index.html").exists()
    assert list(Matrix.load(folder / "feeds.yaml").entries())


def test_init_overwrites_nothing(cli: Command, tmp_path: Path) -> None:
    (tmp_path / "feeds.yaml").write_text("mine")
    answer = cli("init", tmp_path)
    assert answer.code == 2
    assert "it exists already" in answer.err
    assert [path.name for path in tmp_path.iterdir()] == ["feeds.yaml"]


def test_schema(cli: Command) -> None:
    assert json.loads(cli("schema").out)["properties"]["accounts"]
    assert json.loads(cli("schema", "honors").out)["properties"]["lists"]
    unknown = cli("schema", "honours")
    assert unknown.code == 2
    assert "sections" in unknown.err


def test_all_schemas_are_written_to_a_folder(cli: Command, tmp_path: Path) -> None:
    assert cli("schema", "--write", tmp_path / "new").code == 0
    assert {file.name for file in (tmp_path / "new").iterdir()} == {f"{name}.schema.json" for name in NAMES}
    for file in (tmp_path / "new").iterdir():
        assert json.loads(file.read_text("utf-8"))["$schema"]


def test_backup_and_restore(cli: Command, matrix: Nights, config: Config) -> None:
    matrix.update()
    saved = matrix.root / "saved.sqlite3"
    assert cli("store", "backup", saved, *config).code == 0
    before = cli("export", *config).out
    matrix.write("a.xml", rss("a3"))
    matrix.update()
    assert cli("export", *config).out != before
    assert cli("store", "restore", saved, *config).code == 0
    assert cli("export", *config).out == before
    assert cli("store", "restore", matrix.root / "none", *config).code == 3
    broken = matrix.write("broken", b"nothing")
    assert cli("store", "restore", broken, *config).code == 3
    assert cli("export", *config).out == before


def test_a_store_is_copied_to_where_none_is(cli: Command, matrix: Nights, config: Config) -> None:
    matrix.update()
    old, new = matrix.root / ".matrixsite/store.sqlite3", matrix.root / "new.sqlite3"
    answer = cli("store", "copy", old, new)
    assert (answer.code, f"rows of {len(metadata.sorted_tables)} tables" in answer.out) == (0, True)
    before = cli("export", *config).out
    settings = json.loads((matrix.root / "feeds.yaml").read_text("utf-8"))
    matrix.write("feeds.yaml", json.dumps({**settings, "store": f"sqlite:///{new}"}))
    assert cli("export", *config).out == before != ""
    again = cli("store", "copy", old, new)
    assert (again.code, "holds a matrix already" in again.err) == (3, True)
    assert cli("store", "copy", matrix.root / "none", matrix.root / "other").code == 3
    assert cli("store", "copy", old, "postgresql+psycopg://x@/y?host=/nowhere").code == 3


def test_a_shard_is_collected_and_waits(cli: Command, matrix: Nights, config: Config) -> None:
    for part in ("1/2", "2/2"):
        answer = cli("update", *config, "--shard", part, "--now", NOW)
        assert answer.code == 0, answer.err
    assert len(cli("export", *config).out.splitlines()) == 3
    assert cli("update", *config, "--now", NOW).out.startswith("0 new, 0 corrected")
    for wrong in ("0/2", "3/2", "1", "a/b", "1/"):
        assert cli("update", *config, "--shard", wrong).code == 2


def test_the_output_folder_is_remembered(cli: Command, matrix: Nights, config: Config) -> None:
    cli("build", *config, "-o", matrix.root / "site")
    assert "0 written, 0 removed, " in cli("build", *config).out
    assert not (matrix.root / "output").exists()
