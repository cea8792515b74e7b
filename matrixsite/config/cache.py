"""Settings kept from one start to the next: an unchanged matrix is neither parsed nor validated again.

The file is a line of JSON (what the settings were made from), then a pickle. It counts only if every file
read still has its digest, every include still names the same files, and this is the version that wrote it;
then the pickle may build our own dataclasses and dates, nothing else. Else it is as if it were not there.
"""

from __future__ import annotations

import io
import json
import os
import pickle
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum
from hashlib import blake2b
from pathlib import Path
from typing import Any

import matrixsite
from matrixsite.config import settings
from matrixsite.config.patterns import matches

NAME = "settings.cache"

_KEPT = {each.name for each in fields(settings.Settings)} - {"root", "state", "file"}

_CLASSES = {
    (found.__module__, found.__qualname__): found
    for found in vars(settings).values()
    if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum))
} | {("datetime", "date"): date}


@dataclass(slots=True)
class Inputs:
    """What settings were made from."""

    files: dict[str, str] = field(default_factory=dict)  # relative path → digest; feeds.yaml first
    includes: dict[str, list[str]] = field(default_factory=dict)  # pattern → the files it named

    @property
    def digest(self) -> str:
        return digest_of(json.dumps(self.files).encode())


def digest_of(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def read_cache(path: Path, root: Path, file: str) -> dict[str, Any] | None:
    """The fields of `Settings` kept at `path` for the feeds.yaml `file` in `root`, if they still hold."""
    try:
        line, _, payload = path.read_bytes().partition(b"\n")
        header = json.loads(line)
        if header["made_by"] != _made_by(root) or header["payload"] != digest_of(payload):
            return None
        inputs = Inputs(header["files"], header["includes"])
        if next(iter(inputs.files)) != file or not _still_hold(inputs, root):
            return None
        values = _Unpickler(io.BytesIO(payload)).load()
    except (OSError, ValueError, LookupError, TypeError, AttributeError, StopIteration, EOFError):
        return None  # not there, not ours, or broken
    except pickle.UnpicklingError:
        return None
    return values if isinstance(values, dict) and {"site", "digest"} <= values.keys() <= _KEPT else None


def write_cache(path: Path, root: Path, inputs: Inputs, values: dict[str, Any]) -> None:
    """Keep the fields of `Settings`. A folder that can't be written is no fault: the next start is slower."""
    payload = _pickled(values)
    header = {
        "made_by": _made_by(root),
        "files": inputs.files,
        "includes": inputs.includes,
        "payload": digest_of(payload),
    }
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(json.dumps(header).encode() + b"\n" + payload)
        os.replace(temporary, path)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


class _Pickler(pickle.Pickler):
    """Stores dataclasses as their constructor's arguments: their own way takes twice as long to read back."""

    def reducer_override(self, value: Any) -> Any:
        if is_dataclass(value) and not isinstance(value, type):
            return type(value), tuple(getattr(value, each.name) for each in fields(value))
        return NotImplemented


def _pickled(values: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    _Pickler(buffer, protocol=5).dump(values)
    return buffer.getvalue()


class _Unpickler(pickle.Unpickler):
    """Builds our dataclasses and dates only."""

    def find_class(self, module: str, name: str) -> Any:
        try:
            return _CLASSES[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in settings") from None


def _made_by(root: Path) -> list[str]:
    """The version that makes the settings, their shape, and the folder that paths were resolved in."""
    shape = {
        name: [each.name for each in fields(found)]
        for (_, name), found in _CLASSES.items()
        if is_dataclass(found)
    }
    return [str(getattr(matrixsite, "__version__", "")), digest_of(json.dumps(shape).encode()), str(root)]


def _still_hold(inputs: Inputs, root: Path) -> bool:
    return all(matches(root, pattern) == found for pattern, found in inputs.includes.items()) and all(
        digest_of((root / name).read_bytes()) == digest for name, digest in inputs.files.items()
    )
