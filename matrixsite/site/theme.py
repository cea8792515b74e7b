"""Where the active theme lies: a folder beside feeds.yaml, or one that comes with the package.

Whatever the theme, files in `theme/templates/` and `theme/static/` beside feeds.yaml come before its own: a template
there may replace one (`base.html`, `matrix/entry.html`) or extend it (`{% extends "!theme/base.html" %}`).
"""

from __future__ import annotations

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


def is_ours(theme: str | Path) -> bool:
    """Whether the theme in this folder comes with the package."""
    return Path(theme).resolve() in [place.resolve() for place in shipped(Path(theme).name)]


def shipped(name: str) -> tuple[Path, Path]:
    """In an installed package themes lie inside it; in a checkout, beside it."""
    return PACKAGE / "themes" / name, PACKAGE.parent / "themes" / name
