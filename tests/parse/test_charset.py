"""Charsets: validity before labels, labels before guesses, and nothing statistical."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.parse import reasons
from matrixsite.parse.charset import carriable, codec, decode, presumed_utf8
from matrixsite.parse.document import parse

TEXT = "青山市发布：春耕开始"
RARE = "𠮷野家与䶮先生"  # beyond GBK: four bytes each in GB18030


def document(text: str, label: str = "") -> str:
    declared = f' encoding="{label}"' if label else ""
    feed = f'<rss version="2.0"><channel><item><title>{text}</title></item></channel></rss>'
    return f'<?xml version="1.0"{declared}?>{feed}'


@pytest.mark.parametrize(
    ("text", "charset", "prolog", "header", "problems"),
    [
        pytest.param(TEXT, "utf-8", "", "", [], id="utf8_undeclared"),
        pytest.param(TEXT, "utf-8", "gb2312", "", [reasons.CHARSET_MISMATCH], id="utf8_labelled_gb2312"),
        pytest.param(TEXT, "utf-8", "", "gbk", [reasons.CHARSET_MISMATCH], id="utf8_with_gbk_header"),
        pytest.param(TEXT, "utf-8-sig", "gbk", "big5", [], id="byte_order_mark_wins"),
        pytest.param(TEXT, "gbk", "gbk", "", [], id="gbk"),
        pytest.param(TEXT, "gbk", "gb2312", "", [], id="gb2312_means_gb18030"),
        pytest.param(TEXT, "gbk", "utf-8", "", [reasons.CHARSET_MISMATCH], id="gbk_labelled_utf8"),
        pytest.param(TEXT, "gbk", "", "", [reasons.CHARSET_MISMATCH], id="gbk_undeclared"),
        pytest.param(TEXT, "gbk", "gb2312", "iso-8859-1", [], id="western_header_gives_way"),
        pytest.param(RARE, "gb18030", "gb2312", "", [], id="four_byte_gb18030"),
        pytest.param("政府資訊公開", "big5", "big5", "", [], id="big5"),
        pytest.param("啲嘢喺邊度", "big5hkscs", "", "big5", [], id="big5_means_hkscs"),
        pytest.param(TEXT, "utf-16", "utf-16", "", [], id="utf16_marked"),
        pytest.param(TEXT, "utf-16-le", "utf-16", "", [], id="utf16le_unmarked"),
        pytest.param(TEXT, "utf-16-be", "", "gbk", [], id="utf16be_unmarked"),
        pytest.param(RARE, "utf-32", "", "", [], id="utf32_marked"),
        pytest.param(TEXT, "gbk", "utf-16", "", [reasons.CHARSET_MISMATCH], id="utf16_label_is_no_reason"),
        pytest.param(TEXT, "gbk", "nonsense", "x-unknown", [reasons.CHARSET_MISMATCH], id="unknown_labels"),
        pytest.param("plain", "ascii", "gb2312", "big5", [], id="ascii_is_always_right"),
    ],
)
def test_charsets(text: str, charset: str, prolog: str, header: str, problems: list[str]) -> None:
    content_type = f"text/xml; charset={header}" if header else ""
    parsed = parse(document(text, prolog).encode(charset), content_type=content_type)
    assert [entry.title for entry in parsed.entries] == [text]
    assert [problem.code for problem in parsed.problems] == problems


def test_the_operator_comes_first() -> None:
    body = document("政府資訊", "gbk").encode("big5")
    parsed = parse(body, content_type="text/xml; charset=gbk", charset="big5")
    assert parsed.entries[0].title == "政府資訊"
    assert parsed.problems == ()


def test_csv_from_a_chinese_spreadsheet_needs_no_label() -> None:
    parsed = parse("标题,链接\n春耕,https://example.org/1\n".encode("gbk"), url="export.csv")
    assert parsed.entries[0].title == "春耕"
    assert parsed.problems == ()


def test_utf8_cut_inside_a_character_stays_utf8() -> None:
    body = document(TEXT * 4).encode()
    cut = body[: body.index("始".encode()) + 2]
    assert decode(cut).charset == "utf-8"
    parsed = parse(cut)
    assert parsed.truncated
    assert parsed.entries[0].title.startswith("青山市发布：春耕开")


def test_one_broken_character_does_not_make_it_gbk() -> None:
    body = document(TEXT * 4).encode().replace("耕".encode(), "耕".encode()[:2], 1)
    decoded = decode(body, "gb2312")
    assert decoded.charset == "utf-8"
    assert reasons.INVALID_BYTES in {problem.code for problem in decoded.problems}
    assert "春\ufffd开始" in decoded.body.decode()


@pytest.mark.parametrize("overlong", [b"\xc0\xbc", b"\xe0\x80\xbc", b"\xf0\x80\x80\xbc"])
def test_overlong_utf8_never_becomes_markup(overlong: bytes) -> None:
    decoded = decode(TEXT.encode() + overlong + b"script>", "utf-8")
    assert b"<" not in decoded.body
    assert "\ufffd" in decoded.body.decode()


@pytest.mark.parametrize(
    "label", ["utf-7", "hz", "iso-2022-cn", "unicode_escape", "rot13", "idna", "zlib", "", " "]
)
def test_unsafe_labels_are_not_used(label: str) -> None:
    assert codec(label) == ""


def test_utf7_stays_words() -> None:
    body = document("+ADw-script+AD4-", "utf-7").encode()
    parsed = parse(body, content_type="text/xml; charset=utf-7", charset="utf-7")
    assert parsed.entries[0].title == "+ADw-script+AD4-"


def test_control_characters_are_removed_and_reported() -> None:
    parsed = parse(document("甲\0\x0b\x1b乙\ufffe\uffff").encode())
    assert parsed.entries[0].title == "甲乙"
    assert [problem.code for problem in parsed.problems] == [reasons.CONTROL_CHARACTERS]


@given(
    st.binary(max_size=300),
    st.sampled_from(["", "utf-8", "gbk", "big5", "utf-16", "cp1252"]),
    st.sampled_from(["", "gbk"]),
)
def test_any_bytes_become_clean_utf8(body: bytes, label: str, override: str) -> None:
    text = decode(body, label, override).body.decode("utf-8")
    assert carriable(text) == text


@given(st.text(alphabet=st.characters(codec="gb18030", exclude_categories=["Cc", "Cs", "Cn"]), max_size=50))
def test_gb18030_round_trip_by_label(text: str) -> None:
    body = text.encode("gb18030")
    expected = text if text.isascii() or not _valid_utf8(body) else body.decode()
    assert decode(b"<a>" + body, "gb2312").body.decode() == "<a>" + expected


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=50))
def test_utf8_survives_any_label(text: str) -> None:
    for label in ("gbk", "big5", "iso-8859-1", "utf-16"):
        assert decode(codecs.BOM_UTF8 + text.encode(), label).body.decode() == text
        assert decode(b"<a>" + text.encode(), label).body.decode() == "<a>" + text


def _valid_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff\ufeff")),
    st.sampled_from(["", "utf-8", "gb2312", "gbk", "iso-8859-1", "utf-16"]),
    st.sampled_from(["", "UTF-8", "gb2312", "iso-8859-1", "nonsense"]),
    st.booleans(),
)
def test_what_is_utf8_may_be_presumed(text: str, header: str, prolog: str, marked: bool) -> None:
    body = (codecs.BOM_UTF8 if marked else b"") + document(text, prolog).encode()
    assert presumed_utf8(body, header) == decode(body, header)


def test_what_is_no_utf8_is_not_taken_for_it() -> None:
    body = document(TEXT, "gbk").encode("gbk")
    assert [entry.title for entry in parse(body).entries] == [TEXT]
