"""The reference, made from the code, leaves nothing out; what it is held to is found by other ways than it goes."""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from docs.manual.contents import LANGUAGES
from docs.manual.reference import PAGES, reference_page
from docs.manual.reference.python_api import MODULES
from matrixsite import cli
from matrixsite.config.schema import DESCRIPTIONS as SETTINGS
from matrixsite.editorial.descriptions import DESCRIPTIONS as FRONT_MATTER
from matrixsite.editorial.schemas import FILES

PROMISED = Path(__file__).parents[1] / "site/contexts.json"


def parts(name: str, language: str = "en") -> dict[str, str]:
    """A page of the reference by heading."""
    pieces = re.split(r"^##+ (.+)$", reference_page(name, language), flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def written_commands() -> Iterator[tuple[str, list[str]]]:
    """The commands as their modules write them: the last word of the name, and the options."""
    for file in sorted(Path(cli.__path__[0]).glob("*.py")):
        aliases: dict[str, ast.AST] = {}
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                aliases[node.targets[0].id] = node.value
        for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
            for decorator in function.decorator_list:
                source = ast.unparse(decorator)
                if ".command(" in source and "hidden=True" not in source:
                    named = re.search(r"\.command\('([\w-]+)'", source)
                    name = named[1] if named else function.name.replace("_", "-")
                    yield name, [_option(each, aliases) for each in function.args.args]


def _option(argument: ast.arg, aliases: dict[str, ast.AST]) -> str:
    """How a parameter is written at the command line: its own words, else its name; "" for an argument."""
    annotation: ast.AST | None = argument.annotation
    if isinstance(annotation, ast.Name):
        annotation = aliases.get(annotation.id, annotation)
    source = ast.unparse(annotation) if annotation else ""
    if "typer.Argument" in source:
        return ""
    own = re.search(r"'(--[\w-]+)'", source)
    return own[1] if own else f"--{argument.arg.replace('_', '-')}"


def test_every_command_has_its_options() -> None:
    told, missing, count = parts("commands"), [], 0
    for name, options in written_commands():
        headings = [heading for heading in told if heading.split()[-1] == name]
        count += 1
        if not headings or not any(
            all(f"{option}" in told[heading] for option in options) for heading in headings
        ):
            missing.append((name, options))
    assert missing == []
    assert count == sum(heading.startswith("matrixsite ") for heading in told)


def test_every_option_is_explained() -> None:
    rows = re.findall(r"^\| <?`?.*$", reference_page("commands", "en"), re.MULTILINE)
    assert [row for row in rows if re.match(r"\| (`--|<code>--)[^|]*\|\s*\|", row)] == []


@pytest.mark.parametrize(("name", "described"), [("settings", SETTINGS), ("editors-files", FRONT_MATTER)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_stands_there_with_its_description(name: str, described: Any, language: str) -> None:
    page = re.sub(r"\\(.)", r"\1", reference_page(name, language)).replace("&#124;", "|")
    missing = [
        (shape, key)
        for shape, keys in described.items()
        for key, description in keys.items()
        if f"| `{key}` |" not in page or " ".join(description.split()) not in page
    ]
    assert missing == []
    unsaid = re.findall(r"^\| (`[^`]+`) \|.*\|  \|$", page, re.MULTILINE)
    assert unsaid == []


def test_every_kind_of_file_has_a_part() -> None:
    headings = {heading.replace("\\", "") for heading in parts("editors-files")}
    assert {f"content/{file.place}" for file in FILES.values()} <= headings


def test_every_value_of_templates_has_its_fields() -> None:
    told = parts("templates")
    promised: dict[str, dict[str, str]] = json.loads(PROMISED.read_text(encoding="utf-8"))
    missing = [
        f"{name}.{field}"
        for name, its in promised.items()
        for field in its
        if f"| `{field}` |" not in told.get(name, "")
    ]
    assert missing == []


def test_every_public_name_has_its_fields_and_methods() -> None:
    told, missing = parts("python"), []
    for module in MODULES:
        for name in module.__all__:
            value = getattr(module, name)
            first = next(one for one in MODULES if getattr(one, name, None) is value and name in one.__all__)
            part = told.get(f"{first.__name__}.{name}", "")
            wanted = [f"| `{field.name}` |" for field in fields(value)] if is_dataclass(value) else []
            if isinstance(value, type):
                own = (key for key, member in vars(value).items() if inspect.isfunction(member))
                wanted += [f"{name}.{key}(" for key in own if not key.startswith("_")]
            missing += [f"{module.__name__}.{name} {one}" for one in wanted if one not in part]
            assert f"{module.__name__}.{name}" in told
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_links_within_a_page_lead_to_a_heading(name: str, language: str) -> None:
    page = reference_page(name, language)
    headings = {heading.lower() for heading in re.findall(r"^##+ (.+)$", page, re.MULTILINE)}
    assert {target for target in re.findall(r"\]\(#([^)]+)\)", page) if target not in headings} == set()
