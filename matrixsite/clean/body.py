"""What cleaning makes of an entry's words."""

from __future__ import annotations

from dataclasses import dataclass, field

from matrixsite.clean.allow_list import sanitised
from matrixsite.clean.flat_html import escaped
from matrixsite.clean.media import Embeds

_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Body:
    """A body made safe."""

    html: str = ""
    text: str = ""  # one line a block
    embeds: Embeds = field(default_factory=Embeds)


@dataclass(frozen=True, slots=True)
class Draft:
    """A body written flat that is yet to be held to the allow-list: nothing of it may be shown or stored."""

    parts: tuple[str, ...] = ()  # of its HTML; each is whole
    text: str = ""
    embeds: Embeds = field(default_factory=Embeds)

    def __bool__(self) -> bool:
        return any(self.parts)

    def made_safe(self) -> Body:
        return Body("".join(map(sanitised, self.parts)), self.text, self.embeds)


def plain_draft(lines: list[str]) -> Draft:
    """A body of plain lines; in parts, since a tree of a million paragraphs fills the memory."""
    parts = (lines[at : at + _AT_ONCE] for at in range(0, len(lines), _AT_ONCE))
    return Draft(
        tuple("".join(f"<p>{escaped(line)}</p>" for line in part) for part in parts), "\n".join(lines)
    )
