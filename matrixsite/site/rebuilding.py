"""A build in a process of its own, for a preview: templates and plugins are read anew, and its words are kept."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matrixsite.errors import Locked

BUILD = (sys.executable, "-m", "matrixsite", "rebuild")
PATIENCE = 2.0  # seconds before another try where another run holds the lock


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of a build: what it says, or why it failed."""

    summary: str = ""
    failure: str = ""


async def rebuild_offline(arguments: Sequence[str]) -> Rebuilt:
    """The hidden command `rebuild` with these arguments; waits while another run holds the lock."""
    while True:
        code, said = await _run([*BUILD, *arguments])
        if code != Locked.exit_code:
            return _rebuilt(code, said)
        await asyncio.sleep(PATIENCE)


async def _run(command: Sequence[str]) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *command,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,  # ^C is for the server, which ends it
    )
    try:
        _, said = await process.communicate()
    except asyncio.CancelledError:
        process.terminate()
        await process.wait()
        raise
    return process.returncode or 0, said.decode("utf-8", "replace")


def _rebuilt(code: int, said: str) -> Rebuilt:
    """The outcome of a build from its exit code and the events it told on standard error."""
    events = [_event(line) for line in said.splitlines()]
    words = "\n".join(event["message"] for event in events if event.get("event") != "progress")
    if code in (0, 1):  # 1: built, though many feeds fail
        return Rebuilt(summary=words)
    return Rebuilt(failure=words or f"the build ended with {code}")


def _event(line: str) -> dict[str, Any]:
    """An event as the command tells it; what libraries and a crash print beside it counts as a message."""
    try:
        event = json.loads(line)
    except ValueError:
        event = None
    return event if isinstance(event, dict) and "message" in event else {"message": line}
