from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from matrixsite.config.load import load
from matrixsite.config.settings import Settings
from matrixsite.errors import Problem, SettingsError

SITE = "site: {title: 青山, url: https://matrix.example.org}\n"

Write = Callable[[str | bytes], Path]


def problems_of(path: Path) -> tuple[Problem, ...]:
    """The problems that loading gives; there must be some."""
    with pytest.raises(SettingsError) as caught:
        load(path)
    return caught.value.problems


@pytest.fixture
def load_text(tmp_path: Path) -> Callable[[str], Settings]:
    """Loads a feeds.yaml with this text after a valid `site`."""

    def load_written(text: str) -> Settings:
        path = tmp_path / "feeds.yaml"
        path.write_text(SITE + text, encoding="utf-8")
        return load(path)

    return load_written
