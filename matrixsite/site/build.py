"""Building the site: see what is stale, make it with pelican as the host, publish what came out different."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from pathlib import Path

from matrixsite import __version__
from matrixsite.config.settings import Settings
from matrixsite.editorial.content import Content
from matrixsite.errors import BuildFailed
from matrixsite.site.changes import new_changes
from matrixsite.site.compiled import compiled_folder
from matrixsite.site.edition import Edition
from matrixsite.site.host import contained_pelican, pelican_settings, run_pelican
from matrixsite.site.journal import Draft, Publication, page_line
from matrixsite.site.kinds import Kind
from matrixsite.site.manifest import Known, Manifest, ManifestOf
from matrixsite.site.production import Engine, Producer, Production
from matrixsite.site.publish import (
    SiteReport,
    claim,
    damaged,
    finish_interrupted,
    guard,
    publish,
)
from matrixsite.site.render import PAGE_TEMPLATES, Renderer
from matrixsite.site.source import Scope, Source
from matrixsite.site.stage import clear_stage, staged_paths
from matrixsite.site.staleness import Stale, stale_units
from matrixsite.site.theme import override_folder, theme_folder
from matrixsite.site.workshop import Place, Workshop

MANY = 1000  # pages to look at from which starting workers pays


@dataclass(frozen=True, slots=True)
class Options:
    """How a build goes about it; but for `today` none of it changes what comes out."""

    output: Path
    state: Path  # the stage and the journal lie here
    today: date  # decides what has expired
    full: bool = False  # look at every page
    repair: bool = False  # look at the files too, and make again what is not as it was written
    force: bool = False  # delete more than a tenth, publish an empty store


def build_site(
    settings: Settings,
    content: Content,
    source: Source,
    reopen: Callable[[], Source],
    manifest_of: ManifestOf,
    options: Options,
    engine: Callable[[bool], Engine],
    progress: Callable[[int], None] = lambda pages: None,
) -> SiteReport:
    """Bring the folder `options.output` in line with the store; writes only what differs.

    `engine` starts workers, many or none, and `reopen` gives them the source anew; `progress` hears of each page that
    is looked at. An interrupted publication is finished first. Raises BuildFailed with the published site as it was.
    """
    journal, folder = options.state / "journal", options.output.resolve()
    with _writing():
        finish_interrupted(journal, manifest_of)
        edition = Edition(settings, content, source, options.today)
        theme, latest = theme_folder(settings), source.latest()
        mark = _edition_mark(edition, theme)
        manifest = manifest_of(folder)
        # counting the entries would read the whole archive, on a night without news too
        empty = next(source.newest(Scope(), 1), None) is None
        ours = claim(folder, manifest, force=options.force, empty=empty)
        if (
            ours
            and not (options.full or options.repair)
            and (manifest.acknowledged, manifest.edition) == (latest, mark)
        ):
            with new_changes(options.state, (), ()):
                return SiteReport(0, 0, manifest.count())
        stale = Stale(whole=frozenset(Kind)) if options.full or not ours else _touched(edition, manifest)
        if options.repair:
            stale = _with_damaged(stale, folder, manifest)
        stage = options.state / "stage"
        clear_stage(stage)
        workers = engine(bool(stale.whole) or sum(map(len, stale.units.values())) > MANY)
        publication = Publication(str(folder), str(stage), manifest.token, latest, mark)
        with Draft(publication, journal) as draft:
            done = _made(edition, manifest, theme, draft, stale, workers, reopen, progress)
            guard(done, manifest, folder, empty=empty, force=options.force)
            report = publish(draft, done.removed, manifest, options.state)
        clear_stage(stage)
    return report


@contextmanager
def _writing() -> Iterator[None]:
    """The disk's faults end a build as any other: the site as it was, or rolled forward by the next run."""
    try:
        yield
    except OSError as error:
        raise BuildFailed(f"can't write the site: {error}") from error


def _touched(edition: Edition, manifest: Manifest) -> Stale:
    return stale_units(edition.source.touched(manifest.acknowledged), edition)


def _with_damaged(stale: Stale, folder: Path, manifest: Manifest) -> Stale:
    """The units of damaged files, too; the manifest forgets what they were made from."""
    units = {kind: set(keys) for kind, keys in stale.units.items()}
    for kind in Kind:
        broken = damaged(folder, manifest.of_kind(kind))
        units.setdefault(kind, set()).update(page.key for page in broken)
        manifest.distrust(page.path for page in broken)
    return replace(stale, units={kind: frozenset(keys) for kind, keys in units.items()})


def _made(
    edition: Edition,
    manifest: Manifest,
    theme: Path,
    draft: Draft,
    stale: Stale,
    engine: Engine,
    reopen: Callable[[], Source],
    progress: Callable[[int], None],
) -> Production:
    """Everything into the stage; a failure that pelican only logs is one all the same."""
    stage = Path(draft.publication.stage)
    place = Place(str(stage), draft.publication.folder, here=not engine.remote)
    pelicans = stage.with_name("pelican")
    clear_stage(pelicans)
    with contained_pelican() as errors:
        from matrixsite.site import plugin

        def produce(edition: Edition, render: Renderer) -> Production:
            if engine.jobs > 1 and not engine.remote:
                render.prepare()
            engine.give(Workshop(edition, render, place, reopen))
            producer = Producer(edition, manifest, render, engine, draft.record, progress, place)
            return producer.produce(stale)

        assignment = plugin.Assignment(edition, produce)
        settings = pelican_settings(
            content=_content_folder(edition.settings, stage),
            theme=theme,
            override=override_folder(edition.settings),
            output=pelicans,
            compiled=compiled_folder(edition.settings.state),
            site=edition.settings.site,
        )
        try:
            run_pelican({**settings, "PLUGINS": [plugin], plugin.SETTING: assignment})
        except Exception as error:
            if errors:  # what was logged first led to it
                raise BuildFailed("pelican: " + "; ".join(errors)) from error
            raise
        finally:
            plugin.unregister()
        if errors:
            raise BuildFailed("pelican: " + "; ".join(errors))
        if assignment.done is None:
            raise BuildFailed(
                "pelican ran without the generator of matrixsite: nothing of the matrix was written"
            )
    return _with_pelicans(assignment.done, manifest, pelicans, replace(place, here=True), draft.record)


def _with_pelicans(
    done: Production, manifest: Manifest, written: Path, place: Place, record: Callable[[str], None]
) -> Production:
    """Add what pelican itself wrote, all of its few files each time; none may take the place of one of ours."""
    before = {page.path: page for page in manifest.of_kind(Kind.PELICAN)}
    paths = list(staged_paths(str(written)))
    ours = {page.path for page in manifest.at(paths) if page.kind != Kind.PELICAN} - done.removed
    for path in paths:
        if path in ours or path in done.made:
            raise BuildFailed(f"two pages claim the same path: {path}")
        known = before.pop(path, None)
        content, digest = (written / path).read_bytes(), known.digest if known else b""
        digest = place.put(path, content, digest)
        if known is None or known.digest != digest:
            record(page_line(Known(path, Kind.PELICAN, path, b"", digest)))
    done.removed |= {path for path in before if path not in done.made}
    return done


def _edition_mark(edition: Edition, theme: Path) -> str:
    """Changes with anything but the outbox that a page may show."""
    digest = blake2b(digest_size=16)
    plain = (
        __version__,
        edition.settings.digest,
        replace(edition.content, tasks=()),
        edition.today.isoformat(),
    )
    digest.update(repr(plain).encode("utf-8", "surrogatepass"))
    ours = (theme, override_folder(edition.settings), PAGE_TEMPLATES)
    for folder in (*ours, *(edition.settings.root / "content" / name for name in _PELICANS)):
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(f"\0{file}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


_PELICANS = ("pages", "articles", "images", "files")  # what pelican reads of content/


def _content_folder(settings: Settings, stage: Path) -> Path:
    """The editors' folder; pelican insists on one, so a matrix without gets an empty one in the state folder."""
    folder = settings.root / "content"
    if not folder.is_dir():
        folder = stage.with_name("no-content")
        folder.mkdir(exist_ok=True)
    return folder
