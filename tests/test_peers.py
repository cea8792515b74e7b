"""The reader of other projects' suites itself: our own cases pass it, and it sees what it is there to see."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from matrixsite.model import ParsedFeed
from matrixsite.parse.document import parse
from tests import peers

CASES = Path(__file__).parent / "parse" / "cases"
FEED = b"<rss><channel><item/><item><title>x</title></item></channel></rss>"


def test_our_own_cases_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert peers.main(CASES) == 0
    assert "crash" not in capsys.readouterr().out


def crash(*_: object, **__: object) -> ParsedFeed:
    raise RecursionError


def lose(body: bytes, url: str) -> ParsedFeed:
    parsed = parse(body, url=url)
    return replace(parsed, entries=parsed.entries[1:])


@pytest.mark.parametrize("broken", [crash, lose])
def test_a_crash_and_a_lost_entry_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: object, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.xml").write_bytes(FEED)
    assert peers.main(tmp_path) == 0
    monkeypatch.setattr(peers, "parse", broken)
    assert peers.main(tmp_path) == 1
    assert "a.xml" in capsys.readouterr().out
