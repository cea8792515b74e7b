"""Every reason that a part can give has advice for the operator, and no advice is for a reason that none gives."""

from __future__ import annotations

import ast
from pathlib import Path

import matrixsite
from matrixsite.fetch import reasons as fetching
from matrixsite.ingest import harvest, sources
from matrixsite.model import Reason
from matrixsite.parse import reasons as parsing
from matrixsite.pipeline import collecting, reading
from matrixsite.registry.health import ADVICE, advice

PACKAGE = Path(matrixsite.__file__).parent


def _codes() -> set[str]:
    """Constants of the modules that name codes, and codes written out where a Reason is made."""
    named = {
        value
        for module in (fetching, parsing)
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, str)
    }
    by_us = {collecting.WORKER_DIED, collecting.READING_FAILED, reading.TOO_SLOW}
    return named | by_us | {sources.SOURCE_FAILED, harvest.FILTER_FAILED} | _written_out()


def _written_out() -> set[str]:
    codes = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="Reason"), args=[ast.Constant(value=str(code)), *_]):
                    codes.add(code)
    return codes


def test_every_code_has_advice_and_no_advice_is_dead() -> None:
    assert _codes() == set(ADVICE)


def test_advice_is_a_sentence_with_its_detail_and_a_mend() -> None:
    for code in ADVICE:
        told = advice(Reason(code, "detail"))
        assert told.sentence.endswith("(detail)")
        assert told.mend.endswith(".")
