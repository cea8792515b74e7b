"""A plain `pelican` run of a site that lists the plugin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import html

from matrixsite.errors import BuildFailed
from matrixsite.site.host import contained_pelican
from tests.site.conftest import Workshop, faults, tree
from tests.site.sample import HOSTILE, METRO, ORIGINAL


def _pelican(workshop: Workshop, **settings: Any) -> Path:
    """What `pelican` does with such a pelicanconf.py; raises what it would report."""
    output = workshop.root / "plain"
    conf = {
        "PATH": str(workshop.root / "content"),
        "OUTPUT_PATH": str(output),
        "PLUGINS": ["matrixsite.site.plugin"],
        "THEME": "simple",
        "SITENAME": "别的名字",
        "MATRIXSITE": "feeds.yaml",
        "TIMEZONE": "Asia/Shanghai",
        **settings,
    }
    with contained_pelican() as errors:
        from pelican import Pelican
        from pelican.settings import read_settings

        from matrixsite.site import plugin

        try:
            Pelican(read_settings(override=conf)).run()
        finally:
            plugin.unregister()
        assert errors == []
    return output


def _page(file: Path) -> Any:
    return html.fromstring(file.read_text(encoding="utf-8"))


@pytest.fixture
def updated(workshop: Workshop) -> Workshop:
    workshop.load().update(now=workshop.now, offline=True, jobs=1)
    return workshop


def test_pelicans_simple_theme_stands_around_our_pages(updated: Workshop) -> None:
    output = _pelican(updated)
    page = _page(output / updated.entry(METRO).path)
    assert METRO in page.xpath("string(//title)")
    assert METRO in page.xpath("string(//main//h1)")
    assert page.xpath("//link[@rel='canonical']")
    assert page.xpath("//address//a/text()") == ["Pelican", "Python"]  # the theme's own footer
    assert "../../accounts/index.html" in page.xpath("//nav//a/@href")
    hostile = _page(output / "accounts/evil/index.html")
    assert HOSTILE in hostile.xpath("string(//main//h1)")
    pelicans = ("pages/", "categories", "tags", "authors", "archives", "theme/")
    assert [one for one in faults(output) if not one.startswith(pelicans) and "main.css" not in one] == []


def test_the_same_pages_as_a_build(updated: Workshop) -> None:
    output = _pelican(updated, THEME=str(Path(__file__).parents[2] / "themes" / "alliance"))
    updated.build()
    built = tree(updated.output)
    path = updated.entry(ORIGINAL).path
    assert (output / path).read_bytes() == built[path]
    assert built.keys() - tree(output).keys() <= {"index.html"}


def test_a_second_run_touches_none_of_our_pages(updated: Workshop) -> None:
    output = _pelican(updated)
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*.html")}
    _pelican(updated)
    pelicans = {output / "pages/about.html", *output.glob("*s.html")}
    changed = {path for path, time in before.items() if path.stat().st_mtime_ns != time}
    assert changed <= pelicans


def test_a_matrix_that_never_ran_is_an_error(workshop: Workshop) -> None:
    workshop.load()
    with pytest.raises(BuildFailed, match="no store"):
        _pelican(workshop)


def test_a_missing_feeds_yaml_is_an_error(workshop: Workshop) -> None:
    with pytest.raises(BuildFailed, match=r"nowhere\.yaml"):
        _pelican(workshop, MATRIXSITE="nowhere.yaml")
