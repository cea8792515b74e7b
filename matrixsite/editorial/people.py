"""People (人物): those behind the accounts, with what they made and what they were honored for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from annotated_types import MinLen

from matrixsite.config.names import name_key
from matrixsite.config.settings import Settings
from matrixsite.config.validation import validate
from matrixsite.config.wording import shown, suggestion
from matrixsite.editorial import markup
from matrixsite.editorial.frontmatter import Page
from matrixsite.editorial.lists import Fault, picture_fault
from matrixsite.editorial.picks import Pick, WrittenPick, read_picks
from matrixsite.errors import Problem


@dataclass(frozen=True, slots=True)
class Work:
    """Something a person made: its title, and where it can be seen, here or elsewhere."""

    title: Annotated[str, MinLen(1)]
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    member: str = ""  # id of the member they belong to
    by: str = ""  # whom they belong to, in words, where that is outside the matrix
    role: str = ""
    aliases: tuple[str, ...] = ()
    intro: str = ""
    portrait: str = ""  # http(s) address, or a path relative to content/
    works: tuple[Work, ...] = ()
    picks: tuple[Pick, ...] = ()
    order: int = 0  # place among people, then by id
    html: str = ""  # sanitised; addresses relative to content/
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonFront:
    """The front matter of people/<id>.md."""

    name: Annotated[str, MinLen(1)]
    member: str = ""
    by: str = ""
    role: str = ""
    aliases: tuple[str, ...] = ()
    intro: str = ""
    portrait: str = ""
    works: tuple[Work, ...] = ()
    picks: tuple[WrittenPick, ...] = ()
    order: int = 0
    former: tuple[str, ...] = ()


def read_person(page: Page, settings: Settings) -> tuple[Person | None, list[Problem]]:
    """A person from their page: the value, or None and all that is wrong with it."""
    written, problems = validate(PersonFront, page.front.tree, page.front)
    if written is None:
        return None, problems
    problems = [page.front.problem(*fault) for fault in _faults(written, settings)]
    picks = read_picks(written.picks, page.front, ("picks",), problems)
    if problems:
        return None, problems
    person = Person(
        id=page.id,
        name=written.name,
        member=written.member,
        by=written.by,
        role=written.role,
        aliases=written.aliases,
        intro=written.intro,
        portrait=written.portrait,
        works=written.works,
        picks=picks,
        order=written.order,
        html=markup.rendered(page.body),
        former=written.former,
    )
    return person, []


def _faults(written: PersonFront, settings: Settings) -> Iterator[Fault]:
    members = {member.id for member in settings.members}
    if written.member and written.member not in members:
        yield ("member",), f"{shown(written.member)} is no member", suggestion(written.member, members)
    if written.member and written.by:
        yield ("by",), "`member` says whom they belong to already", "Remove `member` or `by`."
    if written.portrait:
        yield from picture_fault("portrait", written.portrait)
    for index, work in enumerate(written.works):
        if work.link and not markup.is_address(work.link):
            yield ("works", index, "link"), f"{shown(work.link)} is no web address", "Write it as https://…"


class Roster:
    """The people of the matrix, found as honor rolls name them."""

    def __init__(self, people: Sequence[Person] = ()) -> None:
        self._people = people
        self.ids = frozenset(person.id for person in people)

    def find(self, name: str, member: str, by: str) -> str:
        """The id of the one person of that name or alias who belongs to the member, else to whom `by` names.

        Empty where there is none, or more than one: namesakes of one body are told apart by `person: <id>`.
        """
        found = [person.id for person in self._people if _is(person, name_key(name), member, name_key(by))]
        return found[0] if len(found) == 1 else ""


def _is(person: Person, name: str, member: str, by: str) -> bool:
    if name not in map(name_key, (person.name, *person.aliases)):
        return False
    return person.member == member if person.member or member else name_key(person.by) == by
