"""The built site on the disk: which files there are, whether they are those published, what they say."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from hashlib import blake2b
from pathlib import Path

from matrixsite.pipeline.engine import Engine
from matrixsite.pipeline.progress import Progress
from matrixsite.site.checking.documents import document_facts, is_document
from matrixsite.site.checking.facts import PageFacts
from matrixsite.site.checking.findings import MANIFEST, Finding
from matrixsite.site.checking.resolving import resolve
from matrixsite.site.checking.targets import Site

BATCH = 200  # files a call
FEW = 500  # files that one process reads as soon as several are started

Digests = Mapping[str, bytes]  # path → blake2b-16 of the bytes published


def check_built(
    folder: Path, site: Site, published: Digests | None, *, jobs: int, progress: Progress
) -> list[Finding]:
    """Everything wrong with the site in `folder`: of what was `published`, or of all files where that isn't known.

    Links may lead to any file there is, for a folder may hold files that others put there.
    """
    files = set(_files(folder))
    paths = sorted(published if published is not None else filter(is_document, files))
    progress.stage("check", len(paths))
    with Engine(jobs if len(paths) > FEW else 1) as engine:
        return list(resolve(_read(engine, folder, paths, published or {}, site, progress), files))


def _files(folder: Path) -> Iterator[str]:
    for place, _, names in os.walk(folder):
        within = Path(place).relative_to(folder)
        yield from ((within / name).as_posix() for name in names)


def _read(
    engine: Engine, folder: Path, paths: Sequence[str], published: Digests, site: Site, progress: Progress
) -> Iterator[PageFacts]:
    batches = [paths[start : start + BATCH] for start in range(0, len(paths), BATCH)]
    calls: list[Future[list[PageFacts]]] = [
        engine.submit(read_batch, folder, [(path, published.get(path)) for path in batch], site)
        for batch in batches
    ]
    for batch, call in zip(batches, calls, strict=True):
        yield from call.result()
        progress.advance(len(batch))


def read_batch(folder: Path, paths: Sequence[tuple[str, bytes | None]], site: Site) -> list[PageFacts]:
    """The facts of files, each with the digest it was published with, if known. Runs in any process."""
    return [_read_file(folder, path, digest, site) for path, digest in paths]


def _read_file(folder: Path, path: str, digest: bytes | None, site: Site) -> PageFacts:
    try:
        content = (folder / path).read_bytes()
    except OSError as error:
        return PageFacts(path, findings=(MANIFEST.broken(path, f"it can't be read: {error.strerror}"),))
    changed: tuple[Finding, ...] = ()
    if digest is not None and blake2b(content, digest_size=16).digest() != digest:
        changed = (MANIFEST.broken(path, "its bytes are not those that were published"),)
    if not is_document(path):
        return PageFacts(path, findings=changed)
    facts = document_facts(content, path, site)
    return PageFacts(path, facts.targets, facts.ids, (*changed, *facts.findings))
