"""The public modules hold what the package offers, no more and no less."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from types import ModuleType

import pytest

import matrixsite
from matrixsite import Matrix, errors, plugins, results

PUBLIC = [matrixsite, results, errors, plugins]
NAMES = [(module, name) for module in PUBLIC for name in module.__all__]
ABOUT_A_DOZEN = 13  # at the front door


@pytest.mark.parametrize(("module", "name"), NAMES, ids=[f"{one.__name__}.{name}" for one, name in NAMES])
def test_a_public_name_is_there_and_documented(module: ModuleType, name: str) -> None:
    value = getattr(module, name)
    assert value.__doc__
    if isinstance(value, type):
        assert value.__name__ == name
        assert value.__module__.startswith("matrixsite.")


@pytest.mark.parametrize("module", PUBLIC)
def test_lists_are_in_order(module: ModuleType) -> None:
    assert list(module.__all__) == sorted(module.__all__)


def test_every_error_is_public() -> None:
    own = {
        name
        for name, value in vars(errors).items()
        if inspect.isclass(value) and value.__module__ == errors.__name__
    }
    assert own == set(errors.__all__)


def test_the_front_door_is_small() -> None:
    assert len(matrixsite.__all__) <= ABOUT_A_DOZEN
    own = {
        name
        for name, value in vars(matrixsite).items()
        if getattr(value, "__module__", "").startswith("matrixsite") and not isinstance(value, ModuleType)
    }
    assert {name for name in own if not name.startswith("_")} <= set(matrixsite.__all__)


@pytest.mark.parametrize("module", [matrixsite, results])
def test_star_import_and_unknown_names(module: ModuleType) -> None:
    names: dict[str, object] = {}
    exec(f"from {module.__name__} import *", names)
    assert set(module.__all__) <= names.keys()
    with pytest.raises(AttributeError, match="no attribute 'Matrices'"):
        module.Matrices  # noqa: B018 — the access is what is tested


def test_what_a_matrix_takes_and_gives_is_public() -> None:
    """Annotations of `Matrix` name our types only where they can be imported from a public module."""
    own = re.compile(r"\b(?:[A-Z][a-z]+)+\b")
    known = {"Path", "Iterator", "None", "Settings", "Content", "ZoneInfo"}
    hints = " ".join(
        str(hint)
        for name, member in inspect.getmembers(Matrix, inspect.isfunction)
        if not name.startswith("_")
        for hint in member.__annotations__.values()
    )
    assert set(own.findall(hints)) - known <= {*matrixsite.__all__, *results.__all__}


def test_importing_the_package_is_light() -> None:
    heavy = {"sqlalchemy", "aiohttp", "pelican", "lxml", "pydantic", "yaml"}
    code = (
        f"import matrixsite, matrixsite.results, matrixsite.plugins, sys; print(set(sys.modules) & {heavy!r})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
