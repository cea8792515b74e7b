"""Honor rolls (榜单): a year's lists of accounts, works, units or persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as day
from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Interval, MinLen

from matrixsite.config.source import FieldPath
from matrixsite.config.validation import validate
from matrixsite.config.wording import shown, suggestion
from matrixsite.editorial import markup
from matrixsite.editorial.frontmatter import Page
from matrixsite.editorial.laureates import NOBODY, Laureate, Register
from matrixsite.editorial.people import Roster
from matrixsite.errors import Problem


class HonorKind(StrEnum):
    """What a list honors."""

    ACCOUNT = "account"
    WORK = "work"
    UNIT = "unit"
    PERSON = "person"


class Level(StrEnum):
    """How far up those who issue a roll stand."""

    NATIONAL = "national"  # 国家级
    PROVINCE = "province"  # 省级
    CITY = "city"  # 市级
    DISTRICT = "district"  # 区县级


@dataclass(frozen=True, slots=True)
class Issuers:
    """Who stands behind a roll, by their part in it."""

    guided_by: tuple[str, ...] = ()  # 指导
    hosted_by: tuple[str, ...] = ()  # 主办
    organised_by: tuple[str, ...] = ()  # 承办


@dataclass(frozen=True, slots=True)
class Report:
    """Where a roll was published."""

    name: str
    date: day | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Winner:
    """One honor. `account` and `member` are ids, empty where the winner is outside the matrix."""

    name: str  # the account, unit or person; for a work, who made it
    account: str = ""
    member: str = ""
    work: str = ""  # title of the work
    citation: str = ""
    rank: int = 0  # 0 in a list without order
    link: str = ""
    by: str = ""  # whom a person belongs to, in words
    person: str = ""  # id of the person's page


@dataclass(frozen=True, slots=True)
class HonorList:
    title: str
    kind: HonorKind
    winners: tuple[Winner, ...]
    announced: int = 0  # size as announced, 0 where not stated
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class HonorRoll:
    id: str
    title: str
    year: int
    lists: tuple[HonorList, ...]
    date: day | None = None
    issuers: Issuers = Issuers()
    level: Level | None = None
    basis: str = ""
    source: Report | None = None
    html: str = ""  # sanitised; addresses relative to content/
    former: tuple[str, ...] = ()
    draft: bool = False  # no page knows of it


@dataclass(frozen=True, slots=True)
class WinnerItem:
    """A winner as it stands in a file; one whose name says all is no more than that name."""

    name: str = ""
    account: str = ""
    member: str = ""
    work: str = ""
    by: str = ""
    person: str = ""
    citation: str = ""
    rank: Annotated[int, Ge(0)] = 0
    link: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ListItem:
    """A list as it stands in a file."""

    title: Annotated[str, MinLen(1)]
    kind: HonorKind
    winners: tuple[str | WinnerItem, ...]
    announced: Annotated[int, Ge(0)] = 0
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class IssuersItem:
    """Those who stand behind a roll, one or several each."""

    guided_by: str | tuple[str, ...] = ()
    hosted_by: str | tuple[str, ...] = ()
    organised_by: str | tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HonorFront:
    """The front matter of honors/<id>.md."""

    title: Annotated[str, MinLen(1)]
    year: Annotated[int, Interval(ge=1900, le=9999)]
    lists: tuple[ListItem, ...]
    date: day | None = None
    issuers: IssuersItem = IssuersItem()
    level: Level | None = None
    basis: str = ""
    source: Report | None = None
    former: tuple[str, ...] = ()
    draft: bool = False


def read_honor_roll(
    page: Page, register: Register, roster: Roster | None = None
) -> tuple[HonorRoll | None, list[Problem], list[Problem]]:
    """An honor roll from its page: the value or None, all that is wrong with it, and what deserves a look.

    A winner unknown here is no fault: an honor outlasts an account, and lists reach beyond a matrix.
    """
    written, problems = validate(HonorFront, page.front.tree, page.front)
    if written is None:
        return None, problems, []
    reader = _Reader(page, register, roster or Roster())
    if written.source and written.source.url:
        reader.check_address(written.source.url, ("source", "url"))
    lists = tuple(reader.read_list(item, index) for index, item in enumerate(written.lists))
    if reader.problems:
        return None, reader.problems, reader.warnings
    issuers = written.issuers
    roll = HonorRoll(
        id=page.id,
        title=written.title,
        year=written.year,
        lists=lists,
        date=written.date,
        issuers=Issuers(_all(issuers.guided_by), _all(issuers.hosted_by), _all(issuers.organised_by)),
        level=written.level,
        basis=written.basis,
        source=written.source,
        html=markup.rendered(page.body),
        former=written.former,
        draft=written.draft,
    )
    return roll, [], reader.warnings


def _all(names: str | tuple[str, ...]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else names


class _Reader:
    """Turns written lists into lists, noting what is wrong or odd with the places they stand at."""

    def __init__(self, page: Page, register: Register, roster: Roster) -> None:
        self.front, self.register, self.roster = page.front, register, roster
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def read_list(self, written: ListItem, index: int) -> HonorList:
        path = ("lists", index)
        winners = tuple(
            self._winner(winner, written, place, (*path, "winners", place))
            for place, winner in enumerate(written.winners)
        )
        if written.announced not in (0, len(winners)):
            reason = f"{written.announced} winners were announced, {len(winners)} are listed"
            place = (*path, "announced")
            self.warnings.append(
                self.front.problem(place, reason, "Add those missing, or correct the number.")
            )
        return HonorList(written.title, written.kind, winners, written.announced, written.ordered)

    def _winner(self, written: str | WinnerItem, inside: ListItem, place: int, path: FieldPath) -> Winner:
        if isinstance(written, str):
            is_work = inside.kind is HonorKind.WORK
            written = WinnerItem(work=written) if is_work else WinnerItem(name=written)
        self._check(written, inside.kind, path)
        found = self._laureate(written, inside.kind, path)
        name = written.by if inside.kind is HonorKind.WORK else written.name
        return Winner(
            name=name or written.name or self.register.name_of(found),
            account=found.account,
            member=found.member,
            work=written.work,
            citation=written.citation,
            rank=(written.rank or place + 1) if inside.ordered else 0,
            link=written.link,
            by="" if inside.kind is HonorKind.WORK else written.by,
            person=self._person(written, inside.kind, found, path),
        )

    def _person(self, written: WinnerItem, kind: HonorKind, found: Laureate, path: FieldPath) -> str:
        """The id of the person's page: as given, else by the name within the body that they belong to."""
        if written.person and kind is not HonorKind.PERSON:
            reason = f"a list of kind {kind} honors no person"
            self.problems.append(self.front.problem((*path, "person"), reason, "Remove it."))
        elif written.person and written.person not in self.roster.ids:
            reason = f"{shown(written.person)} has no page in content/people/"
            mend = suggestion(written.person, self.roster.ids)
            self.problems.append(self.front.problem((*path, "person"), reason, mend))
        if kind is not HonorKind.PERSON or written.person:
            return written.person
        return self.roster.find(written.name, found.member, written.by)

    def _check(self, written: WinnerItem, kind: HonorKind, path: FieldPath) -> None:
        wanted = "work" if kind is HonorKind.WORK else "name"
        if not getattr(written, wanted) and (wanted == "work" or not (written.account or written.member)):
            reason = f"a winner of a list of kind {kind} needs the key `{wanted}`"
            self.problems.append(self.front.problem(path, reason, f"Add `{wanted}: …`."))
        if written.link:
            self.check_address(written.link, (*path, "link"))

    def check_address(self, address: str, path: FieldPath) -> None:
        """Note an address that is none."""
        if not markup.is_address(address):
            reason = f"{shown(address)} is no web address"
            self.problems.append(self.front.problem(path, reason, "Write it as https://…"))

    def _laureate(self, written: WinnerItem, kind: HonorKind, path: FieldPath) -> Laureate:
        """Whom of the matrix a winner is: by the ids given, else by the name of the one who won.

        A work is won by its maker. A person adds to those they belong to, who may well be outside the matrix.
        """
        if written.account or written.member:
            key = "account" if written.account else "member"
            name, path = getattr(written, key), (*path, key)
            found = self.register.by_id(written.account, written.member)
        else:
            name = written.by if kind in (HonorKind.WORK, HonorKind.PERSON) else written.name
            found = self.register.by_name(name)
            if kind is HonorKind.PERSON:
                return found
        if name and found == NOBODY:
            reason = f"{shown(name)} is no account or member of this matrix"
            self.warnings.append(self.front.problem(path, reason, self.register.nearest(name)))
        return found
