"""Pictures of entries as pages and programs show them: their copies where there are some, else where they lie."""

from __future__ import annotations

from matrixsite.editorial.pictures import Copy, with_copies
from matrixsite.editorial.rights import Shown
from matrixsite.model import Mirrored
from matrixsite.site.contexts.frame import Picture
from matrixsite.site.edition import Edition
from matrixsite.site.urls import copy_of_picture


def cover_of(part: Shown) -> Picture | None:
    """The picture that stands for an entry on our pages."""
    if copy := _copy(part.cover, part):
        return Picture(copy_of_picture(copy.digest), width=copy.width, height=copy.height)
    return Picture(part.cover, external=True) if part.cover else None


def cover_address(part: Shown, edition: Edition) -> str:
    """The same by an address for the outside; empty where there is none."""
    copy = _copy(part.cover, part)
    return edition.absolute(copy_of_picture(copy.digest)) if copy else part.cover


def body_of(part: Shown, root: str) -> str:
    """The body with the copies of its pictures; `root` leads from where it is shown to the root of the site."""
    if not part.mirrored:
        return part.html
    copies = {copy.url: copy for copy in part.mirrored}

    def placed(url: str) -> Copy | None:
        copy = copies.get(url)
        return (root + copy_of_picture(copy.digest), copy.width, copy.height) if copy else None

    return with_copies(part.html, placed)


def _copy(url: str, part: Shown) -> Mirrored | None:
    return next((copy for copy in part.mirrored if copy.url == url), None)
