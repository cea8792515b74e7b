"""The report: in runs/<n>.json, on the standard input of `after:`, for failed runs too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from matrixsite import BuildFailed, StoreError
from matrixsite.pipeline.report import KEPT, failing_share
from tests.nights import FIRST, NIGHT, Nights, rss

STATE = ".matrixsite"


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    accounts = [{"id": "ok", "feed": "ok.xml"}, {"id": "lost", "feed": "lost.xml"}]
    made = Nights(tmp_path, accounts, after="cat > told.json")
    made.write("ok.xml", rss("a1", "a2"))
    return made


def _report(nights: Nights, number: int) -> Any:
    return json.loads((nights.root / STATE / f"runs/{number}.json").read_text("utf-8"))


def test_report_of_an_update(nights: Nights) -> None:
    nights.update()
    report = _report(nights, 1)
    feeds = report.pop("feeds")
    assert report.pop("seconds") >= 0
    assert report == {
        "number": 1,
        "command": "update",
        "now": (FIRST + NIGHT).isoformat(),
        "new": 2,
        "corrected": 0,
        "joined": 2,
        "health": {"new": 0, "ok": 1, "degraded": 0, "failed": 1, "paused": 0},
        "failing": 0.5,
        "images": {},
        "watch": [],
        "written": 0,
        "removed": 0,
        "kept": 0,
        "output": "",
        "warnings": [],
        "error": "",
    }
    assert feeds[0] == {
        "key": "lost",
        "account": "lost",
        "health": "failed",
        "reason": "missing-file",
        "detail": "lost.xml",
        "sentence": "there is no such file (lost.xml)",
        "mend": "Correct the path in feeds.yaml, or put the file there.",
        "since": (FIRST + NIGHT).isoformat(),
        "asked": True,
        "new": 0,
        "corrected": 0,
    }
    assert feeds[1]["health"] == "ok"


def test_after_gets_the_report(nights: Nights) -> None:
    nights.update()
    assert json.loads((nights.root / "told.json").read_text("utf-8")) == _report(nights, 1)


@pytest.mark.parametrize("command", ["exit 3", "no-such-command-here 2>/dev/null", "exec <&-"])
def test_after_that_fails_harms_no_run(
    tmp_path: Path, command: str, caplog: pytest.LogCaptureFixture
) -> None:
    nights = Nights(tmp_path, [{"id": "ok", "feed": "ok.xml"}], after=f"{command} # hush-secret")
    nights.write("ok.xml", rss("a1"))
    assert nights.update().new == 1
    assert "hush-secret" not in caplog.text
    assert ("answered" in caplog.text) == (command != "exec <&-")


def test_after_finds_the_lock_free(tmp_path: Path) -> None:
    nights = Nights(tmp_path, [], after="flock -n .matrixsite/lock -c 'touch free'")
    nights.update()
    assert (tmp_path / "free").exists()


def test_a_build_that_fails_is_reported_with_what_it_did(nights: Nights) -> None:
    nights.write("content/pages/broken.md", b"title: x\ndate: no date at all\n\ntext")
    nights.write("out", b"a file in the way")
    with pytest.raises(BuildFailed):
        nights.load().build(nights.root / "out", now=FIRST, jobs=1)
    report = _report(nights, 1)
    assert report["new"] == 2
    assert report["error"]
    assert json.loads((nights.root / "told.json").read_text("utf-8")) == report
    assert nights.titles() == ["标题 a1", "标题 a2"], "what was stored stays"


def test_a_store_that_fails_is_reported(nights: Nights, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr("matrixsite.pipeline.shelving.save_feeds", full)
    with pytest.raises(StoreError):
        nights.update()
    assert _report(nights, 1)["error"] == "the disk is full"


def test_old_reports_go(nights: Nights) -> None:
    nights.update()
    old = nights.write(f"{STATE}/runs/{2 - KEPT}.json", b"{}")
    nights.update()
    assert not old.exists()


@pytest.mark.parametrize(
    ("counts", "share"),
    [
        ({"ok": 9, "failed": 1, "paused": 0}, 0.1),
        ({"ok": 1, "failed": 1, "paused": 8}, 0.5),
        ({"ok": 0, "failed": 0, "paused": 3}, 0.0),
    ],
)
def test_failing_share_counts_feeds_that_do_not_pause(counts: dict[str, int], share: float) -> None:
    assert failing_share({"new": 0, "degraded": 0, **counts}) == share
