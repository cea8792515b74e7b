"""The indices of a matrix: those that come with matrixsite, and the operator's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from matrixsite.config.source import read_yaml
from matrixsite.config.wording import shown, suggestion
from matrixsite.errors import Problem, SettingsError
from matrixsite.indices.formula import Formula, read_formula

SHIPPED = Path(__file__).parent / "shipped"


class Catalogue:
    """Indices by name and version."""

    def __init__(self, formulas: Mapping[str, Formula]) -> None:
        self._formulas = formulas

    def __iter__(self) -> Iterator[Formula]:
        """In order of name, the latest version first."""
        return iter(sorted(self._formulas.values(), key=lambda one: (one.id, *_falling(one.version))))

    def named(self, name: str) -> Formula | None:
        """wci@14.2 is that version, wci the latest."""
        if "@" in name:
            return self._formulas.get(name)
        return next((one for one in self if one.id == name), None)

    def nearest(self, name: str) -> str:
        """The mend of a name that no index bears."""
        return suggestion(name, {*self._formulas, *(one.id for one in self._formulas.values())})


def _falling(version: str) -> tuple[int, ...]:
    """A version to sort the latest first by: 14.2 before 14.1 before 2.0."""
    return tuple(-int(part) if part.isdecimal() else 0 for part in version.split("."))


def load_catalogue(own: Path, root: Path) -> Catalogue:
    """The shipped indices and those in the folder `own` (content/indices).

    Raises SettingsError with the problems of all files: an index that stands twice is one, for what was published by
    its name must stay what it was.
    """
    formulas: dict[str, Formula] = {}
    problems: list[Problem] = []
    for path in [*sorted(SHIPPED.glob("*.yaml")), *sorted(own.glob("[!.]*.yaml"))]:
        file = (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()
        source, found = read_yaml(path, file)
        problems += found
        formula, found = read_formula(source) if source else (None, [])
        problems += found
        if formula and source:
            if formula.key in formulas:
                reason = f"the index {shown(formula.key)} is there already"
                problems.append(source.problem(("version",), reason, "Give yours another id or version."))
            formulas.setdefault(formula.key, formula)
    if problems:
        raise SettingsError(problems)
    return Catalogue(formulas)
