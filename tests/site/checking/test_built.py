from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

import pytest

from matrixsite.pipeline.progress import Silent
from matrixsite.site.checking import built
from matrixsite.site.checking.built import check_built
from matrixsite.site.checking.targets import Site, site_of
from tests.site.conftest import Workshop

SITE = site_of("https://matrix.example.org")
PAGE = '<html lang="zh"><title>t</title><a href="{}">x</a>'


def put(folder: Path, files: Mapping[str, str]) -> dict[str, bytes]:
    """Write files; returns their digests, as a manifest has them."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return {path: blake2b(text.encode(), digest_size=16).digest() for path, text in files.items()}


def check(
    folder: Path, published: Mapping[str, bytes] | None, jobs: int = 1, site: Site = SITE
) -> list[tuple[str, str]]:
    found = check_built(folder, site, published, jobs=jobs, progress=Silent())
    return [(finding.path, finding.what) for finding in found]


def test_files_must_be_those_published(tmp_path: Path) -> None:
    published = put(tmp_path, {"index.html": PAGE.format("a.css"), "a.css": "a", "b.css": "b"})
    put(tmp_path, {"a.css": "changed"})
    (tmp_path / "b.css").unlink()
    assert check(tmp_path, published) == [
        ("a.css", "its bytes are not those that were published"),
        ("b.css", "it can't be read: No such file or directory"),
    ]


def test_files_of_others_may_be_linked_to_and_are_not_checked(tmp_path: Path) -> None:
    published = put(tmp_path, {"index.html": PAGE.format("others/doc.html")})
    put(tmp_path, {"others/doc.html": "no title, no lang"})
    assert check(tmp_path, published) == []


def test_without_a_manifest_every_document_is_checked(tmp_path: Path) -> None:
    put(tmp_path, {"index.html": PAGE.format("gone.html"), "feeds/all.json": "{", "a.png": "no picture"})
    assert [path for path, _ in check(tmp_path, None)] == ["feeds/all.json", "index.html"]


def test_many_files_are_read_by_several_processes_with_the_same_outcome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {f"{number}.html": PAGE.format(f"{number + 1}.html#x") for number in range(30)})
    alone = check(tmp_path, None)
    monkeypatch.setattr(built, "BATCH", 4)
    monkeypatch.setattr(built, "FEW", 10)
    assert sorted(check(tmp_path, None, jobs=2)) == sorted(alone)
    assert len(alone) == 30


def test_progress_ends_where_it_should(tmp_path: Path) -> None:
    class Counting(Silent):
        total = done = 0

        def stage(self, name: str, total: int = 0) -> None:
            self.total = total

        def advance(self, count: int = 1) -> None:
            self.done += count

    put(tmp_path, {f"{number}.html": PAGE.format("") for number in range(450)})
    counting = Counting()
    check_built(tmp_path, SITE, None, jobs=1, progress=counting)
    assert (counting.done, counting.total) == (450, 450)


def test_the_sample_site_is_sound(workshop: Workshop) -> None:
    """Whatever the generators write is held to these rules, hostile text included."""
    workshop.site |= {"url": "https://example.org/matrix", "takedown": "a@example.org"}
    workshop.build()
    assert check(workshop.output, None, site=site_of("https://example.org/matrix")) == []
