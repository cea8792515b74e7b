"""A whole matrix checked: what its settings leave out, what its editors' files miss, what its site is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from matrixsite.config.settings import Settings
from matrixsite.editorial.content import Content
from matrixsite.errors import Problem
from matrixsite.pipeline.progress import Progress
from matrixsite.site.checking.built import check_built
from matrixsite.site.checking.duties import missing_duties
from matrixsite.site.checking.findings import PUBLISHED, Finding, Severity, noted
from matrixsite.site.checking.gov_profile import missing_for_profile, neglected_columns
from matrixsite.site.checking.recorded import published_digests
from matrixsite.site.checking.refs import refs_of, unresolved
from matrixsite.site.checking.targets import site_of
from matrixsite.site.edition import Edition
from matrixsite.site.publish import TOKEN_FILE
from matrixsite.site.urls import HOME
from matrixsite.store.database import Database
from matrixsite.store.reading import StoreSource
from matrixsite.store.refs import resolve


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found, errors first; `left_out` says what could not be checked."""

    findings: tuple[Finding, ...]
    left_out: tuple[str, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many of that kind."""
        return sum(finding.severity is severity for finding in self.findings)


def check_matrix(
    settings: Settings,
    content: Content,
    database: Database | None,
    output: Path,
    *,
    now: datetime,
    required: bool,
    jobs: int,
    progress: Progress,
) -> CheckReport:
    """Check a matrix whose settings and content are valid, and its site in `output`.

    `now` tells columns that grew old (profile: gov). Without a `database` these, refs and the manifest are left out;
    without a site it is, unless it is `required`.
    """
    left_out = []
    findings = noted(missing_duties(settings), "settings") + noted(content.warnings, "content")
    findings += noted(missing_for_profile(settings), "profile: gov")
    if database:
        findings += noted(_unresolved(settings, content, database), "content")
        findings += noted(_neglected(settings, content, database, now), "profile: gov")
    else:
        left_out.append("there is no store yet: refs and the manifest were not checked")
    if any((output / name).exists() for name in (HOME, TOKEN_FILE)):
        published = published_digests(database, output) if database else None
        if database and published is None:
            left_out.append(
                f"{output} is no folder that this store published to: the manifest was not checked"
            )
        site = site_of(settings.site.url)
        findings += check_built(output, site, published, jobs=jobs, progress=progress)
    elif required:
        findings.append(PUBLISHED.broken(str(output), "there is no site"))
    else:
        left_out.append(f"there is no site in {output}: only settings and content were checked")
    return CheckReport(_sorted(findings), tuple(left_out))


def _unresolved(settings: Settings, content: Content, database: Database) -> Iterator[Problem]:
    refs = list(dict.fromkeys(refs_of(content)))
    with database.read() as connection:
        named = resolve(connection, [ref for _, ref in refs])
    return unresolved(refs, named, settings.root)


def _neglected(settings: Settings, content: Content, database: Database, now: datetime) -> Iterator[Problem]:
    today = now.astimezone(ZoneInfo(settings.site.timezone)).date()
    with database.read() as connection:
        yield from neglected_columns(Edition(settings, content, StoreSource(connection), today), now)


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    order = {severity: place for place, severity in enumerate(Severity)}
    return tuple(sorted(findings, key=lambda each: (order[each.severity], each.rule, each.path, each.what)))
