"""Whatever trees of values editors' files hold: content, or all their problems at once, and nothing else is raised."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from matrixsite.config.load import load
from matrixsite.config.settings import Settings
from matrixsite.editorial.content import load_content
from matrixsite.errors import Problem, SettingsError

RULE = (
    "accounts",
    "members",
    "groups",
    "kinds",
    "topics",
    "words",
    "title_words",
    "since",
    "until",
    "not",
    "sections",
)
KEYS = {  # of each file, at any depth
    "columns/a.md": (
        "title",
        "lead",
        "cover",
        "from",
        "to",
        "picks",
        "ref",
        "note",
        "exclude",
        "rule",
        "limit",
        *RULE,
    ),
    "series/a.md": ("title", "picks", "ref", "rule", "accounts", "host", "people", "former", *RULE),
    "campaigns/a.md": ("title", "from", "to", "topics", "partners", "picks", "ref", "rule", *RULE),
    "kinds.yaml": ("id", "title", "picks", "ref", "rebuts", "url", "note", "exclude", "rule", *RULE),
    "people/a.md": ("name", "member", "by", "aliases", "works", "link", "picks", "ref", "portrait", "former"),
    "notices/a.md": ("title", "level", "from", "until", "former"),
    "honors/a.md": (
        *(
            "title",
            "year",
            "lists",
            "date",
            "issuers",
            "basis",
            "source",
            "kind",
            "winners",
            "announced",
            "ordered",
        ),
        *(
            "name",
            "account",
            "member",
            "work",
            "by",
            "citation",
            "rank",
            "link",
            "guided_by",
            "hosted_by",
            "person",
        ),
    ),
    "headlines/2026-11-20.md": ("pick", "reason", "picker"),
    "sections.yaml": ("id", "title", "rule", "picks", "link", "children", *RULE),
    "entries.yaml": (
        "account",
        "title",
        "url",
        "published",
        "text",
        "html",
        "id",
        "link",
        "date",
        "author",
        "kind",
    ),
    "approved.yaml": ("ref", "by", "on", "why"),
    "withdrawn.yaml": ("ref", "why", "scope", "by", "on", "purge"),
    "stories.yaml": ("join", "split", "original", "why"),
}
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.text(max_size=6),
    st.sampled_from(
        [
            "a",
            "daily",
            "青山发布",
            "https://example.com/1",
            "2u4lz32ur2e5",
            "2026-11-20",
            "account",
            "work",
            "info",
        ]
    ),
)


def trees(keys: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """Trees that look like a file's at first glance."""

    def level(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(keys), inner, max_size=6)

    deep = st.recursive(SCALARS, level, max_leaves=12)
    return st.fixed_dictionaries(
        {"title": st.text(max_size=3)}, optional={key: deep for key in keys if key != "title"}
    ) | level(deep)


FILES = st.sampled_from(sorted(KEYS)).flatmap(lambda name: st.tuples(st.just(name), trees(KEYS[name])))


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    root = tmp_path_factory.mktemp("content")
    site = {"title": "青山", "url": "https://matrix.example.org"}
    tree = {
        "site": site,
        "accounts": [{"id": "a", "name": "青山发布"}],
        "groups": [{"id": "g", "name": "区县"}],
    }
    (root / "feeds.yaml").write_text(yaml.safe_dump(tree), "utf-8")
    return load(root / "feeds.yaml")


@hypothesis_settings(deadline=None)
@given(FILES)
def test_no_content_raises_anything_but_a_settings_error(matrix: Settings, file: tuple[str, Any]) -> None:
    name, tree = file
    written = yaml.safe_dump(tree, allow_unicode=False)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\n{written}---\n正文\n" if name.endswith(".md") else written, "utf-8")
        first, problems = _loaded(Path(folder), matrix)
        assert all(problem.file and problem.reason for problem in problems)
        assert (first, problems) == _loaded(Path(folder), matrix)


def _loaded(folder: Path, matrix: Settings) -> tuple[str, tuple[Problem, ...]]:
    try:
        return repr(load_content(folder, matrix)), ()
    except SettingsError as error:
        return "", error.problems
