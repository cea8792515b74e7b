"""Notices: on the home page and section fronts in HTML, elsewhere by a script from a file, and pages of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

from matrixsite.editorial.notices import Level, Notice
from matrixsite.site import urls
from matrixsite.site.contexts.editorial import NoticeBlock, NoticePage
from matrixsite.site.contexts.frame import Link
from matrixsite.site.documents import TextDocument
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.values.editors import editors_words, moved

_PRESSING = (Level.EMERGENCY, Level.WARNING, Level.INFO)
_TAG = re.compile(r"<[^>]*>")


def standing_notices(edition: Edition) -> tuple[NoticeBlock, ...]:
    """Those that stand today, the most pressing first."""
    return tuple(
        NoticeBlock(Link(notice.title, _page(notice)), notice.level.value)
        for notice in _by_level(edition)
        if notice.stands(edition.today)
    )


def notice_pages(edition: Edition) -> Iterator[Made]:
    """The file that the script reads, and a page for each notice that says more than its title."""
    yield Made("", urls.NOTICES_API, TextDocument(_notices_json(edition)))
    for notice in edition.content.notices:
        if path := _page(notice):
            yield Made("", path, _notice_page(notice, path, edition))
            for former in notice.former:
                yield Made("", urls.notice_page(former), moved(notice.title, path, edition))


def _notices_json(edition: Edition) -> str:
    """Notices whose time has not passed; whether one stands on a day is for the reader to see.

    `from` and `until` are the first and last day in `timezone`, or null; `page` is a site path, or empty.
    """
    notices = [
        {
            "id": notice.id,
            "title": notice.title,
            "level": notice.level.value,
            "from": notice.starts.isoformat() if notice.starts else None,
            "until": notice.ends.isoformat() if notice.ends else None,
            "text": " ".join(unescape(_TAG.sub(" ", notice.html)).split()),
            "page": _page(notice),
        }
        for notice in _by_level(edition)
        if notice.ends is None or edition.today <= notice.ends
    ]
    document = {"timezone": edition.settings.site.timezone, "notices": notices}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _by_level(edition: Edition) -> list[Notice]:
    return sorted(edition.content.notices, key=lambda notice: (_PRESSING.index(notice.level), notice.id))


def _page(notice: Notice) -> str:
    return urls.notice_page(notice.id) if notice.html else ""


def _notice_page(notice: Notice, path: str, edition: Edition) -> NoticePage:
    return NoticePage(
        head=edition.head(notice.title, path),
        title=notice.title,
        level=notice.level.value,
        begins=notice.starts.isoformat() if notice.starts else "",
        ends=notice.ends.isoformat() if notice.ends else "",
        over=notice.ends is not None and notice.ends < edition.today,
        body=editors_words(notice.html, path),
    )
