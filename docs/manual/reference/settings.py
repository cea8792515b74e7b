"""Every key of feeds.yaml and of the editors' files, from the JSON Schemas that `matrixsite schema` prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docs.manual.reference.tables import code, table, words
from matrixsite.editorial.schemas import FILES, SETTINGS, schema_of

_HEAD = {"zh-CN": ("字段", "值", "默认", "说明"), "en": ("key", "value", "default", "what it is for")}
_REQUIRED = {"zh-CN": "必填", "en": "required"}
_ITEMS = {"zh-CN": "列表，每项：", "en": "a list of: "}
_OR = {"zh-CN": " 或 ", "en": " or "}
_OF = {"zh-CN": "文本的键 → ", "en": "a mapping to "}
_NAMES = {
    "zh-CN": {
        "string": "文本",
        "integer": "整数",
        "number": "数",
        "boolean": "true、false",
        "null": "空",
        "array": "列表",
        "object": "键值",
        "date": "日期",
        "date-time": "日期和时间",
    },
    "en": {
        "string": "text",
        "integer": "whole number",
        "number": "number",
        "boolean": "true, false",
        "null": "nothing",
        "array": "list",
        "object": "mapping",
        "date": "day",
        "date-time": "day and time",
    },
}
_SETTINGS = {
    "zh-CN": (
        "设置：feeds.yaml",
        "feeds.yaml 的全部字段。未知的字段是错误，会提示最接近的名字；`matrixsite check` 一次列出所有问题。",
        "顶层",
    ),
    "en": (
        "Settings: feeds.yaml",
        "Every key of feeds.yaml. An unknown key is an error that names the nearest one; `matrixsite check` tells all "
        "at once.",
        "At the top",
    ),
}
_EDITORS = {
    "zh-CN": (
        "编辑文件的字段",
        "content/ 里每种文件的全部字段；例子见 [编辑文件](content.md)。`.md` 文件的字段写在开头两行 `---` 之间。",
        "几种文件共用的",
    ),
    "en": (
        "Keys of the editors' files",
        "Every key of every kind of file in content/; examples are in [Editors' files](content.md). "
        "In `.md` files they stand between the two lines `---` at the top.",
        "What several files use",
    ),
}


def settings_page(language: str) -> str:
    """The page of feeds.yaml."""
    title, lead, top = _SETTINGS[language]
    schema = schema_of(SETTINGS)
    parts = [f"# {title}", lead, f"## {top}", _keys(schema, schema["$defs"], language)]
    for name, shape in schema["$defs"].items():
        if "properties" in shape:
            parts += [f"## {name}", _keys(shape, schema["$defs"], language)]
    return "\n\n".join(filter(None, parts)) + "\n"


def editors_files_page(language: str) -> str:
    """The page of the editors' files: each kind, then the shapes that they share."""
    title, lead, shared = _EDITORS[language]
    parts, shapes = [f"# {title}", lead], dict[str, Any]()
    for name, file in FILES.items():
        schema = schema_of(name)
        shapes |= schema.get("$defs", {})
        parts += [f"## content/{file.place}".replace("*", r"\*"), *_file(schema, shapes, language)]
    parts.append(f"## {shared}")
    for name, shape in sorted(shapes.items()):
        if "properties" in shape:
            parts += [f"### {name}", _keys(shape, shapes, language)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _file(schema: Mapping[str, Any], shapes: Mapping[str, Any], language: str) -> Iterator[str]:
    """What a file holds: keys, or a list of something."""
    item = schema.get("items", {})
    if "properties" in item:
        yield from (_ITEMS[language], _keys(item, shapes, language))
    elif "properties" in schema:
        yield _keys(schema, shapes, language)
    else:
        yield _value(schema, shapes, language)


def _keys(shape: Mapping[str, Any], shapes: Mapping[str, Any], language: str) -> str:
    required = shape.get("required", ())
    return table(
        _HEAD[language],
        (
            (
                code(key),
                _value(value, shapes, language),
                _REQUIRED[language] if key in required else _default(value),
                words(value.get("description", "")),
            )
            for key, value in shape["properties"].items()
        ),
    )


def _default(value: Mapping[str, Any]) -> str:
    default = value.get("default")
    return (
        "" if default is None else code(str(default).lower() if isinstance(default, bool) else str(default))
    )


def _value(value: Mapping[str, Any], shapes: Mapping[str, Any], language: str) -> str:
    """What a value may be, in words; a shape with keys is a link to where it is told."""
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        named = shapes.get(name, {})
        return f"[{name}](#{name.lower()})" if "properties" in named else _value(named, shapes, language)
    if "enum" in value:
        return ", ".join(code(str(one)) for one in value["enum"])
    if "anyOf" in value:
        kinds = (_value(one, shapes, language) for one in value["anyOf"] if one.get("type") != "null")
        return _OR[language].join(dict.fromkeys(kinds))
    if value.get("type") == "array" and isinstance(value.get("items"), dict):
        return _ITEMS[language] + _value(value["items"], shapes, language)
    if isinstance(value.get("additionalProperties"), dict):
        return _OF[language] + _value(value["additionalProperties"], shapes, language)
    if "const" in value:
        return code(str(value["const"]))
    return "".join(_plain(value, language))


def _plain(value: Mapping[str, Any], language: str) -> Iterator[str]:
    kind = value.get("format") or value.get("type", "object")
    yield _NAMES[language].get(kind, _NAMES[language].get(value.get("type", ""), kind))
    low, high = value.get("minimum", value.get("exclusiveMinimum")), value.get("maximum")
    if low is not None or high is not None:
        yield f" {'' if low is None else low}…{'' if high is None else high}"
