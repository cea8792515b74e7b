"""What templates are given: the values of `matrixsite.site.contexts`, with the words of their comments."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from docs.manual.reference.tables import code, table, words
from matrixsite.site import contexts
from matrixsite.site.render import TEMPLATES

_SAID = {
    "zh-CN": (
        "模板得到的值",
        "每个页面模板得到 `page`（下表）、`matrix`（[Frame](#frame)）、"
        "`root`（到网站根的相对路径）和 `path`（本页路径）。"
        '文字写作 `_("…")`；`parts`、`lists` 等是现成的宏。这些值在一个主版本内只增不减。',
        "哪个模板得到哪个值",
        ("模板", "`page`"),
        ("字段", "类型", "说明"),
    ),
    "en": (
        "What templates are given",
        "The template of a page gets `page` (below), `matrix` ([Frame](#frame)), `root` (the way to the site's root) "
        'and `path` (its own). Words are written `_("…")`; `parts`, `lists` and the like are macros. Within a major '
        "version all this only grows.",
        "Which template gets what",
        ("template", "`page`"),
        ("field", "type", "what it is"),
    ),
}
_COMMENT = re.compile(r"^    (\w+): .*?  # (.+)$", re.MULTILINE)
_NAME = re.compile(r"\b[A-Z]\w+\b")


def templates_page(language: str) -> str:
    """The page of all values."""
    title, lead, which, two, three = _SAID[language]
    known = {value.__name__: value for _, value in every_value()}
    used = table(
        two,
        ((code(f"matrix/{name}.html"), _linked(value.__name__, known)) for value, name in TEMPLATES.items()),
    )
    parts = [f"# {title}", lead, f"## {which}", used]
    module = None
    for home, value in every_value():
        if home is not module:
            module = home
            parts += [f"## {home.__name__.rpartition('.')[2]}", words(home.__doc__ or "")]
        parts += [f"### {value.__name__}", words(_doc(value)), table(three, _rows(value, known))]
    return "\n\n".join(filter(None, parts)) + "\n"


def every_value() -> Iterator[tuple[ModuleType, type]]:
    """Each value that templates may meet, with the module that it is from."""
    for found in sorted(iter_modules(contexts.__path__), key=lambda one: one.name):
        module = import_module(f"{contexts.__name__}.{found.name}")
        for value in vars(module).values():
            if isinstance(value, type) and is_dataclass(value) and value.__module__ == module.__name__:
                yield module, value


def _rows(value: type, known: Mapping[str, type]) -> Iterator[tuple[str, str, str]]:
    comments = dict(_COMMENT.findall(inspect.getsource(value)))
    for field in fields(value):
        yield code(field.name), _linked(str(field.type), known), words(comments.get(field.name, ""))


def _linked(kind: str, known: Mapping[str, type]) -> str:
    """A type as it is written, with links to the values that it names."""
    escaped = kind.replace("|", "&#124;").replace("[", "&#91;").replace("]", "&#93;")
    return _NAME.sub(
        lambda found: f"[{found[0]}](#{found[0].lower()})" if found[0] in known else found[0], escaped
    )


def _doc(value: type) -> str:
    return "" if (value.__doc__ or "").startswith(f"{value.__name__}(") else inspect.getdoc(value) or ""
