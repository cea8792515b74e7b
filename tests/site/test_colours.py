"""Every colour that the theme writes as light-dark() has its light value for browsers that don't know the function."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from matrixsite.site.theme import shipped

OLD = "@supports not (color: light-dark(#fff, #000))"
THEME = next(folder for folder in shipped("alliance") if folder.is_dir())
SHEETS = [file for file in sorted(THEME.rglob("*.css")) if "light-dark" in file.read_text(encoding="utf-8")]
COLOUR = re.compile(r"(--[\w-]+):\s*light-dark\(([^,]+),[^)]+\)")
PLAIN = re.compile(r"(--[\w-]+):\s*([^;]+)")


def _declarations(sheet: Path) -> dict[tuple[str, ...], str]:
    """What stands between braces, by the selectors and conditions around it, outermost first."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    found: dict[tuple[str, ...], str] = {}
    around: list[str] = []
    for piece in re.findall(r"[^{}]*[{}]", text):
        *declared, last = piece[:-1].split(";")
        if piece.endswith("{"):
            around.append(" ".join(last.split()))
        else:
            declared.append(last)
        if declared:
            found[tuple(around)] = found.get(tuple(around), "") + ";".join(declared)
        if piece.endswith("}"):
            around.pop()
    return found


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_old_browsers_get_the_light_value_of_every_colour(sheet: Path) -> None:
    declared = _declarations(sheet)
    wanted = {around: dict(COLOUR.findall(text)) for around, text in declared.items() if OLD not in around}
    old = {around[1:]: dict(PLAIN.findall(text)) for around, text in declared.items() if around[:1] == (OLD,)}
    assert {around: names for around, names in wanted.items() if names} == {
        around: names for around, names in old.items() if names
    }


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_colours_are_named(sheet: Path) -> None:
    """A property that uses the function itself would be dropped where it isn't known."""
    text = sheet.read_text(encoding="utf-8").replace(OLD, "")
    assert len(COLOUR.findall(text)) == text.count("light-dark(#")


def test_sheets_with_colours_are_found() -> None:
    assert {"alliance.css", "settings.css", "feed.css"} <= {sheet.name for sheet in SHEETS}
