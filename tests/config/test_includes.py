from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.config.load import load
from matrixsite.config.settings import Account, Feed, Member
from matrixsite.config.tables import parse_csv

from .conftest import SITE, problems_of


def matrix(root: Path, files: dict[str, str | bytes], include: str) -> Path:
    """feeds.yaml with that `include` (line 2), beside the files."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    path = root / "feeds.yaml"
    path.write_text(f"{SITE}include: {include}\n", encoding="utf-8")
    return path


def test_globs_bring_files_in_order(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "members/b.yaml": "accounts: [{id: b, name: B}]",
        "members/a.yaml": "groups: [{id: g, name: G}]\naccounts: [{id: a, name: A, group: g}]",
        "members/deep/c.csv": "id,name\nc,C\n",
        "members/.hidden.yaml": "nonsense",
        "members/note.txt": "nonsense",
    }
    loaded = load(matrix(tmp_path, files, "['members/*.yaml', 'members/**/*.csv', members/b.yaml]"))
    assert [account.id for account in loaded.accounts] == ["a", "b", "c"]


def test_a_glob_may_meet_feeds_yaml_itself(tmp_path: Path) -> None:
    loaded = load(matrix(tmp_path, {"more.yaml": "members: [{id: m, name: M}]"}, "'*.yaml'"))
    assert loaded.members == (Member("m", "M"),)


REFUSED: list[tuple[str, str]] = [  # include, part of the reason
    ("gone.yaml", "no file `gone.yaml`"),
    ("members/*.yml", "no file matches"),
    ("'**x/*.yaml'", "no file matches"),
    ("../outside.yaml", "leaves the folder"),
    ("'../*.yaml'", "leaves the folder"),
    ("/etc/*.yaml", "leaves the folder"),
    ("'C:\\x.yaml'", "leaves the folder"),
    ("members/../../outside.yaml", "leaves the folder"),
    ("feeds.yaml", "itself"),
    ("note.txt", "neither YAML nor CSV"),
    ("linked/outside.yaml", "is a link that leaves"),
    ("'linked/*.yaml'", "is a link that leaves"),
    ("''", "no file"),
    ("'a\\0b'", "no file"),
    ("members", "no file"),
]


@pytest.mark.parametrize(("include", "reason"), REFUSED)
def test_refused_includes(tmp_path: Path, include: str, reason: str) -> None:
    root = tmp_path / "matrix"
    path = matrix(root, {"note.txt": "x", "members/x.json": "{}"}, f"[{include}]")
    (tmp_path / "outside.yaml").write_text("accounts: []")
    (root / "linked").symlink_to(tmp_path)
    [problem] = problems_of(path)
    assert (problem.file, problem.line, problem.field) == ("feeds.yaml", 2, "include.0")
    assert reason in problem.reason


CONTENTS: list[tuple[str, int, str, str]] = [  # included text, line, field, part of the reason
    ("include: x.yaml", 1, "include", "can't stand in an included file"),
    ("accounts: []\nsite: {title: x}", 2, "site", "can't stand in an included file"),
    ("accounts: []\ngruops: []", 2, "gruops", "unknown key"),
    ("- {id: a, name: A}", 1, "", "must be a mapping"),
    ("accounts: [", 1, "", "not valid YAML"),
    ("accounts:\n- {id: a, name: A}\n- {id: b}", 3, "accounts.1.name", "required"),
]


@pytest.mark.parametrize(("text", "line", "field", "reason"), CONTENTS)
def test_faults_in_included_files(tmp_path: Path, text: str, line: int, field: str, reason: str) -> None:
    [problem] = problems_of(matrix(tmp_path, {"in/a.yaml": text}, "in/a.yaml"))
    assert (problem.file, problem.line, problem.field) == ("in/a.yaml", line, field)
    assert reason in problem.reason


EXCEL = "id,name,group,feeds,joined,closed,public,aliases,class\r\n"
ROWS: list[tuple[str, Account]] = [
    ("a,青山发布,,,,,,,", Account("a", "青山发布", "a")),
    (
        "a,A,g;h,http://h/1； http://h/2,2024/1/5,2024-02-29,TRUE,甲; 乙;,government",
        Account(
            "a",
            "A",
            "a",
            groups=("g", "h"),
            feeds=(Feed("a/3l3az7wa", "http://h/1"), Feed("a/wushlb4r", "http://h/2")),
            joined=date(2024, 1, 5),
            closed=date(2024, 2, 29),
            public=True,
            aliases=("甲", "乙"),
            account_class="government",
        ),
    ),
    ('a,"A, ""the"" first",g', Account("a", 'A, "the" first', "a", groups=("g",))),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize(("row", "account"), ROWS)
def test_rows_of_csv_are_accounts(tmp_path: Path, row: str, account: Account, encoding: str) -> None:
    groups = "groups: [{id: g, name: G}, {id: h, name: H}]"
    files: dict[str, str | bytes] = {
        "g.yaml": groups,
        "a.csv": f"{EXCEL}\r\n,,,,\r\n{row}\r\n".encode(encoding),
    }
    assert load(matrix(tmp_path, files, "[g.yaml, a.csv]")).accounts == (account,)


TABLES: list[tuple[str | bytes, int, str, str]] = [  # CSV, line, field, part of the reason
    ("", 0, "", "empty"),
    ("id,name,feds\na,A,x\n", 1, "feds", "unknown column"),
    ("id,name,name\na,A,A\n", 1, "name", "twice"),
    ("id,name\na,A\n\nb,\n", 4, "accounts.1.name", "required"),
    ('id,name\na,"A\nA"\n-b,B\n', 4, "accounts.1.id", "can't be an id"),
    ("id,name,rights\na,A,ful\n", 2, "accounts.0.rights", "full, excerpt, link"),
    ("id,name,group\na,A,g;nowhere\n", 2, "accounts.0.group.1", "nowhere"),
    ("id,name,joined\na,A,soon\n", 2, "accounts.0.joined", "date"),
    ("id,name,joined\na,A,2024/13/45\n", 2, "accounts.0.joined", "date"),
    ("id,name\na,A,stray\n", 2, "accounts.0", "column 3"),
    ("id,,name\na,stray,A\n", 2, "accounts.0", "column 2"),
    ('id,name\na,"A\n', 2, "", "not valid CSV"),
    ('id,name\na,"A" x\n', 2, "", "not valid CSV"),
    ("id,name\na,A\0\n", 2, "", "control character"),
    (b"id,name\na,\xff\xff\n", 0, "", "neither UTF-8 nor GB18030"),
    ("id,name,feed\na,A,ftp://h\n", 2, "accounts.0.feed.0", "no http"),
]


@pytest.mark.parametrize(("table", "line", "field", "reason"), TABLES)
def test_faults_in_csv(tmp_path: Path, table: str | bytes, line: int, field: str, reason: str) -> None:
    files: dict[str, str | bytes] = {"g.yaml": "groups: [{id: g, name: G}]", "a.csv": table}
    [problem] = problems_of(matrix(tmp_path, files, "[g.yaml, a.csv]"))
    assert (problem.file, problem.line, problem.field) == ("a.csv", line, field)
    assert reason in problem.reason


@given(st.binary(max_size=80) | st.text('id,name"\r\n;甲 ', max_size=80).map(str.encode))
def test_any_bytes_are_a_table_or_a_problem(content: bytes) -> None:
    source, problems = parse_csv(content, "a.csv")
    assert source or problems
    assert all(problem.file == "a.csv" and problem.line >= 0 for problem in problems)
