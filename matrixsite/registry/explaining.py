"""Why an entry has the status that it has, in a sentence."""

from __future__ import annotations

from datetime import datetime

from matrixsite.config.settings import Publish, Settings
from matrixsite.editorial.content import Content
from matrixsite.editorial.refs import Ref
from matrixsite.model import Entry, Status


def explain_status(
    entry: Entry, settings: Settings, content: Content, removal_seen: datetime | None = None
) -> str:
    """The reason for `entry.status`, as its operator would put it.

    `removal_seen` is the night on which the sign that its publisher took it back was first seen.
    """
    since = f"its publisher took it back, first seen {removal_seen.isoformat()}" if removal_seen else ""
    match entry.status:
        case Status.WITHDRAWN:
            why = next(
                (item.why for item in content.withdrawn if _names(item.ref, entry)), "its story was withdrawn"
            )
            return f"withdrawn by content/withdrawn.yaml: {why}"
        case Status.GONE:
            return (
                f"{since}; a new line in content/approved.yaml shows it again"
                if since
                else "its text was erased"
            )
        case Status.DORMANT:
            return f"account {entry.account} is not in {settings.file.name}"
        case Status.HELD:
            return f"{_hold(entry, settings)}; content/approved.yaml lets it through"
        case Status.SHOWN:
            approved = any(_names(ref, entry) for ref in content.approved)
            why = "approved by content/approved.yaml" if approved else "nothing holds it back"
            return f"{why}; {since}" if since else why


def _hold(entry: Entry, settings: Settings) -> str:
    if entry.held_by:
        return f"it holds the word {entry.held_by!r}"
    account = next(item for item in settings.accounts if item.id == entry.account)
    if account.publish is Publish.HOLD:
        return f"account {account.id} has publish: hold"
    return f"a group or the class of account {account.id} is held"


def _names(ref: Ref, entry: Entry) -> bool:
    return entry.id == ref.id if ref.id else entry.canonical_url == ref.url
