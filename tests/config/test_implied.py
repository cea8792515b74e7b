"""Organisations and batches, listed or only named by accounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from matrixsite.config.implied import digest_id
from matrixsite.config.settings import Batch, Organisation, Settings

Load = Callable[[str], Settings]

BODIES = """\
members: [{id: city, name: 市政府}]
organisations:
- {id: bureau, name: 市新闻办公室, aliases: [新闻办], parent: city}
accounts:
- {id: a, name: A, sponsor: city, undertaker: 新闻办, operator: 云上 公司}
- {id: b, name: B, sponsor: 市政府, undertaker: bureau, operator: 云上公司}
- {id: c, name: C, sponsor: a}
"""
COMPANY = "org-zdlpvivw"


def test_organisations_are_found_by_id_name_and_alias(load_text: Load) -> None:
    loaded = load_text(BODIES)
    assert [(one.sponsor, one.undertaker, one.operator) for one in loaded.accounts] == [
        ("city", "bureau", COMPANY),
        ("city", "bureau", COMPANY),
        ("a", "", ""),  # the member that only the account names
    ]
    assert loaded.organisations == (
        Organisation("bureau", "市新闻办公室", ("新闻办",), "city"),
        Organisation(COMPANY, "云上 公司"),
    )


def test_ids_of_names_last() -> None:
    """They are addresses of pages: a change of these digests would move them."""
    assert (digest_id("org", "云上公司"), digest_id("batch", "首批")) == (COMPANY, "batch-7vk2mto4")


BATCHES = """\
batches:
- {id: second, name: 第二批, date: 2022-01-01}
- {id: third, name: 第三批}
accounts:
- {id: a, name: A, batch: 第二批, joined: 2021-12-30}
- {id: b, name: B, batch: 首批, joined: 2021-02-02}
- {id: c, name: C, batch: 首 批, joined: 2021-01-01}
- {id: d, name: D, batch: third, joined: 2022-03-03}
- {id: e, name: E, batch: 待定}
"""


def test_batches_stand_in_the_order_of_their_days(load_text: Load) -> None:
    loaded = load_text(BATCHES)
    first, undated = digest_id("batch", "首批"), digest_id("batch", "待定")
    assert [account.batch for account in loaded.accounts] == ["second", first, first, "third", undated]
    assert loaded.batches == (
        Batch(first, "首批", date(2021, 1, 1)),
        Batch("second", "第二批", date(2022, 1, 1)),
        Batch("third", "第三批", date(2022, 3, 3)),
        Batch(undated, "待定"),
    )
