"""What a reason code means in one sentence, and what an operator can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from matrixsite.model import Reason


@dataclass(frozen=True, slots=True)
class Advice:
    """For people: what is the matter, and the mend."""

    sentence: str
    mend: str


_WAIT = "Nothing to do: it is tried again by itself."
_ASK_HOST = "Open the address in a browser; if it fails there too, ask whoever runs the feed."
_ASK_PUBLISHER = "Tell whoever makes the feed; what could be read is stored."
_NEW_ADDRESS = "Find the feed's new address and correct it in feeds.yaml."

ADVICE: Final[dict[str, tuple[str, str]]] = {
    # the way to the host
    "bad-address": ("the address is no http(s) address with a host", "Correct it in feeds.yaml."),
    "refused-address": (
        "the host is a private, loopback or link-local address",
        "If it is your own bridge, add its host:port to fetch.allow_private.",
    ),
    "dns": ("the host's name has no address", "Check the spelling of the host in feeds.yaml."),
    "connect": ("no connection to the host", _ASK_HOST),
    "tls": ("the host's certificate is not valid", "Ask whoever runs the host to renew its certificate."),
    "proxy": ("the proxy can't be reached or declines", "Check HTTP_PROXY, HTTPS_PROXY and NO_PROXY."),
    # the answer
    "timeout": ("the answer took too long", "If the host is slow by nature, raise fetch.timeout."),
    "protocol": ("the host's answer is not proper HTTP", _ASK_HOST),
    "http-status": ("the host answered with an error", _ASK_HOST),
    "not-found": ("the host has nothing at this address (404)", _NEW_ADDRESS),
    "gone": ("the feed is gone for good (410)", "Find a new address, or set `closed:` on the account."),
    "host-asked-to-wait": ("the host asked us to come less often (429)", _WAIT),
    "host-silent": ("not asked: its host failed for too many other feeds", _ASK_HOST),
    "redirect-loop": ("the redirects lead in a circle, or never end", _ASK_HOST),
    "redirect-refused": ("it redirects to something that is no web address", _NEW_ADDRESS),
    # the body
    "too-large": (
        "it is larger than fetch.max_bytes allows",
        "Ask for a shorter feed, or raise fetch.max_bytes.",
    ),
    "bad-encoding": ("its compression is damaged or unknown", _ASK_HOST),
    "cut-short": ("the answer ended before its end", _WAIT),
    # files
    "missing-file": ("there is no such file", "Correct the path in feeds.yaml, or put the file there."),
    "outside-folder": ("the file lies outside the folder of feeds.yaml", "Move it into that folder."),
    "unreadable-file": ("the file can't be read", "Give this user the right to read it."),
    # not asked
    "offline": ("not asked: the run was offline", _WAIT),
    "deferred": ("not asked: not due yet", _WAIT),
    "paused": ("not asked: it pauses", "Find its new address, or set `closed:` on the account."),
    # no feed
    "empty": ("the document is empty", _ASK_HOST),
    "html-page": ("a web page stands where the feed should be", _NEW_ADDRESS),
    "not-a-feed": ("the document is no feed that we know", _NEW_ADDRESS),
    "bad-json": ("the JSON can't be read", _ASK_PUBLISHER),
    "bad-csv": ("the table has no column that we know", "Name its columns as docs/feeds.md says."),
    "unreadable": ("the document can't be read at all", _ASK_PUBLISHER),
    "too-slow": ("reading the document took too long", "Report it, with the document, as a bug."),
    "worker-died": (
        "reading the document crashed its process, or did not end",
        "Report it, with the document, as a bug.",
    ),
    "reading-failed": ("reading the document met a bug of ours", "Report it, with the document, as a bug."),
    "source-failed": (
        "the plugin that reads it failed",
        "Report it, with the document, to who made the plugin.",
    ),
    "filter-failed": ("a filter failed", "Report it, with the document, to who made the plugin."),
    # degraded
    "charset-mismatch": (
        "its bytes are not in the charset it names",
        "Set `charset:` on the account if it reads wrong.",
    ),
    "invalid-bytes": ("it holds bytes that are no text", "Set `charset:` on the account if it reads wrong."),
    "control-characters": ("it holds characters that XML can't carry", _ASK_PUBLISHER),
    "junk-before-prolog": ("something stands before its beginning", _ASK_PUBLISHER),
    "entities-refused": ("it defines entities of its own, which are not expanded", _ASK_PUBLISHER),
    "malformed-xml": ("its XML is not well-formed", _ASK_PUBLISHER),
    "truncated": ("it ends in the middle", _ASK_PUBLISHER),
    "too-deep": ("it is nested too deep", _ASK_PUBLISHER),
    "too-many-elements": ("it has too many elements", _ASK_PUBLISHER),
    "too-many-attributes": ("it has too many attributes", _ASK_PUBLISHER),
    "too-many-namespaces": ("it has too many namespaces", _ASK_PUBLISHER),
    "too-many-categories": ("an entry has too many categories", _ASK_PUBLISHER),
    "too-many-entries": ("it has too many entries; the first are stored", "Ask for a shorter feed."),
    "field-too-long": ("a field is too long and was cut", _ASK_PUBLISHER),
    "bad-items": ("some of its items can't be read", _ASK_PUBLISHER),
    "bad-guids": (
        "its guids don't tell its entries apart, so something else does",
        "Set `identity:` on the account to lock what serves.",
    ),
    "rotating-guids": (
        "its guids change from night to night, so links tell entries apart",
        "Set `identity:` on the account to lock what serves.",
    ),
    "changed-identity": (
        "another site's feed stands at its address",
        "Find its new address; if it is theirs, name the new site as `home:` of the account.",
    ),
    "spam": (
        "titles that only spam has stand among its entries",
        "Look at it: the site may be sold or broken into; `withdraw` what came, correct the feed in feeds.yaml.",
    ),
    # watched
    "restamped": (
        "the dates of its entries move from night to night; the first ones count",
        "Tell whoever makes the feed: a bridge may give the time of its visit as the date.",
    ),
    "burst": (
        "far more came on one day than it usually publishes",
        "Look whether the entries are its own, or a bridge caught up after a stop.",
    ),
    "gap": (
        "it is silent for much longer than it usually is",
        "Look at the account itself: its feed or bridge may have stopped without an error.",
    ),
    "future-dates": (
        "some dates lie in the future and were not believed",
        "Check `timezone:` and `future:`.",
    ),
    "undated": (
        "some entries have no date that we can read",
        "Tell whoever makes the feed; first sight counts.",
    ),
}


def advice(reason: Reason) -> Advice:
    """The sentence and the mend for a reason; its detail stands in the sentence."""
    sentence, mend = ADVICE[reason.code]
    return Advice(f"{sentence} ({reason.detail})" if reason.detail else sentence, mend)
