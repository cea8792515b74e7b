"""The parts of a workbook's zip file (ECMA-376, parts 1 and 2): which there are, and their bytes within bounds."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

MOST_PARTS = 2000
MOST_SMALL = 16_000_000  # bytes of a part that is held as a tree
CHUNK = 1 << 18

_BOOK = "xl/workbook.xml"


@dataclass(frozen=True)
class UnreadableWorkbook(Exception):
    """A file that is no workbook, or asks for more than any table needs: why, and what to do."""

    reason: str = "it is no workbook"
    mend: str = "Open it, and save it again as xlsx or CSV."


class Package:
    """A workbook's parts. Raises UnreadableWorkbook for bytes that are none."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise UnreadableWorkbook from error
        self._names = {name.lstrip("/").lower(): name for name in self._zip.namelist()}
        if len(self._names) > MOST_PARTS:
            raise UnreadableWorkbook(f"it has more than {MOST_PARTS} parts")

    def tree(self, part: str) -> Any:
        """The root of a small part; None where there is none."""
        if part.lower() not in self._names:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            return etree.fromstring(b"".join(self.chunks(part, MOST_SMALL)), parser)
        except etree.XMLSyntaxError as error:
            raise UnreadableWorkbook from error

    def chunks(self, part: str, most: int) -> Iterator[bytes]:
        """The bytes of a part, piece by piece; what a zip file claims to hold counts for nothing."""
        held = 0
        try:
            with self._zip.open(self._names[part.lower()]) as stream:
                while piece := stream.read(CHUNK):
                    held += len(piece)
                    if held > most:
                        raise UnreadableWorkbook(
                            f"{part} unpacks to more than {most / 1_000_000:.0f} MB", "Save it as CSV."
                        )
                    yield piece
        except (
            KeyError,
            OSError,
            EOFError,
            ValueError,
            RuntimeError,
            zipfile.BadZipFile,
            zlib.error,
        ) as error:
            raise UnreadableWorkbook from error

    def parts(self) -> tuple[str, str, str, bool]:
        """The first visible sheet, the shared strings and the styles ("" where there are none); days from 1904?"""
        book = self.tree(_BOOK)
        relations = self.tree("xl/_rels/workbook.xml.rels")
        if book is None or relations is None:
            raise UnreadableWorkbook
        targets: dict[str, tuple[str, str]] = {}
        for one in relations.iter("{*}Relationship"):
            kind = str(one.get("Type", "")).rpartition("/")[2]
            target = str(one.get("Target", ""))
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            targets[str(one.get("Id", ""))] = (kind, path)
        by_kind = dict(targets.values())
        sheets = [
            targets.get(
                next((value for key, value in one.attrib.items() if key.endswith("}id")), ""), ("", "")
            )
            for one in book.iter("{*}sheet")
            if one.get("state", "visible") == "visible"
        ]
        sheet = next((path for kind, path in sheets if kind == "worksheet"), "")
        if sheet.lower() not in self._names:
            raise UnreadableWorkbook
        early = any(one.get("date1904") in ("1", "true") for one in book.iter("{*}workbookPr"))
        strings, styles = (
            found if (found := by_kind.get(kind, "")).lower() in self._names else ""
            for kind in ("sharedStrings", "styles")
        )
        return sheet, strings, styles, early
