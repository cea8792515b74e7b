from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from matrixsite.errors import BuildFailed
from matrixsite.site.journal import Draft, Publication, page_line, read_journal
from matrixsite.site.kinds import Kind
from matrixsite.site.manifest import Known
from matrixsite.site.production import Production
from matrixsite.site.publish import (
    TOKEN_FILE,
    SiteReport,
    claim,
    damaged,
    finish_interrupted,
    guard,
    publish,
)
from matrixsite.site.stage import clear_stage, content_digest, stage_page
from tests.site.conftest import tree


class Killed(BaseException):
    """The process ends here."""


class FakeManifest:
    """A manifest in a dict, which outlives a killed run."""

    def __init__(self) -> None:
        self.token, self.acknowledged, self.edition = "", 0, ""
        self.pages: dict[str, Known] = {}

    def count(self, kind: Kind | None = None) -> int:
        return sum(kind in (None, page.kind) for page in self.pages.values())

    def at(self, paths: Iterable[str]) -> list[Known]:
        return [self.pages[path] for path in paths if path in self.pages]

    def mark_of(self, kind: Kind) -> bytes:
        return next((page.fingerprint[:8] for page in self.pages.values() if page.kind == kind), b"")

    def units_of(self, kind: Kind) -> set[str]:
        return {page.key for page in self.pages.values() if page.kind == kind}

    def of_units(self, kind: Kind, keys: Sequence[str]) -> list[Known]:
        return [page for page in self.pages.values() if page.kind == kind and page.key in keys]

    def of_kind(self, kind: Kind) -> Iterator[Known]:
        return (page for page in list(self.pages.values()) if page.kind == kind)

    def distrust(self, paths: Iterable[str]) -> None:
        pass

    def begin(self, token: str) -> None:
        self.__init__()  # type: ignore[misc]  # all is forgotten
        self.token = token

    def commit(self, pages: Iterable[Known], removed: Iterable[str], acknowledged: int, edition: str) -> None:
        self.pages |= {page.path: page for page in pages}
        for path in removed:
            self.pages.pop(path, None)
        self.acknowledged, self.edition = acknowledged, edition


class Press:
    """Publishes dicts of pages, as a build does."""

    def __init__(self, folder: Path) -> None:
        self.output, self.stage, self.journal = folder / "output", folder / "stage", folder / "journal"
        self.manifest = FakeManifest()
        self.runs = 0

    def publish(self, pages: dict[str, bytes], *, empty: bool = False, force: bool = False) -> SiteReport:
        finish_interrupted(self.journal, lambda folder: self.manifest)
        claim(self.output, self.manifest, force=force, empty=empty)
        clear_stage(self.stage)
        number = self.runs + 1
        publication = Publication(
            str(self.output), str(self.stage), self.manifest.token, number, f"edition {number}"
        )
        with Draft(publication, self.journal) as draft:
            done = self._produce(pages, draft)
            guard(done, self.manifest, self.output, empty=empty, force=force)
            self.runs += 1
            return publish(draft, done.removed, self.manifest, self.journal.parent)

    def changes(self) -> list[str]:
        """What the last publication noted."""
        return (self.journal.parent / "changes.txt").read_text(encoding="utf-8").splitlines()

    def _produce(self, pages: dict[str, bytes], draft: Draft) -> Production:
        done = Production(removed=self.manifest.pages.keys() - pages.keys())
        for path, content in pages.items():
            known = self.manifest.pages.get(path)
            if known is None or known.digest != content_digest(content):
                digest = stage_page(str(self.stage), str(self.output), path, content, b"")
                draft.record(page_line(Known(path, Kind.ENTRY, path, b"", digest)))
        return done


@pytest.fixture
def press(tmp_path: Path) -> Press:
    return Press(tmp_path)


MANY = {f"2026/11/{number}.html": b"x" for number in range(30)}


def _steps(press: Press, monkeypatch: pytest.MonkeyPatch, before: Callable[[str], None]) -> None:
    """Call `before` with each step that changes the published folder or the journal, before it is done."""
    rename, replace, unlink = os.rename, os.replace, Path.unlink

    def noted_rename(source: Any, target: Any) -> None:
        before(_name(Path(target), press) + "/")
        rename(source, target)

    def noted_replace(source: Any, target: Any) -> None:
        before(_name(Path(target), press))
        replace(source, target)

    def noted_unlink(self: Path, missing_ok: bool = False) -> None:
        before(f"-{_name(self, press)}")
        unlink(self, missing_ok)

    monkeypatch.setattr(os, "rename", noted_rename)
    monkeypatch.setattr(os, "replace", noted_replace)
    monkeypatch.setattr(Path, "unlink", noted_unlink)


def _name(path: Path, press: Press) -> str:
    return path.relative_to(press.output).as_posix() if path.is_relative_to(press.output) else path.name


def test_leaves_first_home_last_deletions_after(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    press.publish({"old.html": b"", **MANY})
    steps: list[str] = []
    new = {
        "index.html": b"",
        "accounts/a/index.html": b"",
        "stories/s.html": b"",
        "2026/11/e.html": b"",
        "2026/12/e.html": b"",
    }
    with monkeypatch.context() as patch:
        _steps(press, patch, steps.append)
        press.publish({**new, **MANY})
    assert steps == [
        "-journal",  # none was left
        "journal",
        "2026/11/e.html",
        "2026/12/",
        "stories/",
        "accounts/",
        "index.html",
        "-old.html",
        "-journal",
        "changes.txt",
        "-journal.part",  # none is left
    ]


def test_reports_what_was_written_removed_and_kept(press: Press) -> None:
    press.publish({"a/index.html": b"1", "b/index.html": b"1", **MANY})
    report = press.publish({"a/index.html": b"2", **MANY})
    assert report == SiteReport(written=1, removed=1, kept=len(MANY))
    assert press.changes() == ["+ a/index.html", "- b/index.html"]
    assert not (press.output / "b").exists()


def test_other_files_in_the_folder_are_left_alone(press: Press) -> None:
    press.publish({"a/b.html": b""})
    (press.output / "a/CNAME").write_text("example.org")
    press.publish({"index.html": b""})
    assert tree(press.output) == {"index.html": b"", "a/CNAME": b"example.org"}


@pytest.mark.parametrize("token", [None, "another"])
def test_nothing_is_deleted_from_a_folder_that_is_not_the_one_we_knew(
    press: Press, token: str | None
) -> None:
    press.publish({"a.html": b"", **MANY})
    (press.output / TOKEN_FILE).unlink()
    if token:
        (press.output / TOKEN_FILE).write_text(token)
    again = press.publish(MANY)
    assert again == SiteReport(written=0, removed=0, kept=len(MANY))
    assert "a.html" in tree(press.output)
    assert press.publish({**MANY, "b.html": b""}).kept == len(MANY)


def test_refuses_to_delete_more_than_a_tenth(press: Press) -> None:
    press.publish(MANY)
    fewer = dict(list(MANY.items())[:-4])
    with pytest.raises(BuildFailed, match="4 of 30 pages"):
        press.publish(fewer)
    assert tree(press.output) == MANY
    assert press.publish(fewer, force=True).removed == 4
    assert press.publish(dict(list(fewer.items())[:-2])).removed == 2


def test_refuses_an_empty_store_over_a_site(press: Press) -> None:
    press.publish({"index.html": b"a site", "2026/11/a.html": b""})
    with pytest.raises(BuildFailed, match="store is empty"):
        press.publish({"index.html": b"nothing"}, empty=True)
    press.manifest = FakeManifest()
    with pytest.raises(BuildFailed, match="store is empty"):
        press.publish({"index.html": b"nothing"}, empty=True)
    assert tree(press.output)["index.html"] == b"a site"
    assert press.publish({"index.html": b"nothing"}, empty=True, force=True).written == 1


OLD = {"index.html": b"1", "a/index.html": b"1", "2026/11/gone.html": b"1", **MANY}
NEW = {"index.html": b"2", "a/index.html": b"2", "2026/12/new.html": b"1", "stories/s.html": b"1", **MANY}


@pytest.mark.parametrize("fatal", range(8))
def test_killed_at_any_step_the_next_run_finishes(
    press: Press, monkeypatch: pytest.MonkeyPatch, fatal: int
) -> None:
    press.publish(OLD)
    left = iter(range(fatal))

    def step(_: str) -> None:
        if next(left, None) is None:
            raise Killed

    with monkeypatch.context() as patch:
        _steps(press, patch, step)
        with pytest.raises(Killed):
            press.publish(NEW)
    half = tree(press.output)
    assert all(content in (OLD.get(path), NEW.get(path)) for path, content in half.items())
    assert MANY.keys() <= half.keys()
    if half["index.html"] == b"2":  # whatever the front page leads to is there
        assert half.keys() >= NEW.keys()
    planned = read_journal(press.journal)
    finish_interrupted(press.journal, lambda folder: press.manifest)
    if planned:
        assert tree(press.output) == NEW
        assert press.manifest.edition == "edition 2"
    press.publish(NEW)
    assert tree(press.output) == NEW
    assert press.publish(NEW).written == 0
    assert press.changes() == []
    assert not press.journal.exists()


@pytest.mark.parametrize("fatal", ["index.html", "-2026/11/gone.html", "-journal", "changes.txt"])
def test_what_an_interrupted_publication_did_is_told_by_the_run_that_finishes_it(
    press: Press, monkeypatch: pytest.MonkeyPatch, fatal: str
) -> None:
    press.publish(OLD)

    def step(name: str) -> None:
        if name == fatal and (press.journal.exists() or fatal == "changes.txt"):
            raise Killed

    with monkeypatch.context() as patch:
        _steps(press, patch, step)
        with pytest.raises(Killed):
            press.publish(NEW)
    press.publish(NEW | {"2026/12/newer.html": b"1"})
    rolled = [f"+ {path}" for path in ("2026/12/new.html", "a/index.html", "index.html", "stories/s.html")]
    told = press.changes()
    if (
        fatal == "changes.txt"
    ):  # it was through but for this: a report that is lost, with nothing to roll forward
        assert told == ["+ 2026/12/newer.html"]
    else:
        assert sorted(told[:-2]) == rolled
        assert told[-2:] == ["- 2026/11/gone.html", "+ 2026/12/newer.html"]
    press.publish(NEW | {"2026/12/newer.html": b"1"})
    assert press.changes() == []


def test_killed_before_the_manifest_knows_the_next_run_records_it(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    press.publish(OLD)

    def fails(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(press.manifest, "commit", fails)
        with pytest.raises(Killed):
            press.publish(NEW)
    assert tree(press.output) == NEW
    assert press.manifest.pages.keys() == OLD.keys()
    finish_interrupted(press.journal, lambda folder: press.manifest)
    assert press.manifest.pages.keys() == NEW.keys()


def test_an_interrupted_publication_of_a_folder_that_is_anothers_by_now_is_dropped(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    press.publish(OLD)
    with monkeypatch.context() as patch:
        patch.setattr(press.manifest, "commit", lambda *_: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            press.publish(NEW)
    (press.output / TOKEN_FILE).write_text("another")
    (press.output / "index.html").write_text("another's")
    finish_interrupted(press.journal, lambda folder: press.manifest)
    assert (press.output / "index.html").read_text() == "another's"
    assert not press.journal.exists()


def test_a_stage_on_another_file_system_is_copied(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def elsewhere(source: Any, target: Any) -> None:
        if Path(source).is_relative_to(press.stage):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        replace(source, target)

    monkeypatch.setattr(os, "rename", elsewhere)
    monkeypatch.setattr(os, "replace", elsewhere)
    press.publish(MANY)
    assert tree(press.output) == MANY


def test_damage_is_seen(press: Press) -> None:
    press.publish(MANY)
    (press.output / "2026/11/3.html").write_bytes(b"y")
    (press.output / "2026/11/4.html").unlink()
    found = damaged(press.output, press.manifest.pages.values())
    assert sorted(page.path for page in found) == ["2026/11/3.html", "2026/11/4.html"]
