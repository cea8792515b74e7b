"""The Pelican plugin: a generator that streams plan → render → stage between pelican's own.

It is inert in a pelican run whose settings carry no `MATRIXSITE`. Nothing of ours becomes an Article, a Page,
a Category or an Author, and our pages don't go through pelican's Writer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from pelican import signals
from pelican.generators import Generator

from matrixsite.site.contexts import Frame, Link
from matrixsite.site.edition import Edition
from matrixsite.site.pages import valued, written
from matrixsite.site.plan import plan
from matrixsite.site.render import Renderer
from matrixsite.site.stage import Stage
from matrixsite.site.urls import base_path
from matrixsite.site.values.home import frame

SETTING = "MATRIXSITE"


class Progress(Protocol):
    """Told of every page that is done."""

    def __call__(self, pages: int, /) -> None: ...


@dataclass(slots=True)
class Assignment:
    """What a run is to make, and how many pages it made: `finished` stays None where it never ran."""

    edition: Edition
    stage: Stage
    progress: Progress
    finished: int | None = field(default=None, init=False)


class MatrixGenerator(Generator):  # type: ignore[misc]  # pelican is untyped
    """Writes all pages of the matrix."""

    frame: Frame

    def generate_context(self) -> None:
        """Give pelican's own pages the frame that ours have; the editors' pages are known by now."""
        assignment: Assignment = self.settings[SETTING]
        pages = tuple(Link(str(page.title), page.save_as) for page in self.context["pages"])
        self.frame = self.context["matrix"] = frame(assignment.edition, pages)

    def generate_output(self, writer: Any) -> None:
        """Render and stage, page after page."""
        assignment: Assignment = self.settings[SETTING]
        site = assignment.edition.settings.site
        render = Renderer(str(self.theme), self.frame, base_path(site.url))
        count = 0
        for page, value in valued(plan(assignment.edition), assignment.edition):
            assignment.stage.put(page.path, written(page, value, render))
            count += 1
            assignment.progress(1)
        assignment.finished = count


def get_generators(pelican: Any) -> type[Generator] | None:
    """Our generator, where the run is one of ours."""
    return MatrixGenerator if SETTING in pelican.settings else None


def register() -> None:
    """Called by pelican."""
    signals.get_generators.connect(get_generators)


def unregister() -> None:
    """Leave no receiver behind for the next run in this process."""
    signals.get_generators.disconnect(get_generators)
