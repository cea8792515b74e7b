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


def plain_body(lines: list[str]) -> Body:
    """A body of plain lines; some at a time, since a tree of a million paragraphs fills the memory."""
    parts = (lines[at : at + _AT_ONCE] for at in range(0, len(lines), _AT_ONCE))
    html = "".join(sanitised("".join(f"<p>{escaped(line)}</p>" for line in part)) for part in parts)
    return Body(html, "\n".join(lines))
