"""The stub at the address of what was withdrawn."""

from __future__ import annotations

from matrixsite.site.contexts.frame import Head, WithdrawnPage
from matrixsite.site.edition import Edition


def withdrawn_page(edition: Edition) -> WithdrawnPage:
    """The same for all: it names nothing."""
    return WithdrawnPage(Head(edition.say("已撤回"), "", noindex=True))
