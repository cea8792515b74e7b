"""Reading the settings of a matrix: from the cache where nothing changed, else from its files."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matrixsite.config.cache import NAME, Inputs, read_cache, write_cache
from matrixsite.config.settings import Settings
from matrixsite.errors import Problem, SettingsError

if TYPE_CHECKING:
    from matrixsite.config.draft import Draft

STATE = ".matrixsite"


def load(path: Path, *, state: Path | None = None) -> Settings:
    """The settings in the feeds.yaml at `path`, whose state lies in `state` (default: .matrixsite beside it).

    Raises SettingsError with every problem of all files.
    """
    _require(path)
    file = path.absolute()
    root, folder = file.parent, (state or path.parent / STATE).absolute()
    with _collector_paused():
        values = read_cache(folder / NAME, root, file.name)
        if values is None:
            values, inputs = _read(file)
            write_cache(folder / NAME, root, inputs, values)
    return Settings(root=root, state=folder, file=file, **values)


def _require(path: Path) -> None:
    try:
        path.stat()
    except FileNotFoundError:
        mend = "Begin a new matrix with `matrixsite init`, or name its file with -c."
        raise SettingsError([Problem(str(path), 0, "", "there is no such file", mend)]) from None
    except OSError:
        pass  # there, or behind a folder we may not enter: reading it will tell


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Without garbage collection: walking a million new objects, none of them garbage, doubles the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _read(file: Path) -> tuple[dict[str, Any], Inputs]:
    """The fields of `Settings` but its paths, from the files themselves."""
    from matrixsite.config.includes import read_matrix

    draft, inputs = read_matrix(file)
    problems = [*draft.problems, *_checked(draft, file.parent)]
    if problems:
        order = list(inputs.files)
        raise SettingsError(sorted(problems, key=lambda each: _position(each, order)))
    return _values(draft, file.parent) | {"digest": inputs.digest}, inputs


def _position(problem: Problem, files: list[str]) -> tuple[int, int]:
    return files.index(problem.file) if problem.file in files else -1, problem.line


def _checked(draft: Draft, root: Path) -> list[Problem]:
    from matrixsite.config import checks
    from matrixsite.config.account_checks import check_account
    from matrixsite.config.references import check_references

    problems: list[Problem] = []
    for key, check in checks.SINGLE.items():
        if placed := draft.single.get(key):
            problems += placed.problems(check(placed.value))
    for group in draft.groups:
        problems += group.problems(checks.check_group(group.value))
    for member in draft.members:
        problems += member.problems(checks.check_member(member.value))
    for organisation in draft.organisations:
        problems += organisation.problems(checks.check_organisation(organisation.value))
    for batch in draft.batches:
        problems += batch.problems(checks.check_batch(batch.value))
    for account in draft.accounts:
        problems += account.problems(check_account(account.value, root))
    return [*problems, *check_references(draft)]


def _values(draft: Draft, root: Path) -> dict[str, Any]:
    from matrixsite.config.implied import with_batches, with_organisations
    from matrixsite.config.pinyin import pinyin_keys
    from matrixsite.config.references import with_implicit_members

    known = {each.name for each in fields(Settings)}
    values = {key: placed.value for key, placed in draft.single.items() if key in known}
    values["site"] = replace(values["site"], url=values["site"].url.rstrip("/"))
    values["store"] = _store_url(values.get("store", ""), root)
    values["groups"] = tuple(placed.value for placed in draft.groups)
    accounts = [placed.value for placed in draft.accounts]
    members = [placed.value for placed in draft.members]
    values["members"] = with_implicit_members(members, values["groups"], accounts)
    behind, values["organisations"] = with_organisations(
        accounts, values["members"], [placed.value for placed in draft.organisations]
    )
    values["accounts"], values["batches"] = with_batches(behind, [placed.value for placed in draft.batches])
    values["pinyin"] = pinyin_keys(
        one.name for one in (*values["accounts"], *values["members"], *values["organisations"])
    )
    return values


def _store_url(store: str, root: Path) -> str:
    """A store named by its path as an SQLAlchemy URL; paths are relative to the folder of feeds.yaml."""
    prefix = "sqlite:///"
    if store and "://" not in store:
        return prefix + str(root / store)
    if store.startswith(prefix) and not store.startswith(prefix + ":memory:"):
        return prefix + str(root / store.removeprefix(prefix))
    return store
