from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.config.source import parse_yaml
from matrixsite.editorial.decisions import Scope, Withdrawal, read_withdrawn
from matrixsite.editorial.refs import parse_ref
from matrixsite.editorial.withdrawing import append_withdrawal, extended
from matrixsite.errors import SettingsError

REF = parse_ref("https://example.org/a?id=1")
DAY = date(2026, 11, 22)
FIRST = b"# \xe6\x92\xa4\xe7\xa8\xbf\n\n-   ref: abcdefghij23   # note\n    why: 'x'\n"


def read(content: bytes) -> tuple[Withdrawal, ...]:
    source, problems = parse_yaml(content, "withdrawn.yaml")
    assert problems == []
    assert source is not None
    withdrawals, problems = read_withdrawn(source)
    assert problems == []
    return withdrawals


def test_the_first_withdrawal_makes_folder_and_file(tmp_path: Path) -> None:
    append_withdrawal(tmp_path / "content", REF, why="有误", by="编辑部", on=DAY)
    assert (tmp_path / "content/withdrawn.yaml").read_text(encoding="utf-8") == (
        "- ref: https://example.org/a?id=1\n  scope: entry\n  why: 有误\n  by: 编辑部\n  on: 2026-11-22\n"
    )


@pytest.mark.parametrize(
    "written",
    [
        FIRST,
        FIRST.rstrip(b"\n"),
        FIRST.replace(b"\n", b"\r\n"),
        b"# only a comment",
        b"",
        b"\xef\xbb\xbf- {ref: abcdefghij23, why: x}\n",
        b"  - ref: abcdefghij23\n    why: x\n",
        b"---\n- ref: abcdefghij23\n  why: x\n  # the end\n\n",
    ],
)
def test_what_stands_there_stays(written: bytes, tmp_path: Path) -> None:
    path = tmp_path / "withdrawn.yaml"
    path.write_bytes(written)
    path.chmod(0o640)
    append_withdrawal(tmp_path, REF, why="有误", by="", on=DAY, scope=Scope.STORY, purge=True)
    content = path.read_bytes()
    assert content.startswith(written)
    expected = Withdrawal(REF, "有误", Scope.STORY, "", DAY, purge=True)
    assert read(content) == (*read(written), expected)
    assert path.stat().st_mode & 0o777 == 0o640
    assert [item.name for item in tmp_path.iterdir()] == ["withdrawn.yaml"]


@pytest.mark.parametrize(
    "written",
    [
        b"[]\n",
        b"[{ref: abcdefghij23, why: x}]\n",
        b"- ref: abcdefghij23\n  why: x\n...\n",
        b"- ref: abcdefghij23\n",
        b"- ref: [\n",
        b"why: x\n",
        b"\xff\n",
    ],
)
def test_a_file_that_cannot_take_it_is_left_alone(written: bytes, tmp_path: Path) -> None:
    path = tmp_path / "withdrawn.yaml"
    path.write_bytes(written)
    with pytest.raises(SettingsError) as caught:
        append_withdrawal(tmp_path, REF, why="有误", by="", on=DAY)
    assert all(problem.file.endswith("withdrawn.yaml") for problem in caught.value.problems)
    assert path.read_bytes() == written
    assert [item.name for item in tmp_path.iterdir()] == ["withdrawn.yaml"]


def test_a_link_to_the_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "elsewhere.yaml").write_bytes(FIRST)
    (tmp_path / "content/withdrawn.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    append_withdrawal(tmp_path / "content", REF, why="有误", by="", on=DAY)
    assert (tmp_path / "content/withdrawn.yaml").is_symlink()
    assert len(read((tmp_path / "elsewhere.yaml").read_bytes())) == 2


reasons = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), min_size=1)


@given(
    reasons, st.sampled_from([b"", FIRST, FIRST.replace(b"\n", b"\r\n"), b"  - {ref: abcdefghij23, why: x}"])
)
def test_any_reason_is_read_back_as_given(why: str, written: bytes) -> None:
    withdrawal = Withdrawal(REF, why, Scope.ENTRY, "on: - x", DAY)
    assert read(extended(written, withdrawal)) == (*read(written), withdrawal)
