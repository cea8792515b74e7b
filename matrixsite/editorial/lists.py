"""The editors' lists: what columns, series, campaigns and kinds have in common.

Each is a page of the editors' own words, with their picks first and then what a rule brings, less what they exclude; it
has month archives and a feed. What stands in one is kept in the store's membership table under its `node`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, TypeVar

from annotated_types import Interval, MinLen

from matrixsite.config.settings import Settings
from matrixsite.config.source import FieldPath, Source
from matrixsite.config.wording import shown
from matrixsite.editorial import markup
from matrixsite.editorial.picks import Pick, WrittenPick, read_picks
from matrixsite.editorial.refs import Ref, read_ref
from matrixsite.editorial.rules import Named, Predicate, Rule, rule_faults
from matrixsite.errors import Problem

LONGEST = 100  # rows of a list page

Fault = tuple[FieldPath, str, str]  # place, reason, mend


@dataclass(frozen=True, slots=True)
class EditorsList:
    """What every such list has."""

    folder: ClassVar[str]  # of its pages, and of its files in content/
    prefix: ClassVar[str]  # of its nodes in the membership table

    id: str
    title: str
    lead: str = ""
    cover: str = ""  # http(s) address, or a path relative to content/
    starts: date | None = None  # first and last day of its time
    ends: date | None = None
    picks: tuple[Pick, ...] = ()
    exclude: tuple[Ref, ...] = ()  # kept out though the rule matches
    rule: Rule | None = None
    limit: int = LONGEST  # stories on its front page
    order: int = 0  # place among the lists of its sort, then by id
    html: str = ""  # sanitised; addresses relative to content/
    former: tuple[str, ...] = ()  # earlier ids, whose addresses lead here

    @property
    def node(self) -> str:
        """Its name in the membership table."""
        return f"{self.prefix}:{self.id}"

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The entries that its file names."""
        return (*(pick.ref for pick in self.picks), *self.exclude)

    def begun(self, today: date) -> bool:
        """Whether its first day has come; before that it is announced nowhere."""
        return self.starts is None or self.starts <= today

    def ended(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.ends is not None and self.ends < today

    def runs(self, today: date) -> bool:
        """Whether `today` lies in its time."""
        return self.begun(today) and not self.ended(today)

    def predicate(self, rule: Predicate | None) -> Predicate | None:
        """What it takes in beside the picks, given its compiled rule."""
        return rule


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenList:
    """The keys that the files of all these lists know."""

    title: Annotated[str, MinLen(1)]
    lead: str = ""
    cover: str = ""
    picks: tuple[WrittenPick, ...] = ()
    exclude: tuple[str, ...] = ()
    rule: Rule | None = None
    limit: Annotated[int, Interval(ge=1, le=LONGEST)] = LONGEST
    order: int = 0
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPeriod(WrittenList):
    """Of those that have a time, too."""

    from_: date | None = None
    to: date | None = None


L = TypeVar("L", bound=EditorsList)


def made_list(
    make: Callable[..., L],
    name: str,
    written: WrittenList,
    source: Source,
    path: FieldPath,
    faults: Iterable[Fault],
    **more: Any,
) -> tuple[L | None, list[Problem]]:
    """The list that stands at `path` of an editors' file, or None and all that is wrong with it.

    `faults` are those known of it, `more` is what only its sort has.
    """
    problems: list[Problem] = []
    picks = read_picks(written.picks, source, (*path, "picks"), problems)
    exclude = [
        read_ref(ref, source, (*path, "exclude", index), problems)
        for index, ref in enumerate(written.exclude)
    ]
    problems += [source.problem((*path, *place), reason, mend) for place, reason, mend in faults]
    if problems:
        return None, problems
    if isinstance(written, WrittenPeriod):
        more |= {"starts": written.from_, "ends": written.to}
    made = make(
        id=name,
        title=written.title,
        lead=written.lead,
        cover=written.cover,
        picks=picks,
        exclude=tuple(filter(None, exclude)),
        rule=written.rule,
        limit=written.limit,
        order=written.order,
        former=written.former,
        **more,
    )
    return made, []


def list_faults(written: WrittenList, sort: str, settings: Settings, named: Named) -> Iterator[Fault]:
    """What is wrong with a list that is well-formed; `sort` is what its editors call it."""
    if written.rule:
        for path, reason, mend in rule_faults(written.rule, settings, named):
            yield ("rule", *path), reason, mend
    if isinstance(written, WrittenPeriod) and written.from_ and written.to and written.from_ > written.to:
        yield ("to",), "it lies before `from`", "Correct one of the two dates."
    if written.cover:
        yield from picture_fault("cover", written.cover)
    if not (written.picks or written.rule or getattr(written, "topics", ())):
        yield (), f"a {sort} without picks and rule stays empty", "Add `picks: […]` or `rule: {…}`."


def picture_fault(key: str, written: str) -> Iterator[Fault]:
    """What is wrong with a text that is to name a picture."""
    if not markup.is_picture(written):
        mend = "Write an address (https://…), or a path inside content/ such as `images/lake.jpg`."
        yield (key,), f"{shown(written)} is no picture's place", mend
