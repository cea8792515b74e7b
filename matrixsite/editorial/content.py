"""The folder content/: everything that editors write, read and checked in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from matrixsite.boards.board import Board, read_board
from matrixsite.boards.reading import with_editions
from matrixsite.config.settings import Settings
from matrixsite.config.source import FieldPath, Source, parse_yaml, read_bytes
from matrixsite.config.wording import shown
from matrixsite.editorial.campaigns import Campaign, read_campaign
from matrixsite.editorial.columns import Column, read_column
from matrixsite.editorial.content_kinds import ContentKind, kind_ids, read_kinds
from matrixsite.editorial.decisions import (
    StoryDecision,
    Withdrawal,
    read_approved,
    read_stories,
    read_withdrawn,
)
from matrixsite.editorial.entries import HandEntry, read_entries
from matrixsite.editorial.frontmatter import PAGE_ID, Page, parse_page, read_page
from matrixsite.editorial.headlines import Headline, read_headline
from matrixsite.editorial.honors import HonorRoll, read_honor_roll
from matrixsite.editorial.laureates import Register
from matrixsite.editorial.lists import EditorsList
from matrixsite.editorial.notices import Notice, read_notice
from matrixsite.editorial.people import Person, Roster, read_person
from matrixsite.editorial.refs import Ref
from matrixsite.editorial.rules import Named, Rule
from matrixsite.editorial.sections import Section, all_sections, read_sections, rules_by_section
from matrixsite.editorial.series import Series, read_series
from matrixsite.editorial.tasks import Task, read_task
from matrixsite.errors import Problem, SettingsError

T = TypeVar("T")

NO_DRAFTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Content:
    """What the editors say. `warnings` are worth a look and stop nothing."""

    columns: tuple[Column, ...] = ()  # in their order, as all the editors' lists
    series: tuple[Series, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    kinds: tuple[ContentKind, ...] = ()
    people: tuple[Person, ...] = ()  # in their order
    sections: tuple[Section, ...] = ()  # the top of the tree
    headlines: tuple[Headline, ...] = ()  # newest first
    notices: tuple[Notice, ...] = ()  # by id
    honors: tuple[HonorRoll, ...] = ()  # newest year first
    honor_drafts: tuple[HonorRoll, ...] = ()  # those that editors have yet to settle; no page knows of them
    boards: tuple[Board, ...] = ()  # in their order, those of others last
    entries: tuple[HandEntry, ...] = ()
    approved: tuple[Ref, ...] = ()
    withdrawn: tuple[Withdrawal, ...] = ()
    stories: tuple[StoryDecision, ...] = ()
    tasks: tuple[Task, ...] = ()  # latest due first; the site shows nothing of them
    warnings: tuple[Problem, ...] = ()

    @property
    def lists(self) -> Mapping[str, tuple[EditorsList, ...]]:
        """The editors' lists by the folder of their pages."""
        every = (self.columns, self.series, self.campaigns, self.kinds)
        return {sort.folder: lists for sort, lists in zip(EDITORS_LISTS, every, strict=True)}


EDITORS_LISTS: tuple[type[EditorsList], ...] = (Column, Series, Campaign, ContentKind)
"""The sorts of lists that have picks, a rule, months and a feed."""


def load_content(folder: Path, settings: Settings, drafts: Mapping[str, str] = NO_DRAFTS) -> Content:
    """Read the editors' files below `folder` (content/ beside feeds.yaml); none at all is an empty Content.

    `drafts` are texts, by file (columns/heating.md), that are read in the place of those that lie there; an empty one
    stands for a file that is taken away. Raises SettingsError with the problems of all files.
    """
    reader = _Reader(folder, settings, drafts)
    written = reader.source("kinds.yaml")
    kinds = kind_ids(written) if written else frozenset()
    sections = reader.listed(
        "sections.yaml", lambda source: read_sections(source, settings, Named(kinds=kinds))
    )
    named = Named(frozenset(section.id for section in all_sections(sections)), kinds)
    register, people = Register(settings), reader.pages("people", lambda page: read_person(page, settings))
    roster = Roster(people)
    honors = sorted(reader.honors(register, roster), key=lambda roll: (-roll.year, roll.id))
    content = Content(
        columns=_ordered(reader.pages("columns", lambda page: read_column(page, settings, named))),
        series=_ordered(reader.pages("series", lambda page: read_series(page, settings, named, roster.ids))),
        campaigns=_ordered(
            reader.pages("campaigns", lambda page: read_campaign(page, settings, register, named))
        ),
        kinds=reader.kinds(written, named, rules_by_section(sections)),
        people=tuple(sorted(people, key=lambda person: (person.order, person.id))),
        sections=sections,
        headlines=reader.headlines(),
        notices=reader.pages("notices", read_notice),
        honors=tuple(roll for roll in honors if not roll.draft),
        honor_drafts=tuple(roll for roll in honors if roll.draft),
        boards=reader.boards(),
        entries=reader.listed("entries.yaml", lambda source: read_entries(source, settings, kinds)),
        approved=reader.listed("approved.yaml", read_approved),
        withdrawn=reader.listed("withdrawn.yaml", read_withdrawn),
        stories=reader.listed("stories.yaml", read_stories),
        tasks=reader.tasks(),
        warnings=tuple(reader.warnings),
    )
    if reader.problems:
        raise SettingsError(reader.problems)
    return content


L = TypeVar("L", bound=EditorsList)


def _ordered(lists: Iterable[L]) -> tuple[L, ...]:
    return tuple(sorted(lists, key=lambda one: (one.order, one.id)))


class _Titled(Protocol):
    """A value with an address of its own, and those it had."""

    @property
    def id(self) -> str: ...
    @property
    def former(self) -> tuple[str, ...]: ...


Addressed = TypeVar("Addressed", bound=_Titled)


class _Reader:
    """Reads file after file, collecting what is wrong with each."""

    def __init__(self, folder: Path, settings: Settings, drafts: Mapping[str, str]) -> None:
        self.folder, self.settings = folder, settings
        self.drafts = {
            folder / name: text.encode("utf-8", "surrogateescape") for name, text in drafts.items()
        }
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def listed(
        self, name: str, read: Callable[[Source], tuple[tuple[T, ...], list[Problem]]]
    ) -> tuple[T, ...]:
        """What a YAML file at the top of the folder lists; nothing where there is no such file."""
        source = self.source(name)
        if source is None:
            return ()
        items, problems = read(source)
        self.problems += problems
        return items

    def source(self, name: str) -> Source | None:
        """A YAML file of the folder as it is written; None where there is none, or it can't be read."""
        path = self.folder / name
        if path in self.drafts:
            written = self.drafts[path]
        elif path.exists():
            written, problems = read_bytes(path, self._named(path))
            if problems:
                self.problems += problems
                return None
        else:
            return None
        source, problems = parse_yaml(written, self._named(path))
        self.problems += problems
        return source

    def kinds(
        self, source: Source | None, named: Named, sections: Mapping[str, tuple[Rule, ...]]
    ) -> tuple[ContentKind, ...]:
        """kinds.yaml, in the order of the file but for those that say another."""
        if source is None:
            return ()
        kinds, problems = read_kinds(source, self.settings, named, sections)
        self.problems += problems
        if not problems:
            self._check_former([((index,), source, kind) for index, kind in enumerate(kinds)])
        return tuple(sorted(kinds, key=lambda kind: kind.order))

    def pages(
        self, kind: str, read: Callable[[Page], tuple[Addressed | None, list[Problem]]]
    ) -> tuple[Addressed, ...]:
        """The pages of a folder as values, by id; their former ids must lead to one page each."""
        found: list[tuple[FieldPath, Source, Addressed]] = []
        for page in self._written(kind):
            value, problems = read(page)
            self.problems += problems
            if value:
                found.append(((), page.front, value))
        self._check_former(found)
        return tuple(value for *_, value in found)

    def honors(self, register: Register, roster: Roster) -> tuple[HonorRoll, ...]:
        def read(page: Page) -> tuple[HonorRoll | None, list[Problem]]:
            roll, problems, warnings = read_honor_roll(page, register, roster)
            self.warnings += warnings
            return roll, problems

        return self.pages("honors", read)

    def boards(self) -> tuple[Board, ...]:
        boards = self.pages("boards", lambda page: read_board(page, self.settings))
        complete, problems = with_editions(self.folder / "boards", boards, self._named)
        self.problems += problems
        return complete

    def headlines(self) -> tuple[Headline, ...]:
        headlines = []
        for page in self._written("headlines"):
            headline, problems = read_headline(page)
            self.problems += problems
            if headline:
                headlines.append(headline)
        return tuple(sorted(headlines, key=lambda headline: headline.date, reverse=True))

    def tasks(self) -> tuple[Task, ...]:
        """The files of tasks/."""
        drafts = {path for path in self.drafts if path.parent == self.folder / "tasks"}
        found = []
        for path in sorted({*(self.folder / "tasks").glob("[!.]*.yaml")} | drafts):
            if self.drafts.get(path) == b"" or not (source := self.source(f"tasks/{path.name}")):
                continue
            task, problems = read_task(source, path.stem, self.settings)
            self.problems += problems
            if task:
                found.append(task)
        return tuple(sorted(found, key=lambda task: (-task.due.timestamp(), task.id)))

    def _written(self, kind: str) -> Iterator[Page]:
        """The pages of a folder that can be read, in the order of their names; no dot files."""
        drafts = {path for path in self.drafts if path.parent == self.folder / kind}
        for path in sorted({*(self.folder / kind).glob("[!.]*.md")} | drafts):
            if self.drafts.get(path) == b"":
                continue
            if path in drafts:
                page, problems = parse_page(self.drafts[path], self._named(path), path.stem)
            else:
                page, problems = read_page(path, self._named(path))
            self.problems += problems
            if page:
                yield page

    def _named(self, path: Path) -> str:
        """How problems call a file: as the operator would type it."""
        root = self.settings.root
        return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()

    def _check_former(self, written: Sequence[tuple[FieldPath, Source, _Titled]]) -> None:
        """Each former id leads to one page, and to no other's address; `written` has the place of each value."""
        taken = {value.id: source.file for _, source, value in written}
        for path, source, value in written:
            for index, former in enumerate(value.former):
                if not PAGE_ID.fullmatch(former):
                    reason, mend = f"{shown(former)} is no page id", "Use a to z, digits and hyphens."
                elif former in taken:
                    reason, mend = f"{shown(former)} belongs to {taken[former]}", "Remove it here or there."
                else:
                    taken[former] = source.file
                    continue
                self.problems.append(source.problem((*path, "former", index), reason, mend))
