"""Bringing a folder in line with a production: what is new is moved there, then what is no more is deleted."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from matrixsite.errors import BuildFailed
from matrixsite.site import urls
from matrixsite.site.changes import keep_interrupted, new_changes
from matrixsite.site.journal import Draft, Journal, read_journal
from matrixsite.site.kinds import Kind
from matrixsite.site.manifest import Known, Manifest, ManifestOf
from matrixsite.site.placing import delete_file, deletion_order, is_leaf, put_in_place
from matrixsite.site.production import Production
from matrixsite.site.stage import clear_stage, file_digest, staged_paths

TOKEN_FILE = ".matrixsite-output"
MOST_DELETED = 0.1  # share of the pages we once wrote
LEAST_GUARDED = 20  # pages: of a smaller site a tenth is nothing to speak of


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What a build did to the published folder, in files."""

    written: int
    removed: int
    kept: int


def claim(folder: Path, manifest: Manifest, *, force: bool, empty: bool) -> bool:
    """Make the folder ours; True where it was. A missing or foreign token means that we know none of its files."""
    if is_published(folder, manifest):
        return True
    if empty and (folder / "index.html").exists() and not force:
        raise BuildFailed(f"the store is empty and {folder} holds a site; --force publishes all the same")
    token = secrets.token_hex(16)
    folder.mkdir(parents=True, exist_ok=True)
    manifest.begin(token)
    (folder / TOKEN_FILE).write_text(token + "\n", encoding="ascii")
    return False


def publish(draft: Draft, removed: Iterable[str], manifest: Manifest, state: Path) -> SiteReport:
    """Bring the folder in line with a production; files that we never wrote are left alone.

    The draft speaks of all pages that were made; `state` is where changes.txt lies.
    """
    publication, removes = draft.publication, sorted(removed, key=deletion_order)
    with new_changes(state, staged_paths(publication.stage), removes) as written:
        if written or removes or not draft.empty:
            journal = draft.finish(removes)
            _apply(journal, manifest)
            journal.file.unlink()
        else:
            manifest.commit((), (), publication.acknowledged, publication.edition)
    return SiteReport(written, len(removes), manifest.count() - written)


def finish_interrupted(file: Path, manifest_of: ManifestOf) -> None:
    """Roll a publication forward that a crash interrupted; one whose folder is another's by now is dropped."""
    journal = read_journal(file)
    if journal is not None:
        folder = Path(journal.publication.folder)
        manifest = manifest_of(folder)
        if journal.publication.token == manifest.token == _token_in(folder):
            _apply(journal, manifest)
            keep_interrupted(file.parent)
        clear_stage(Path(journal.publication.stage))
    file.unlink(missing_ok=True)


def guard(done: Production, manifest: Manifest, folder: Path, *, empty: bool, force: bool) -> None:
    """Refuse what is more likely an accident than a wish. Raises BuildFailed with nothing changed."""
    if force:
        return
    if empty and any(map(is_leaf, done.removed)):
        raise BuildFailed(f"the store is empty and {folder} holds a site; --force publishes all the same")
    gone = sum(map(is_guarded, done.removed))
    count = manifest.count() - manifest.count(Kind.IMAGE) if gone else 0
    if is_excessive(gone, count):
        raise BuildFailed(f"{gone} of {count} pages in {folder} would go, over a tenth; --force deletes them")


def is_guarded(path: str) -> bool:
    """Not the index of search, which comes and goes with months, nor pictures: one entry may have a hundred."""
    return not (urls.is_search_file(path) or path.startswith(f"{urls.PICTURES}/"))


def is_excessive(gone: int, count: int) -> bool:
    """Whether so many of so many pages go only by an accident."""
    return count >= LEAST_GUARDED and gone > MOST_DELETED * count


def is_published(folder: Path, manifest: Manifest) -> bool:
    """Whether the folder is the one that the manifest speaks of."""
    return bool(manifest.token) and manifest.token == _token_in(folder)


def damaged(folder: Path, pages: Iterable[Known]) -> list[Known]:
    """Pages whose files are missing or not as we wrote them."""
    return [page for page in pages if file_digest(folder / page.path) != page.digest]


def _apply(journal: Journal, manifest: Manifest) -> None:
    publication = journal.publication
    folder = Path(publication.folder)
    put_in_place(Path(publication.stage), folder)
    for path in journal.removes():
        delete_file(folder, path)
    manifest.commit(journal.pages(), journal.removes(), publication.acknowledged, publication.edition)


def _token_in(folder: Path) -> str:
    try:
        return (folder / TOKEN_FILE).read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""
