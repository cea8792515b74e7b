"""Bringing a folder in line with a production: what is new is moved there, then what is no more is deleted."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from matrixsite.errors import BuildFailed
from matrixsite.site.journal import Journal, read_journal, write_journal
from matrixsite.site.placing import delete_file, is_leaf, put_in_place
from matrixsite.site.production import Known, Pages, Production
from matrixsite.site.stage import clear_stage, content_digest, staged_paths

TOKEN_FILE = ".matrixsite-output"
MOST_DELETED = 0.1  # share of the pages we once wrote
LEAST_GUARDED = 20  # pages: of a smaller site a tenth is nothing to speak of


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What a build did to the published folder."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int


class Manifest(Pages, Protocol):
    """What the store knows of one published folder. Each call that writes is one transaction."""

    token: str  # empty where we never published there
    acknowledged: int  # the last change of the outbox that its pages know of
    edition: str  # fingerprint of everything but the outbox

    def count(self) -> int:
        """How many pages there are."""

    def at(self, paths: Iterable[str]) -> list[Known]:
        """The pages that stand at these paths."""

    def distrust(self, paths: Iterable[str]) -> None:
        """Forget what these pages were made from and what bytes they had: they are made again."""

    def begin(self, token: str) -> None:
        """From now on the folder carries this token and none of its files is ours."""

    def commit(self, pages: Iterable[Known], removed: Iterable[str], acknowledged: int, edition: str) -> None:
        """These pages are published, these are no more."""


def claim(folder: Path, manifest: Manifest, *, force: bool, empty: bool) -> bool:
    """Make the folder ours; True where it was. A missing or foreign token means that we know none of its files."""
    if manifest.token and manifest.token == _token_in(folder):
        return True
    if empty and (folder / "index.html").exists() and not force:
        raise BuildFailed(f"the store is empty and {folder} holds a site; --force publishes all the same")
    token = secrets.token_hex(16)
    folder.mkdir(parents=True, exist_ok=True)
    manifest.begin(token)
    (folder / TOKEN_FILE).write_text(token + "\n", encoding="ascii")
    return False


def publish(
    done: Production,
    folder: Path,
    stage: Path,
    manifest: Manifest,
    journal: Path,
    acknowledged: int,
    edition: str,
) -> SiteReport:
    """Bring the folder in line with a production; files that we never wrote are left alone."""
    written = tuple(staged_paths(str(stage)))
    plan = Journal(
        folder=str(folder),
        stage=str(stage),
        token=manifest.token,
        acknowledged=acknowledged,
        edition=edition,
        removes=tuple(sorted(done.removed)),
        pages=tuple(done.pages),
    )
    if written or plan.removes or plan.pages:
        write_journal(plan, journal)
        os.sync()  # what the renames put in place must be on the disk before its name is
    _apply(plan, manifest)
    journal.unlink(missing_ok=True)
    return SiteReport(written, plan.removes, manifest.count() - len(written))


def finish_interrupted(journal: Path, manifest_of: ManifestOf) -> None:
    """Roll a publication forward that a crash interrupted; one whose folder is another's by now is dropped."""
    plan = read_journal(journal)
    if plan is not None:
        folder = Path(plan.folder)
        manifest = manifest_of(folder)
        if plan.token == manifest.token == _token_in(folder):
            _apply(plan, manifest)
        clear_stage(Path(plan.stage))
    journal.unlink(missing_ok=True)


class ManifestOf(Protocol):
    """Finds the manifest of a folder."""

    def __call__(self, folder: Path, /) -> Manifest: ...


def guard(done: Production, manifest: Manifest, folder: Path, *, empty: bool, force: bool) -> None:
    """Refuse what is more likely an accident than a wish. Raises BuildFailed with nothing changed."""
    count = manifest.count()
    if force:
        return
    if empty and any(map(is_leaf, done.removed)):
        raise BuildFailed(f"the store is empty and {folder} holds a site; --force publishes all the same")
    if count >= LEAST_GUARDED and len(done.removed) > MOST_DELETED * count:
        raise BuildFailed(
            f"{len(done.removed)} of {count} pages in {folder} would go, over a tenth; --force deletes them"
        )


def damaged(folder: Path, pages: Iterable[Known]) -> list[Known]:
    """Pages whose files are missing or not as we wrote them."""
    return [page for page in pages if _digest_of(folder / page.path) != page.digest]


def _apply(plan: Journal, manifest: Manifest) -> None:
    folder = Path(plan.folder)
    put_in_place(Path(plan.stage), folder)
    for path in plan.removes:
        delete_file(folder, path)
    manifest.commit(plan.pages, plan.removes, plan.acknowledged, plan.edition)


def _token_in(folder: Path) -> str:
    try:
        return (folder / TOKEN_FILE).read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def _digest_of(file: Path) -> bytes:
    try:
        return content_digest(file.read_bytes())
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return b""
