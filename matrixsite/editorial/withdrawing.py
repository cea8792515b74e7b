"""Recording a withdrawal in withdrawn.yaml: what editors wrote there stays byte for byte."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml

from matrixsite.config.source import parse_yaml, read_bytes
from matrixsite.editorial.decisions import Scope, Withdrawal, read_withdrawn
from matrixsite.editorial.refs import Ref
from matrixsite.editorial.replacing import replace_file
from matrixsite.errors import Problem, SettingsError

FILE = "withdrawn.yaml"


def append_withdrawal(
    folder: Path,
    ref: Ref,
    *,
    why: str,
    by: str,
    on: date,
    scope: Scope = Scope.ENTRY,
    purge: bool = False,
) -> None:
    """Add a withdrawal to the end of withdrawn.yaml in `folder` (content/), making both where missing.

    The file is replaced in one step. Raises SettingsError, with the file untouched, where it is wrong already
    or not written one item a line, so that nothing can be added below; OSError where it can't be written.
    """
    path = (folder / FILE).resolve()  # a symbolic link stays one
    written, problems = read_bytes(path, FILE) if path.exists() else (b"", [])
    if problems:
        raise SettingsError(problems)
    content = extended(written, Withdrawal(ref, why, scope, by, on, purge))
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, content)


def extended(written: bytes, withdrawal: Withdrawal) -> bytes:
    """The content of a withdrawn.yaml with one item more; raises SettingsError where it can't take one."""
    content = written + _addition(withdrawal, written)
    _check(written, content, withdrawal)
    return content


def _addition(withdrawal: Withdrawal, written: bytes) -> bytes:
    """The item as YAML, indented and its lines ended like those above it."""
    item: dict[str, object] = {
        "ref": withdrawal.ref.text,
        "scope": withdrawal.scope.value,
        "why": withdrawal.why,
    }
    if withdrawal.by:
        item["by"] = withdrawal.by
    item["on"] = withdrawal.on
    if withdrawal.purge:
        item["purge"] = True
    text = yaml.safe_dump([item], allow_unicode=True, sort_keys=False, width=float("inf"))
    text = text.replace("\n  'on': ", "\n  on: ")  # quoted for YAML 1.1, which takes it for a boolean
    indent = next(
        (line[: line.index(b"-")] for line in written.splitlines() if line.lstrip().startswith(b"- ")), b""
    )
    newline = b"\r\n" if b"\r\n" in written else b"\n"
    lines = [indent + line.encode() for line in text.splitlines()]
    start = newline if written and not written.endswith(b"\n") else b""
    return start + newline.join(lines) + newline


def _check(written: bytes, content: bytes, withdrawal: Withdrawal) -> None:
    """The whole must read as what stood there, then the new item; whatever YAML's many forms make of it."""
    before, problems = _read(written)
    if problems:
        raise SettingsError(problems)
    after, problems = _read(content)
    if problems or after != (*before, withdrawal):
        reason = "nothing can be added below what stands in this file"
        mend = "Write its list one item a line, each starting with `- `, and nothing after it."
        raise SettingsError([Problem(FILE, 0, "", reason, mend)])


def _read(content: bytes) -> tuple[tuple[Withdrawal, ...], list[Problem]]:
    source, problems = parse_yaml(content, FILE)
    if source is None or problems:
        return (), problems
    return read_withdrawn(source)
