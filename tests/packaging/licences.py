"""docs/licences.md: every package that matrixsite brings along, with its licence, from what the packages say.

python -m tests.packaging.licences
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LISTED = ROOT / "docs/licences.md"
NOT_SHIPPED = {"test", "fuzz"}  # extras for who works on matrixsite
HEAD = """# Licences

matrixsite is AGPL-3.0-or-later, as Pelican is, which it is built upon. What it publishes is not: the theme
(themes/alliance) and the files of `init` are MIT, so a site carries nothing of the AGPL.

What it needs, with all that these need, as the packages themselves say (made by `python -m tests.packaging.licences`):

| package | for | licence |
|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A package, what it is needed for (`base` or extras), its licence."""

    name: str
    wanted_for: str
    licence: str


def requirements() -> dict[str, list[Requirement]]:
    """What pyproject.toml asks for: `base`, and by extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {name: its for name, its in project["optional-dependencies"].items() if name not in NOT_SHIPPED}
    return {
        name: list(map(Requirement, its)) for name, its in {"base": project["dependencies"], **extras}.items()
    }


def rows() -> Iterator[Row]:
    """All of them, by name."""
    wanted: dict[str, list[str]] = {}
    for purpose, its in requirements().items():
        for name in closure(its):
            wanted.setdefault(name, []).append(purpose)
    for name, purposes in sorted(wanted.items()):
        yield Row(name, "base" if "base" in purposes else ", ".join(purposes), licence_of(distribution(name)))


def closure(wanted: Iterable[Requirement]) -> set[str]:
    """Names of these packages, and of all that they need here."""
    found: set[str] = set()
    left = [(requirement, extra) for requirement in wanted for extra in (requirement.extras or {""})]
    while left:
        requirement, extra = left.pop()
        name = canonicalize_name(requirement.name)
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        if name in found and not requirement.extras:
            continue
        try:
            needs = distribution(name).requires or []
        except PackageNotFoundError:
            continue  # an extra that isn't installed here
        found.add(name)
        left += [(Requirement(need), one) for need in needs for one in ("", *requirement.extras)]
    return found


def licence_of(package: Distribution) -> str:
    """Its SPDX expression, else its classifiers, else the first line of what it calls its licence."""
    said: Any = package.metadata
    if expression := said.get("License-Expression"):
        return str(expression)
    classified = [
        one.rpartition(" :: ")[2] for one in said.get_all("Classifier") or () if one.startswith("License ::")
    ]
    if classified:
        return ", ".join(classified)
    first = (said.get("License") or "").strip().splitlines()
    return re.sub(r"\s+", " ", first[0]) if first else "see the package"


def listed() -> dict[str, str]:
    """The packages that the document names, with what they are needed for."""
    lines = LISTED.read_text(encoding="utf-8").splitlines()
    cells = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ") and "---" not in line]
    return {row[0]: row[1] for row in cells[1:]}


if __name__ == "__main__":
    lines = (f"| {row.name} | {row.wanted_for} | {row.licence} |\n" for row in rows())
    LISTED.write_text(HEAD + "".join(lines), encoding="utf-8")
