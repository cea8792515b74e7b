"""Series (系列): a persona or a programme that several accounts carry, such as 督哥 or 早安青山."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from matrixsite.config.settings import Settings
from matrixsite.config.validation import validate
from matrixsite.config.wording import shown, suggestion
from matrixsite.editorial import markup
from matrixsite.editorial.frontmatter import Page
from matrixsite.editorial.lists import EditorsList, Fault, WrittenList, list_faults, made_list
from matrixsite.editorial.rules import NOTHING, Named, Predicate
from matrixsite.errors import Problem


@dataclass(frozen=True, slots=True)
class Series(EditorsList):
    """series/<id>.md."""

    folder = "series"
    prefix = "series"

    accounts: tuple[
        str, ...
    ] = ()  # that carry it: its rule looks at no others; empty: whoever the rule finds
    host: str = ""  # who presents it, in words
    people: tuple[str, ...] = ()  # ids

    def predicate(self, rule: Predicate | None) -> Predicate | None:
        """Its rule, of the accounts that carry it."""
        if rule is None or not self.accounts:
            return rule
        carry = frozenset(self.accounts)
        return replace(rule, accounts=carry if rule.accounts is None else carry & rule.accounts)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFront(WrittenList):
    """The front matter of series/<id>.md."""

    accounts: tuple[str, ...] = ()
    host: str = ""
    people: tuple[str, ...] = ()


def read_series(
    page: Page, settings: Settings, named: Named = NOTHING, people: frozenset[str] = frozenset()
) -> tuple[Series | None, list[Problem]]:
    """A series from its page: the value, or None and all that is wrong with it. `people` are those there are."""
    written, problems = validate(SeriesFront, page.front.tree, page.front)
    if written is None:
        return None, problems
    faults = [*list_faults(written, "series", settings, named), *_unknown(written, settings, people)]
    more = {"accounts": written.accounts, "host": written.host, "people": written.people}
    html = markup.rendered(page.body)
    return made_list(Series, page.id, written, page.front, (), faults, html=html, **more)


def _unknown(written: SeriesFront, settings: Settings, people: frozenset[str]) -> Iterator[Fault]:
    """Ids that name nobody."""
    accounts = frozenset(account.id for account in settings.accounts)
    for key, ids, known in (("accounts", written.accounts, accounts), ("people", written.people, people)):
        for index, name in enumerate(ids):
            if name not in known:
                yield (key, index), f"{shown(name)} is not known here", suggestion(name, known)
