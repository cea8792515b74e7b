"""The print of an entry."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.dedup.prints import MOST_KEYS, MOST_SOUGHT, print_of, shingles, title_key_of
from tests.dedup.memory import BRIDGE, ORCHARD, TITLE, made, piece, prose

ANY = st.text(max_size=200) | st.text("桥(he)\n。.1 \u0000\ud800【①来源:更正", max_size=60)


@given(ANY, ANY, st.lists(ANY, max_size=3))
def test_any_entry_has_a_print(title: str, text: str, images: list[str]) -> None:
    entry = piece("a", text, title, images=tuple(images))
    found = print_of(entry)
    assert found == print_of(entry)
    assert pickle.loads(pickle.dumps(found)) == found
    assert {*found.keys} <= {*found.sought}
    assert len(found.keys) <= MOST_KEYS + 12
    assert all(found.sentences)


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [
        ("老石桥放行", "老石桥放行\n今早八点起可以过河", "今早八点起可以过河"),
        ("老石桥放行！", "【老石桥放行】今早八点起可以过河", "今早八点起可以过河"),
        ("老石桥今早放行，行人先过", "老石桥今早放行。行人先过。车辆要等到中午。", "车辆要等到中午"),
        ("老石桥今早放行", "老石桥今早放行", ""),
        ("老石桥今早放行，行人先过", "老石桥今早放行。", ""),
        ("老石桥放行", "柿子园的老邵今早也过了河", "柿子园的老邵今早也过了河"),
        ("", "柿子园的老邵今早也过了河", "柿子园的老邵今早也过了河"),
        ("老石桥放行", "来源：清溪晚报\n今早八点起可以过河", "今早八点起可以过河"),
        ("老石桥放行", "", ""),
    ],
    ids=[
        "on a line",
        "in one go",
        "over two sentences",
        "nothing else",
        "no more than its beginning",
        "not there",
        "no title",
        "furniture",
        "no text",
    ],
)
def test_the_words_of_a_print(title: str, text: str, words: str) -> None:
    assert made(text, title).words == words


@pytest.mark.parametrize(
    ("text", "title", "signs"),
    [
        (BRIDGE, TITLE, ""),
        (BRIDGE.replace("桥", "桥(qiao)"), TITLE, "p"),
        ("跨越清溪河的老石橋昨天重新開放，橋頭這邊還種了樹。", TITLE, "t"),
        (BRIDGE, f"【更正】{TITLE}", "c"),
        (BRIDGE.replace("桥", "桥(qiao)"), f"【更正】{TITLE}", "pc"),
    ],
    ids=["none", "pollution", "traditional", "correction", "two"],
)
def test_signs_of_copying(text: str, title: str, signs: str) -> None:
    assert made(text, title).signs == signs


def test_what_a_text_is_found_by_does_not_depend_on_what_stands_around() -> None:
    alone, amid = made(prose(1, 20)), made(f"{BRIDGE}\n{prose(1, 20)}\n{ORCHARD}")
    assert {*alone.keys} <= {*amid.sought}
    assert len(alone.keys) > 12


def test_a_book_has_no_more_fingerprints_than_an_article() -> None:
    book = made(prose(2, sentences=700))
    assert len(book.keys) == MOST_KEYS
    assert len(book.sought) == MOST_SOUGHT


def test_a_short_text_is_found_by_its_sentences() -> None:
    short = "老石桥昨天放行后行人络绎不绝"
    assert {*made(f"{short}。").keys} & {*made(f"今早的消息传开了很远。{short}。").sought}


def test_digits_are_masked_beside_the_sentence_as_it_is() -> None:
    one, other = made("老石桥昨天过车120辆。"), made("老石桥昨天过车95辆。")
    assert len({*one.masked} & {*other.masked}) == 1
    assert len({*one.masked} | {*other.masked}) == 3


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [(TITLE, f"【转载】{TITLE}", True), (TITLE, f"{TITLE}了", False), (TITLE, "", False)],
)
def test_title_keys(one: str, other: str, equal: bool) -> None:
    assert (title_key_of(one) == title_key_of(other)) is equal


def test_no_title_has_no_key() -> None:
    assert title_key_of("") is title_key_of("！？") is None


def test_pictures_are_told_by_their_addresses() -> None:
    one = print_of(
        piece("a", images=("https://x.example/1.jpg", "https://x.example/2.jpg", "https://x.example/1.jpg"))
    )
    other = print_of(piece("b", images=("https://x.example/2.jpg",)))
    assert len(one.images) == 2
    assert other.images[0] == one.images[1]


def test_a_print_keeps_what_joining_needs_of_its_entry() -> None:
    entry = replace(piece("a", BRIDGE, TITLE, hours=3), inferred=True)
    found = print_of(entry)
    assert (found.id, found.account, found.published, found.inferred) == (
        entry.id,
        entry.account,
        entry.published,
        True,
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [("", set()), ("老石桥", {"老石桥"}), ("跨越清溪河边", {"跨越清溪河", "越清溪河边"})],
)
def test_shingles(words: str, expected: set[str]) -> None:
    assert shingles(words) == expected
