"""Where feeds.yaml is written more shortly than the settings it stands for: the mapping, and the way back.

group: a            →  groups: [a]
feed: URL           →  feeds: [{key: <account>, url: URL}]
feeds: [A, B]       →  feeds: [{key: <account>/<hash of A>, url: A}, …]
feeds: [{name, url}]→  feeds: [{key: <account>/<name>, url: …}]
no member           →  member: <account>
alert: 10%          →  alert: 0.1
include: a          →  include: [a]
former_names, store_links: items that are text, see `shorthand`
query: as behind an address, see `query_words`
"""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Any

from matrixsite.config.query_words import query_tree
from matrixsite.config.shorthand import former_name, store_link
from matrixsite.config.source import FieldPath
from matrixsite.config.wording import shown, suggestion

Report = Callable[[FieldPath, str, str], None]  # place in the mapped tree, reason, mend

_FEED_KEYS = ("name", "url", "source")
_SHORT = {"groups": "group", "feeds": "feed", "key": "name"}  # field → the other spelling


def account_tree(row: Any, report: Report) -> Any:
    """The tree of an `Account` for an account as written; what is wrong with its feeds is reported."""
    if not isinstance(row, dict):
        return row
    tree = member_tree(row)
    name = row.get("id", "")
    tree.setdefault("member", name if isinstance(name, str) else "")
    if "feed" in tree and "feeds" not in tree:
        tree["feeds"] = tree.pop("feed")
    if "feeds" in tree:
        tree["feeds"] = _feeds(str(name), _listed(tree["feeds"]), report)
    if "query" in tree:
        tree["query"] = query_tree(tree["query"])
    for key, item_tree in (("former_names", former_name), ("store_links", store_link)):
        if isinstance(tree.get(key), list):
            tree[key] = [item_tree(item) for item in tree[key]]
    return tree


def member_tree(row: Any) -> Any:
    """The tree of a `Member` for a member as written."""
    if not isinstance(row, dict):
        return row
    tree = dict(row)
    if "group" in tree and "groups" not in tree:
        tree["groups"] = tree.pop("group")
    if "groups" in tree:
        tree["groups"] = _listed(tree["groups"])
    return tree


def fetch_tree(tree: Any) -> Any:
    """The tree of `FetchSettings`, percentages turned into shares."""
    if not isinstance(tree, dict) or not str(tree.get("alert", "")).strip().endswith("%"):
        return tree
    try:
        return {**tree, "alert": float(str(tree["alert"]).strip().removesuffix("%")) / 100}
    except ValueError:
        return tree


def include_tree(tree: Any) -> Any:
    """A single include, which may stand without a list."""
    return [tree] if isinstance(tree, str) else tree


def written_path(path: FieldPath, tree: Any) -> FieldPath:
    """The path as written of a path of the mapped tree: accounts.3.groups.0 is accounts.3.group."""
    steps: list[str | int] = []
    for step in path:
        if isinstance(tree, dict):
            if isinstance(step, int):  # the only item of what was no list
                continue
            short = _SHORT.get(step, step)
            steps.append(short if step not in tree and short in tree else step)
            tree = tree.get(steps[-1])
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            steps.append(step)
            tree = tree[step]
        else:
            break
    return tuple(steps)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def feed_keys(account: str, urls: Sequence[str]) -> list[str]:
    """The keys of feeds that are written without names."""
    return [account] if len(urls) == 1 else [f"{account}/{_hashed(url)}" for url in urls]


def _feeds(account: str, items: list[Any], report: Report) -> list[dict[str, Any]]:
    feeds = []
    for index, item in enumerate(items):
        if isinstance(item, str):
            key = account if len(items) == 1 else f"{account}/{_hashed(item)}"
            feeds.append({"key": key, "url": item})
        elif isinstance(item, dict):
            feeds.append(_named_feed(account, item, len(items) == 1))
            for unknown in item.keys() - set(_FEED_KEYS):
                report(("feeds", index, unknown), "unknown key", suggestion(unknown, _FEED_KEYS))
        else:
            mend = "Write a URL or a path, or {name: …, url: …}."
            report(("feeds", index), f"must be an address, not {shown(item)}", mend)
    return feeds


def _named_feed(account: str, item: dict[str, Any], alone: bool) -> dict[str, Any]:
    name = item.get("name", None if alone else _hashed(str(item.get("url"))))
    key = account if name is None else f"{account}/{name}" if isinstance(name, str) else name
    return {"key": key, **{name: item[name] for name in ("url", "source") if name in item}}


def _hashed(url: str) -> str:
    """The name of a feed that has none: it must not change when another feed is added before it."""
    digest = blake2b(url.encode("utf-8", "surrogatepass"), digest_size=5).digest()
    return b32encode(digest).decode().lower()
