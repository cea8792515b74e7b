"""Topics that enough entries of enough members bear: a page each, and the list of the most used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matrixsite.site import urls
from matrixsite.site.contexts.frame import Link
from matrixsite.site.contexts.lists import TopicPage, TopicRow, TopicsPage
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.rows import MOST_ROWS, story_rows
from matrixsite.site.source import Scope, TopicCount

LEAST_ENTRIES, LEAST_MEMBERS = 5, 2  # that a topic with a page has


def topic_keys(edition: Edition) -> Iterator[str]:
    """The topics that have a page."""
    return (used.topic for used in _with_page(edition))


def topic_pages(topics: Sequence[str], edition: Edition) -> Iterator[Made]:
    """The pages of these topics; none where too few bear them."""
    for topic in topics:
        used = edition.source.topic(topic)
        if used and _qualifies(used, edition):
            yield Made(topic, urls.topic_page(topic), _topic_page(used, edition))


def topic_link(topic: str, edition: Edition) -> Link:
    """A topic and its page; only its name where it has none."""
    used = edition.source.topic(topic)
    there = used is not None and _qualifies(used, edition)
    return Link(f"#{topic}#", urls.topic_page(topic) if there else "")


def topics_page(edition: Edition) -> Iterator[Made]:
    """The 100 most used topics; in equal numbers, by name."""
    used = sorted(_with_page(edition), key=lambda used: (-used.entries, used.topic))
    if used:
        rows = tuple(
            TopicRow(Link(one.topic, urls.topic_page(one.topic)), one.entries, len(_members_of(one, edition)))
            for one in used[:MOST_ROWS]
        )
        yield Made("", urls.TOPICS, TopicsPage(edition.head(edition.say("话题"), urls.TOPICS), rows))


def _topic_page(used: TopicCount, edition: Edition) -> TopicPage:
    newest = edition.source.newest(Scope(node=f"topic:{used.topic}"), MOST_ROWS)
    members = _members_of(used, edition)
    return TopicPage(
        head=edition.head(f"#{used.topic}#", urls.topic_page(used.topic)),
        topic=used.topic,
        entries=used.entries,
        members=tuple(
            Link(edition.members[name].name, urls.member_page(name)) for name in members[:MOST_ROWS]
        ),
        member_count=len(members),
        rows=story_rows(newest, edition),
    )


def _with_page(edition: Edition) -> Iterator[TopicCount]:
    return (used for used in edition.source.topics(LEAST_ENTRIES) if _qualifies(used, edition))


def _qualifies(used: TopicCount, edition: Edition) -> bool:
    return used.entries >= LEAST_ENTRIES and len(_members_of(used, edition)) >= LEAST_MEMBERS


def _members_of(used: TopicCount, edition: Edition) -> list[str]:
    """Ids of the members whose accounts use it, in order."""
    accounts = (edition.accounts.get(name) for name in used.accounts)
    return sorted({account.member for account in accounts if account})
