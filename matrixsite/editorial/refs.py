"""How editors' files name an entry: by its id, or by an address that canonicalises to exactly one entry."""

from __future__ import annotations

import re
from dataclasses import dataclass

from matrixsite.clean.urls import canonical_url
from matrixsite.config.source import FieldPath, Source
from matrixsite.errors import Problem

ENTRY_ID = re.compile(r"[a-z2-7]{12}")


@dataclass(frozen=True, slots=True)
class Ref:
    """A ref as written, and what it names: an entry id, or an address in canonical form; never both."""

    text: str
    id: str = ""
    url: str = ""

    def __str__(self) -> str:
        return self.text


def parse_ref(text: str) -> Ref:
    """Read a ref. Which entry it names, and whether there is one, is for the store to say.

    Raises ValueError, worded for the editor, for text that is neither an entry id nor an http(s) address.
    """
    written = text.strip()
    if ENTRY_ID.fullmatch(written):
        return Ref(written, id=written)
    if written.lower().startswith(("http://", "https://")) and (url := canonical_url(written)):
        return Ref(written, url=url)
    raise ValueError(
        f"{written[:80]!r} is neither an entry id (12 of a-z and 2-7) nor an address (https://…)"
    )


def read_ref(text: str, source: Source, path: FieldPath, problems: list[Problem]) -> Ref | None:
    """The ref that stands at `path` of an editors' file; a bad one is added to `problems`."""
    try:
        return parse_ref(text)
    except ValueError as error:
        mend = "Copy the address of the entry, or its id from `matrixsite export`."
        problems.append(source.problem(path, str(error), mend))
        return None
