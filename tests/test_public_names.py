"""`matrixsite.__all__` holds what the package offers, no more and no less."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from types import ModuleType

import pytest

import matrixsite
from matrixsite import Matrix


@pytest.mark.parametrize("name", matrixsite.__all__)
def test_a_public_name_is_there_and_documented(name: str) -> None:
    value = getattr(matrixsite, name)
    assert value.__doc__
    assert value.__name__ == name
    assert value.__module__.startswith("matrixsite.")


def test_every_public_attribute_is_listed() -> None:
    own = {
        name
        for name, value in vars(matrixsite).items()
        if getattr(value, "__module__", "").startswith("matrixsite") and not isinstance(value, ModuleType)
    }
    assert {name for name in own if not name.startswith("_")} <= set(matrixsite.__all__)
    assert list(matrixsite.__all__) == sorted(matrixsite.__all__)


def test_star_import_and_unknown_names() -> None:
    names: dict[str, object] = {}
    exec("from matrixsite import *", names)
    assert set(matrixsite.__all__) <= names.keys()
    with pytest.raises(AttributeError, match="no attribute 'Matrices'"):
        matrixsite.Matrices  # noqa: B018 — the access is what is tested


def test_what_a_matrix_takes_and_gives_is_public() -> None:
    """Annotations of `Matrix` name our types only where they can be imported from here."""
    own = re.compile(r"\b(?:[A-Z][a-z]+)+\b")
    known = {"Path", "Iterator", "None", "Settings", "Content", "ZoneInfo"}
    hints = " ".join(
        str(hint)
        for name, member in inspect.getmembers(Matrix, inspect.isfunction)
        if not name.startswith("_")
        for hint in member.__annotations__.values()
    )
    assert set(own.findall(hints)) - known <= set(matrixsite.__all__)


def test_importing_the_package_is_light() -> None:
    heavy = {"sqlalchemy", "aiohttp", "pelican", "lxml", "pydantic", "yaml"}
    code = f"import matrixsite, sys; print(set(sys.modules) & {heavy!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
