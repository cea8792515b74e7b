"""The desk's password, kept as a scrypt record that names its own parameters.

The cost is one of those of OWASP's Password Storage Cheat Sheet (N=2^15, r=8, p=3: 32 MB, some tenths of a second);
a record of other parameters stays good until it is set anew. Passwords are compared in NFC, as RFC 8265 asks, for
input methods differ in how they compose.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from hmac import compare_digest
from pathlib import Path
from typing import Any
from unicodedata import normalize

from matrixsite.desk.errors import DeskUnusable

COST = 2**15
SHORTEST, LONGEST = 10, 1000  # characters
_MEMORY = 256 * 1024 * 1024  # a record that asks for more is none of ours


@dataclass(frozen=True, slots=True)
class PasswordRecord:
    """What is kept of a password."""

    salt: str
    digest: str
    n: int = COST
    r: int = 8
    p: int = 3

    def fits(self, password: str) -> bool:
        """Whether this is the password; takes its time."""
        if len(password) > LONGEST:
            return False
        return compare_digest(_digest(password, self.salt, self.n, self.r, self.p), self.digest)


def record_of(password: str, n: int = COST) -> PasswordRecord:
    """A new record, with a salt of its own; `n` is the cost. Raises DeskUnusable where the password is no good."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise DeskUnusable(
            f"a password has {SHORTEST} to {LONGEST:,} characters, this one {len(password):,}; nothing was stored"
        )
    salt = secrets.token_hex(16)
    bare = PasswordRecord(salt, "", n)
    return replace(bare, digest=_digest(password, salt, n, bare.r, bare.p))


def _digest(password: str, salt: str, n: int, r: int, p: int) -> str:
    said = normalize("NFC", password).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(said, salt=bytes.fromhex(salt), n=n, r=r, p=p, maxmem=_MEMORY).hex()


def _understood(said: Any) -> PasswordRecord:
    """A record as it was written, if scrypt takes its parameters in a memory that we have. Raises ValueError."""
    texts, numbers = (said["salt"], said["digest"]), (said["n"], said["r"], said["p"])
    if not all(isinstance(text, str) and bytes.fromhex(text) for text in texts):
        raise ValueError
    if not all(type(number) is int and number > 0 for number in numbers):
        raise ValueError
    record = PasswordRecord(*texts, *numbers)
    if record.n.bit_count() != 1 or record.n == 1 or 128 * record.n * record.r > _MEMORY:
        raise ValueError
    return record


@dataclass(frozen=True, slots=True)
class PasswordFile:
    """Where the record lies: `desk/password` in the state folder, for its owner's eyes only."""

    path: Path

    @classmethod
    def within(cls, state: Path) -> PasswordFile:
        """The one of a state folder."""
        return cls(state / "desk" / "password")

    def read(self) -> PasswordRecord | None:
        """The record; None where no password is set. Raises DeskUnusable where it can't be understood."""
        try:
            return _understood(json.loads(self.path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, LookupError) as error:
            told = f"{self.path} holds no password record; set one: matrixsite desk --set-password"
            raise DeskUnusable(told) from error

    def write(self, record: PasswordRecord) -> None:
        """Put the record in the place of the old one, whole or not at all."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.path.with_name(f"password.{os.getpid()}")
        with suppress(FileNotFoundError):
            draft.unlink()
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(descriptor, "w", encoding="utf-8") as file:
                file.write(json.dumps(asdict(record)) + "\n")
                file.flush()
                os.fsync(descriptor)
            draft.replace(self.path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
