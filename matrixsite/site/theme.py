"""Where the active theme lies: a folder beside feeds.yaml, or one that comes with the package."""

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


def shipped(name: str) -> tuple[Path, Path]:
    """In an installed package themes lie inside it; in a checkout, beside it."""
    return PACKAGE / "themes" / name, PACKAGE.parent / "themes" / name
