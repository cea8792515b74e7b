"""What a type can't say about one value: the site, groups, members, and what stands once in feeds.yaml.

Each check takes a valid value of `settings` and yields where in it, what is wrong, and the mend.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from matrixsite.config.settings import (
    Batch,
    FeedsOut,
    FetchSettings,
    FreshnessSettings,
    Group,
    Holds,
    Member,
    Organisation,
    Site,
)
from matrixsite.config.value_checks import (
    Fault,
    check_id,
    check_name,
    check_pages,
    check_words,
    check_zone,
    not_web,
)
from matrixsite.config.wording import shown, suggestion

LANGUAGES = ("zh-CN", "zh-TW", "en")
FEED_FORMATS = ("rss", "atom", "json")
MOST_DAYS = 180  # that freshness may wait: as far back as the board looks

_HOST_PORT = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s:/@\[\]]+):([0-9]{1,5})", re.ASCII)
_STORE_URL = re.compile(r"[a-z][a-z0-9_]*(?:\+[a-z0-9_]+)?://", re.ASCII)
_SITE_CODE = re.compile(r"[0-9A-Za-z]{10}", re.ASCII)
_CONTENT_FILE = re.compile(
    r"(?:images|files)/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*", re.ASCII
)
_MAY_BE_ZERO = {"spacing", "alert"}


def check_site(site: Site) -> Iterator[Fault]:
    if not site.title.strip():
        yield Fault(("title",), "the title is empty", "Write the name of the site.")
    if reason := not_web(site.url):
        yield Fault(("url",), reason, "Write the address the site will have: https://matrix.example.org")
    elif urlsplit(site.url).query or "?" in site.url or "#" in site.url or "@" in urlsplit(site.url).netloc:
        reason = "the address of a site has no query, fragment or credentials"
        yield Fault(("url",), reason, "Write only scheme, host and path.")
    if site.language not in LANGUAGES:
        reason = f"{shown(site.language)} is not one of {', '.join(LANGUAGES)}"
        yield Fault(("language",), reason, suggestion(site.language, LANGUAGES))
    yield from check_zone(site.timezone)
    yield from check_pages("authority_mark", site.authority_mark)
    yield from check_pages("report_errors", site.report_errors)
    if site.websub and (reason := not_web(site.websub)):
        yield Fault(("websub",), reason, "Write the address of a hub: https://…")
    if site.site_code and not _SITE_CODE.fullmatch(site.site_code):
        reason = f"{shown(site.site_code)} is no site code: it has 10 letters or digits"
        yield Fault(("site_code",), reason, 'Write it in quotes, such as "5101320017".')
    if site.authority_mark_image and not _CONTENT_FILE.fullmatch(site.authority_mark_image):
        reason = f"{shown(site.authority_mark_image)} is no file of content/images or content/files"
        yield Fault(("authority_mark_image",), reason, "Put it there and write images/mark.png.")


def check_group(group: Group) -> Iterator[Fault]:
    yield from check_id(group.id)
    yield from check_name(group.name)


def check_member(member: Member) -> Iterator[Fault]:
    yield from check_id(member.id)
    yield from check_name(member.name)
    yield from check_pages("home", member.home)


def check_organisation(organisation: Organisation) -> Iterator[Fault]:
    yield from check_id(organisation.id)
    yield from check_name(organisation.name)
    yield from check_pages("home", organisation.home)


def check_batch(batch: Batch) -> Iterator[Fault]:
    yield from check_id(batch.id)
    yield from check_name(batch.name)
    yield from check_pages("source", batch.source)


def check_fetch(fetch: FetchSettings) -> Iterator[Fault]:
    for index, item in enumerate(fetch.allow_private):
        match = _HOST_PORT.fullmatch(item)
        if not match or not 0 < int(match[1]) < 65536:
            yield Fault(("allow_private", index), f"{shown(item)} is no host:port", 'Write "127.0.0.1:1200".')
    for field in FetchSettings.__dataclass_fields__:
        value = getattr(fetch, field)
        if isinstance(value, (int, float)) and not _is_positive(value, field in _MAY_BE_ZERO):
            yield Fault((field,), f"must be above zero, not {shown(value)}", "Write a positive number.")
    if fetch.alert > 1:
        mend = "Write a share such as 10% or 0.1."
        yield Fault(("alert",), f"must be a share of the feeds, not {shown(fetch.alert)}", mend)
    if not fetch.user_agent.isprintable() or not fetch.user_agent.isascii():
        yield Fault(("user_agent",), "an HTTP header holds printable ASCII only", "Write a plain name.")


def check_feeds_out(feeds: FeedsOut) -> Iterator[Fault]:
    if feeds.limit < 1:
        yield Fault(("limit",), f"must be above zero, not {shown(feeds.limit)}", "Write a positive number.")
    for index, name in enumerate(feeds.formats):
        if name not in FEED_FORMATS:
            reason = f"{shown(name)} is not one of {', '.join(FEED_FORMATS)}"
            yield Fault(("formats", index), reason, suggestion(name, FEED_FORMATS))


def check_holds(holds: Holds) -> Iterator[Fault]:
    yield from check_words("words", holds.words)
    yield from check_words("classes", holds.classes)


def check_freshness(freshness: FreshnessSettings) -> Iterator[Fault]:
    for field in ("amber", "red"):
        value = getattr(freshness, field)
        if not 0 < value <= MOST_DAYS:
            mend = f"Write a number of days from 1 to {MOST_DAYS}."
            yield Fault((field,), f"{shown(value)} is no number of days that can be waited", mend)
    if freshness.red <= freshness.amber:
        reason = f"an account is red no later than it is amber ({freshness.amber})"
        yield Fault(("red",), reason, "Write a larger number than that of `amber`.")


def check_store(store: str) -> Iterator[Fault]:
    if "://" in store and not _STORE_URL.match(store):
        yield Fault((), f"{shown(store)} is no SQLAlchemy URL", "Write a path, or postgresql+psycopg://…")


def _is_positive(value: float, or_zero: bool) -> bool:
    return math.isfinite(value) and (value > 0 or (or_zero and value == 0))


SINGLE: dict[str, Callable[[Any], Iterator[Fault]]] = {  # what stands once in feeds.yaml
    "site": check_site,
    "fetch": check_fetch,
    "feeds": check_feeds_out,
    "holds": check_holds,
    "freshness": check_freshness,
    "store": check_store,
}
