from __future__ import annotations

import pytest

from matrixsite.editorial.refs import Ref, parse_ref


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abcdefghij23", Ref("abcdefghij23", id="abcdefghij23")),
        (" abcdefghij23\n", Ref("abcdefghij23", id="abcdefghij23")),
        ("https://example.org/a", Ref("https://example.org/a", url="https://example.org/a")),
    ],
)
def test_a_ref_is_an_id_or_an_address(text: str, expected: Ref) -> None:
    assert parse_ref(text) == expected


def test_an_address_is_known_by_its_canonical_form() -> None:
    tracked = parse_ref("https://EXAMPLE.org/a?utm_source=x")
    assert tracked.url == parse_ref("https://example.org/a").url
    assert tracked.text == "https://EXAMPLE.org/a?utm_source=x"


@pytest.mark.parametrize("text", ["", "abc", "abcdefghij10", "ABCDEFGHIJ23", "javascript:alert(1)", "/a/b"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="neither an entry id"):
        parse_ref(text)
