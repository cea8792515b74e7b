"""What `profile: gov` asks for and a matrix lacks: settings, and columns that stay blank or grow old.

Inspectors fail a site for blank columns and for news that is two weeks old (国办秘函〔2019〕19号, annex 1).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from matrixsite.config.settings import Profile, Settings
from matrixsite.errors import Problem
from matrixsite.site import scopes
from matrixsite.site.edition import Edition

STALE = timedelta(days=14)

_WANTED = {
    "site_code": "government sites name their code (网站标识码)",
    "organizer": "government sites name who runs them (主办单位)",
    "authority_mark": "government sites carry the mark of party and state bodies (党政机关标识)",
    "description": "the pages have no description of the site (Description)",
}


def missing_for_profile(settings: Settings) -> Iterator[Problem]:
    """A problem for each setting that the profile needs; nothing for a site without it."""
    if settings.site.profile is not Profile.GOV:
        return
    for key, reason in _WANTED.items():
        if not getattr(settings.site, key):
            yield Problem(settings.file.name, 0, f"site.{key}", reason, f"Add `{key}: …` below `site:`.")
    mark, folder = settings.site.authority_mark_image, settings.root / "content"
    if mark and not (folder / mark).is_file():
        field, reason = "site.authority_mark_image", f"there is no file content/{mark}"
        yield Problem(settings.file.name, 0, field, reason, "Put it there, or correct the path.")


def neglected_columns(edition: Edition, now: datetime) -> Iterator[Problem]:
    """A problem for each section and running column that shows nothing, or nothing of the last two weeks."""
    if edition.settings.site.profile is not Profile.GOV:
        return
    sections = [(one.id, one.title, one.picks) for one in edition.sections.values() if not one.link]
    columns = [
        (one.id, one.title, one.picks)
        for one in edition.lists[scopes.COLUMNS].values()
        if one.runs(edition.today)
    ]
    for name, title, picks in sections:
        yield from _neglected("sections.yaml", scopes.SECTIONS, name, title, picks, edition, now)
    for name, title, picks in columns:
        yield from _neglected(f"columns/{name}.md", scopes.COLUMNS, name, title, picks, edition, now)


def _neglected(
    file: str, folder: str, name: str, title: str, picks: Sequence[object], edition: Edition, now: datetime
) -> Iterator[Problem]:
    newest = next(edition.source.newest(scopes.scope(folder, name, edition), 1), None)
    if newest is None and not picks:
        mend = "Widen its rule, pick entries for it, or take it off until there is something to show."
        yield Problem(f"content/{file}", 0, name, f"the column {title} is blank", mend)
    elif newest is not None and now - newest.entry.published >= STALE:
        days = (now - newest.entry.published).days
        mend = "Widen its rule, or end it: merge what nobody keeps fresh."
        yield Problem(
            f"content/{file}", 0, name, f"the column {title} has had nothing new for {days} days", mend
        )
