from __future__ import annotations

from pathlib import Path

import pytest

from matrixsite.errors import BuildFailed
from matrixsite.site.publish import TOKEN_FILE, SiteReport, publish
from matrixsite.site.stage import Stage
from tests.site.conftest import tree
from tests.site.fake_store import FakeManifest


class Press:
    """Publishes dicts of pages."""

    def __init__(self, folder: Path) -> None:
        self.output, self.stage, self.manifest = folder / "output", folder / "stage", FakeManifest()

    def publish(self, pages: dict[str, bytes], *, empty: bool = False, force: bool = False) -> SiteReport:
        stage = Stage(self.stage, self.output)
        stage.clear()
        for path, content in pages.items():
            stage.put(path, content)
        return publish(stage, self.output, self.manifest, empty=empty, force=force)


@pytest.fixture
def press(tmp_path: Path) -> Press:
    return Press(tmp_path)


MANY = {f"2026/11/{number}.html": b"x" for number in range(30)}


def test_leaves_first_home_last_deletions_after(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    press.publish({"old.html": b"", **MANY})
    steps: list[str] = []
    replace, unlink = Path.replace, Path.unlink

    def noted_replace(self: Path, target: Path) -> Path:
        steps.append(target.relative_to(press.output).as_posix())
        return replace(self, target)

    def noted_unlink(self: Path, missing_ok: bool = False) -> None:
        steps.append(f"-{self.relative_to(press.output).as_posix()}")
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "replace", noted_replace)
    monkeypatch.setattr(Path, "unlink", noted_unlink)
    new = {"index.html": b"", "accounts/a/index.html": b"", "stories/s.html": b"", "2026/12/e.html": b""}
    press.publish({**new, **MANY})
    assert steps == ["2026/12/e.html", "stories/s.html", "accounts/a/index.html", "index.html", "-old.html"]


def test_reports_what_was_written_removed_and_kept(press: Press) -> None:
    press.publish({"a/index.html": b"1", "b/index.html": b"1", **MANY})
    report = press.publish({"a/index.html": b"2", **MANY})
    assert report == SiteReport(("a/index.html",), ("b/index.html",), len(MANY))
    assert not (press.output / "b").exists()


def test_files_of_others_are_left_alone(press: Press) -> None:
    press.output.mkdir()
    (press.output / "CNAME").write_text("x.org")
    press.publish({"index.html": b"1"})
    press.publish({"index.html": b"2"})
    assert tree(press.output) == {"CNAME": b"x.org", "index.html": b"2"}


@pytest.mark.parametrize("token", [None, "someone else's"])
def test_nothing_is_deleted_from_a_folder_that_is_not_the_one_we_knew(
    press: Press, token: str | None
) -> None:
    press.publish({"a.html": b"", **MANY})
    (press.output / TOKEN_FILE).unlink()
    if token:
        (press.output / TOKEN_FILE).write_text(token)
    assert press.publish(MANY).removed == ()
    assert "a.html" in tree(press.output)
    assert press.publish({**MANY, "b.html": b""}).kept == len(MANY)


def test_refuses_to_delete_more_than_a_tenth(press: Press) -> None:
    press.publish(MANY)
    fewer = dict(list(MANY.items())[:-4])
    with pytest.raises(BuildFailed, match="4 of 30 pages"):
        press.publish(fewer)
    assert tree(press.output) == MANY
    assert len(press.publish(fewer, force=True).removed) == 4
    assert len(press.publish(dict(list(fewer.items())[:-2])).removed) == 2


def test_refuses_an_empty_store_over_a_site_it_does_not_know(press: Press) -> None:
    press.publish({"index.html": b"a site"})
    press.manifest = FakeManifest()
    with pytest.raises(BuildFailed, match="store is empty"):
        press.publish({"index.html": b"nothing"}, empty=True)


def test_an_interrupted_run_is_finished_by_the_next(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    press.publish(MANY)
    new = {f"2026/12/{number}.html": b"y" for number in range(3)}
    with monkeypatch.context() as patch:
        replace, left = Path.replace, iter(range(1))

        def fails(self: Path, target: Path) -> Path:
            next(left)
            return replace(self, target)

        patch.setattr(Path, "replace", fails)
        with pytest.raises(StopIteration):
            press.publish({**MANY, **new})
    assert press.publish(MANY).removed == ("2026/12/0.html", "2026/12/1.html", "2026/12/2.html")
    assert tree(press.output) == MANY


def test_a_stage_on_another_file_system_is_copied(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def elsewhere(self: Path, target: Path) -> Path:
        if self.is_relative_to(press.stage):
            raise OSError(18, "Invalid cross-device link")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", elsewhere)
    press.publish(MANY)
    assert tree(press.output) == MANY


@pytest.mark.parametrize("path", ["../x.html", "/etc/passwd", ""])
def test_no_page_leaves_the_stage(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="no path inside a site"):
        Stage(tmp_path / "stage", tmp_path).put(path, b"")
