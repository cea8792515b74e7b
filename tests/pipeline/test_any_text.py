"""What a feed may say and a database may not like: it harms neither the run nor other feeds, on either database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.nights import Nights, rss

ODD = {
    "nothing": "\0",
    "half of a pair": "\ud800",
    "controls": "\x01\x1f\x7f\x85\ufffe",
    "long": "长" * 4000,
    "escapes": "\\N\\.\t%s %(of)s :name 'x' \"y\" \\x00",
}


def document(odd: str, words: str) -> bytes:
    """A JSON Feed, which can say whatever a string can, wherever it can."""
    item: dict[str, Any] = {
        "id": f"urn:x:{odd}",
        "url": f"https://e.example/{odd}?{odd}",
        "title": f"题{odd}",
    }
    item |= {
        "content_html": f"<p>{words}{odd}</p><img src='https://i.example/{odd}.png'>",
        "tags": [f"签{odd}"],
    }
    item |= {"authors": [{"name": odd}], "date_published": odd, "image": f"https://i.example/{odd}"}
    plain = {
        "id": "urn:x:plain",
        "url": "https://e.example/plain",
        "title": "平常",
        "content_html": "<p>正文</p>",
    }
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps(
        {"version": version, "title": odd, "home_page_url": odd, "items": [item, plain]}
    ).encode()


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_whatever_a_feed_says(tmp_path: Path, place: str | Path, odd: str) -> None:
    accounts = [
        {"id": "a", "feed": "a.json", "images": "mirror", "rights": "full"},
        {"id": "b", "feed": "b.xml"},
    ]
    nights = Nights(tmp_path, accounts, store=str(place))
    nights.write("a.json", document(odd, "说"))
    nights.write("b.xml", rss("b1"))
    first = nights.update(offline=True)
    nights.write("a.json", document(odd, "改口说"))
    second = nights.update(offline=True)
    assert (first.error, second.error) == ("", "")
    assert (first.new, second.corrected) == (3, 1)
    assert {"平常", "标题 b1"} <= {*nights.titles()}
    (found,) = [entry for entry in nights.load().entries(account="a") if entry.title != "平常"]
    assert "改口说" in found.text
