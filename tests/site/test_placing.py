from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matrixsite.site.placing import delete_file, put_in_place
from tests.site.conftest import tree

Step = Callable[[str, Path], None]
MOVES = ("rename", "replace")


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _before(step: Step, name: str) -> Callable[..., None]:
    call = getattr(os, name)

    def noted(*args: Any) -> None:
        step(name, Path(args[-1] if name in MOVES else args[0]))
        call(*args)

    return noted


def _place(folder: Path, step: Step, *, apart: bool = False) -> None:
    """Call `step` with each change of a folder before it is made; `apart`, the stage is on another file system."""
    with pytest.MonkeyPatch.context() as patch:
        for name in MOVES:
            call = getattr(os, name)

            def across(source: str, target: str, call: Callable[..., None] = call) -> None:
                if apart and source.startswith(f"{folder}/stage"):
                    raise OSError(errno.EXDEV, "Invalid cross-device link")
                call(source, target)

            patch.setattr(os, name, across)
        for name in (*MOVES, "mkdir", "unlink"):
            patch.setattr(os, name, _before(step, name))
        put_in_place(folder / "stage", folder / "output")


def _placed(tmp_path: Path, published: dict[str, bytes], staged: dict[str, bytes]) -> list[str]:
    """What is renamed to where, in order; folders with a slash behind."""
    output, moved = tmp_path / "output", []
    _write(output, published)
    _write(tmp_path / "stage", staged)

    def step(name: str, target: Path) -> None:
        if name in MOVES:
            moved.append(target.relative_to(output).as_posix() + ("/" if name == "rename" else ""))

    _place(tmp_path, step)
    assert tree(output) == published | staged
    assert tree(tmp_path / "stage") == {}
    return moved


@pytest.mark.parametrize(
    ("published", "staged", "moved"),
    [
        pytest.param((), ("a/b/c.html", "a/d.html"), ["a/"], id="the highest that is missing"),
        pytest.param(("a/x",), ("a/b/c/d.html",), ["a/b/"], id="below a folder that is there"),
        pytest.param(("a/x",), ("a/b.html", "a/x"), ["a/b.html", "a/x"], id="files among others"),
        pytest.param(
            (),
            ("index.html", "a.html", "stories/s.html", "2026/11/e.html", "2026/12/e.html"),
            ["2026/11/", "2026/12/", "stories/", "a.html", "index.html"],
            id="leaves, lists, home",
        ),
        pytest.param(
            (),
            ("2026/11/index/x.html", "2026/11/e.html", "2026/a.html", "stories/b.txt", "stories/a.html"),
            ["2026/11/e.html", "stories/a.html", "2026/11/index/", "2026/a.html", "stories/b.txt"],
            id="lists beside leaves go later",
        ),
        pytest.param(
            ("2026/11/e.html",),
            ("2026/11/f.html", "2026/12/e.html"),
            ["2026/11/f.html", "2026/12/"],
            id="a month that is there",
        ),
        pytest.param((), ("accounts/2026/11/e.html",), ["accounts/"], id="no leaf"),
    ],
)
def test_order_of_renames(
    tmp_path: Path, published: tuple[str, ...], staged: tuple[str, ...], moved: list[str]
) -> None:
    assert _placed(tmp_path, dict.fromkeys(published, b"1"), dict.fromkeys(staged, b"2")) == moved


def test_a_folder_that_is_there_keeps_what_it_is(tmp_path: Path) -> None:
    for name in ("empty", "elsewhere"):
        (tmp_path / name).mkdir()
    output = tmp_path / "output"
    output.mkdir()
    (tmp_path / "empty").rename(output / "a")
    (output / "a").chmod(0o750)
    (output / "b").symlink_to(tmp_path / "elsewhere")
    _write(tmp_path / "stage", {"a/x.html": b"", "b/x.html": b""})
    put_in_place(tmp_path / "stage", output)
    assert (output / "a").stat().st_mode & 0o777 == 0o750
    assert tree(tmp_path / "elsewhere") == {"x.html": b""}


PATHS = (
    *("index.html", "a.html", "a/b.html", "a/c/d.html", "b/e.html"),
    *("2026/11/e.html", "2026/11/f.html", "2026/11/g/h.html", "2026/12/e.html", "stories/s.html"),
)
files = st.dictionaries(st.sampled_from(PATHS), st.sampled_from([b"1", b"2"]))


class Killed(BaseException):
    """The process ends here."""


@settings(deadline=None, max_examples=20)
@given(files, files, st.booleans())
def test_interrupted_before_any_step_and_begun_again(
    tmp_path_factory: pytest.TempPathFactory,
    published: dict[str, bytes],
    staged: dict[str, bytes],
    apart: bool,
) -> None:
    whole = False
    for fatal in range(100):
        folder, left = tmp_path_factory.mktemp("placing"), iter(range(fatal))
        _write(folder / "output", published)
        _write(folder / "stage", staged)
        try:
            _place(folder, partial(_die_after, left), apart=apart)
            whole = True
        except Killed:
            half = {
                path: content
                for path, content in tree(folder / "output").items()
                if not path.endswith(".part")
            }
            assert all(content in (published.get(path), staged.get(path)) for path, content in half.items())
            _assert_in_order(published, staged, half)
        for _ in range(2):
            _place(folder, _go_on, apart=apart)
            assert tree(folder / "output") == published | staged
        if whole:
            break
    assert whole


def _die_after(left: Iterator[int], name: str, target: Path) -> None:
    if next(left, None) is None:
        raise Killed


def _go_on(name: str, target: Path) -> None:
    pass


def _assert_in_order(published: dict[str, bytes], staged: dict[str, bytes], half: dict[str, bytes]) -> None:
    """Nothing new of a later class is there before all of the earlier ones are."""

    def rank(path: str) -> int:
        leaf = path.startswith(("2026/", "stories/")) and "/g/" not in path
        return 0 if leaf else 2 if path == "index.html" else 1

    new = {path for path, content in staged.items() if published.get(path) != content}
    moved = {path for path in new if half.get(path) == staged[path]}
    for path in moved:
        assert all(other in moved for other in new if rank(other) < rank(path))


def test_deletes_the_folders_that_it_empties(tmp_path: Path) -> None:
    _write(tmp_path, {"a/b/c.html": b"", "a/d.html": b""})
    for path, left in (("a/b/c.html", {"a/d.html"}), ("a/b/c.html", {"a/d.html"}), ("a/d.html", set[str]())):
        delete_file(tmp_path, path)
        assert tree(tmp_path).keys() == left
    assert list(tmp_path.iterdir()) == []
