"""A plain `pelican` run of a site whose pelicanconf names a feeds.yaml: the same production, into pelican's output.

It reads the store beside whatever run may be going on, needs no lock and records nothing: every page is made, and only
what differs is written. It never fetches and never deletes; that is what `matrixsite build` is for.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from matrixsite.errors import BuildFailed
from matrixsite.matrix import Matrix
from matrixsite.pipeline.engine import Engine
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Kind
from matrixsite.site.manifest import Known
from matrixsite.site.placing import put_in_place
from matrixsite.site.plugin import SETTING, Assignment
from matrixsite.site.production import Producer, Production
from matrixsite.site.render import Renderer
from matrixsite.site.staleness import Stale
from matrixsite.site.workshop import Place, Workshop
from matrixsite.store.database import open_database
from matrixsite.store.reading import StoreSource


def plain_assignment(settings: Mapping[str, Any]) -> Assignment:
    """All pages of the matrix that pelican's settings name, as of today in the site's zone.

    Raises BuildFailed where there is no such file, or no store yet; SettingsError where the file or content/ is wrong.
    """
    matrix = Matrix.load(_settings_file(settings))
    place = matrix.store
    if isinstance(place, Path) and not place.exists():
        raise BuildFailed(f"there is no store at {place} yet; run matrixsite update first")
    today = datetime.now(UTC).astimezone(matrix.zone).date()
    with ExitStack() as stack:
        database = stack.enter_context(closing(open_database(place)))
        source = StoreSource(stack.enter_context(database.read()))
        edition = Edition(matrix.settings, matrix.content, source, today)
        reading = stack.pop_all()  # until the pages are made

    def produce(edition: Edition, render: Renderer) -> Production:
        with reading:
            return _produce(edition, render, Path(settings["OUTPUT_PATH"]))

    return Assignment(edition, produce)


def _produce(edition: Edition, render: Renderer, output: Path) -> Production:
    """Make everything, then move what differs to where pelican writes."""
    with tempfile.TemporaryDirectory(dir=edition.settings.state) as folder:
        stage = Path(folder)
        engine = Engine(1)
        place = Place(str(stage), str(output))
        engine.give(Workshop(edition, render, place, lambda: edition.source))
        producer = Producer(edition, _NoPages(), render, engine, _ignore, _ignore, place)
        done = producer.produce(Stale(whole=frozenset(Kind)))
        put_in_place(stage, output)
    return done


def _ignore(_: object) -> None:
    """Nothing is recorded, and nobody waits."""


class _NoPages:
    """A manifest that knows of nothing."""

    def mark_of(self, kind: Kind) -> bytes:
        return b""

    def units_of(self, kind: Kind) -> set[str]:
        return set()

    def of_units(self, kind: Kind, keys: Sequence[str]) -> list[Known]:
        return []

    def of_kind(self, kind: Kind) -> Iterator[Known]:
        return iter(())


def _settings_file(settings: Mapping[str, Any]) -> Path:
    """The feeds.yaml: an absolute path, or one relative to the folder that content/ is in, or to the working folder."""
    named = Path(settings[SETTING])
    places = (Path(settings["PATH"]).parent / named, Path.cwd() / named)
    for place in places:
        if place.is_file():
            return place
    raise BuildFailed(f"{SETTING} names {named}, which is neither {' nor '.join(map(str, places))}")
