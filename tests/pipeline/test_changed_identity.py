"""Another site's feed at a feed's address: what is stored stays, and the health says so until somebody looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.nights import Item, Nights, rss

OURS = rss(Item("p", link="https://qingshan.example/p"), Item("q", link="https://qingshan.example/q"))


def feed(title: str, *links: str) -> bytes:
    items = [Item(f"{title}{n}", link=link) for n, link in enumerate(links)]
    return rss(*items).replace(b"<title>t</title>", f"<title>{title}</title>".encode(), 1)


@pytest.mark.parametrize(
    ("second", "codes"),
    [
        (feed("新片场", "https://squatter.example/1"), ["changed-identity"]),
        (
            feed("新片场", "https://squatter.example/1", "https://qingshan.example/r"),
            [],
        ),  # one of them is ours
        (feed("新名", "https://qingshan.example/r"), []),  # renamed
        (feed("t", "https://new.example/r"), []),  # moved
        (feed("新片场", ""), []),  # no links
    ],
)
def test_another_sites_feed_is_said(tmp_path: Path, second: bytes, codes: list[str]) -> None:
    nights = Nights(tmp_path, [{"id": "a", "feed": "a.xml"}])
    nights.write("a.xml", OURS)
    nights.update()
    nights.write("a.xml", second)
    for _ in range(2):  # the second night answers with the same bytes
        nights.update()
        (status,) = nights.load().statuses()
        assert [status.reason] == (codes or [""])
        assert status.health == ("degraded" if codes else "ok")
    assert {"标题 p", "标题 q"} < set(nights.titles())


def test_it_is_said_until_the_feed_is_back_or_the_operator_names_the_new_home(tmp_path: Path) -> None:
    nights = Nights(tmp_path, [{"id": "a", "feed": "a.xml"}])
    health = []
    for body in (OURS, feed("新", "https://new.example/1"), feed("新", "https://new.example/2"), OURS):
        nights.write("a.xml", body)
        nights.update()
        health.append(nights.load().statuses()[0].health)
    assert health == ["ok", "degraded", "degraded", "ok"]
    nights.set_up([{"id": "a", "feed": "a.xml", "home": "https://new.example/"}])
    nights.write("a.xml", feed("新", "https://new.example/3"))
    nights.update()
    assert nights.load().statuses()[0].health == "ok"
