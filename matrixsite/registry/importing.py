"""Member lists of other programs, as accounts: OPML, CSV, and the ini files of Planet, Venus and Pluto.

What comes out is a file of accounts for members/, which the operator includes; feeds.yaml itself is never touched.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from configparser import ConfigParser
from configparser import Error as IniError
from hashlib import blake2b
from pathlib import Path

from matrixsite.errors import Problem, SettingsError
from matrixsite.parse.charset import decode

Row = dict[str, str]

_MEND = "Import an OPML file, a CSV with columns name and feed, or a planet ini file."


def read_members(path: Path) -> list[Row]:
    """The accounts in a file: rows of id, name, feed, home and whatever else its columns hold.

    Raises SettingsError for a file that is none of the three, or holds no account.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _error(path, f"it can't be read: {error.strerror}") from error
    text = decode(content).body.decode()
    match path.suffix.lower():
        case ".opml" | ".xml":
            rows = list(_opml(path, content))
        case ".ini" | ".cfg" | ".conf":
            rows = list(_ini(path, text))
        case ".csv":
            rows = list(_csv(path, text))
        case _:
            raise _error(path, f"files ending in {path.suffix or 'nothing'} are not known")
    if not rows:
        raise _error(path, "it names no accounts")
    return _with_ids(rows)


def members_yaml(rows: list[Row], source: str) -> str:
    """The rows as a YAML file for `include`."""
    import yaml

    accounts = [{key: value for key, value in row.items() if key and value} for row in rows]
    body = yaml.safe_dump({"accounts": accounts}, allow_unicode=True, sort_keys=False, width=200)
    return f"# imported from {source}\n{body}"


def _error(path: Path, reason: str) -> SettingsError:
    return SettingsError([Problem(str(path), 0, "", reason, _MEND)])


def _csv(path: Path, text: str) -> Iterator[Row]:
    """Its lines, cells without a column left out, missing cells blank."""
    try:
        for line in csv.DictReader(io.StringIO(text)):
            row = {column: cell or "" for column, cell in line.items() if column}
            if any(row.values()):
                yield row
    except csv.Error as error:  # as where a line end stands in a cell without quotes
        raise _error(path, f"it is no CSV: {error}") from error


def _opml(path: Path, content: bytes) -> Iterator[Row]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:  # not even a beginning
        root = None
    if root is None:
        raise _error(path, "it is no XML")
    for outline in root.iter("outline"):
        if feed := outline.get("xmlUrl", "").strip():
            yield {
                "name": (outline.get("title") or outline.get("text") or feed).strip(),
                "feed": feed,
                "home": (outline.get("htmlUrl") or "").strip(),
            }


def _ini(path: Path, text: str) -> Iterator[Row]:
    """A section a feed, its header the address (Planet, Venus) or an id with a `feed` key (Pluto)."""
    parser = ConfigParser(interpolation=None, strict=False, default_section="DEFAULT")
    try:
        parser.read_string(text if text.lstrip().startswith("[") else f"[planet]\n{text}")
    except IniError as error:
        raise _error(path, f"it is no ini file: {str(error).splitlines()[0]}") from error
    for name in parser.sections():
        section = parser[name]
        feed = name if "://" in name else section.get("feed", "")
        if feed and name.lower() != "planet":
            yield {
                "id": "" if "://" in name else name,
                "name": section.get("name") or section.get("title") or name,
                "feed": feed,
                "home": section.get("link", ""),
            }


def _with_ids(rows: list[Row]) -> list[Row]:
    """An ASCII id for each row that has none: from its name, else from its feed; never the same twice."""
    taken = {row["id"] for row in rows if row.get("id")}
    done: list[Row] = []
    for row in rows:
        new = (
            row.get("id")
            or _ascii(row.get("name", ""))
            or "a" + _short(row.get("feed", "") + row.get("name", ""))
        )
        if not row.get("id") and new in taken:
            new = f"{new}-{_short(row.get('feed', '') + str(len(done)))}"
        taken.add(new)
        done.append({**row, "id": new})
    return done


def _ascii(name: str) -> str:
    """A slug of a name that is Latin; nothing for others, for romanised Chinese names collide."""
    folded = unicodedata.normalize("NFKD", name)
    if any(ord(char) > 0x2FF and not unicodedata.combining(char) for char in folded):
        return ""
    slug = re.sub(r"[^a-z0-9]+", "-", folded.encode("ascii", "ignore").decode().lower()).strip("-")
    return slug[:40].strip("-")


def _short(text: str) -> str:
    return blake2b(text.encode(), digest_size=4).hexdigest()
