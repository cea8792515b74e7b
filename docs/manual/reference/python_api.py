"""The public names of the package, with signatures and docstrings."""

from __future__ import annotations

import enum
import inspect
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from types import ModuleType
from typing import Any

import matrixsite
from docs.manual.reference.tables import code, table
from matrixsite import errors, plugins, results

MODULES = (matrixsite, results, errors, plugins)
_SAID = {
    "zh-CN": (
        "Python 接口",
        "四个模块的公开名字；在一个主版本内只增不减，见 [程序库](library.md)。说明取自代码。",
        ("字段", "类型"),
    ),
    "en": (
        "The library's names",
        "The public names of four modules; within a major version they only grow, see [the library](library.md).",
        ("field", "type"),
    ),
}


def python_page(language: str) -> str:
    """The page of all public names; a name that several modules offer is told once."""
    title, lead, head = _SAID[language]
    parts, told = [f"# {title}", lead], set[int]()
    for module in MODULES:
        parts += [f"## {module.__name__}", _text((module.__doc__ or "").partition("\n\n")[0])]
        for name, value in public(module):
            parts.append(f"### {module.__name__}.{name}")
            if id(value) in told:
                continue
            told.add(id(value))
            parts += _described(name, value, head)
    return "\n\n".join(filter(None, parts)) + "\n"


def public(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """The names that a module offers, with what they are."""
    for name in module.__all__:
        yield name, getattr(module, name)


def methods(value: type) -> Iterator[tuple[str, Any]]:
    """The public functions and properties that a class defines itself, as it lists them."""
    for name, member in vars(value).items():
        if not name.startswith("_") and (
            inspect.isfunction(member) or isinstance(member, classmethod | staticmethod | property)
        ):
            yield name, member


def _described(name: str, value: Any, head: tuple[str, str]) -> Iterator[str]:
    yield _text(inspect.getdoc(value) or "")
    if isinstance(value, type) and issubclass(value, enum.Enum):
        yield ", ".join(code(str(member.value)) for member in value)
    elif is_dataclass(value):
        yield table(head, ((code(field.name), code(str(field.type))) for field in fields(value)))
    if isinstance(value, type) and not issubclass(value, enum.Enum):
        for method, member in methods(value):
            function: Any = (
                member.fget if isinstance(member, property) else getattr(member, "__func__", member)
            )
            signature = (
                "" if isinstance(member, property) else str(inspect.signature(function)).replace("'", "")
            )
            yield f"```python\n{name}.{method}{signature}\n```"
            yield _text(inspect.getdoc(function) or "")


def _text(doc: str) -> str:
    """A docstring as Markdown: it may hold `code` and indented blocks; `<` is no tag."""
    return doc.replace("<", "&lt;") if "    " not in doc else doc
