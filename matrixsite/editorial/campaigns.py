"""Campaigns (活动): what partners did together in a time, found by its hashtags, by a rule, or picked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from matrixsite.config.settings import Settings
from matrixsite.config.validation import validate
from matrixsite.editorial import markup
from matrixsite.editorial.folding import folded
from matrixsite.editorial.frontmatter import Page
from matrixsite.editorial.laureates import NOBODY, Laureate, Register
from matrixsite.editorial.lists import EditorsList, Fault, WrittenPeriod, list_faults, made_list
from matrixsite.editorial.rules import NOTHING, Named, Predicate, folded_topics
from matrixsite.errors import Problem


@dataclass(frozen=True, slots=True)
class Partner:
    """One who takes part by agreement: as the editors call them, and whom of the matrix that means."""

    name: str
    who: Laureate = NOBODY


@dataclass(frozen=True, slots=True)
class Campaign(EditorsList):
    """campaigns/<id>.md."""

    folder = "campaigns"
    prefix = "campaign"

    partners: tuple[Partner, ...] = ()
    topics: tuple[str, ...] = ()  # hashtags, without #

    def predicate(self, rule: Predicate | None) -> Predicate | None:
        """What bears one of its topics, or its rule matches; of both only what was published in its time."""
        tagged = (Predicate(topics=folded_topics(self.topics)),) if self.topics else ()
        ways = (*tagged, *((rule,) if rule else ()))
        if not ways:
            return None
        whole = ways[0] if len(ways) == 1 else Predicate(any_of=ways)
        since = max(filter(None, (whole.since, self.starts)), default=None)
        until = min(filter(None, (whole.until, self.ends)), default=None)
        return replace(whole, since=since, until=until)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignFront(WrittenPeriod):
    """The front matter of campaigns/<id>.md."""

    partners: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


def read_campaign(
    page: Page, settings: Settings, register: Register, named: Named = NOTHING
) -> tuple[Campaign | None, list[Problem]]:
    """A campaign from its page: the value, or None and all that is wrong with it.

    A partner whom the matrix doesn't know is none the worse: campaigns reach beyond it.
    """
    written, problems = validate(CampaignFront, page.front.tree, page.front)
    if written is None:
        return None, problems
    faults = [*list_faults(written, "campaign", settings, named), *_blank(written)]
    more = {
        "html": markup.rendered(page.body),
        "partners": tuple(Partner(name, register.by_name(name)) for name in written.partners),
        "topics": tuple(topic.strip("#＃ ") for topic in written.topics),
    }
    return made_list(Campaign, page.id, written, page.front, (), faults, **more)


def _blank(written: CampaignFront) -> Iterator[Fault]:
    for index, topic in enumerate(written.topics):
        if not folded(topic).strip("# "):
            yield ("topics", index), "a blank topic stands on no entry", "Remove it, or write a topic."
    for index, name in enumerate(written.partners):
        if not name.strip():
            yield ("partners", index), "a partner without a name", "Remove it, or write a name."
