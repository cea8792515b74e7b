"""What stands on every page, and the pages that have nothing else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it leads; without `href` it is only a name."""

    title: str
    href: str = ""
    external: bool = False  # `href` is an absolute address (or mailto), not a site path


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a picture lies and, where it is known, its size in pixels."""

    href: str
    external: bool = False  # `href` is an absolute address, not a site path
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed a page announces."""

    title: str
    href: str
    type: str


@dataclass(frozen=True, slots=True)
class Government:
    """What government sites carry on every page (`profile: gov`)."""

    domain: str  # without a scheme
    site_code: str
    operator: str
    mark: Link | None  # 党政机关标识
    mark_image: str  # a site path
    report_errors: Link | None  # 我为政府网站找错


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page shows: the site's name, its menu and the notes of the footer."""

    title: str
    url: str  # absolute, no slash at the end
    description: str
    language: str
    menu: tuple[Link, ...]
    organizer: str
    contact: Link | None
    takedown: Link | None
    icp: str
    police: str
    news_licence: str
    feeds: tuple[FeedLink, ...] = ()
    offline: bool = False  # a service worker keeps what was opened
    government: Government | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says about itself to programs."""

    title: str  # without the site's name; empty on the home page
    canonical: str  # absolute; empty where the page has none
    description: str = ""
    noindex: bool = False
    image: str = ""
    feeds: tuple[FeedLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in the site's zone, ready to print."""

    iso: str  # 2026-11-20T09:30:00+08:00

    @property
    def day(self) -> str:
        """2026-11-20"""
        return self.iso[:10]

    @property
    def minute(self) -> str:
        """2026-11-20 09:30"""
        return f"{self.iso[:10]} {self.iso[11:16]}"


@dataclass(frozen=True, slots=True)
class RedirectPage:
    head: Head
    target: Link


@dataclass(frozen=True, slots=True)
class WithdrawnPage:
    """The stub at the address of something withdrawn: it names nothing."""

    head: Head


@dataclass(frozen=True, slots=True)
class NotFoundPage:
    head: Head


@dataclass(frozen=True, slots=True)
class OfflinePage:
    """Stands in for pages that a reader without a connection never opened."""

    head: Head
