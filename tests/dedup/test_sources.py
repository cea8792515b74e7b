"""Whom a text names as its source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.dedup.shadow import plain
from matrixsite.dedup.sources import named_sources

LINE = "老石桥昨天重新放行,两侧各留出一条步行道。"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("来源：清溪晚报", ("清溪晚报",)),
        ("来源 | 清溪晚报 编辑 | 小周", ("清溪晚报",)),
        ("来源：“清溪发布”微信公众号", ("清溪发布",)),
        ("来源：微信公众号：清溪发布", ("清溪发布",)),
        ("来源：清溪晚报、河西电台", ("清溪晚报", "河西电台")),
        ("来源：清溪晚报2026年9月1日", ("清溪晚报",)),
        ("来源：清溪晚报编辑：小周", ("清溪晚报",)),
        ("本文转载自清溪晚报，有删节", ("清溪晚报",)),
        ("（转自：清溪发布）", ("清溪发布",)),
        ("原载于《清溪晚报》", ("清溪晚报",)),
        ("首发于清溪发布", ("清溪发布",)),
        ("摘编自河西电台", ("河西电台",)),
        ("图片来源：河西图库", ()),
        ("数据来源：河西水文站", ()),
        ("河流的来源说法不一", ()),
        ("桥石来自河西的采石场", ()),
        (LINE, ()),
    ],
)
def test_a_line_names_its_source(line: str, names: tuple[str, ...]) -> None:
    assert named_sources([plain(line)]) == names
    assert named_sources([LINE, plain(line), LINE]) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("清溪社9月1日电 老石桥昨天放行。", ("清溪社",)),
        ("河西网讯 老石桥昨天放行。", ("河西网",)),
        ("清溪社河西9月1日电(记者小周)老石桥昨天放行。", ("清溪社",)),
        ("桥头停了两天电,昨晚恢复。", ()),
    ],
)
def test_an_agency_stands_before_its_text(line: str, names: tuple[str, ...]) -> None:
    assert named_sources([line]) == names
    assert named_sources([LINE, LINE, line]) == ()


def test_sources_stand_at_the_ends_of_a_text() -> None:
    far = [*[LINE] * 6, "来源:清溪晚报", *[LINE] * 10]
    assert named_sources(far) == ()
    assert named_sources(far[1:]) == named_sources(far[:-1]) == ("清溪晚报",)


def test_each_source_is_named_once() -> None:
    assert named_sources(["来源:清溪晚报", LINE, "转载自清溪晚报", "来源:河西电台"]) == (
        "清溪晚报",
        "河西电台",
    )


def test_a_line_without_end_is_read_at_its_ends() -> None:
    assert named_sources([f"来源:清溪晚报 {LINE * 99}"]) == ("清溪晚报",)
    assert named_sources([f"{LINE * 99} 来源:清溪晚报"]) == ("清溪晚报",)
    assert named_sources([f"{LINE * 99} 来源:清溪晚报 {LINE * 99}"]) == ()


@given(st.lists(st.text("来源转载自:： 清溪晚报、2026电讯《》|", max_size=40), max_size=4))
def test_names_are_names(lines: list[str]) -> None:
    found = named_sources(lines)
    assert len(set(found)) == len(found)
    assert all(2 <= len(name) <= 24 for name in found)
