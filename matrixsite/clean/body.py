"""What cleaning makes of an entry's words."""

from __future__ import annotations

from dataclasses import dataclass, field

from matrixsite.clean.allow_list import sanitised
from matrixsite.clean.flat_html import escaped
from matrixsite.clean.media import Embeds


@dataclass(frozen=True, slots=True)
class Body:
    """A body made safe."""

    html: str = ""
    text: str = ""  # one line a block
    embeds: Embeds = field(default_factory=Embeds)


def plain_body(lines: list[str]) -> Body:
    """A body of plain lines."""
    return Body(sanitised("".join(f"<p>{escaped(line)}</p>" for line in lines)), "\n".join(lines))
