from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import matrixsite
from matrixsite.config import cache
from matrixsite.config.load import load
from matrixsite.errors import SettingsError

from .conftest import SITE


@pytest.fixture
def matrix(tmp_path: Path) -> Path:
    """A matrix with includes that was loaded once."""
    path = tmp_path / "matrix" / "feeds.yaml"
    (path.parent / "in").mkdir(parents=True)
    text = "accounts:\n- {id: a, name: A, joined: 2024-01-31, feed: a.xml}"
    path.write_text(f"{SITE}include: in/*.yaml\nfetch: {{alert: 20%}}\n{text}", encoding="utf-8")
    (path.parent / "in" / "b.yaml").write_text("accounts: [{id: b, name: B, rights: full}]")
    load(path)
    return path


def kept(path: Path) -> Path:
    return path.parent / ".matrixsite" / cache.NAME


def is_hit(path: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether loading takes the cache: then it writes none."""
    written: list[Path] = []

    def write_cache(target: Path, root: Path, inputs: cache.Inputs, values: dict[str, Any]) -> None:
        written.append(target)
        cache.write_cache(target, root, inputs, values)

    with monkeypatch.context() as patch:
        patch.setattr("matrixsite.config.load.write_cache", write_cache)
        load(path)
    return not written


def test_the_cache_gives_equal_settings_without_heavy_imports(matrix: Path) -> None:
    program = (
        "import pathlib, sys; from matrixsite.config.load import load\n"
        "print(repr(load(pathlib.Path(sys.argv[1]))))\n"
        "print(sorted({'yaml', 'pydantic', 'sqlalchemy'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program, str(matrix)]
    folder = Path(matrixsite.__path__[0]).parent
    shown = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder).stdout
    kept(matrix).unlink()
    assert shown == f"{load(matrix)!r}\n[]\n"


def change_feeds(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("name: A", "name: Z"), encoding="utf-8")


def change_included(path: Path) -> None:
    (path.parent / "in" / "b.yaml").write_text("accounts: [{id: b, name: C}]")


def add_included(path: Path) -> None:
    (path.parent / "in" / "c.yaml").write_text("accounts: [{id: c, name: C}]")


def rename_included(path: Path) -> None:
    (path.parent / "in" / "b.yaml").rename(path.parent / "in" / "d.yaml")


CHANGES = [change_feeds, change_included, add_included, rename_included]


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_the_settings_is_noticed(
    matrix: Path, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_hit(matrix, monkeypatch)
    before = load(matrix)
    change(matrix)
    assert not is_hit(matrix, monkeypatch)
    after = load(matrix)
    assert after.digest != before.digest
    assert is_hit(matrix, monkeypatch)


def test_a_vanished_include_is_told(matrix: Path) -> None:
    (matrix.parent / "in" / "b.yaml").unlink()
    with pytest.raises(SettingsError, match="no file matches"):
        load(matrix)


def test_touching_files_changes_nothing(matrix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    matrix.write_bytes(matrix.read_bytes())
    (matrix.parent / "note.txt").write_text("beside")
    assert is_hit(matrix, monkeypatch)


def test_another_version_reads_anew(matrix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrixsite, "__version__", "another", raising=False)
    assert not is_hit(matrix, monkeypatch)
    assert is_hit(matrix, monkeypatch)


def test_a_moved_matrix_reads_anew(matrix: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shutil.copytree(matrix.parent, tmp_path / "copy")
    assert not is_hit(tmp_path / "copy" / "feeds.yaml", monkeypatch)
    assert load(tmp_path / "copy" / "feeds.yaml").root == tmp_path / "copy"


def with_payload(content: bytes, payload: bytes) -> bytes:
    """A cache file that is right in all but what it holds."""
    header = json.loads(content.partition(b"\n")[0]) | {"payload": cache.digest_of(payload)}
    return json.dumps(header).encode() + b"\n" + payload


class Foreign:
    """Stands for what a planted cache would run."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return exec, ("import matrixsite; matrixsite.planted = True",)


DAMAGES: list[Callable[[bytes], bytes]] = [
    lambda content: b"",
    lambda content: content[:-1],
    lambda content: content[: len(content) // 2],
    lambda content: content.replace(b"A", b"B"),
    lambda content: b"[]\n" + content,
    lambda content: b"{}\n" + content,
    lambda content: b"\xff" + content,
    lambda content: with_payload(content, b""),
    lambda content: with_payload(content, b"\x80\x05N."),
    lambda content: with_payload(content, b"nonsense"),
    lambda content: with_payload(content, pickle.dumps({"site": Foreign()})),
    lambda content: with_payload(content, pickle.dumps({"site": Path("/")})),
    lambda content: with_payload(content, pickle.dumps({})),
    lambda content: with_payload(content, pickle.dumps({"root": "x", "nothing": 1})),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_broken_or_foreign_cache_is_a_miss(matrix: Path, damage: Callable[[bytes], bytes]) -> None:
    expected, content = load(matrix), kept(matrix).read_bytes()
    kept(matrix).write_bytes(damage(content))
    assert load(matrix) == expected
    assert kept(matrix).read_bytes() == content
    assert not hasattr(matrixsite, "planted")


def test_a_state_folder_that_can_not_be_made_is_no_fault(matrix: Path) -> None:
    blocked = matrix.parent / "file"
    blocked.write_text("not a folder")
    assert load(matrix, state=blocked / "state").state == blocked / "state"
    assert load(matrix, state=blocked).accounts == load(matrix).accounts


def test_a_full_disk_leaves_no_rest(matrix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, content: bytes) -> int:
        self.touch()
        raise OSError(28, "No space left on device")

    kept(matrix).unlink()
    monkeypatch.setattr(Path, "write_bytes", full)
    load(matrix)
    assert list(kept(matrix).parent.iterdir()) == []


def test_the_state_folder_may_lie_elsewhere(matrix: Path, tmp_path: Path) -> None:
    loaded = load(matrix, state=tmp_path / "state")
    assert (tmp_path / "state" / cache.NAME).exists()
    assert loaded == load(matrix, state=tmp_path / "state")
    assert replace(loaded, state=matrix.parent / ".matrixsite") == load(matrix)
