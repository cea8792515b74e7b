"""Building the site: drive pelican over the stage, make sure that our part ran, publish."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from jinja2 import TemplateError

from matrixsite.config.settings import Settings
from matrixsite.editorial.content import Content
from matrixsite.errors import BuildFailed
from matrixsite.site.edition import Edition
from matrixsite.site.host import contained_pelican, pelican_settings, run_pelican
from matrixsite.site.publish import Manifest, SiteReport, publish
from matrixsite.site.source import Source
from matrixsite.site.stage import Stage
from matrixsite.site.theme import theme_folder


def build_site(
    settings: Settings,
    content: Content,
    source: Source,
    manifest: Manifest,
    *,
    output: Path,
    stage: Path,
    today: date,
    force: bool = False,
    progress: Callable[[int], None] = lambda pages: None,
) -> SiteReport:
    """Render every page into `stage` (a folder of ours, emptied first), then publish what differs to
    `output`.

    `progress` hears of each page that is done. Raises BuildFailed with the published site as it was.
    """
    edition = Edition(settings, content, source, today)
    staged = Stage(stage, output)
    try:
        staged.clear()
        _render(edition, staged, progress)
        empty = source.counts().entries == 0
        report = publish(staged, output, manifest, empty=empty, force=force)
        staged.clear()
    except OSError as error:
        raise BuildFailed(f"can't write the site: {error}") from error
    return report


def _render(edition: Edition, stage: Stage, progress: Callable[[int], None]) -> None:
    """Everything into the stage; a failure that pelican only logs is one all the same."""
    with contained_pelican() as errors:
        from matrixsite.site import plugin

        assignment = plugin.Assignment(edition, stage, progress)
        settings = pelican_settings(
            content=_content_folder(edition.settings, stage),
            theme=theme_folder(edition.settings),
            output=stage.folder,
            site=edition.settings.site,
        )
        try:
            run_pelican({**settings, "PLUGINS": [plugin], plugin.SETTING: assignment})
        except TemplateError as error:
            raise BuildFailed("; ".join([*errors, f"a template of the theme fails: {error}"])) from error
        finally:
            plugin.unregister()
        if errors:
            raise BuildFailed("pelican: " + "; ".join(errors))
        if assignment.finished is None:
            raise BuildFailed(
                "pelican ran without the generator of matrixsite: nothing of the matrix was written"
            )


def _content_folder(settings: Settings, stage: Stage) -> Path:
    """The editors' folder; pelican insists on one: a matrix without gets an empty one beside the stage."""
    folder = settings.root / "content"
    if not folder.is_dir():
        folder = stage.folder.with_name("no-content")
        folder.mkdir(exist_ok=True)
    return folder
