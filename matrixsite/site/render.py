"""A page's values into its bytes: a pure function of values, theme and frame, for any process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from matrixsite.site.contexts import Frame
from matrixsite.site.urls import root_of
from matrixsite.site.words import words

PAGE_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Renderer:
    """Templates of one theme with one frame. Picklable; each process compiles its templates once."""

    theme: str  # folder of the theme
    frame: Frame
    base_path: str  # the site's root on its host, for 404.html

    def __call__(self, path: str, template: str, page: Any) -> bytes:
        """The bytes of the page at `path`, shown by `matrix/<template>.html`."""
        root = self.base_path if path == "404.html" else root_of(path)
        html = _template(self.theme, self.frame.language, template).render(
            theme_values(self.frame), page=page, root=root, path=path, SITEURL=root.rstrip("/") or "."
        )
        return encode(html)


def encode(text: str) -> bytes:
    """UTF-8; a lone surrogate, which has no bytes, becomes a visible reference instead of a failed night."""
    return text.encode("utf-8", "xmlcharrefreplace")


def theme_values(frame: Frame) -> dict[str, object]:
    """The names that a Pelican theme's base.html expects, so that any theme can stand around our pages."""
    return {
        "matrix": frame,
        "SITENAME": frame.title,
        "SITESUBTITLE": frame.description,
        "DEFAULT_LANG": frame.language,
        "THEME_STATIC_DIR": "theme",
        "CSS_FILE": "main.css",
        "MENUITEMS": (),
        "DISPLAY_PAGES_ON_MENU": False,
        "DISPLAY_CATEGORIES_ON_MENU": False,
    }


@lru_cache
def _template(theme: str, language: str, name: str) -> Template:
    return _environment(theme, language).get_template(f"matrix/{name}.html")


@lru_cache
def _environment(theme: str, language: str) -> Environment:
    """The theme's templates first, so that it may replace any page of ours under its `templates/matrix/`."""
    environment = Environment(
        loader=FileSystemLoader([Path(theme) / "templates", PAGE_TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["_"] = words(language)
    return environment
