"""What editors do, as changes of one file's text: values in, text out; saving is for others.

Each gives what the desk says of it afterwards, the file, and how its text becomes another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from matrixsite.desk.pages import new_page, parts_of, with_body, with_front, with_values
from matrixsite.desk.picked_lines import Item, with_items
from matrixsite.desk.yaml_text import rewritten, written
from matrixsite.editorial.decisions import Scope, Withdrawal
from matrixsite.editorial.refs import parse_ref
from matrixsite.editorial.withdrawing import extended


@dataclass(frozen=True, slots=True)
class Act:
    """A change of one file. `what` is said in the list of what was done, `about` beside it."""

    name: str  # columns/heating.md
    what: str  # in the words of the desk's catalogue
    change: Callable[[str], str]
    about: str = ""


@dataclass(frozen=True, slots=True)
class PickLine:
    """A pick as its editor left it; `stood` is its number before."""

    ref: str
    note: str = ""
    stood: int | None = None


def picks_of(front: Any) -> list[tuple[str, str]]:
    """(ref, note) of the picks in a front matter's tree."""
    found = (front or {}).get("picks") or []
    return [(one, "") if isinstance(one, str) else (one["ref"], one.get("note") or "") for one in found]


def pick_into(name: str, refs: Sequence[str], title: str) -> Act:
    """Add entries to the end of a list's picks; those that stand there already stay where they are."""

    def change(text: str) -> str:
        stood = picks_of(yaml.safe_load(parts_of(text)[0]))
        new = [ref for ref in dict.fromkeys(refs) if ref not in {ref for ref, _ in stood}]
        lines = [PickLine(ref, note, number) for number, (ref, note) in enumerate(stood)]
        return _with_picks(text, [*lines, *map(PickLine, new)])

    return Act(name, "选入", change, title)


def edit_list(name: str, values: Mapping[str, Any], picks: Sequence[PickLine], body: str, title: str) -> Act:
    """A column, or another list of editors, as its form was left."""

    def change(text: str) -> str:
        page = with_values(text, values) if text else new_page(values)
        return with_body(_with_picks(page, picks), body)

    return Act(name, "编辑", change, title)


def _with_picks(page: str, picks: Sequence[PickLine]) -> str:
    items = [Item({"ref": one.ref, "note": one.note}, one.stood) for one in picks]
    return with_front(page, lambda front: with_items(front, "picks", items))


def edit_page(name: str, values: Mapping[str, Any], body: str, what: str, about: str) -> Act:
    """A page of values and a text: a headline, a notice."""

    def change(text: str) -> str:
        return with_body(with_values(text, values), body) if text else new_page(values, body)

    return Act(name, what, change, about)


def set_headline(day: date, ref: str, reason: str, picker: str, body: str = "") -> Act:
    """The headline of a day."""
    values = {"pick": ref, "reason": reason, "picker": picker}
    return edit_page(f"headlines/{day.isoformat()}.md", values, body, "定为头条", day.isoformat())


def approve(refs: Sequence[str]) -> Act:
    """Held entries may be shown."""

    def change(tree: Any) -> Any:
        return _appended(tree, [ref for ref in refs if ref not in (tree or ())])

    return _listed("approved.yaml", "批准", change, f"{len(refs)}")


def withdraw_all(refs: Sequence[str], why: str, *, scope: str, by: str, on: date) -> Act:
    """Entries, or all that carry their stories, leave the site."""

    def change(text: str) -> str:
        content = text.encode("utf-8", "surrogateescape")
        for ref in refs:
            content = extended(content, Withdrawal(parse_ref(ref), why, Scope(scope), by, on))
        return content.decode("utf-8", "surrogateescape")

    return Act("withdrawn.yaml", "撤回", change, why)


def say_of_stories(verb: str, refs: Sequence[str]) -> Act:
    """join, split or original."""
    words = {"join": "合并为一稿", "split": "拆出", "original": "定为原稿"}
    item = {verb: refs[0] if verb == "original" else list(refs)}
    return _listed("stories.yaml", words[verb], lambda tree: _appended(tree, [item]), f"{len(refs)}")


def add_entry(values: Mapping[str, Any]) -> Act:
    """An entry without a feed, by its address."""
    item = {name: value for name, value in values.items() if value}
    title = str(values.get("title") or values.get("url") or "")
    return _listed("entries.yaml", "添加稿件", lambda tree: _appended(tree, [item]), title)


def write_text(name: str, text: str) -> Act:
    """A file as written by hand."""
    return Act(name, "编辑", lambda _: text.replace("\r\n", "\n"), name)


def _listed(name: str, what: str, change: Callable[[Any], Any], about: str) -> Act:
    return Act(name, what, lambda text: rewritten(text, change), about)


def _appended(tree: Any, items: Sequence[Any]) -> Any:
    tree = [] if tree is None else tree
    tree.extend(written(item) for item in items)
    return tree
