"""The reader of the index, asked many questions in a process of node."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READER = ROOT / "matrixsite/site/search/script/search-index.js"
ASK = ROOT / "tests/site/search/ask.mjs"


@dataclass(frozen=True, slots=True)
class Answer:
    """The stories found, whether these are all, and what the files cost that were read for it."""

    stories: tuple[str, ...]
    over: bool
    requests: int
    bytes: int


def asked(site: Path, words: Iterable[str], **wanted: object) -> list[Answer]:
    """Each question cold; `wanted` are the further keys of a question, see ask.mjs."""
    questions = "".join(json.dumps({"words": word, **wanted}) + "\n" for word in words)
    command = ("node", str(ASK), str(READER), str(site))
    done = subprocess.run(command, input=questions, capture_output=True, text=True, check=True)
    return [_answer(line) for line in done.stdout.splitlines()]


def _answer(line: str) -> Answer:
    said = json.loads(line)
    stories = tuple(one["story"] for one in said["results"])
    return Answer(stories, said["over"], said["requests"], said["bytes"])
