"""The schemas of the editors' files say what validation says, and the documentation's examples are valid by both."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, get_args, get_type_hints

import jsonschema
import pytest

from matrixsite.config.load import load
from matrixsite.config.source import Source, parse_yaml
from matrixsite.config.validation import key_of
from matrixsite.editorial import schemas
from matrixsite.editorial.content import load_content
from matrixsite.editorial.descriptions import DESCRIPTIONS
from matrixsite.editorial.frontmatter import parse_page
from matrixsite.editorial.schemas import FILES, NAMES, EditorsFile, schema_of
from matrixsite.indices.catalogue import load_catalogue

ROOT = Path(__file__).parents[2]
EXAMPLE = re.compile(r"^#### content/(\S+)\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
EXAMPLES = dict(EXAMPLE.findall((ROOT / "docs/content.md").read_text("utf-8")))
SAMPLES = sorted(
    file.relative_to(ROOT / "content").as_posix()
    for file in (ROOT / "content").rglob("*")
    if file.is_file() and file.parent.name not in ("images", "pages") and file.suffix != ".csv"
)


def shapes(hint: Any, seen: set[type]) -> Iterator[type]:
    """The dataclasses that a type is made of."""
    if is_dataclass(hint) and isinstance(hint, type):
        if hint in seen:
            return
        seen.add(hint)
        yield hint
        for inner in get_type_hints(hint, include_extras=True).values():
            yield from shapes(inner, seen)
    for inner in get_args(hint):
        yield from shapes(inner, seen)


def kind_of(place: str) -> str:
    return next(name for name, file in FILES.items() if fnmatch(place, file.place))


def faults(place: str, written: str) -> list[str]:
    """What the schema has against an editors' file, whose dates JSON knows as text."""
    source: Source | None
    if place.endswith(".md"):
        page, problems = parse_page(written.encode(), place, Path(place).stem)
        source = page.front if page else None
    else:
        source, problems = parse_yaml(written, place)
    assert source is not None
    assert problems == []
    tree = json.loads(
        json.dumps(source.tree, default=lambda value: str(value) if isinstance(value, date) else None)
    )
    validator = jsonschema.Draft202012Validator(schema_of(kind_of(place)))
    return [error.message for error in validator.iter_errors(tree)]


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one_and_refers_to_itself_only(name: str) -> None:
    schema = schema_of(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    text = json.dumps(schema)
    used = {part.partition('"')[0] for part in text.split('"$ref": "#/$defs/')[1:]}
    assert used == set(schema.get("$defs", {}))
    assert text.count('"$ref"') == text.count('"$ref": "#/$defs/')


@pytest.mark.parametrize("name", FILES)
def test_every_key_is_there_and_described_and_no_other(name: str) -> None:
    schema, top = schema_of(name), getattr(FILES[name].shape, "__name__", "")
    for shape in shapes(FILES[name].shape, set()):
        written = schema if shape.__name__ == top else schema["$defs"][shape.__name__]
        keys = {key_of(field.name) for field in fields(shape)}
        assert set(written["properties"]) == keys
        assert set(DESCRIPTIONS[shape.__name__]) == keys
        assert all(value["description"] for value in written["properties"].values())
        assert written["additionalProperties"] is False


def test_nothing_is_described_that_is_not_there() -> None:
    known = {shape.__name__ for file in FILES.values() for shape in shapes(file.shape, set())}
    assert set(DESCRIPTIONS) == known


@pytest.mark.parametrize("place", SAMPLES)
def test_the_sample_is_valid(place: str) -> None:
    assert faults(place, (ROOT / "content" / place).read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("place", "written"),
    [
        ("honors/a.md", "---\ntitle: 榜\nyear: 2025\nlists: []\nlevle: city\n---\n"),
        ("honors/a.md", "---\ntitle: 榜\nyear: 25\nlists: []\n---\n"),
        ("honors/a.md", "---\ntitle: 榜\nyear: 2025\nlists: [{title: 榜, kind: acount, winners: []}]\n---\n"),
        ("headlines/a.md", "---\npick: abc\n---\n"),
        ("sections.yaml", "- {title: 甲}\n"),
        ("sections.yaml", "- {id: a, title: 甲, children: [{id: b, title: 乙, rule: {words: []}}]}\n"),
        ("approved.yaml", "a: b\n"),
        ("withdrawn.yaml", "- {ref: abc}\n"),
    ],
)
def test_what_validation_refuses_the_schema_refuses(place: str, written: str) -> None:
    assert faults(place, written)


def test_a_new_kind_of_file_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclass(frozen=True, slots=True)
    class SeriesFront:
        title: str
        from_: date | None = None

    monkeypatch.setattr(schemas, "FILES", {**FILES, "series": EditorsFile("series/*.md", SeriesFront)})
    schema = schema_of("series")
    assert schema["title"] == "content/series/*.md of matrixsite"
    assert (set(schema["properties"]), schema["required"]) == ({"title", "from"}, ["title"])


def test_every_kind_of_file_has_an_example() -> None:
    assert {kind_of(place) for place in EXAMPLES} == set(FILES)


@pytest.mark.parametrize("place", EXAMPLES)
def test_an_example_is_valid_by_its_schema(place: str) -> None:
    assert faults(place, EXAMPLES[place]) == []


def test_the_examples_are_valid_content_of_the_sample(tmp_path: Path) -> None:
    for place, written in EXAMPLES.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(written, "utf-8")
    content = load_content(tmp_path, load(ROOT / "feeds.yaml"))
    assert content.warnings == ()
    assert len(content.honors[0].lists) == 3
    assert all(getattr(content, name) for name in FILES if name != "indices")  # which no build reads
    assert load_catalogue(tmp_path / "indices", tmp_path).named("qingshan")
