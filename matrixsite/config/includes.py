"""feeds.yaml and the YAML and CSV files that it includes, read into one draft."""

from __future__ import annotations

from pathlib import Path

from matrixsite.config.cache import Inputs, digest_of
from matrixsite.config.draft import Draft, Placed
from matrixsite.config.patterns import SUFFIXES, inside, is_pattern, leaves, matches
from matrixsite.config.source import parse_yaml, read_bytes
from matrixsite.config.tables import parse_csv
from matrixsite.config.wording import shown


def read_matrix(file: Path) -> tuple[Draft, Inputs]:
    """All that `file` and its includes say, and what would have to change for them to say something else."""
    draft, inputs = Draft(), Inputs()
    _read_file(file.parent, file.name, draft, inputs)
    if include := draft.single.get("include"):
        for index, pattern in enumerate(include.value):
            _include(file, pattern, index, include, draft, inputs)
    return draft, inputs


def _include(
    file: Path, pattern: str, index: int, include: Placed[tuple[str, ...]], draft: Draft, inputs: Inputs
) -> None:
    found = inputs.includes[pattern] = matches(file.parent, pattern)
    for name in found:
        if name in inputs.files and (name != file.name or is_pattern(pattern)):
            continue  # `*.yaml` may well meet feeds.yaml, and two patterns the same file
        if fault := _refusal(file, name):
            draft.problems.append(include.source.problem(("include", index), *fault))
        else:
            _read_file(file.parent, name, draft, inputs)
    if not found:
        draft.problems.append(include.source.problem(("include", index), *_nothing_found(pattern)))


def _nothing_found(pattern: str) -> tuple[str, str]:
    if leaves(pattern):
        reason = f"{shown(pattern)} leaves the folder of feeds.yaml"
        return reason, "Write a path relative to feeds.yaml, without `..`."
    if is_pattern(pattern):
        return f"no file matches {shown(pattern)}", "Correct the pattern, or remove it."
    return f"there is no file {shown(pattern)}", "Create it, or correct the name."


def _refusal(file: Path, name: str) -> tuple[str, str] | None:
    if not inside(file.parent, name):
        return f"{shown(name)} is a link that leaves the folder of feeds.yaml", "Put the file itself there."
    if not name.lower().endswith(SUFFIXES):
        return f"{shown(name)} is neither YAML nor CSV", f"Include files that end in {', '.join(SUFFIXES)}."
    return ("feeds.yaml can't include itself", "Remove it.") if name == file.name else None


def _read_file(root: Path, name: str, draft: Draft, inputs: Inputs) -> None:
    main = not inputs.files
    content, unreadable = read_bytes(root / name, name)
    inputs.files[name] = digest_of(content)
    draft.problems += unreadable
    if unreadable:
        return
    source, problems = (parse_csv if name.lower().endswith(".csv") else parse_yaml)(content, name)
    draft.problems += problems
    if source:
        draft.add(source, main)
