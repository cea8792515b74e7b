"""From the stage to the published folder: only what differs, by renames, in an order that never breaks a link.

New and changed entry and story pages go first, then everything that links to them, the home page last of all; deletions
come after. A file is its old or its new bytes at every moment.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from matrixsite.errors import BuildFailed
from matrixsite.site.journal import Journal, read_journal, write_journal
from matrixsite.site.production import Known, Pages, Production
from matrixsite.site.stage import clear_stage, content_digest

TOKEN_FILE = ".matrixsite-output"
MOST_DELETED = 0.1  # share of the pages we once wrote
LEAST_GUARDED = 20  # pages: of a smaller site a tenth is nothing to speak of
_LEAF = re.compile(r"\d{4}/\d{2}/[^/]+\.html|stories/[^/]+\.html")


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
    moves = _differing(done.staged, stage, folder)
    plan = Journal(
        folder=str(folder),
        stage=str(stage),
        token=manifest.token,
        acknowledged=acknowledged,
        edition=edition,
        moves=tuple(moves),
        removes=tuple(sorted(done.removed)),
        pages=tuple(done.pages),
    )
    if plan.moves or plan.removes or plan.pages:
        write_journal(plan, journal)
        os.sync()  # what the renames put in place must be on the disk before its name is
    _apply(plan, manifest)
    journal.unlink(missing_ok=True)
    return SiteReport(plan.moves, plan.removes, manifest.count() - len(plan.moves))


def put_in_place(paths: Iterable[str], stage: Path, folder: Path) -> None:
    """Move what differs from the stage into a folder that keeps no manifest, in the same order."""
    for path in _differing(paths, stage, folder):
        _move(stage / path, folder / path)


def _differing(paths: Iterable[str], stage: Path, folder: Path) -> list[str]:
    return sorted((path for path in paths if not _same(stage / path, folder / path)), key=_order)


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
    if empty and any(map(_LEAF.fullmatch, done.removed)):
        raise BuildFailed(f"the store is empty and {folder} holds a site; --force publishes all the same")
    if count >= LEAST_GUARDED and len(done.removed) > MOST_DELETED * count:
        raise BuildFailed(
            f"{len(done.removed)} of {count} pages in {folder} would go, over a tenth; --force deletes them"
        )


def damaged(folder: Path, pages: Iterable[Known]) -> list[Known]:
    """Pages whose files are missing or not as we wrote them."""
    return [page for page in pages if _digest_of(folder / page.path) != page.digest]


def _apply(plan: Journal, manifest: Manifest) -> None:
    folder, stage = Path(plan.folder), Path(plan.stage)
    for path in plan.moves:
        _move(stage / path, folder / path)
    for path in plan.removes:
        _delete(folder, path)
    manifest.commit(plan.pages, plan.removes, plan.acknowledged, plan.edition)


def _token_in(folder: Path) -> str:
    try:
        return (folder / TOKEN_FILE).read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def _same(staged: Path, published: Path) -> bool:
    """Whether the folder holds these very bytes already, as after a lost manifest."""
    try:
        return (
            published.stat().st_size == staged.stat().st_size
            and published.read_bytes() == staged.read_bytes()
        )
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def _digest_of(file: Path) -> bytes:
    try:
        return content_digest(file.read_bytes())
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return b""


def _order(path: str) -> tuple[int, str]:
    return (0 if _LEAF.fullmatch(path) else 2 if path == "index.html" else 1, path)


def _move(source: Path, target: Path) -> None:
    """One atomic rename; across file systems, a copy beside the target first. Done twice, it does nothing."""
    try:
        os.replace(source, target)
    except FileNotFoundError:
        if not source.exists():
            return  # moved before the interruption
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.part")
        shutil.copyfile(source, part)
        os.replace(part, target)
        source.unlink()


def _delete(folder: Path, path: str) -> None:
    """The file, and the folders it leaves empty."""
    file = folder / path
    file.unlink(missing_ok=True)
    for parent in list(file.relative_to(folder).parents)[:-1]:
        try:
            (folder / parent).rmdir()
        except OSError:  # not empty
            return
