"""Pelican as the host, driven in-process, and everything it changes in the process put back afterwards.

Importing pelican replaces the process's logger class, reading its settings sets the locale, and running it
puts "" on the module path; a plugin that fails is only logged. None of this may outlive a build.
"""

from __future__ import annotations

import locale
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from matrixsite.config.settings import Site
from matrixsite.site.compiled import Compiled
from matrixsite.site.words import words

logger = logging.getLogger(__name__)


@contextmanager
def contained_pelican() -> Iterator[list[str]]:
    """Within it pelican may be imported and run; yields the errors it logs, as they come."""
    root, path = logging.getLogger(), list(sys.path)
    classes = logging.getLoggerClass(), root.__class__
    place = locale.setlocale(locale.LC_ALL)
    errors = _Errors()
    pelican_logger, quiet = logging.getLogger("pelican"), None
    try:
        import pelican

        logging.setLoggerClass(classes[0])
        root.__class__ = classes[1]
        quiet, pelican.console.quiet = pelican.console.quiet, True
        pelican_logger.addHandler(errors)
        pelican_logger.propagate = False
        yield errors.messages
    finally:
        pelican_logger.removeHandler(errors)
        pelican_logger.propagate = True
        if quiet is not None:
            pelican.console.quiet = quiet
        logging.setLoggerClass(classes[0])
        root.__class__ = classes[1]
        locale.setlocale(locale.LC_ALL, place)
        sys.path[:] = path


class _Errors(logging.Handler):
    """Keeps what pelican logs as an error, for it goes on as if nothing had happened; passes warnings on."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.exc_info and record.exc_info[1]:
            message = f"{message}: {record.exc_info[1]}"
        if record.levelno >= logging.ERROR:
            self.messages.append(message)
        else:
            logger.warning("pelican: %s", message)


def run_pelican(settings: dict[str, Any]) -> None:
    """One run with these settings; within `contained_pelican` only."""
    from pelican import Pelican
    from pelican.settings import read_settings

    Pelican(read_settings(override=settings)).run()


def _markdown() -> dict[str, Any]:
    """Pelican's own extensions, and headings that links and tables of contents (`[TOC]`) can lead to."""
    from markdown.extensions.toc import slugify_unicode

    return {
        "extension_configs": {
            "markdown.extensions.codehilite": {"css_class": "highlight", "guess_lang": False},
            "markdown.extensions.extra": {},
            "markdown.extensions.meta": {},
            "markdown.extensions.toc": {"slugify": slugify_unicode, "toc_depth": "2-2"},
        },
        "output_format": "html5",
    }


def pelican_settings(
    *, content: Path, theme: Path, override: Path, output: Path, compiled: Path, site: Site
) -> dict[str, Any]:
    """What pelican reads and writes for us: `content/pages/`, articles where a site has them, files, the
    theme's.

    Its feeds and its tag, category, author and archive pages are off: that is what we are here for.
    """
    off = (
        "FEED_ALL_ATOM",
        "CATEGORY_FEED_ATOM",
        "AUTHOR_FEED_ATOM",
        "AUTHOR_FEED_RSS",
        "TRANSLATION_FEED_ATOM",
    )
    unwritten = ("AUTHOR", "CATEGORY", "TAG", "DRAFT", "DRAFT_LANG", "DRAFT_PAGE", "DRAFT_PAGE_LANG")
    return {
        **dict.fromkeys(off),
        **{f"{name}_SAVE_AS": "" for name in unwritten},
        "PATH": str(content),
        "OUTPUT_PATH": str(output),
        "THEME": str(theme),
        "THEME_TEMPLATES_OVERRIDES": [str(override / "templates")],
        "THEME_STATIC_PATHS": [
            "static",
            *(str(folder) for folder in [override / "static"] if folder.is_dir()),
        ],
        "PAGE_PATHS": ["pages"],
        "ARTICLE_PATHS": ["articles"],
        "ARTICLE_URL": "articles/{slug}.html",
        "ARTICLE_SAVE_AS": "articles/{slug}.html",
        "STATIC_PATHS": ["images", "files"],
        "DIRECT_TEMPLATES": [],
        "SITENAME": site.title,
        "SITEURL": "",
        "RELATIVE_URLS": True,
        "DEFAULT_LANG": site.language,
        "TIMEZONE": site.timezone,
        "LOCALE": ["C"],
        "DEFAULT_DATE_FORMAT": "%Y-%m-%d",
        "DISPLAY_PAGES_ON_MENU": False,
        "DISPLAY_CATEGORIES_ON_MENU": False,
        "JINJA_ENVIRONMENT": {
            "trim_blocks": True,
            "lstrip_blocks": True,
            "extensions": [],
            "bytecode_cache": Compiled(str(compiled), "pelican"),
        },
        "JINJA_GLOBALS": {"_": words(site.language)},
        "LOAD_CONTENT_CACHE": False,
        "MARKDOWN": _markdown(),
    }
