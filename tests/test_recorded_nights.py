"""Four recorded nights of real accounts through the whole build. Needs ../shared beside the checkout; skips without."""

from __future__ import annotations

import filecmp
import json
import re
import socket
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from matrixsite import Matrix
from tests.site.conftest import faults

SHARED = Path(__file__).resolve().parents[2] / "shared"
SERVER = SHARED / "tools" / "feedserver.py"
ACCOUNTS = 40
FIRST = datetime(2026, 8, 20, 19, tzinfo=UTC)

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not SERVER.exists(), reason="no recorded feeds in ../shared"),
]


class Recorded:
    """The recorded feeds on loopback, and the matrix that reads them."""

    def __init__(self, root: Path) -> None:
        self.root, self.output = root, root / "output"
        port = _free_port()
        self.server = subprocess.Popen(
            [
                *(sys.executable, SERVER, "wechat-2026", "--port", str(port), "--limit", str(ACCOUNTS)),
                *("--write-feeds-yaml", root / "feeds.yaml"),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.server.stdout is not None
        self.server.stdout.readline()
        self.base = f"http://127.0.0.1:{port}"

    def close(self) -> None:
        self.server.terminate()
        self.server.wait()
        assert self.server.stdout is not None
        self.server.stdout.close()

    def night(self, number: int) -> None:
        """Move the server on to a night and build."""
        urllib.request.urlopen(f"{self.base}/night?n={number}", data=b"").close()
        self.build(number)

    def build(self, number: int, **options: object) -> tuple[int, int]:
        """Files written and removed."""
        matrix = Matrix.load(self.root / "feeds.yaml")
        now = FIRST + timedelta(days=number)
        report = matrix.build(options.pop("output", self.output), now=now, jobs=1, **options)  # type: ignore[arg-type]
        assert not report.failing
        return report.written, report.removed

    def items(self) -> Iterator[tuple[str, str]]:
        """(account, canonical link) of what the feeds hold now."""
        for account in Matrix.load(self.root / "feeds.yaml").settings.accounts:
            with urllib.request.urlopen(account.feeds[0].url) as answer:
                body = answer.read().decode()
            for item in re.findall(r"<item>.*?</item>", body, re.DOTALL):
                link = re.search(r"<link>(.*?)</link>", item, re.DOTALL)
                assert link
                yield account.id, _canonical(link[1].strip().replace("&amp;", "&"))


def _canonical(link: str) -> str:
    """WeChat's identity of an article, told independently of our code."""
    parts = urlsplit(link)
    query = parse_qs(parts.query)
    return (
        "|".join(query[name][0] for name in ("__biz", "mid", "idx", "sn")) if "mid" in query else parts.path
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def recorded(tmp_path: Path) -> Iterator[Recorded]:
    feeds = Recorded(tmp_path)
    yield feeds
    feeds.close()


def test_four_nights(recorded: Recorded) -> None:
    expected: set[tuple[str, str]] = set()
    for number in (1, 2, 3, 4):
        recorded.night(number)
        expected.update(recorded.items())
    matrix = Matrix.load(recorded.root / "feeds.yaml")
    entries = list(matrix.entries(status=None))
    assert Counter((entry.account, _canonical(entry.url)) for entry in entries) == Counter(expected)
    for entry in entries:
        assert not entry.excerpt or (recorded.output / entry.path).exists(), entry.path
    for account in matrix.settings.accounts:
        assert (recorded.output / f"accounts/{account.id}/index.html").exists()
    feed = json.loads((recorded.output / "feeds/all.json").read_text(encoding="utf-8"))
    shares = Counter(item["authors"][0]["name"] for item in feed["items"])
    assert len(feed["items"]) <= 100
    assert max(shares.values()) <= 5
    assert faults(recorded.output) == []
    assert recorded.build(4) == (0, 0)
    recorded.build(4, output=recorded.root / "clean", offline=True, full=True)
    assert _differences(recorded.output, recorded.root / "clean") == []


def _differences(one: Path, other: Path) -> list[str]:
    """Paths that are not the same bytes in both; the token file is each folder's own."""
    paths = {
        path.relative_to(root).as_posix()
        for root in (one, other)
        for path in root.rglob("*")
        if path.is_file()
    }
    return [
        path
        for path in sorted(paths - {".matrixsite-output"})
        if not (one / path).exists()
        or not (other / path).exists()
        or not filecmp.cmp(one / path, other / path, shallow=False)
    ]
