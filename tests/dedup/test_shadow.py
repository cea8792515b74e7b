"""What is compared in place of a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from matrixsite.dedup.shadow import (
    MOST,
    body_lines,
    is_traditional,
    key,
    plain,
    sentences_of,
    without_pollution,
    words_of,
)
from tests.dedup.memory import BRIDGE, ORCHARD

ACROSS = "跨越清溪河的老石桥昨天重新放行"
INVISIBLE = "\u200b\u200d\ufeff\u00ad\ufe0f\u202e\ud800"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＡＢＣ　１２３", "abc 123"),
        ("老石\u200b桥\ufeff放\u00ad行", "老石桥放行"),
        ("1,234,567元和1，234元", "1234567元和1234元"),
        ("1,23元,456", "1,23元,456"),
        ("9 . 5米，8 ： 30", "9.5米,8:30"),
        ("第 3 . 点", "第 3 . 点"),
        ("這座橋後來關閉", "这座桥后来关闭"),
        ("後記：這座橋建成於二零零六年，兩岸都立了碑。", "后记:这座桥建成于二零零六年,两岸都立了碑。"),
        (
            "先生名叫張東升，今年七十歲，仍住在清溪河邊的老屋里",
            "先生名叫張東升,今年七十歲,仍住在清溪河邊的老屋里",
        ),
        ("㎏ ① ﬁ", "kg 1 fi"),
        ("", ""),
    ],
    ids=[
        "width and case",
        "invisible",
        "thousands",
        "no thousands",
        "blanks in a number",
        "blanks around a sign",
        "short and traditional",
        "traditional",
        "few traditional characters are a name",
        "compatibility",
        "nothing",
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_traditional_script_is_said_or_found_out() -> None:
    text = f"{BRIDGE}老匾上題寫臺名"
    assert plain(text) == text.replace("，", ",")
    assert plain(text, traditional=True).endswith("老匾上题写台名")
    assert plain("這座橋", traditional=False) == "這座橋"


@pytest.mark.parametrize("text", [BRIDGE, ORCHARD], ids=["bridge", "orchard"])
def test_both_scripts_have_one_shadow(text: str) -> None:
    assert is_traditional(converted := OpenCC("s2t").convert(text))
    assert not is_traditional(text)
    assert plain(converted) == plain(text)


def test_what_is_compared_of_an_endless_text_is_bounded() -> None:
    assert len(plain("\ufdfa" * 10 * MOST)) <= 2 * MOST


# Combining marks apart: lower case may compose where upper case doesn't (ǰ).
@given(
    st.text(st.characters(exclude_categories=["Mn", "Cs"]), max_size=60)
    | st.text("1,， .:：九桥ＡaI\u200b\ufeff")
)
def test_the_shadow_of_a_shadow_is_itself(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text(max_size=80), st.sampled_from(INVISIBLE), st.integers(0, 80))
def test_what_cannot_be_seen_makes_no_difference(text: str, sign: str, place: int) -> None:
    assert plain(text[:place] + sign + text[place:], traditional=True) == plain(text, traditional=True)


@pytest.mark.parametrize(
    ("text", "clean", "much"),
    [
        ("清(qing)溪河老石橋", "清溪河老石橋", False),
        ("清(qing)溪(xi)河(hé)老石桥", "清溪河老石桥", True),
        ("老石?qiáo)x放行", "老石放行", False),
        ("老石锟斤拷桥\ufffd\ufffd放行", "老石桥放行", False),
        ("编号(2026)和(甲)不动", "编号(2026)和(甲)不动", False),
        ("全长(kilometre)不动", "全长(kilometre)不动", False),
        ("nothing to do", "nothing to do", False),
    ],
    ids=["one reading", "several", "a broken one", "replacements", "numbers", "long words", "none"],
)
def test_without_pollution(text: str, clean: str, much: bool) -> None:
    assert without_pollution(text) == (clean, much)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("老石桥，昨天 放行！", "老石桥昨天放行"),
        ("涨了3.5米.", "涨了3.5米"),
        ("见 3. 放行", "见3放行"),
        ("a_b……《c》", "abc"),
        ("！？", ""),
    ],
)
def test_words_of(text: str, words: str) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["来源:清溪晚报", ACROSS, "责编:小周"], [ACROSS]),
        (
            ["点击上方蓝字关注我们", "", "作者:小周", ACROSS, "  ", "编辑:老吴", "长按二维码关注我们"],
            [ACROSS],
        ),
        ([ACROSS, "来源:清溪晚报", ACROSS], [ACROSS, "来源:清溪晚报", ACROSS]),
        (["来源:清溪晚报"], ["来源:清溪晚报"]),
        (
            ["发布时间:2026年9月1日 最高23度 最低12度 湿度40 风力3"],
            ["发布时间:2026年9月1日 最高23度 最低12度 湿度40 风力3"],
        ),
        ([], []),
    ],
    ids=["a line each", "several", "in the midst", "nothing else", "a report in one line", "no line"],
)
def test_body_lines(lines: list[str], kept: list[str]) -> None:
    assert body_lines("\n".join(lines)) == kept


def test_furniture_is_looked_for_at_the_ends() -> None:
    lines = [*["来源:清溪晚报"] * 8, ACROSS, *["责编:小周"] * 12]
    assert body_lines("\n".join(lines)) == lines[6:11]


@pytest.mark.parametrize(
    ("lines", "sentences"),
    [
        (["老石桥昨天放行了。桥面加宽到九米整!"], ["老石桥昨天放行了", "桥面加宽到九米整"]),
        (["好。很好。老石桥昨天放行。"], ["好很好老石桥昨天放行"]),
        (["老石桥昨天放行了", "好"], ["老石桥昨天放行了好"]),
        (["好"], ["好"]),
        (["。", ""], []),
    ],
    ids=["two", "short ones go to the next", "a last short one to the one before", "one", "none"],
)
def test_sentences_of(lines: list[str], sentences: list[str]) -> None:
    assert sentences_of(lines) == sentences


@given(st.lists(st.text(max_size=30), max_size=8))
def test_sentences_lose_no_word(lines: list[str]) -> None:
    pieces = [words_of(piece) for line in lines for piece in re.split("[。！？!?；;\n…]", line)]
    assert "".join(sentences_of(lines)) == "".join(pieces)


@given(st.text(st.characters()))
def test_a_key_is_what_databases_store(text: str) -> None:
    assert key(text) == key(text)
    assert -(2**63) <= key(text) < 2**63
