"""What the law or good manners want in the footer of every page, and the operator has not said yet."""

from __future__ import annotations

from collections.abc import Iterator

from matrixsite.config.settings import Settings
from matrixsite.errors import Problem

_DUTIES = {
    "icp": "the ICP filing number must stand on a site served from mainland China (国务院令第292号，第十二条)",
    "police": "the public security filing number (公安备案号) must stand on a site served from mainland China",
    "contact": "readers have no address to write to",
    "takedown": "authors have no address for a notice of infringement (信息网络传播权保护条例，第十四条)",
}


def missing_duties(settings: Settings) -> Iterator[Problem]:
    """A problem for each that `site` leaves out."""
    for key, reason in _DUTIES.items():
        if not getattr(settings.site, key):
            yield Problem(settings.file.name, 0, f"site.{key}", reason, f"Add `{key}: …` below `site:`.")
