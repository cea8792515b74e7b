"""Looking seldom for cycles of garbage."""

from __future__ import annotations

import gc

import pytest

from matrixsite.pipeline.garbage import seldom_collected


def test_the_interpreter_is_left_as_it_was() -> None:
    before = gc.get_threshold()
    with seldom_collected():
        assert gc.get_threshold()[0] > before[0]
        assert gc.isenabled()
    assert gc.get_threshold() == before


def test_also_where_a_run_fails() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="disk"), seldom_collected():
        raise ValueError("disk full")
    assert gc.get_threshold() == before
