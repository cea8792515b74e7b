"""The docs name, for each promise, a test that exists, and for each limit, the number in the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from matrixsite.clean import markup, reencoding, text, urls
from matrixsite.config.settings import FetchSettings
from matrixsite.fetch import client, headers
from matrixsite.parse.limits import Limits
from matrixsite.pipeline import mirroring
from matrixsite.store import image_uses, images

ROOT = Path(__file__).parents[1]
PAGE, OTHER = (
    (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("security.md", "postgresql.md")
)
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE + OTHER)))


@pytest.mark.parametrize(("file", "test"), NAMED, ids="::".join)
def test_a_promise_has_its_test(file: str, test: str) -> None:
    source = (ROOT / file).read_text(encoding="utf-8")
    assert f"def {test}(" in source if test else source


def test_every_promise_names_one() -> None:
    promises = PAGE.partition("## The promises")[2]
    rows = [line for line in promises.splitlines() if line.startswith("| ") and "| test |" not in line]
    assert len(rows) > 40
    assert [row for row in rows if "`tests/" not in row] == []


@pytest.mark.parametrize(
    "number",
    [
        FetchSettings().max_bytes,
        Limits().elements,
        Limits().entries,
        Limits().rows,
        Limits().attribute,
        Limits().attributes,
        Limits().depth,
        Limits().categories,
        Limits().short,
        client.MAX_REDIRECTS,
        int(headers.LONGEST_WAIT) // 86_400,
        mirroring.MOST_BYTES,
        mirroring.MOST_A_NIGHT,
        mirroring.AT_ONCE,
        int(mirroring.PATIENCE),
        reencoding.MOST_PIXELS,
        reencoding.MOST_WIDTH,
        reencoding.MOST_HEIGHT,
        image_uses.LONGEST,
        images.MOST_TRIES,
        markup.MARKUP_LIMIT,
        text.TITLE_LIMIT,
        urls.URL_LIMIT,
    ],
)
def test_limits_are_those_of_the_code(number: int) -> None:
    table = PAGE.partition("## Limits")[2].partition("## The promises")[0]
    assert re.search(rf"(?<![\d,]){number:,}(?![\d,])", table)
