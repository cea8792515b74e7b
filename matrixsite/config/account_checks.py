"""What a type can't say about one account: its feeds, pictures, plugins, and the days of its life."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from matrixsite.config.patterns import inside
from matrixsite.config.query_words import faults as query_faults
from matrixsite.config.settings import Account, Closure, Feed, Images, Rights
from matrixsite.config.source import FieldPath
from matrixsite.config.value_checks import (
    ID_PATTERN,
    Fault,
    check_id,
    check_name,
    check_pages,
    check_words,
    check_zone,
    not_web,
)
from matrixsite.config.wording import shown, suggestion
from matrixsite.plugins import Kind, installed

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:", re.ASCII)
_FEED_NAME = re.compile(ID_PATTERN, re.ASCII)


def check_account(account: Account, root: Path) -> Iterator[Fault]:
    yield from check_id(account.id)
    yield from check_name(account.name)
    yield from check_id(account.member, "member") if account.member != account.id else ()
    for index, feed in enumerate(account.feeds):
        yield from _check_feed(feed, account.id, index, root)
    yield from _check_feeds_differ(account.feeds)
    yield from check_pages("home", account.home)
    for index, link in enumerate(account.store_links):
        if reason := not_web(link.url):
            yield Fault(("store_links", index, "url"), reason, "Write the address of a page: https://…")
    for field, address in (("avatar", account.avatar), ("qr", account.qr)):
        if address and (fault := _bad_picture(address, root)):
            yield Fault((field,), *fault)
    yield from check_zone(account.timezone) if account.timezone else ()
    yield from check_words("skip_words", account.skip_words)
    for path, reason, mend in query_faults(account.query) if account.query else ():
        yield Fault(("query", *path), reason, mend)
    yield from _check_plugins(account)
    if account.charset and not _is_charset(account.charset):
        mend = "Write a name such as gb18030 or big5, or remove it."
        yield Fault(("charset",), f"{shown(account.charset)} is no known charset", mend)
    if account.images is Images.MIRROR and account.rights is not Rights.FULL:
        mend = "Write `rights: full` if you hold them, else `images: hotlink`."
        yield Fault(("images",), f"mirrored images need rights: full, not {account.rights}", mend)
    yield from _check_life(account)


def _check_plugins(account: Account) -> Iterator[Fault]:
    named: list[tuple[FieldPath, Kind, str]] = [
        (("filters", index), Kind.FILTER, name) for index, name in enumerate(account.filters)
    ]
    named += [
        (("feeds", index, "source"), Kind.SOURCE, feed.source)
        for index, feed in enumerate(account.feeds)
        if feed.source
    ]
    for path, kind, name in named:
        if name not in installed(kind):
            mend = suggestion(name, installed(kind)) if installed(kind) else "Install its package."
            yield Fault(path, f"no package that is installed offers {shown(name)} among {kind}", mend)


def _check_life(account: Account) -> Iterator[Fault]:
    """Joining, renaming and closing, in an order that can be."""
    joined, closed = account.joined, account.closed
    if joined and closed and closed < joined:
        yield Fault(("closed",), f"closed before it joined ({joined})", "Correct one of the two.")
    if account.closure and not closed:
        mend = "Add `closed: …` with the day."
        yield Fault(("closure",), f"{account.closure} without a day on which it was", mend)
    if account.closure is Closure.MERGED and not account.successor:
        yield Fault(("closure",), "merged into nothing", "Add `successor: …`, the id of an account.")
    earlier = date.min
    for index, former in enumerate(account.former_names):
        if not former.name.strip():
            yield Fault(("former_names", index, "name"), "the name is empty", "Write it, or remove the item.")
        if former.until and former.until < earlier:
            reason = f"it was called so until before the name before it ({earlier})"
            yield Fault(("former_names", index, "until"), reason, "List the oldest name first.")
        earlier = former.until or earlier


def _check_feed(feed: Feed, account: str, index: int, root: Path) -> Iterator[Fault]:
    name = feed.key.removeprefix(account + "/")
    if name != feed.key and not _FEED_NAME.fullmatch(name):
        mend = "Use a to z, 0 to 9, `-`, `_` and `.`."
        yield Fault(("feeds", index, "key"), f"{shown(name)} can't be the name of a feed", mend)
    if fault := _bad_source(feed.url, root):
        yield Fault(("feeds", index, "url"), *fault)


def _check_feeds_differ(feeds: tuple[Feed, ...]) -> Iterator[Fault]:
    urls: dict[str, int] = {}
    keys: dict[str, int] = {}
    for index, feed in enumerate(feeds):
        if urls.setdefault(feed.url, index) != index:
            yield Fault(("feeds", index), "the account lists this feed twice", "Remove one of the two.")
        elif keys.setdefault(feed.key, index) != index:
            reason = f"the account has another feed named {shown(feed.key.rpartition('/')[2])}"
            yield Fault(("feeds", index, "key"), reason, "Give each feed a name of its own.")


def _is_charset(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding  # hex, zip and the like are no charsets
    except (LookupError, ValueError):
        return False


def _bad_source(address: str, root: Path) -> tuple[str, str] | None:
    """Reason and mend if `address` is neither an http(s) address nor a path inside `root`."""
    if _SCHEME.match(address) or "://" in address or address.startswith("//"):
        reason = not_web(address)
        return (reason, "Write a URL with http or https, or a path beside feeds.yaml.") if reason else None
    if not address.strip():
        return "the address is empty", "Write a URL or a path, or remove the key."
    if not inside(root, address):
        return f"the path {shown(address)} leaves the folder of feeds.yaml", "Put the file beside feeds.yaml."
    return None


def _bad_picture(address: str, root: Path) -> tuple[str, str] | None:
    """The same of a picture, which pages can only show where it is published: of a path, below content/images/."""
    fault = _bad_source(address, root)
    if fault or "://" in address or address.startswith("content/images/"):
        return fault
    mend = "Put it into content/images/ and write `content/images/…`."
    return f"the picture {shown(address)} is not published with the site", mend
