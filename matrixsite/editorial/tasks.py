"""Repost tasks (转发任务): a piece, who was asked to carry it, and until when. The site says nothing of it.

title: 转发《供热通知》
piece: https://mp.weixin.qq.com/s/…     # a ref, several, or {words: [冬季供热]}
asked: {groups: [districts], members: [city-tv]}
from: 2026-11-20 09:00
due: 2026-11-20 18:00
note: 原文转发，不得改动标题
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from annotated_types import MinLen

from matrixsite.config.settings import Settings
from matrixsite.config.source import FieldPath, Source
from matrixsite.config.validation import validate
from matrixsite.config.wording import shown, suggestion
from matrixsite.editorial.folding import folded
from matrixsite.editorial.frontmatter import PAGE_ID
from matrixsite.editorial.grouping import groups_of_accounts
from matrixsite.editorial.refs import Ref, read_ref
from matrixsite.editorial.rules import Rule, compile_rule, rule_faults
from matrixsite.errors import Problem

Moment = datetime | date
Fault = tuple[FieldPath, str, str]

LOOK_BACK = timedelta(days=7)  # before `due`, where a task of words doesn't say `from`


@dataclass(frozen=True, slots=True)
class PieceWords:
    """A piece that no entry stands for: whatever holds all of these words."""

    words: Annotated[tuple[str, ...], MinLen(1)]


@dataclass(frozen=True, slots=True)
class AskedItem:
    """Who is asked: members as one each, accounts one by one."""

    members: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class TaskFile:
    """A file of content/tasks/."""

    title: Annotated[str, MinLen(1)]
    piece: str | tuple[str, ...] | PieceWords
    asked: AskedItem
    due: Moment
    from_: Moment | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked: a member, by any of its accounts, or one account. `id` is the member's or the account's."""

    id: str
    name: str
    accounts: tuple[str, ...]
    member: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A task. Of `refs` and `words` one is given; a day means its end for `due`, its beginning for `start`."""

    id: str
    title: str
    refs: tuple[Ref, ...]
    words: tuple[str, ...]  # folded
    asked: tuple[Asked, ...]
    due: datetime
    start: datetime | None = None
    note: str = ""


def read_task(source: Source, task_id: str, settings: Settings) -> tuple[Task | None, list[Problem]]:
    """One file as a task, and all that is wrong with it."""
    problems = []
    if not PAGE_ID.fullmatch(task_id):
        mend = "Rename the file: a to z, digits and hyphens."
        problems.append(Problem(source.file, 0, "", "the file's name is no id of a task", mend))
    written, found = validate(TaskFile, source.tree, source)
    problems += found
    if written is None:
        return None, problems
    refs = _refs(written.piece, source, problems)
    problems += [source.problem(*fault) for fault in _faults(written, settings)]
    if problems:
        return None, problems
    zone = ZoneInfo(settings.site.timezone)
    words = written.piece.words if isinstance(written.piece, PieceWords) else ()
    return Task(
        task_id,
        written.title,
        refs,
        tuple(map(folded, words)),
        _asked(written.asked, settings, _at(written.due, zone).astimezone(zone).date()),
        _at(written.due, zone, end=True),
        _at(written.from_, zone) if written.from_ else None,
        written.note,
    ), []


def _refs(
    piece: str | tuple[str, ...] | PieceWords, source: Source, problems: list[Problem]
) -> tuple[Ref, ...]:
    if isinstance(piece, PieceWords):
        return ()
    if isinstance(piece, str):
        ref = read_ref(piece, source, ("piece",), problems)
        return (ref,) if ref else ()
    if not piece:
        mend = "Write a ref, or `{words: […]}`."
        problems.append(source.problem(("piece",), "a task without a piece", mend))
    refs = (read_ref(text, source, ("piece", index), problems) for index, text in enumerate(piece))
    return tuple(filter(None, refs))


def _faults(written: TaskFile, settings: Settings) -> Iterator[Fault]:
    if isinstance(written.piece, PieceWords):
        for index, word in enumerate(written.piece.words):
            if not folded(word).strip():
                yield ("piece", "words", index), "a blank word stands in every text", "Write a word."
    yield from _asked_faults(written.asked, settings)
    zone = ZoneInfo(settings.site.timezone)
    if written.from_ and _at(written.from_, zone) >= _at(written.due, zone, end=True):
        yield ("due",), "it lies before `from`", "Correct one of the two times."


def _asked_faults(asked: AskedItem, settings: Settings) -> Iterator[Fault]:
    if asked == AskedItem():
        yield ("asked",), "nobody is asked", "Name `members`, `accounts`, `groups` or a `rule`."
    known = {
        "members": {member.id for member in settings.members},
        "accounts": {account.id for account in settings.accounts},
        "groups": {group.id for group in settings.groups},
    }
    for key, ids in known.items():
        for index, name in enumerate(getattr(asked, key)):
            if name not in ids:
                yield ("asked", key, index), f"{shown(name)} is not known here", suggestion(name, ids)
    if asked.rule:
        for path, reason, mend in rule_faults(asked.rule, settings):
            yield ("asked", "rule", *path), reason, mend
        if compile_rule(_of_accounts(asked.rule), settings) != compile_rule(asked.rule, settings):
            reason = "a rule that asks can only say which accounts"
            mend = "Use accounts, members, groups, platforms and classes."
            yield ("asked", "rule"), reason, mend


def _of_accounts(rule: Rule) -> Rule:
    """What of a rule speaks of accounts."""
    return Rule(rule.accounts, rule.members, rule.groups, rule.platforms, rule.classes)


def _asked(asked: AskedItem, settings: Settings, due: date) -> tuple[Asked, ...]:
    """Members first, as they are named; then accounts in the order of the settings.

    Of groups and rules, accounts that are closed by the due day aren't asked.
    """
    members = {member.id: member for member in settings.members}
    groups_of = groups_of_accounts(settings) if asked.groups else {}
    by_rule = compile_rule(asked.rule, settings).accounts if asked.rule else None
    found = [
        Asked(
            name, members[name].name, tuple(one.id for one in settings.accounts if one.member == name), True
        )
        for name in dict.fromkeys(asked.members)
    ]
    groups, accounts = frozenset(asked.groups), frozenset(asked.accounts)
    for account in settings.accounts:
        chosen = account.id in (by_rule or ()) or not groups.isdisjoint(groups_of.get(account.id, ()))
        if account.id in accounts or (chosen and account.open_on(due)):
            found.append(Asked(account.id, account.name, (account.id,)))
    return tuple(found)


def _at(moment: Moment, zone: ZoneInfo, *, end: bool = False) -> datetime:
    """A time as written, in the site's zone where it names none; of a day its beginning or its end."""
    if isinstance(moment, datetime):
        return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
    return datetime.combine(moment + timedelta(days=1) if end else moment, time.min, zone)
