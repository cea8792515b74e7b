"""The second wall by itself: what the walk should let through one day, the allow-list still stops."""

from __future__ import annotations

import pytest
from lxml import etree

from matrixsite.clean import body
from matrixsite.clean.allow_list import sanitised
from matrixsite.clean.markup import clean_markup
from tests.browser.hostile import BODIES
from tests.clean.test_markup import ALLOWED_ATTRIBUTES, ALLOWED_TAGS

SCHEMES = ("http:", "https:", "mailto:")


@pytest.mark.parametrize("markup", BODIES)
def test_markup_that_nobody_walked_is_inert(markup: str) -> None:
    html = sanitised(markup)
    root = etree.fromstring(f"<!DOCTYPE html><html><body>{html}</body></html>", etree.HTMLParser())
    for element in root.find("body").iterdescendants():
        assert element.tag in ALLOWED_TAGS
        assert set(element.attrib) <= ALLOWED_ATTRIBUTES.get(element.tag, set())
        assert all(element.get(name, "http:").lower().startswith(SCHEMES) for name in ("href", "src"))


@pytest.mark.parametrize("markup", ["<p>x</p>", "x", "<div>" * 300 + "x"], ids=["markup", "plain", "deep"])
def test_it_has_the_last_word(monkeypatch: pytest.MonkeyPatch, markup: str) -> None:
    monkeypatch.setattr(body, "sanitised", lambda html: f"last: {html}")
    assert clean_markup(markup, base="", page="").html == "last: <p>x</p>"
