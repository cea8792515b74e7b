"""Rules: which entries fill a column, a section or any other of the editors' lists.

Keys of a rule are and-ed, the items of one key or-ed; groups include all that lies in them; words are
substrings after folding (`folding.folded`); there are no regular expressions, so no rule can hang a build.
A rule is compiled once against the settings and then asked of each entry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from hashlib import blake2b
from typing import Annotated

from annotated_types import MinLen

from matrixsite.config.settings import Settings
from matrixsite.config.wording import shown, suggestion
from matrixsite.editorial.folding import folded
from matrixsite.editorial.grouping import groups_of_accounts
from matrixsite.model import Media

PREDICATE_VERSION = 1  # raise it when equal predicates come to match differently

MEDIA_KINDS = frozenset(kind.value for kind in Media)

Names = Annotated[tuple[str, ...], MinLen(1)]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as editors write it. A key that is left out does not narrow; an empty list is an error."""

    accounts: Names = ()
    members: Names = ()
    groups: Names = ()
    platforms: Names = ()
    classes: Names = ()
    kinds: Names = ()  # what an entry mainly brings: text, image, audio, video; or ids of kinds.yaml
    topics: Names = ()  # with or without #
    sections: Names = ()  # what the rules of these sections match
    words: Names = ()  # in title or text
    title_words: Names = ()
    since: date | None = None  # first day, in the site's zone
    until: date | None = None  # last day
    not_: Rule | None = None  # what this matches stays out


@dataclass(frozen=True, slots=True)
class Named:
    """What rules may name beyond accounts, members and groups: ids of sections and of the editors' kinds."""

    sections: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


NOTHING = Named()


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a rule looks at in an entry."""

    account: str
    title: str
    text: str
    topics: tuple[str, ...]
    published: date  # in the site's zone
    kind: str  # what it mainly brings
    kinds: frozenset[str] = frozenset()  # those of kinds.yaml that it bears


@dataclass(frozen=True, slots=True)
class Predicate:
    """A compiled rule. Blank fields do not narrow.

    Where None is possible only that doesn't narrow: no account and no alternative match nothing.
    """

    accounts: frozenset[str] | None = None  # no entry of another account can match: narrow a query by it
    kinds: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()  # folded
    words: tuple[str, ...] = ()  # folded
    title_words: tuple[str, ...] = ()  # folded
    since: date | None = None
    until: date | None = None
    any_of: tuple[Predicate, ...] | None = None  # one of them must match
    excluded: Predicate | None = None  # must not match

    def matches(self, entry: Candidate) -> bool:
        """Whether the rule takes the entry in; the cheap tests stand first, as most entries fail one."""
        return (
            (self.accounts is None or entry.account in self.accounts)
            and (self.since is None or self.since <= entry.published)
            and (self.until is None or entry.published <= self.until)
            and (not self.kinds or entry.kind in self.kinds or not self.kinds.isdisjoint(entry.kinds))
            and (not self.topics or any(folded(topic) in self.topics for topic in entry.topics))
            and self._says(entry)
            and (self.any_of is None or any(one.matches(entry) for one in self.any_of))
            and (self.excluded is None or not self.excluded.matches(entry))
        )

    def named_kinds(self) -> frozenset[str]:
        """The kinds that it asks for, at any depth."""
        inner = (*(self.any_of or ()), *((self.excluded,) if self.excluded else ()))
        return self.kinds.union(*(one.named_kinds() for one in inner))

    def _says(self, entry: Candidate) -> bool:
        if not (self.words or self.title_words):
            return True
        title = folded(entry.title)
        if self.title_words and not any(word in title for word in self.title_words):
            return False
        if not self.words or any(word in title for word in self.words):
            return True
        text = folded(entry.text)
        return any(word in text for word in self.words)


def rule_faults(
    rule: Rule, settings: Settings, named: Named = NOTHING
) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """What is wrong with a rule that is well-formed: place inside the rule, reason and mend of each fault."""
    if rule == Rule():
        yield (), "an empty rule would take in every entry", "Write at least one key, such as `words: […]`."
    for key in ("accounts", "members", "groups", "platforms", "classes", "kinds", "sections"):
        names = getattr(rule, key)
        known = _known(key, settings, named) if names else ()
        for index, name in enumerate(names):
            if name not in known:
                yield (key, index), f"{shown(name)} is not known here", suggestion(name, known)
    for key in ("words", "title_words", "topics"):
        for index, word in enumerate(getattr(rule, key)):
            if not folded(word).strip("# "):
                yield (key, index), "a blank word stands in every text", "Remove it, or write a word."
    if rule.since and rule.until and rule.since > rule.until:
        yield ("until",), "it lies before `since`", "Correct one of the two dates."
    if rule.not_:
        for path, reason, mend in rule_faults(rule.not_, settings, named):
            yield ("not", *path), reason, mend


def _known(key: str, settings: Settings, named: Named) -> Collection[str]:
    """What the items of a key may be."""
    match key:
        case "accounts":
            return {account.id for account in settings.accounts}
        case "members":
            return {member.id for member in settings.members}
        case "groups":
            return {group.id for group in settings.groups}
        case "platforms":
            return {account.platform for account in settings.accounts}
        case "classes":
            return {account.account_class for account in settings.accounts if account.account_class}
        case "kinds":
            return MEDIA_KINDS | named.kinds
        case _:
            return named.sections


def digest(predicate: Predicate) -> str:
    """Changes when what the predicate matches may change, be it by an edit of its rule or of the matrix.

    An account that joins a group changes the digests of the rules that name the group.
    """
    return blake2b(f"{PREDICATE_VERSION}{_canonical(predicate)}".encode(), digest_size=16).hexdigest()


def _canonical(value: object) -> str:
    """A text that equal values share in every process (the order of a set's repr is not such)."""
    if isinstance(value, Predicate):
        return f"({','.join(_canonical(getattr(value, field.name)) for field in fields(value))})"
    if isinstance(value, frozenset):
        return f"{{{','.join(map(_canonical, sorted(value)))}}}"
    if isinstance(value, tuple):
        return f"[{','.join(map(_canonical, value))}]"
    return repr(value)


def compile_rule(
    rule: Rule, settings: Settings, sections: Mapping[str, tuple[Rule, ...]] | None = None
) -> Predicate:
    """The predicate of a rule in which `rule_faults` finds nothing.

    `sections`: for each section its rule and those of the sections below it (`sections.rules_by_section`).
    """
    below = sections or {}
    parts = [part for section in rule.sections for part in below[section]]
    return Predicate(
        accounts=_accounts(rule, settings),
        kinds=frozenset(rule.kinds),
        topics=folded_topics(rule.topics),
        words=tuple(map(folded, rule.words)),
        title_words=tuple(map(folded, rule.title_words)),
        since=rule.since,
        until=rule.until,
        any_of=tuple(compile_rule(part, settings, below) for part in parts) if rule.sections else None,
        excluded=compile_rule(rule.not_, settings, below) if rule.not_ else None,
    )


def folded_topics(topics: tuple[str, ...]) -> frozenset[str]:
    """Topics as predicates compare them, written with or without #."""
    return frozenset(folded(topic).strip("# ") for topic in topics)


def _accounts(rule: Rule, settings: Settings) -> frozenset[str] | None:
    """The accounts that a rule speaks of, None where it speaks of none."""
    accounts, members, groups, platforms, classes = (
        frozenset(names) for names in (rule.accounts, rule.members, rule.groups, rule.platforms, rule.classes)
    )
    if not (accounts or members or groups or platforms or classes):
        return None
    groups_of = groups_of_accounts(settings) if groups else {}
    return frozenset(
        account.id
        for account in settings.accounts
        if (not accounts or account.id in accounts)
        and (not members or account.member in members)
        and (not groups or not groups.isdisjoint(groups_of[account.id]))
        and (not platforms or account.platform in platforms)
        and (not classes or account.account_class in classes)
    )
