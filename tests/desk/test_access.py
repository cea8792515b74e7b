"""The names by which a desk is reached."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from matrixsite.desk.access import Access, local
from matrixsite.desk.door_pages import spoken
from matrixsite.desk.errors import DeskUnusable


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("", ""),
        ("https://desk.example.org", "https://desk.example.org"),
        ("https://Desk.Example.org:443/", "https://desk.example.org"),
        ("http://10.0.0.1:8080", "http://10.0.0.1:8080"),
        ("https://[2001:DB8::1]:8443", "https://[2001:db8::1]:8443"),
    ],
)
def test_an_address_is_an_origin(address: str, origin: str) -> None:
    assert Access.by("127.0.0.1", address).origin == origin


@pytest.mark.parametrize(
    "address",
    [
        "desk.example.org",
        "ftp://a",
        "https://",
        "https://a/b",
        "https://a?b",
        "https://u@a",
        "https://a:x",
        "https://[",
    ],
)
def test_what_is_no_origin_is_refused(address: str) -> None:
    with pytest.raises(DeskUnusable, match="--address") as refused:
        Access.by("127.0.0.1", address)
    assert refused.value.exit_code == 2


@given(st.text(st.sampled_from("/\\.:?#@\t\n a青\0") | st.characters(codec="utf-8"), max_size=12))
def test_local_addresses_stay_here(address: str) -> None:
    kept = local(address)
    assert kept == address or kept == "/"
    assert kept.startswith("/")
    assert kept[1:2] not in ("/", "\\")
    assert not set(kept) & set("\t\r\n\0\\")


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("en-US,en;q=0.9,zh;q=0.8", "en"),
        ("en;q=0.1,zh-TW", "zh-CN"),
        ("fr,de;q=0.9,en;q=0.2", "en"),
        ("fr", "zh-CN"),
        ("", "zh-CN"),
        ("en;q=x,zh;q=nan", "zh-CN"),
    ],
)
def test_pages_speak_the_browsers_language(wanted: str, language: str) -> None:
    assert spoken(Headers({"accept-language": wanted})) == language
