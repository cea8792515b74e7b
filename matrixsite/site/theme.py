"""Where the active theme lies: a folder beside feeds.yaml, or one that comes with the package.

Whatever the theme, files in `theme/templates/` and `theme/static/` beside feeds.yaml come before its own: a template
there may replace one (`base.html`, `matrix/entry.html`) or extend it (`{% extends "!theme/base.html" %}`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from matrixsite.config.settings import Settings
from matrixsite.errors import BuildFailed

PACKAGE = Path(__file__).parents[1]


def theme_folder(settings: Settings) -> Path:
    """The theme's folder. Raises BuildFailed where there is none of that name."""
    name = settings.site.theme
    places = (settings.root / name, settings.root / "themes" / name, *shipped(name))
    for place in places:
        if (place / "templates" / "base.html").is_file():
            return place.resolve()
    looked = ", ".join(str(place) for place in places)
    raise BuildFailed(f"no theme {name!r} with templates/base.html in: {looked}")


def override_folder(settings: Settings) -> Path:
    """Where an operator's own templates and static files lie, there or not: they come before the theme's."""
    return settings.root / "theme"


@dataclass(frozen=True, slots=True)
class Static:
    """The files that a theme brings along, as the site has them below theme/."""

    paths: frozenset[str] = frozenset()  # css/alliance.css
    digest: str = ""  # of their names and contents


NO_FILES = Static()


def static_of(folders: Iterable[Path]) -> Static:
    """The files of these folders; those of a later one take the place of the earlier's."""
    files = {
        path.relative_to(folder).as_posix(): path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }
    digest = blake2b(digest_size=8)
    for name, path in sorted(files.items()):
        digest.update(f"\0{name}\0".encode() + path.read_bytes())
    return Static(frozenset(files), digest.hexdigest())


def is_ours(theme: str | Path) -> bool:
    """Whether the theme in this folder comes with the package."""
    return Path(theme).resolve() in [place.resolve() for place in shipped(Path(theme).name)]


def shipped(name: str) -> tuple[Path, Path]:
    """In an installed package themes lie inside it; in a checkout, beside it."""
    return PACKAGE / "themes" / name, PACKAGE.parent / "themes" / name
