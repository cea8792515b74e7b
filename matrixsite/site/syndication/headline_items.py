"""The feed of the headlines: an item a day, dated by it, which says why the piece leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from urllib.parse import urlsplit

from matrixsite.editorial.headlines import Headline
from matrixsite.site import urls
from matrixsite.site.edition import Edition
from matrixsite.site.source import Listed
from matrixsite.site.syndication.items import MOST_ITEMS, Item, Syndicated, item_of, placed, xml_text


def of_headlines(led: Sequence[tuple[Headline, Listed]], edition: Edition) -> Syndicated:
    """The newest 50 headlines, newest first."""
    title = edition.say("今日头条")
    feed = Syndicated(
        title=xml_text(f"{edition.settings.site.title} · {title}"),
        description=edition.say("编辑每天推荐一篇，并写明理由。"),
        language=edition.settings.site.language,
        home=edition.absolute(urls.HEADLINES),
        address="",
        items=tuple(_item(headline, listed, edition) for headline, listed in led[:MOST_ITEMS]),
        hub=edition.settings.site.websub,
    )
    return placed(feed, urls.HEADLINES_FEED, edition)


def _item(headline: Headline, listed: Listed, edition: Edition) -> Item:
    """An id of the day, not of the piece: one may lead on two days. The reason stands first, then the excerpt."""
    piece = item_of(listed, "", edition)
    day = datetime.combine(headline.date, time.min, edition.zone)
    host = urlsplit(edition.settings.site.url).hostname
    words = (_reason(headline, edition), piece.excerpt)
    return replace(
        piece,
        id=f"tag:{host},{headline.date}:headline",
        published=day,
        updated=max(day, piece.updated) if listed.entry.corrected else day,
        excerpt="\n".join(filter(None, words)),
    )


def _reason(headline: Headline, edition: Edition) -> str:
    reason = edition.say("推荐理由：{reason}", reason=headline.reason)
    picker = edition.say("——{name}", name=headline.picker) if headline.picker else ""
    return xml_text(f"{reason}{picker}")
