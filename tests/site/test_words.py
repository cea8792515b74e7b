"""Every word of the pages is in every catalogue: templates and code are searched for what they say."""

from __future__ import annotations

import ast
import json
import re
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from jinja2.ext import extract_from_ast
from opencc import OpenCC

import matrixsite.site
from matrixsite.site.render import PAGE_TEMPLATES
from matrixsite.site.theme import PACKAGE, shipped
from matrixsite.site.words import SOURCE_LANGUAGE, words

LANGUAGES = ["zh-TW", "en"]
CODE = Path(matrixsite.site.__file__).parent
THEME = next(folder for folder in shipped("alliance") if folder.is_dir())
STARTER = PACKAGE / "registry" / "starter"
TEMPLATES = sorted(file for folder in (PAGE_TEMPLATES, THEME, STARTER) for file in folder.rglob("*.html"))
SCRIPTS = sorted(file for folder in (CODE, THEME) for file in folder.rglob("*.js"))
SAYING = {
    CODE: ("edition.say",),
    PACKAGE / "registry": ("say", "self._say"),
    PACKAGE / "editorial": ("say",),
}
CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")


def _said_in_templates() -> Iterator[str]:
    for file in TEMPLATES:
        for text in _said(Environment().parse(file.read_text(encoding="utf-8"))):
            assert text, f"{file.name}: a word that is not written out can't be looked up"
            yield text


def _said(template: nodes.Template) -> Iterator[str]:
    for _, _, found in extract_from_ast(template, ("_",)):
        yield (found[0] if isinstance(found, tuple) else found) or ""  # a tuple where it has placeholders


def _said_in_code() -> Iterator[str]:
    for folder, names in SAYING.items():
        for file in folder.rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in names:
                    text = node.args[0]
                    assert isinstance(text, ast.Constant), f"{file.name}:{node.lineno}"
                    assert isinstance(text.value, str)
                    yield text.value


SAID = frozenset((*_said_in_templates(), *_said_in_code()))


def _catalogue(language: str) -> dict[str, str]:
    catalogue: dict[str, str] = json.loads((CODE / "words" / f"{language}.json").read_text(encoding="utf-8"))
    return catalogue


def _placeholders(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text)} - {None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_what_the_pages_say_and_nothing_else(language: str) -> None:
    catalogue = _catalogue(language)
    assert sorted(SAID - catalogue.keys()) == []
    assert sorted(catalogue.keys() - SAID) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_those_of_the_source(language: str) -> None:
    catalogue = _catalogue(language)
    assert {text for text, said in catalogue.items() if _placeholders(text) != _placeholders(said)} == set()
    assert "" not in catalogue.values()


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_a_template_says_nothing_in_chinese_but_through_the_catalogues(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    tokens = list(Environment().lex(text))
    assert [text for _, kind, text in tokens if kind == "data" and CHINESE.search(text)] == []
    written = [text[1:-1] for _, kind, text in tokens if kind == "string" and CHINESE.search(text)]
    assert Counter(written) == Counter(filter(CHINESE.search, _said(Environment().parse(text))))


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_a_script_says_nothing_but_the_words_of_its_page(file: Path) -> None:
    """Patterns may look for Chinese; what is shown comes with `data-words`."""
    lines = [re.sub(r"(?:^|\s)//.*", "", line) for line in file.read_text(encoding="utf-8").splitlines()]
    quoted = [text for line in lines for text in re.split(r"[\"'`]", line)[1::2]]
    assert [text for text in quoted if CHINESE.search(text)] == []


@pytest.mark.parametrize("file", sorted(CODE.rglob("*.py")), ids=lambda file: file.name)
def test_code_says_nothing_in_chinese_but_through_the_catalogues(file: Path) -> None:
    """Messages of `check` are in English and quote norms; values of government's meta tags are the norm's own."""
    if file.parent.name == "checking" or file.name == "gov_tags.py" or file.parent.name == "words":
        return
    tree = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    described = {node.value for node in tree if isinstance(node, ast.Expr)}
    said = {
        node.args[0] for node in tree if isinstance(node, ast.Call) and ast.unparse(node.func) in SAYING[CODE]
    }
    assert [
        (node.lineno, node.value)
        for node in tree
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value)
        if node not in described | said
    ] == []


def test_words_are_found_in_templates_and_code() -> None:
    assert {"首页", "今日头条", "跳到正文", "{count} 处发布", "微信"} <= SAID


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh-CN", "3 处发布"),
        ("zh-TW", "3 處發布"),
        ("en", "3 carriers"),
        ("en-GB", "3 carriers"),
        ("fr", "3 处发布"),
    ],
)
def test_a_word_in_its_language(language: str, expected: str) -> None:
    assert words(language)("{count} 处发布", count=3) == expected
    assert SOURCE_LANGUAGE == "zh-CN"


@pytest.mark.parametrize(
    ("members", "count", "expected"),
    [(1, 1, "1 member, 1 carrier"), (1, 2, "1 member, 2 carriers"), (0, 1, "0 members, 1 carrier")],
)
def test_a_count_chooses_its_word(members: int, count: int, expected: str) -> None:
    said = words("en")("{members} 家成员单位，{count} 处发布", members=members, count=count)
    assert said == expected


def test_english_holds_nothing_chinese() -> None:
    assert [said for said in _catalogue("en").values() if CHINESE.search(said)] == []


def test_taiwans_catalogue_holds_no_simplified_characters() -> None:
    convert = OpenCC("s2t").convert
    usual = str.maketrans("臺佈", "台布")  # as they are written in Taiwan, too: 平台, 公布
    said = list(_catalogue("zh-TW").values())
    assert [text for text in said if convert(text).translate(usual) != text.translate(usual)] == []
