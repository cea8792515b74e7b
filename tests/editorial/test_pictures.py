from __future__ import annotations

import pytest

from matrixsite.clean.entry import clean
from matrixsite.editorial.pictures import picture_addresses, with_copies, without_pictures
from matrixsite.model import RawEntry

ONE, TWO = 'https://img.example.org/1.jpg?a=1&b="2"', "https://img.example.org/2.png"


@pytest.fixture
def body() -> str:
    """As the sanitiser writes it."""
    quoted = ONE.replace("&", "&amp;").replace('"', "&quot;")
    raw = f'<p>甲</p><img src="{quoted}" alt="a &gt; b" width=90 height=40><p>乙</p><img src="{TWO}">'
    return clean(RawEntry(title="题", content=raw), base="https://example.org/").html


def test_addresses(body: str) -> None:
    one, two = picture_addresses(body)
    assert (one.startswith("https://img.example.org/1.jpg?a=1&b="), two) == (True, TWO)


def test_words_alone(body: str) -> None:
    assert "<img" in body
    assert without_pictures(body) == "<p>甲</p><p></p><p>乙</p><p></p>"


def test_a_copy_takes_the_place_with_its_size(body: str) -> None:
    one = next(picture_addresses(body))
    copied = with_copies(body, lambda url: ("../a&b.webp", 8, 6) if url == one else None)
    assert 'src="../a&amp;b.webp" width="8" height="6" alt="a &gt; b" loading="lazy"' in copied
    assert copied.count("width=") == copied.count("height=") == 1
    assert next(iter([*picture_addresses(copied)][1:])) == TWO
    assert with_copies(body, lambda _: None) == body
