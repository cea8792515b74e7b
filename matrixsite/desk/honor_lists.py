"""Adding a list to honors/<id>.md: what editors wrote there keeps its comments, its order and its layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matrixsite.config.settings import Settings
from matrixsite.config.source import Source
from matrixsite.config.wording import shown
from matrixsite.editorial.frontmatter import PAGE_ID, parse_page
from matrixsite.editorial.honors import HonorKind, read_honor_roll
from matrixsite.editorial.laureates import Register
from matrixsite.editorial.replacing import replace_file
from matrixsite.errors import Problem, SettingsError

Winners = Sequence[str | dict[str, str | int]]


@dataclass(frozen=True, slots=True)
class NewList:
    """A list to be written; `winners` as `honor_tables.HonorTable` gives them."""

    title: str
    kind: HonorKind
    winners: Winners
    announced: int = 0
    ordered: bool = False

    def keys(self) -> dict[str, Any]:
        """As it stands in the file."""
        announced = {"announced": self.announced} if self.announced else {}
        return {
            "title": self.title,
            "kind": self.kind.value,
            **announced,
            "ordered": self.ordered,
            "winners": list(self.winners),
        }


@dataclass(frozen=True, slots=True)
class NewRoll:
    """What a roll begins with that isn't there yet."""

    title: str
    year: int
    draft: bool = False


def write_list(
    settings: Settings, roll: str, honors: NewList, *, new: NewRoll | None = None, replace: bool = False
) -> tuple[Path, list[Problem]]:
    """Add the list at the end of content/honors/<roll>.md, or begin that file with it: its path and what to look at.

    A list of the same title is only written over where `replace` says so. Raises SettingsError, with the file
    untouched, where it would be wrong, or is.
    """
    file = f"content/honors/{roll}.md"
    path = (settings.root / file).resolve()  # a symbolic link stays one
    if not PAGE_ID.fullmatch(roll):
        raise _error(file, "the roll's id is no page id", "Use a to z, digits and hyphens.")
    if path.exists():
        content = with_list(path.read_bytes(), file, honors, replace=replace)
    elif new:
        content = _begun(new, honors)
    else:
        raise _error(file, "there is no such roll", "Give the title of a new one, or correct the id.")
    warnings = _checked(content, file, roll, settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, content)
    return path, warnings


def with_list(content: bytes, file: str, honors: NewList, *, replace: bool = False) -> bytes:
    """The bytes of a roll with one list more; raises SettingsError where it can't take it."""
    from matrixsite.desk.pages import with_front
    from matrixsite.desk.yaml_text import rewritten

    page, problems = parse_page(content, file, "roll")
    if page is None or problems:
        raise SettingsError(problems or [Problem(file, 1, "", "there is nothing in it", "Give it a title.")])
    place = _place(page.front, honors, replace=replace)

    def change(tree: Any) -> Any:
        lists = tree.setdefault("lists", [])
        lists[place:] = [_commented(honors), *lists[place + 1 :]]
        return tree

    return with_front(content.decode(), lambda front: rewritten(front, change)).encode()


def _place(front: Source, honors: NewList, *, replace: bool) -> int:
    """Where the list goes: behind the others, or in the place of one of its title."""
    tree = front.tree
    lists = tree.get("lists", []) if isinstance(tree, dict) else None
    if not isinstance(lists, list):
        mend = "Write it as `lists:`, then `- title: …`."
        raise SettingsError([front.problem(("lists",), "must be a list", mend)])
    titles = [one.get("title") if isinstance(one, dict) else None for one in lists]
    if honors.title not in titles:
        return len(lists)
    place = titles.index(honors.title)
    if not replace:
        reason = f"the list {shown(honors.title)} is there already"
        mend = "Give it another title, or ask to replace it."
        raise SettingsError([front.problem(("lists", place, "title"), reason, mend)])
    return place


def _begun(roll: NewRoll, honors: NewList) -> bytes:
    from matrixsite.desk.pages import new_page

    front = {"title": roll.title, "year": roll.year, **({"draft": True} if roll.draft else {})}
    begun = new_page(front).encode()
    return with_list(begun, "", honors)


def _checked(content: bytes, file: str, roll: str, settings: Settings) -> list[Problem]:
    """What is to be written must read as a roll; its warnings."""
    page, problems = parse_page(content, file, roll)
    if page is None or problems:
        raise SettingsError(problems)
    _, problems, warnings = read_honor_roll(page, Register(settings))
    if problems:
        raise SettingsError(problems)
    return warnings


def _commented(honors: NewList) -> Any:
    """The list in the form that people write: names in one line, a winner with more to say in a line each."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    from matrixsite.desk.yaml_text import written

    winners = CommentedSeq()
    for winner in honors.winners:
        if isinstance(winner, dict):
            one = CommentedMap(written(winner))
            one.fa.set_flow_style()
            winners.append(one)
        else:
            winners.append(written(winner))
    if all(isinstance(winner, str) for winner in honors.winners):
        winners.fa.set_flow_style()
    return CommentedMap({**written(honors.keys()), "winners": winners})


def _error(file: str, reason: str, mend: str) -> SettingsError:
    return SettingsError([Problem(file, 0, "", reason, mend)])
