"""What axe-core finds wrong with a page."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")  # to 2.2, A and AA
ALL = (*WCAG, "best-practice")


def violations(page: Page, rules: tuple[str, ...] = ALL) -> list[tuple[str, list[str]]]:
    """What the page, as it stands in the tab, breaks of the rules with these tags, and the first elements that do.

    Only of violations are elements told: to name each of them takes longer than to look.
    """
    page.evaluate(_source())
    options = {
        "runOnly": list(rules),
        "resultTypes": ["violations"],
        "preload": {"assets": ["media"]},  # no rule asks for style sheets
        "iframes": False,
    }
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [(one["id"], [node["html"] for node in one["nodes"][:3]]) for one in found["violations"]]


@cache
def _source() -> str:
    pytest.importorskip("axe_core_python", reason="axe-core-python is not installed")
    return files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
