from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from matrixsite.errors import BuildFailed
from matrixsite.site.edition import Edition
from matrixsite.site.render import Renderer, encode
from matrixsite.site.theme import theme_folder
from matrixsite.site.values.entries import entry_pages
from matrixsite.site.values.home import frame
from matrixsite.site.words import words
from tests.site import sample
from tests.site.fake_store import FakeSource


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    return Edition(sample.settings(tmp_path), sample.CONTENT, FakeSource(sample.ENTRIES), sample.TODAY)


def test_renderer_and_values_travel_to_another_process(edition: Edition) -> None:
    render = Renderer(str(theme_folder(edition.settings)), frame(edition), "/")
    ((_, page),) = entry_pages([sample.ORIGINAL.id], edition)
    travelled = pickle.loads(pickle.dumps((render, page)))
    path = sample.ORIGINAL.path
    assert travelled[0](path, "entry", travelled[1]) == render(path, "entry", page)


def test_a_theme_of_the_site_may_replace_a_page(edition: Edition, tmp_path: Path) -> None:
    templates = tmp_path / "theme" / "templates"
    (templates / "matrix").mkdir(parents=True)
    (templates / "base.html").write_text("{% block content %}{% endblock %}")
    (templates / "matrix" / "entry.html").write_text(
        '{% extends "base.html" %}{% block content %}{{ page.title }} {{ SITENAME }} {{ root }}{% endblock %}'
    )
    ((_, page),) = entry_pages([sample.ORIGINAL.id], edition)
    rendered = Renderer(str(tmp_path / "theme"), frame(edition), "/")("2026/11/x.html", "entry", page)
    assert rendered.decode() == f"{sample.ORIGINAL.title} {edition.settings.site.title} ../../"


def test_a_missing_theme_says_where_it_was_looked_for(edition: Edition) -> None:
    site = replace(edition.settings.site, theme="nowhere")
    with pytest.raises(BuildFailed, match="themes/nowhere"):
        theme_folder(replace(edition.settings, site=site))


def test_what_has_no_bytes_does_not_end_the_night() -> None:
    assert encode("标\ud800") == "标&#55296;".encode()


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "xx"])
def test_a_word_without_translation_shows_as_written(language: str) -> None:
    assert words(language)("（未译）{count}", count=3) == "（未译）3"
