"""docs/licences.md names every package that pyproject.toml asks for."""

from __future__ import annotations

import pytest

pytest.importorskip("packaging", reason="packaging is not installed")

from packaging.utils import canonicalize_name

from tests.packaging.licences import listed, requirements


@pytest.mark.parametrize("purpose", requirements())
def test_every_requirement_is_listed(purpose: str) -> None:
    names = {canonicalize_name(requirement.name) for requirement in requirements()[purpose]}
    assert names - listed().keys() == set()


def test_every_licence_is_named() -> None:
    assert "pelican" in listed()
    unnamed = [name for name, purpose in listed().items() if not purpose]
    assert unnamed == []
