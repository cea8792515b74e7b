"""The JSON Schema of feeds.yaml as it is written, for editors that complete and check while one types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, make_dataclass
from typing import Any

from matrixsite.config.checks import FEED_FORMATS, LANGUAGES
from matrixsite.config.draft import top_level
from matrixsite.config.validation import key_of
from matrixsite.config.value_checks import ID_PATTERN, MAX_ID

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ID = "the id: lower-case ASCII, never changed, since addresses are made of it"
_TEXTS = {"type": "array", "items": {"type": "string"}}
_ONE_OR_MORE = {"anyOf": [{"type": "string"}, _TEXTS]}
_FEED = [
    {"type": "string"},
    {
        "type": "object",
        "properties": {
            "name": {"type": "string", "description": "tells the account's feeds apart"},
            "url": {"type": "string", "description": "a URL, or a path beside feeds.yaml"},
            "source": {"type": "string", "description": "the plugin that reads it"},
        },
        "required": ["url"],
        "additionalProperties": False,
    },
]

DESCRIPTIONS: dict[str, dict[str, str]] = {
    "": {
        "site": "what is true of the whole site",
        "groups": "what members and accounts belong to; groups nest",
        "members": "the bodies that run accounts; one that only accounts name need not be listed",
        "organisations": "bodies behind accounts that are no members; one that only accounts name need not be listed",
        "batches": "accounts that joined together; one that only accounts name need not be listed",
        "accounts": "presences on platforms, each with its feeds",
        "include": "further YAML and CSV files with groups, members, accounts and so on; globs are allowed",
        "fetch": "how feeds are fetched",
        "feeds": "the combined feeds that the site publishes",
        "holds": "entries that are shown only after an editor approved them",
        "freshness": "after how many days without anything new an account is amber or red",
        "store": "where entries are stored: an SQLAlchemy URL or a path; default: SQLite in the state folder",
        "after": "a command that gets the report of each run on its standard input",
    },
    "Site": {
        "title": "name of the site",
        "url": "address the site will have, with http or https and without query",
        "language": "language of the site's own words",
        "timezone": "zone of the site's days, and of dates without one",
        "description": "a sentence about the site",
        "organizer": "who runs the site, in the footer",
        "contact": "how to reach them, in the footer",
        "takedown": "where to send objections, in the footer",
        "icp": "ICP filing number, in the footer",
        "police": "public security filing number, in the footer",
        "news_licence": "number of the Internet news licence, in the footer",
        "theme": "a theme of the package, or a folder beside feeds.yaml",
        "order": "how directories list accounts and members: by pinyin, or as they are listed here",
        "offline": "true: what a reader opened can be read without a connection (a service worker)",
        "websub": "address of a WebSub hub, which is told of feeds that changed",
        "profile": "gov: meta tags, footer and notices that government sites in China have",
        "site_code": "网站标识码, 10 letters or digits, for profile: gov",
        "operator": "承办单位, in the footer of profile: gov",
        "authority_mark": "page that the 党政机关标识 leads to, for profile: gov",
        "authority_mark_image": "its picture: a path inside content/, such as images/mark.png",
        "report_errors": "page of 我为政府网站找错; default: the national one for the site code",
    },
    "Group": {
        "id": _ID,
        "name": "name as shown",
        "kind": "what the group is",
        "parent": "id of the group it lies in",
        "intro": "a sentence about it",
        "publish": "hold: entries of its accounts are shown only after an editor approved them",
    },
    "Member": {
        "id": _ID,
        "name": "name as shown",
        "group": "id of its group, or a list",
        "groups": "ids of its groups",
        "aliases": "other names it is found by",
        "home": "its own site",
        "intro": "a sentence about it",
    },
    "Organisation": {
        "id": _ID,
        "name": "name as shown",
        "aliases": "other names that accounts may call it by",
        "parent": "id of the organisation or member it is part of",
        "home": "its own site",
        "intro": "a sentence about it",
    },
    "Batch": {
        "id": _ID,
        "name": "name as shown, by which accounts may name it too",
        "date": "day on which it joined; default: the first day on which an account of it did",
        "intro": "a sentence about it",
        "source": "page where it was announced",
    },
    "FormerName": {
        "name": "the name it had",
        "until": "day on which it was renamed",
    },
    "StoreLink": {
        "url": "page of the app in the store",
        "store": "name of the store",
        "version": "the version that is to be had",
        "updated": "day of that version",
    },
    "Account": {
        "id": _ID,
        "name": "name as shown",
        "member": "id of the member that runs it; default: the account itself",
        "platform": "wechat, weibo, toutiao, douyin, shipinhao, website, app, …",
        "group": "id of its group, or a list",
        "groups": "ids of its groups",
        "feed": "its feed: a URL, or a path beside feeds.yaml; left out for an account without one",
        "feeds": "its feeds, where it has several",
        "rights": "how much of an entry may be shown: all, the first 160 characters, or the title",
        "publish": "hold: nothing of it is shown until an editor approves",
        "public": "true: the fetch URL may be named outside this machine",
        "identity": "what tells its entries apart, where the feed's guids are known to be good or bad",
        "future": "what to do with a date that lies in the future",
        "timezone": "zone of its dates without one; default: the site's",
        "charset": "charset of its feeds, whatever they say themselves",
        "images": "show pictures from where they lie, copy them (rights: full only), or none",
        "skip_words": "entries whose title holds one of these are not taken in",
        "query": "which items are taken in, in RSSHub's words: {filter_title: [停水, 停电], limit: 20}",
        "filters": "plugins that see each new entry, in this order",
        "class": "government, media, self-media, platform",
        "handle": "its name on the platform",
        "home": "its page on the platform",
        "avatar": "its picture: a URL, or a path such as content/images/a.png",
        "qr": "its QR code: a URL, or a path such as content/images/a-qr.png",
        "intro": "a sentence about it",
        "roles": "what it is in the matrix, such as lead",
        "aliases": "other names it is found by",
        "joined": "day it joined the matrix",
        "former_names": "what it was called before, the oldest first, each with the day of renaming",
        "sponsor": "主办: id or name of a member or organisation, or the name of any other body",
        "undertaker": "承办: the same",
        "operator": "运营: the same",
        "batch": "name or id of the batch it joined with",
        "closed": "day it was closed; its archive stays",
        "closure": "what became of it then: closed, merged into its successor, or moved there",
        "successor": "id of the account that follows it",
        "store_links": "pages where an app can be had: addresses, or store, url, version, updated",
    },
    "Query": {
        "filter": "takes in what has one of these words in title, text, authors or categories",
        "filter_title": "one of these words in the title",
        "filter_description": "one of these words in the text",
        "filter_author": "one of these words in an author's name",
        "filter_category": "one of these words in a category",
        "filterout": "leaves out what has one of these words in title, text, authors or categories",
        "filterout_title": "one of these words in the title",
        "filterout_description": "one of these words in the text",
        "filterout_author": "one of these words in an author's name",
        "filterout_category": "one of these words in a category",
        "limit": "only so many items from the beginning of a feed are looked at",
    },
    "FetchSettings": {
        "allow_private": "private addresses that may be fetched, each as host:port",
        "alert": "share of failing feeds beyond which a build answers 1: 10% or 0.1",
        "timeout": "seconds for a whole response",
        "connect_timeout": "seconds to connect",
        "max_bytes": "size limit of a decompressed feed, in bytes",
        "concurrency": "feeds fetched at the same time",
        "per_host": "of them from one host",
        "spacing": "seconds between two starts at one host",
        "adopt_after": "agreeing runs before a permanent redirect is adopted",
        "user_agent": "how the fetcher names itself; default: matrixsite and the site's address",
    },
    "FeedsOut": {
        "limit": "stories of one member in the combined feed, at most",
        "formats": "formats of the combined feed",
    },
    "FreshnessSettings": {
        "amber": "days since its last new entry from which an account is amber",
        "red": "days from which it is red",
        "public": "true: the site has a page on it; default: only the office's board says it",
    },
    "Holds": {
        "words": "entries with one of these in title or text are held",
        "classes": "accounts of these classes are held",
    },
}


def settings_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of feeds.yaml: the settings' types, in the spelling of the file."""
    from pydantic import ConfigDict, TypeAdapter

    config = ConfigDict(extra="forbid", alias_generator=key_of)
    keys = [(key, hint, field(default=None)) for key, hint in top_level().items()]
    documents: Any = list[make_dataclass("Document", keys)]  # type: ignore[misc]
    document = TypeAdapter(documents, config=config).json_schema()
    shapes: dict[str, Any] = document["$defs"]
    del shapes["Feed"]  # an account names its feeds by their addresses
    top = shapes.pop("Document")
    _spell(top, shapes)
    for name, shape in (("", top), *shapes.items()):
        tidied(name, shape, DESCRIPTIONS)
    return {"$schema": DRAFT, **top, "title": "feeds.yaml of matrixsite", "$defs": shapes}


def tidied(name: str, shape: dict[str, Any], descriptions: Mapping[str, Mapping[str, str]]) -> None:
    """Describe the keys of a shape, and take from them what says nothing."""
    for key, value in shape.get("properties", {}).items():
        if description := descriptions.get(name, {}).get(key):
            value["description"] = description
        value.pop("title", None)
        if value.get("default", "") in ("", None, []) or isinstance(value["default"], dict):
            value.pop("default", None)


def _spell(top: dict[str, Any], shapes: dict[str, Any]) -> None:
    """Change the types' schema where feeds.yaml is written otherwise, as `spelling` and `checks` say."""
    top["required"] = ["site"]
    top["properties"]["include"] = dict(_ONE_OR_MORE)
    for name in ("Account", "Member"):
        shapes[name]["properties"] |= {"group": dict(_ONE_OR_MORE), "groups": dict(_ONE_OR_MORE)}
    shapes["Account"]["required"].remove("member")
    feeds = {"anyOf": [*_FEED, {"type": "array", "items": {"anyOf": _FEED}}]}
    shapes["Account"]["properties"] |= {"feed": dict(feeds), "feeds": dict(feeds)}
    for key, shape in (("former_names", "FormerName"), ("store_links", "StoreLink")):
        items = {"anyOf": [{"type": "string"}, {"$ref": f"#/$defs/{shape}"}]}
        shapes["Account"]["properties"][key]["items"] = items
    for name in ("Account", "Member", "Group", "Organisation", "Batch"):
        shapes[name]["properties"]["id"] |= {"pattern": ID_PATTERN, "maxLength": MAX_ID}
    shapes["Site"]["properties"]["language"]["enum"] = list(LANGUAGES)
    shapes["FeedsOut"]["properties"]["formats"]["items"]["enum"] = list(FEED_FORMATS)
    shapes["FetchSettings"]["properties"]["alert"] = {
        "anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "string", "pattern": "%$"}]
    }
