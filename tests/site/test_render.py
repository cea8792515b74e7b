from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import Environment

from matrixsite.errors import BuildFailed
from matrixsite.site.compiled import Compiled
from matrixsite.site.contexts.entries import EntryPage
from matrixsite.site.edition import Edition
from matrixsite.site.render import Renderer, encode
from matrixsite.site.theme import theme_folder
from matrixsite.site.values.entries import entry_units
from matrixsite.site.values.frame import frame
from matrixsite.site.words import words
from tests.site.conftest import Workshop
from tests.site.sample import ORIGINAL


def _entry_page(workshop: Workshop, edition: Edition) -> EntryPage:
    (made,) = entry_units([workshop.entry(ORIGINAL).id], edition)
    assert isinstance(made.value, EntryPage)
    return made.value


def test_compiled_templates_are_kept(
    workshop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with workshop.edition() as edition:
        page, theme = _entry_page(workshop, edition), str(theme_folder(edition.settings))
        first, second = (Renderer(theme, (), frame(edition, ()), "/", compiled=str(tmp_path)) for _ in "ab")
        monkeypatch.setattr(Compiled, "_memory", {})
        rendered = first("2026/11/x.html", page)
        monkeypatch.setattr(Compiled, "_memory", {})  # as in another process
        monkeypatch.setattr(Environment, "compile", None)
        assert second("2026/11/x.html", page) == rendered


def test_a_night_compiles_no_template_of_pelicans_pages_either(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Compiled, "_memory", {})
    workshop.build()
    monkeypatch.setattr(Compiled, "_memory", {})
    workshop.write("content/pages/about.md", "title: <b>\nslug: about\n\n新\n")
    monkeypatch.setattr(Environment, "compile", None)
    workshop.build()
    assert "新" in workshop.read("pages/about.html")


def test_equal_values_have_the_same_repr_in_every_process(workshop: Workshop) -> None:
    with workshop.edition() as edition:
        assert repr(pickle.loads(pickle.dumps(page := _entry_page(workshop, edition)))) == repr(page)


def test_a_theme_of_the_site_may_replace_a_page(workshop: Workshop, tmp_path: Path) -> None:
    templates = tmp_path / "other" / "templates"
    (templates / "matrix").mkdir(parents=True)
    (templates / "base.html").write_text("{% block content %}{% endblock %}")
    (templates / "matrix" / "entry.html").write_text(
        '{% extends "base.html" %}{% block content %}{{ page.title }} {{ SITENAME }} {{ root }}{% endblock %}'
    )
    with workshop.edition() as edition:
        render = Renderer(str(tmp_path / "other"), (), frame(edition, ()), "/")
        rendered = render("2026/11/x.html", _entry_page(workshop, edition))
    assert rendered.decode() == f"{ORIGINAL} {workshop.site['title']} ../../"


def test_a_changed_template_shows_in_the_same_process(workshop: Workshop) -> None:
    workshop.build()
    for word in ("第一版", "第二版"):
        base = '{% extends "!theme/base.html" %}{% block footer %}' + word + "{% endblock %}"
        workshop.write("theme/templates/base.html", base)
        workshop.build()
        assert word in workshop.read(workshop.entry(ORIGINAL).path)
        assert word in workshop.read("pages/about.html")


def test_a_foreign_theme_may_ask_for_pelicans_settings(workshop: Workshop) -> None:
    menu = "{% for title, link in MENUITEMS %}{{ link }} {% endfor %}"
    base = "{{ GITHUB_URL }}{{ DEFAULT_CATEGORY }} " + menu
    workshop.write("themes/foreign/templates/base.html", base + "{% block content %}{% endblock %}")
    workshop.site["theme"] = "foreign"
    workshop.build()
    page = workshop.read(workshop.entry(ORIGINAL).path)
    assert page.startswith("misc ../../index.html ")


def test_a_missing_theme_says_where_it_was_looked_for(workshop: Workshop) -> None:
    settings = workshop.load().settings
    with pytest.raises(BuildFailed, match="themes/nowhere"):
        theme_folder(replace(settings, site=replace(settings.site, theme="nowhere")))


def test_what_has_no_bytes_does_not_end_the_night() -> None:
    assert encode("标\ud800") == "标&#55296;".encode()


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "xx"])
def test_a_word_without_translation_shows_as_written(language: str) -> None:
    assert words(language)("（未译）{count}", count=3) == "（未译）3"
