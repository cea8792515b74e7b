from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from matrixsite.config import settings
from matrixsite.config.draft import top_level
from matrixsite.config.schema import DESCRIPTIONS, settings_schema
from matrixsite.config.validation import key_of

NOT_WRITTEN = {"Feed", "Settings"}  # an account writes addresses; the file writes top-level keys
SHAPES = [
    found
    for name, found in vars(settings).items()
    if isinstance(found, type) and is_dataclass(found) and name not in NOT_WRITTEN
]


def described(shape: dict[str, Any]) -> set[str]:
    return {key for key, value in shape["properties"].items() if value["description"]}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_field_is_there_with_a_description(shape: type) -> None:
    definition = settings_schema()["$defs"][shape.__name__]
    keys = {key_of(each.name) for each in fields(shape)}
    assert described(definition) - {"group", "feed"} == keys
    assert definition["additionalProperties"] is False


def test_the_top_level_is_described() -> None:
    schema = settings_schema()
    assert described(schema) == set(top_level())
    assert schema["required"] == ["site"]


def test_nothing_is_described_that_is_not_there() -> None:
    schema = settings_schema()
    for name, descriptions in DESCRIPTIONS.items():
        assert set(descriptions) == set((schema["$defs"][name] if name else schema)["properties"])


def test_it_is_written_as_the_file_is() -> None:
    definitions = settings_schema()["$defs"]
    account = definitions["Account"]
    assert account["required"] == ["id", "name"]
    assert "class" in account["properties"]
    assert {"type": "string"} in account["properties"]["group"]["anyOf"]
    assert definitions["Site"]["required"] == ["title", "url"]
    assert definitions["Rights"]["enum"] == [each.value for each in settings.Rights]


def test_it_is_json_and_refers_to_itself_only() -> None:
    text = json.dumps(settings_schema())
    references = {part.partition('"')[0] for part in text.split('"$ref": "#/$defs/')[1:]}
    assert references == set(settings_schema()["$defs"])
