"""What to do with an entry that a feed shows again: decided from values alone, done by the store.

The order of the rules is the policy. A feed may grow worse overnight (cut off, reduced to titles, a platform's notice
in place of the text); what the store has is never traded for less (wewe-rss stores such notices as content).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matrixsite.config.settings import IdentityRule
from matrixsite.ingest.harvested import Harvested


class Action(StrEnum):
    """What becomes of the stored entry."""

    INSERT = "insert"
    CORRECT = "correct"  # its words changed: keep the old ones as a revision
    REFRESH = "refresh"  # the words stand; markup, pictures or address changed, or text came where none was
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of an entry, as far as deciding needs it. `published` is in seconds since 1970."""

    id: str
    account: str
    feed: str
    identity: bytes
    url_key: int | None
    title: str
    text: str
    words: bytes
    raw_digest: bytes  # empty for a stump
    published: int
    purged: bool


def decide(item: Harvested, known: Known | None, feed: str) -> Action:
    """The action for one entry that `feed` shows, and what is stored under its identity, if anything."""
    if known is None:
        return Action.INSERT
    if known.purged or item.stump or item.clean.placeholder or item.raw_digest == known.raw_digest:
        return Action.KEEP
    if feed != known.feed:  # another feed of the account: two versions must not take turns night after night
        return Action.REFRESH if item.clean.text and not known.text else Action.KEEP
    if item.words == known.words or not known.raw_digest:
        return Action.REFRESH
    if _says_less(item, known):
        return Action.KEEP
    return Action.REFRESH if item.clean.title == known.title and not known.text else Action.CORRECT


def same_item(item: Harvested, known: Known, by: IdentityRule) -> bool:
    """Whether a match by one field is believable: something besides that field has to agree.

    A guid, link or title that a feed uses again for something else must not overwrite what it stood for first. A link
    is believed at once where it is what the feed's policy trusts; a date is no evidence where items share the field.
    """
    if by is item.identity.rule and by in (IdentityRule.LINK, IdentityRule.TEXT):
        return True
    published = item.dates.published
    evidence = {
        IdentityRule.LINK: item.url_key is not None and item.url_key == known.url_key,
        IdentityRule.TITLE: item.clean.title == known.title != "",
        IdentityRule.TEXT: item.clean.text == known.text != "",
        None: published is not None
        and int(published.timestamp()) == known.published
        and not item.identity.shared,
    }
    return any(agrees for field, agrees in evidence.items() if field is not by)


def _says_less(item: Harvested, known: Known) -> bool:
    """Whether title and text are the stored ones, or cut short, or missing."""
    title, text = item.clean.title, item.clean.text
    cut = title.endswith(("…", "...")) and known.title.startswith(title.rstrip("…."))
    return (not title or title == known.title or cut) and _run_on(known.text).startswith(
        _run_on(text).rstrip("….[]")
    )


def _run_on(text: str) -> str:
    """Without blanks and line ends: a summary is one line of what the text says in many."""
    return "".join(text.split())
