"""The reference, made from the code: it can't say what isn't so, and tests/docs hold it to being complete."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from docs.manual.reference.commands import commands_page
from docs.manual.reference.python_api import python_page
from docs.manual.reference.settings import editors_files_page, settings_page
from docs.manual.reference.templates import templates_page

PAGES: Mapping[str, Callable[[str], str]] = {
    "commands": commands_page,
    "settings": settings_page,
    "editors-files": editors_files_page,
    "templates": templates_page,
    "python": python_page,
}
"""By name, what gives a page in a language."""


def reference_page(name: str, language: str) -> str:
    """A page of the reference, as Markdown that begins with its title."""
    return PAGES[name](language)
