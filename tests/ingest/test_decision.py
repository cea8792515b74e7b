"""What becomes of a stored entry when a feed shows it again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from matrixsite.config.settings import IdentityRule
from matrixsite.ingest.decision import Action, Known, decide, same_item
from matrixsite.ingest.harvested import Harvested
from tests.ingest.documents import harvested, only
from tests.nights import LONG, Item, rss

FIRST = Item("p", title="图书馆延长开放", text=LONG)
NOTICE = "该内容已被发布者删除"


def shown(**changes: Any) -> Harvested:
    return only(harvested(rss(replace(FIRST, **changes))))


def known(**changes: Any) -> Known:
    """What the store has after the first sight of `FIRST`."""
    item = shown()
    published = item.dates.published
    assert published is not None
    stored = Known(
        id="abc",
        account="a",
        feed="a",
        identity=item.identity.loose,
        url_key=item.url_key,
        title=item.clean.title,
        text=item.clean.text,
        words=item.words,
        raw_digest=item.raw_digest,
        published=int(published.timestamp()),
        purged=False,
    )
    return replace(stored, **changes)


STUMP = replace(shown(text=LONG[:30]), raw_digest=b"")
NOTHING = {"text": "", "words": b"0", "raw_digest": b"0"}


@pytest.mark.parametrize(
    ("item", "stored", "feed", "action"),
    [
        (shown(), None, "a", Action.INSERT),
        (shown(), known(), "a", Action.KEEP),
        (shown(text=f"<p><b>{LONG}</b></p>"), known(), "a", Action.REFRESH),
        (shown(link="https://example.com/new"), known(), "a", Action.REFRESH),
        (shown(text=LONG.replace("九点", "十点")), known(), "a", Action.CORRECT),
        (shown(title="图书馆不延长开放"), known(), "a", Action.CORRECT),
        (shown(text=LONG[:40] + "…"), known(), "a", Action.KEEP),
        (shown(text=LONG[:40] + "[...]"), known(), "a", Action.KEEP),
        (shown(text=LONG[:40], title="图书馆延长…"), known(), "a", Action.KEEP),
        (shown(text=NOTICE), known(), "a", Action.KEEP),
        (shown(), known(**NOTHING), "a", Action.REFRESH),
        (shown(title="另题"), known(**NOTHING), "a", Action.CORRECT),
        (STUMP, known(), "a", Action.KEEP),
        (STUMP, None, "a", Action.INSERT),
        (shown(), known(text=LONG[:30], words=b"0", raw_digest=b""), "a", Action.REFRESH),
        (shown(title="另题", text="另文"), known(purged=True), "a", Action.KEEP),
        (shown(title="另题", text="另文"), known(), "a/video", Action.KEEP),
        (shown(), known(**NOTHING), "a/video", Action.REFRESH),
    ],
    ids=[
        "new",
        "same",
        "markup",
        "address",
        "text",
        "title",
        "cut with an ellipsis",
        "cut as WordPress does",
        "title and text cut",
        "removal notice",
        "text came",
        "text and another title came",
        "stump of a known entry",
        "stump of a new entry",
        "whole after a stump",
        "purged",
        "another version by another feed",
        "text by another feed",
    ],
)
def test_decide(item: Harvested, stored: Known | None, feed: str, action: Action) -> None:
    assert decide(item, stored, feed) is action


def test_a_title_that_went_missing_is_no_correction() -> None:
    item = shown()
    untitled = replace(item, clean=replace(item.clean, title=""), words=b"1", raw_digest=b"1")
    assert decide(untitled, known(), "a") is Action.KEEP


GUID, LINK, TITLE, TEXT = IdentityRule
OTHER = {"link": "https://example.com/o", "title": "另题", "text": "另文", "day": 2}


@pytest.mark.parametrize(
    ("changes", "by", "same"),
    [
        (OTHER, GUID, False),
        (OTHER | {"title": FIRST.title}, GUID, True),
        (OTHER | {"text": LONG}, GUID, True),
        (OTHER | {"day": 1}, GUID, True),
        (OTHER | {"link": None}, GUID, True),
        (OTHER | {"link": None}, LINK, False),
        (OTHER | {"link": None, "day": 1}, LINK, True),
        (OTHER | {"link": None, "guid": ""}, LINK, True),  # its link is all that the feed gives
        (OTHER | {"title": FIRST.title}, TITLE, False),
    ],
)
def test_same_item(changes: dict[str, Any], by: IdentityRule, same: bool) -> None:
    assert same_item(shown(**changes), known(), by) is same


def test_the_home_page_on_all_items_is_no_evidence() -> None:
    home = {"link": "https://example.com/"}
    assert not same_item(shown(**OTHER | home), known(url_key=shown(**home).url_key), GUID)


def test_a_shared_day_is_no_evidence_among_items_that_share_a_guid() -> None:
    item = shown(**OTHER | {"day": 1})
    shared = replace(item, identity=replace(item.identity, shared=True))
    assert not same_item(shared, known(), GUID)
