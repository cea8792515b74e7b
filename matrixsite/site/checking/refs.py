"""Refs in editors' files that name no entry of the store, or several: they do nothing, and nobody sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from matrixsite.editorial.content import Content
from matrixsite.editorial.content_kinds import ContentKind
from matrixsite.editorial.refs import Ref
from matrixsite.editorial.sections import all_sections
from matrixsite.errors import Problem


def refs_of(content: Content) -> Iterator[tuple[str, Ref]]:
    """Every ref with the file it stands in, relative to the folder of feeds.yaml."""
    for one in chain.from_iterable(content.lists.values()):
        for ref in one.refs:
            file = "kinds.yaml" if isinstance(one, ContentKind) else f"{one.folder}/{one.id}.md"
            yield f"content/{file}", ref
    for person in content.people:
        for pick in person.picks:
            yield f"content/people/{person.id}.md", pick.ref
    for section in all_sections(content.sections):
        for pick in section.picks:
            yield "content/sections.yaml", pick.ref
    for headline in content.headlines:
        yield f"content/headlines/{headline.date}.md", headline.pick
    for task in content.tasks:
        for ref in task.refs:
            yield f"content/tasks/{task.id}.yaml", ref
    for approved in content.approved:
        yield "content/approved.yaml", approved
    for withdrawal in content.withdrawn:
        yield "content/withdrawn.yaml", withdrawal.ref
    for decision in content.stories:
        for ref in decision.refs:
            yield "content/stories.yaml", ref


def unresolved(
    refs: Iterable[tuple[str, Ref]], named: Mapping[Ref, tuple[str, ...]], root: Path
) -> Iterator[Problem]:
    """A problem for each ref that names no single entry; `named` are the entries each names.

    Refs don't know their line: it is looked up below `root`, in the few files that need it.
    """
    for file, ref in refs:
        count = len(named.get(ref, ()))
        if count == 1:
            continue
        reason = f"{ref.text!r} names {f'{count} entries' if count else 'no entry'} of the store"
        if count:
            mend = f"Write the id of the one you mean: {', '.join(named[ref][:5])}."
        else:
            mend = "Correct it, or wait until its feed brings the entry."
        yield Problem(file, _line(root / file, ref.text), "", reason, mend)


def _line(file: Path, text: str) -> int:
    """The first line that holds the text; 0 where it is folded over several."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((number for number, line in enumerate(lines, 1) if text in line), 0)
