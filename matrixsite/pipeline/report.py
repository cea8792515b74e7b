"""The report of a run: what it did, and how each feed does. Written to runs/<n>.json and given to `after:`."""

from __future__ import annotations

import json
import logging
import os
import subprocess
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from matrixsite.config.settings import Settings
from matrixsite.registry.health import advice
from matrixsite.registry.record import FeedRecord, Health
from matrixsite.store.entries import Taken

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
class RunReport:
    """What a run did. `failing` is the share of feeds that fail, of those that are asked at all."""

    number: int
    command: str
    now: str
    seconds: float
    new: int
    corrected: int
    joined: int  # entries that found their story
    feeds: tuple[FeedReport, ...] = ()
    health: Mapping[str, int] = field(default_factory=dict)
    failing: float = 0.0
    written: int = 0  # files of the site
    removed: int = 0
    kept: int = 0
    output: str = ""

    def to_json(self) -> str:
        """For files and other programs."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def feed_reports(
    records: Iterable[FeedRecord], asked: set[str], taken: Mapping[str, Taken]
) -> tuple[FeedReport, ...]:
    """A line a feed, in order of key."""
    return tuple(_feed_report(record, asked, taken) for record in sorted(records, key=lambda record: record.key))


def _feed_report(record: FeedRecord, asked: set[str], taken: Mapping[str, Taken]) -> FeedReport:
    told = advice(record.reason) if record.reason else None
    came = taken.get(record.key)
    return FeedReport(
        key=record.key,
        account=record.account,
        health=record.health,
        reason=record.reason.code if record.reason else "",
        detail=record.reason.detail if record.reason else "",
        sentence=told.sentence if told else "",
        mend=told.mend if told else "",
        since=record.since.isoformat() if record.since else None,
        asked=record.key in asked,
        new=came.new if came else 0,
        corrected=came.corrected if came else 0,
    )


def health_counts(records: Iterable[FeedRecord]) -> dict[str, int]:
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


def write_changes(state: Path, written: Iterable[str], removed: Iterable[str]) -> None:
    """changes.txt: what the last build did to the site, a path a line."""
    lines = [f"+ {path}" for path in sorted(written)] + [f"- {path}" for path in sorted(removed)]
    part = state / "changes.txt.part"
    part.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    os.replace(part, state / "changes.txt")


def tell(settings: Settings, report: RunReport) -> None:
    """Give the report to the operator's `after:` command on its standard input; its failure harms no run."""
    if not settings.after:
        return
    try:
        subprocess.run(settings.after, shell=True, cwd=settings.root, input=report.to_json(), text=True, timeout=AFTER, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        _log.warning("after: %s", error)
