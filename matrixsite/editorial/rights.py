"""How much of an entry may be shown: one answer for pages, feeds, API, search, JSON-LD and Open Graph alike.

Reposting more than a title and a short excerpt needs the publisher's consent (国版办发〔2015〕3号), so an
account is `rights: excerpt` until its operator says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

from matrixsite.config.settings import Account, Images, Rights
from matrixsite.editorial.pictures import without_pictures
from matrixsite.model import Enclosure, Entry, Mirrored


@dataclass(frozen=True, slots=True)
class Shown:
    """What of an entry may leave the store. Its account, time and original address always may."""

    title: str  # may be empty
    excerpt: str = ""  # plain text, up to 160 characters
    html: str = ""  # sanitised body
    text: str = ""  # its plain text, for search
    cover: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    topics: tuple[str, ...] = ()
    mirrored: tuple[
        Mirrored, ...
    ] = ()  # copies to be shown in the place of pictures; the others from where they lie

    @property
    def has_page(self) -> bool:
        """Whether there is something to show beyond the title; a bare cover is not enough."""
        return bool(self.text or self.excerpt or self.enclosures or "<img" in self.html)


def shown(entry: Entry, account: Account, html: str = "") -> Shown:
    """What the rights of `account` leave of `entry`; `html` is its body where it was looked up apart.

    full: all of it. excerpt: title, topics, excerpt, and the cover if `images: hotlink`. link: the title.
    `images: none` takes the pictures out of each; `images: mirror` lets copies stand for those that have one.
    """
    match account.rights:
        case Rights.LINK:
            return Shown(entry.title)
        case Rights.EXCERPT:
            cover = entry.cover if account.images is Images.HOTLINK else ""
            return Shown(entry.title, entry.excerpt, cover=cover, topics=entry.topics)
        case Rights.FULL:
            html, cover = html or entry.html, entry.cover
            if account.images is Images.NONE:
                html, cover = without_pictures(html), ""
            copies = entry.mirrored if mirrors(account) else ()
            return Shown(
                entry.title, entry.excerpt, html, entry.text, cover, entry.enclosures, entry.topics, copies
            )


def mirrors(account: Account) -> bool:
    """Whether the site may publish copies of the account's pictures: a copy needs the rights of a whole text."""
    return account.images is Images.MIRROR and account.rights is Rights.FULL
