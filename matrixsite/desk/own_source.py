"""The desk's own source, which whoever uses it may have (AGPL-3.0, section 13): what is installed here, changed or not.

Only files of the package and of the theme that comes with it: nothing of the matrix, whose feeds.yaml, content and
state may well lie beside it. The same files give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from matrixsite.site.theme import PACKAGE

CODE = frozenset({".py", ".html", ".css", ".js", ".json", ".po", ".pot", ".svg", ".png"})
TEXT = frozenset({".xml", ".yaml", ".yml", ".md", ".txt", ".toml"})
NAMED = frozenset({"LICENSE", "py.typed", ".gitignore"})
_LEFT_OUT = frozenset({"__pycache__", ".matrixsite", ".git"})
THEME = "alliance"  # that comes with the package
_DATE = (1980, 1, 1, 0, 0, 0)


@lru_cache(maxsize=1)
def source_archive() -> bytes:
    """A zip file of it."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in sorted(source_files(PACKAGE)):
            entry = ZipInfo(f"matrixsite-source/{name}", _DATE)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def source_files(package: Path) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each file: laid out as a checkout, where the theme stands beside the package."""
    installed = package / "themes"
    for path in _within(package):
        outer = "" if path.is_relative_to(installed) else "matrixsite/"
        yield f"{outer}{path.relative_to(package).as_posix()}", path.read_bytes()
    if not installed.is_dir():
        for path in _within(package.parent / "themes" / THEME):
            yield path.relative_to(package.parent).as_posix(), path.read_bytes()
        build = package.parent / "pyproject.toml"
        if build.is_file():
            yield build.name, build.read_bytes()
    try:
        about = distribution(package.name)
    except PackageNotFoundError:
        return
    for name, place in (("METADATA", "METADATA"), ("LICENSE", "licenses/LICENSE")):
        if text := about.read_text(place):
            yield name, text.encode()


def _within(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        inner = path.relative_to(folder).parts
        kept = path.suffix in CODE | TEXT or path.name in NAMED
        if kept and path.is_file() and not path.is_symlink() and not _LEFT_OUT & set(inner):
            yield path
