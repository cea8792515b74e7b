"""Who is at the desk: sessions, which live in memory and end with the process, and the token that opens the first.

Secrets are 256 random bits. Sessions are looked up by the digest of theirs, so that the time of a look-up tells
nothing of it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from hmac import compare_digest

IDLE = 12 * 3600.0  # seconds without a request after which a session ends
TOKEN_LIFE = 600.0  # seconds
NAME_LIMIT = 60  # characters of an editor's name


@dataclass(frozen=True, slots=True)
class Session:
    """What pages know of who asks. Every form sends `csrf` back: field `csrf`, or header X-CSRF-Token."""

    csrf: str
    language: str  # zh-CN or en
    editor: str  # the name that stands in what is recorded

    def sent(self, csrf: str) -> bool:
        """Whether a request bears this session's token."""
        return compare_digest(self.csrf.encode(), csrf.encode("utf-8", "surrogatepass"))


@dataclass(slots=True)
class Sessions:
    """The sessions that are open; `clock` gives seconds."""

    clock: Callable[[], float]
    _open: dict[bytes, tuple[Session, float]] = field(default_factory=dict)

    def start(self, language: str, editor: str) -> str:
        """A new session; gives the secret that its cookie holds."""
        self._open = {
            key: (session, seen) for key, (session, seen) in self._open.items() if self._alive(seen)
        }
        secret = secrets.token_urlsafe(32)
        session = Session(secrets.token_urlsafe(32), language, named(editor))
        self._open[_key(secret)] = session, self.clock()
        return secret

    def find(self, secret: str) -> Session | None:
        """The session of a cookie, which is used thereby; None where it ended or never was."""
        session, seen = self._open.get(_key(secret), (None, 0.0))
        if session is None or not self._alive(seen):
            self.end(secret)
            return None
        self._open[_key(secret)] = session, self.clock()
        return session

    def change(self, secret: str, *, language: str = "", editor: str = "") -> None:
        """Another language or name; what is empty stays."""
        if session := self.find(secret):
            session = replace(
                session, language=language or session.language, editor=named(editor) or session.editor
            )
            self._open[_key(secret)] = session, self.clock()

    def end(self, secret: str) -> None:
        """Close a session, if there is one."""
        self._open.pop(_key(secret), None)

    def _alive(self, seen: float) -> bool:
        return self.clock() - seen < IDLE


@dataclass(slots=True)
class OneTimeToken:
    """The token of the address that the terminal shows: of all, the last one made, once, for some minutes."""

    clock: Callable[[], float]
    _token: str = ""
    _made: float = 0.0

    def make(self) -> str:
        """A new one, instead of the one before."""
        self._token, self._made = secrets.token_urlsafe(32), self.clock()
        return self._token

    def redeem(self, token: str) -> bool:
        """Whether this is it; if so, it is no more."""
        fresh = bool(self._token) and self.clock() - self._made < TOKEN_LIFE
        if not fresh or not compare_digest(self._token.encode(), token.encode("utf-8", "surrogatepass")):
            return False
        self._token = ""
        return True


def named(editor: str) -> str:
    """A name in one line."""
    shown = "".join(sign if sign.isprintable() else " " for sign in editor)
    return " ".join(shown.split())[:NAME_LIMIT]


def _key(secret: str) -> bytes:
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()
