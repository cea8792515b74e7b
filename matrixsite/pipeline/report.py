"""The report of a run: what it did, and how each feed does. Written to runs/<n>.json and given to `after:`."""

from __future__ import annotations

import json
import logging
import os
import subprocess
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple, dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from matrixsite.config.settings import Settings
from matrixsite.registry.health import advice
from matrixsite.registry.record import FeedRecord, Health
from matrixsite.registry.watch import Finding, told

if TYPE_CHECKING:
    from matrixsite.pipeline.mirroring import MirrorResult
    from matrixsite.pipeline.update import Updated
    from matrixsite.site.publish import SiteReport

_log = logging.getLogger(__name__)

AFTER = 300  # seconds that the `after:` command may take
KEPT = 400  # reports of so many runs stay


@dataclass(frozen=True, slots=True)
class FeedReport:
    """One feed after a run. Addresses stay out of it: they may hold a token."""

    key: str
    account: str
    health: str
    reason: str = ""  # code
    detail: str = ""
    sentence: str = ""
    mend: str = ""
    since: str | None = None
    asked: bool = False  # in this run
    new: int = 0
    corrected: int = 0


@dataclass(frozen=True, slots=True)
class FoundReport:
    """What is odd with a feed since this run."""

    feed: str
    account: str
    watch: str
    reason: str  # code
    detail: str
    sentence: str
    mend: str


_FEED_FIELDS = tuple(item.name for item in fields(FeedReport))


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did; of one that failed, what it did until then.

    `failing` is the share of feeds that fail, of those that don't pause.
    """

    number: int
    command: str
    now: str
    seconds: float
    new: int = 0
    corrected: int = 0
    joined: int = 0  # entries that found their story
    feeds: tuple[FeedReport, ...] = ()
    health: Mapping[str, int] = field(default_factory=dict)
    failing: float = 0.0
    images: Mapping[str, int] = field(default_factory=dict)  # mirrored, failed, waiting; where any is
    watch: tuple[FoundReport, ...] = ()  # what is odd with feeds that was not before
    written: int = 0  # files of the site
    removed: int = 0
    kept: int = 0
    output: str = ""
    warnings: tuple[str, ...] = ()  # what else an operator should know
    error: str = ""  # why it failed; empty: it did not

    def to_json(self) -> str:
        """For files and other programs; a feed a line."""
        named = {item.name: getattr(self, item.name) for item in fields(self)}
        named["watch"] = [asdict(found) for found in self.watch]
        feeds = ",\n".join(map(_line, named.pop("feeds")))
        others = json.dumps(named, ensure_ascii=False, indent=1).removesuffix("\n}")
        return f'{others},\n "feeds": [\n{feeds}\n ]\n}}\n'


def _line(feed: FeedReport) -> str:
    return "  " + json.dumps({name: getattr(feed, name) for name in _FEED_FIELDS}, ensure_ascii=False)


def run_report(
    number: int,
    command: str,
    now: datetime,
    seconds: float,
    updated: Updated | None,
    site: SiteReport | None,
    *,
    output: str = "",
    warnings: Iterable[str] = (),
    error: str = "",
) -> RunReport:
    """The report of a run that got as far as `updated` and `site` say."""
    report = RunReport(
        number, command, now.isoformat(), seconds, output=output, warnings=tuple(warnings), error=error
    )
    if updated:
        counts = _health_counts(updated.records.values())
        report = replace(
            report,
            new=sum(item.new for item in updated.taken.values()),
            corrected=sum(item.corrected for item in updated.taken.values()),
            joined=updated.joined,
            feeds=tuple(_feed_report(record, updated) for _, record in sorted(updated.records.items())),
            health=counts,
            failing=failing_share(counts),
            images=_image_counts(updated.images),
            watch=tuple(_found_report(one, updated) for one in told(updated.found)),
        )
    if site:
        report = replace(report, written=site.written, removed=site.removed, kept=site.kept)
    return report


def _feed_report(record: FeedRecord, updated: Updated) -> FeedReport:
    told = advice(record.reason) if record.reason else None
    came = updated.taken.get(record.key)
    return FeedReport(
        key=record.key,
        account=record.account,
        health=record.health,
        reason=record.reason.code if record.reason else "",
        detail=record.reason.detail if record.reason else "",
        sentence=told.sentence if told else "",
        mend=told.mend if told else "",
        since=record.since.isoformat() if record.since else None,
        asked=record.key in updated.asked,
        new=came.new if came else 0,
        corrected=came.corrected if came else 0,
    )


def _found_report(finding: Finding, updated: Updated) -> FoundReport:
    record = updated.records.get(finding.feed)  # a burst is of an account
    account = record.account if record else finding.feed
    reason = finding.reason
    return FoundReport(
        finding.feed, account, finding.watch, reason.code, reason.detail, finding.sentence, finding.mend
    )


def _image_counts(images: MirrorResult) -> dict[str, int]:
    """What came of the pictures that are to be copied; nothing of a matrix that copies none."""
    return asdict(images) if any(astuple(images)) else {}


def _health_counts(records: Iterable[FeedRecord]) -> dict[str, int]:
    """Feeds by health, every kind named."""
    counts = Counter(record.health for record in records)
    return {health.value: counts[health] for health in Health}


def failing_share(counts: Mapping[str, int]) -> float:
    """Failed feeds among those that are not paused."""
    active = sum(counts.values()) - counts[Health.PAUSED]
    return counts[Health.FAILED] / active if active else 0.0


def write_report(report: RunReport, state: Path) -> Path:
    """Put the report where operators look, whole or not at all; the oldest beyond KEPT goes."""
    folder = state / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{report.number}.json"
    part = path.with_suffix(".part")
    part.write_text(report.to_json(), encoding="utf-8")
    os.replace(part, path)
    (folder / f"{report.number - KEPT}.json").unlink(missing_ok=True)
    return path


def tell(settings: Settings, report: RunReport) -> None:
    """Give the report to the operator's `after:` command on its standard input (UTF-8); its failure harms no run."""
    if not settings.after:
        return
    try:
        done = subprocess.run(
            settings.after,
            shell=True,
            cwd=settings.root,
            input=report.to_json().encode(),
            timeout=AFTER,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        # no more of it than its type: the command may hold secrets
        _log.warning("the command of `after:` did not end well: %s", type(error).__name__)
        return
    if done.returncode:
        _log.warning("the command of `after:` answered %d", done.returncode)
