from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from matrixsite.config.settings import Account, Images, Rights
from matrixsite.editorial.rights import Shown, shown
from matrixsite.model import Enclosure, Entry, Media, Mirrored, Status

AUDIO = Enclosure("https://example.org/12.mp3", "audio/mpeg", 10)
ENTRY = Entry(
    id="aaaaaaaaaaaa",
    account="daily",
    feed="daily",
    guid="1",
    url="https://example.org/1",
    canonical_url="https://example.org/1",
    title="题",
    published=datetime(2026, 11, 1, tzinfo=UTC),
    inferred=False,
    updated=None,
    first_seen=datetime(2026, 11, 1, tzinfo=UTC),
    corrected=None,
    backfill=False,
    path="2026/11/aaaaaaaaaaaa.html",
    feed_id="https://example.org/1",
    story="aaaaaaaaaaaa",
    status=Status.SHOWN,
    version=1,
    html='<p>甲<img alt="a>b" src="https://example.org/c.jpg">乙</p>',
    text="甲乙，全文",
    excerpt="甲乙",
    cover="https://example.org/c.jpg",
    media=Media.TEXT,
    authors=(),
    categories=(),
    topics=("茶",),
    enclosures=(AUDIO,),
    credit="",
)
COVER = ENTRY.cover


@pytest.mark.parametrize(
    ("rights", "images", "expected"),
    [
        (Rights.FULL, Images.HOTLINK, Shown("题", "甲乙", ENTRY.html, ENTRY.text, COVER, (AUDIO,), ("茶",))),
        (Rights.FULL, Images.NONE, Shown("题", "甲乙", "<p>甲乙</p>", ENTRY.text, "", (AUDIO,), ("茶",))),
        (Rights.EXCERPT, Images.HOTLINK, Shown("题", "甲乙", cover=COVER, topics=("茶",))),
        (Rights.EXCERPT, Images.MIRROR, Shown("题", "甲乙", topics=("茶",))),
        (Rights.EXCERPT, Images.NONE, Shown("题", "甲乙", topics=("茶",))),
        (Rights.LINK, Images.HOTLINK, Shown("题")),
    ],
)
def test_rights_decide_what_is_shown(rights: Rights, images: Images, expected: Shown) -> None:
    assert shown(ENTRY, Account("daily", "日报", "daily", rights=rights, images=images)) == expected


@pytest.mark.parametrize("images", Images)
@pytest.mark.parametrize("rights", Rights)
def test_copies_need_the_rights_of_whole_texts_and_the_word_mirror(rights: Rights, images: Images) -> None:
    copy = Mirrored(COVER, "d", 8, 6)
    account = Account("daily", "日报", "daily", rights=rights, images=images)
    expected = (copy,) if (rights, images) == (Rights.FULL, Images.MIRROR) else ()
    assert shown(replace(ENTRY, mirrored=(copy,)), account).mirrored == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Shown("题"), False),
        (Shown("题", cover=COVER, topics=("茶",)), False),
        (Shown("题", html="<p></p>"), False),
        (Shown("题", "摘要"), True),
        (Shown("题", text="文"), True),
        (Shown("题", html='<p><img src="x"></p>'), True),
        (Shown("题", enclosures=(AUDIO,)), True),
    ],
)
def test_a_page_needs_something_beyond_the_title(value: Shown, expected: bool) -> None:
    assert value.has_page is expected


def test_nothing_of_the_text_passes_by_other_fields_under_link() -> None:
    secret = replace(ENTRY, title="")
    assert shown(secret, Account("daily", "日报", "daily", rights=Rights.LINK)) == Shown("")
