"""Every way in which asking a feed can fail: stable codes of `model.Reason`, kept in reports and the store.

Details are for people: they name hosts, numbers; never path, query or user of a URL: those hold tokens.
"""

from __future__ import annotations

from typing import Final

from matrixsite.model import Answer, Outcome, Reason, Request

# the way to the host
BAD_ADDRESS: Final = "bad-address"  # the URL is no http(s) address with a host
REFUSED_ADDRESS: Final = (
    "refused-address"  # the host is private, loopback, link-local … and not in allow_private
)
DNS: Final = "dns"  # the name has no address
CONNECT: Final = "connect"  # refused, unreachable, or no connection within connect_timeout
TLS: Final = "tls"  # certificate or handshake
PROXY: Final = "proxy"  # the operator's proxy can't be reached or declines

# the answer
TIMEOUT: Final = "timeout"  # the whole response took longer than `timeout`
PROTOCOL: Final = "protocol"  # not HTTP, header beyond all limits, 304 unasked
HTTP_STATUS: Final = "http-status"  # any status but those below
NOT_FOUND: Final = "not-found"  # 404
GONE: Final = "gone"  # 410
HOST_ASKED_TO_WAIT: Final = (
    "host-asked-to-wait"  # 429, by this feed or by one of the same host in the same run
)
HOST_SILENT: Final = "host-silent"  # not asked: the host failed too many others in a row in this run
REDIRECT_LOOP: Final = "redirect-loop"  # or too many
REDIRECT_REFUSED: Final = "redirect-refused"  # to something that is no http(s) address

# the body
TOO_LARGE: Final = "too-large"  # beyond max_bytes
BAD_ENCODING: Final = "bad-encoding"  # compressed in a way we didn't offer, or corrupt
CUT_SHORT: Final = "cut-short"  # ended before its end

# files beside feeds.yaml
MISSING_FILE: Final = "missing-file"
OUTSIDE_FOLDER: Final = "outside-folder"
UNREADABLE_FILE: Final = "unreadable-file"  # no rights, not a regular file, a disk's error

# not asked
OFFLINE: Final = "offline"  # the run was told to use local files only
DEFERRED: Final = "deferred"  # back-off or Retry-After: not due yet
PAUSED: Final = "paused"  # gone, or not found for weeks: asked once a month

NOT_THE_FEEDS_FAULT: Final = frozenset({OFFLINE, HOST_ASKED_TO_WAIT, HOST_SILENT})
"""Codes that say nothing about the feed itself: they neither count as failures nor lengthen a back-off."""


class Fault(Exception):
    """Ends one request; always caught inside this package and turned into an `Answer`."""

    def __init__(self, code: str, detail: str = "", *, status: int = 0, retry_after: float = 0.0) -> None:
        super().__init__(code, detail)
        self.code, self.detail, self.status, self.retry_after = code, detail, status, retry_after


def failed(request: Request, fault: Fault) -> Answer:
    """The answer that stands for a fault."""
    return Answer(
        key=request.key,
        outcome=Outcome.GONE if fault.code == GONE else Outcome.FAILED,
        status=fault.status,
        retry_after=fault.retry_after,
        reason=Reason(fault.code, fault.detail),
    )
