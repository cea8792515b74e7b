"""Which files an `include` names. Imports no YAML or validation library: each start asks it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

SUFFIXES = (".yaml", ".yml", ".csv")


def is_pattern(include: str) -> bool:
    """True for a glob, false for the literal path of one file."""
    return any(character in include for character in "*?[")


def leaves(path: str) -> bool:
    """True for a path as written that is absolute or climbs out by `..`, on any system."""
    windows = PureWindowsPath(path)
    parts = PurePosixPath(path.replace("\\", "/")).parts
    return bool(windows.anchor or path.startswith("/")) or ".." in parts


def inside(root: Path, path: str) -> bool:
    """True if the path, symbolic links followed, lies in the folder `root`; nothing need exist."""
    try:
        return not leaves(path) and (root / path).resolve().is_relative_to(root.resolve())
    except (OSError, ValueError, RuntimeError):  # a name too long, a null character, links in a circle
        return False


def matches(root: Path, include: str) -> list[str]:
    """The files an include names, relative to `root`, in order. As in a shell, `*` names no hidden file."""
    if leaves(include) or not include:
        return []
    try:
        found = root.glob(include) if is_pattern(include) else [root / include]
        paths = [path.relative_to(root) for path in found if path.is_file()]
    except (OSError, ValueError, NotImplementedError):  # `**x`, and paths the system can't have
        return []
    return sorted(path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts))
