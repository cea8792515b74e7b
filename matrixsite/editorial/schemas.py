"""The JSON Schemas of the editors' files, from the dataclasses that they are validated by.

A new kind of file is one line in `FILES`, and what its keys are for in `descriptions`.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from matrixsite.boards.board import BoardFront
from matrixsite.config.schema import DRAFT, settings_schema, tidied
from matrixsite.config.validation import key_of
from matrixsite.editorial.campaigns import CampaignFront
from matrixsite.editorial.content_kinds import KindItem
from matrixsite.editorial.decisions import StoryItem, WithdrawalItem
from matrixsite.editorial.descriptions import DESCRIPTIONS
from matrixsite.editorial.entries import EntryItem
from matrixsite.editorial.headlines import HeadlineFront
from matrixsite.editorial.honors import HonorFront
from matrixsite.editorial.lists import WrittenPeriod
from matrixsite.editorial.notices import NoticeFront
from matrixsite.editorial.people import PersonFront
from matrixsite.editorial.sections import SectionItem
from matrixsite.editorial.series import SeriesFront
from matrixsite.editorial.tasks import TaskFile
from matrixsite.indices.formula import FormulaFile

SETTINGS = "feeds"


@dataclass(frozen=True, slots=True)
class EditorsFile:
    """A kind of file in content/."""

    place: str  # below content/; * stands for the id
    shape: Any  # what its front matter, or the whole file, holds


FILES: Mapping[str, EditorsFile] = {
    "columns": EditorsFile("columns/*.md", WrittenPeriod),
    "series": EditorsFile("series/*.md", SeriesFront),
    "campaigns": EditorsFile("campaigns/*.md", CampaignFront),
    "people": EditorsFile("people/*.md", PersonFront),
    "kinds": EditorsFile("kinds.yaml", tuple[KindItem, ...]),
    "headlines": EditorsFile("headlines/*.md", HeadlineFront),
    "notices": EditorsFile("notices/*.md", NoticeFront),
    "honors": EditorsFile("honors/*.md", HonorFront),
    "tasks": EditorsFile("tasks/*.yaml", TaskFile),
    "boards": EditorsFile("boards/*.md", BoardFront),
    "indices": EditorsFile("indices/*.yaml", FormulaFile),
    "sections": EditorsFile("sections.yaml", tuple[SectionItem, ...]),
    "entries": EditorsFile("entries.yaml", tuple[EntryItem, ...]),
    "stories": EditorsFile("stories.yaml", tuple[StoryItem, ...]),
    "approved": EditorsFile("approved.yaml", tuple[str, ...]),
    "withdrawn": EditorsFile("withdrawn.yaml", tuple[WithdrawalItem, ...]),
}

NAMES = (SETTINGS, *FILES)


def schema_of(name: str) -> dict[str, Any]:
    """The schema of one of `NAMES`; raises KeyError for another."""
    return settings_schema() if name == SETTINGS else _schema(FILES[name])


def schema_file(name: str) -> str:
    """How the file of a schema is called."""
    return f"{name}.schema.json"


def _schema(file: EditorsFile) -> dict[str, Any]:
    from pydantic import ConfigDict, TypeAdapter

    config = ConfigDict(extra="forbid", alias_generator=key_of)  # as validation has it
    wrapped = cast(Any, types.GenericAlias(list, (file.shape,)))  # a config is taken for lists only
    schema = TypeAdapter(wrapped, config=config).json_schema()
    shapes: dict[str, Any] = schema.get("$defs", {})
    top: dict[str, Any] = schema["items"]
    if "$ref" in top:
        top = shapes.pop(top["$ref"].rpartition("/")[2])
    title = f"content/{file.place} of matrixsite"
    tidied(getattr(file.shape, "__name__", ""), top, DESCRIPTIONS)
    for name, shape in shapes.items():
        tidied(name, shape, DESCRIPTIONS)
    return {"$schema": DRAFT, **top, "title": title, **({"$defs": shapes} if shapes else {})}
