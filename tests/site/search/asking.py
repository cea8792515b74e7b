"""The script that reads the index, run by node as the page runs it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

READER = Path(__file__).resolve().parents[3] / "matrixsite/site/search/script/search-index.js"


def asked(site: Path, questions: Iterable[str | Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The answers of a site's search, each cold: results, whether they are all, requests and bytes; see ask.mjs."""
    node = shutil.which("node")
    if not node:
        pytest.skip("node is not installed")
    lines = "".join(json.dumps({"words": one} if isinstance(one, str) else one) + "\n" for one in questions)
    command = (node, str(Path(__file__).with_name("ask.mjs")), str(READER), str(site))
    done = subprocess.run(command, input=lines, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def titles(answer: Mapping[str, Any]) -> list[str]:
    """What an answer shows, in order."""
    return [result["title"] for result in answer["results"]]
