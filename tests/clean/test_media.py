"""What an entry mainly brings."""

from __future__ import annotations

import pytest

from matrixsite.clean.media import Embeds, Image, cover_of, media_of, resolved
from matrixsite.model import Enclosure, Media

PAGE = "https://a.cn/1"
MP3 = Enclosure("https://a.cn/1.mp3", "audio/mpeg")
MP4 = Enclosure("https://a.cn/1.mp4")
PICTURE = Embeds((Image("https://a.cn/1.jpg"),))


@pytest.mark.parametrize(
    ("url", "embeds", "enclosures", "text", "expected"),
    [
        (PAGE, Embeds(), (), "字" * 500, Media.TEXT),
        (PAGE, PICTURE, (), "字" * 500, Media.TEXT),
        (PAGE, PICTURE, (), "图说", Media.IMAGE),
        (PAGE, Embeds(), (), "", Media.TEXT),
        (PAGE, Embeds(), (MP4,), "字" * 500, Media.VIDEO),
        (PAGE, Embeds(), (MP3,), "字" * 500, Media.AUDIO),
        (PAGE, Embeds(video=True), (), "字" * 50, Media.VIDEO),
        (PAGE, Embeds(video=True), (), "字" * 500, Media.TEXT),
        (PAGE, Embeds(audio=True), (), "字" * 50, Media.AUDIO),
        ("https://www.douyin.com/video/7210000000000000001", Embeds(), (), "字" * 500, Media.VIDEO),
        ("https://www.bilibili.com/read/cv1", Embeds(), (), "字" * 500, Media.TEXT),
    ],
)
def test_media_of(
    url: str, embeds: Embeds, enclosures: tuple[Enclosure, ...], text: str, expected: Media
) -> None:
    assert media_of(url, embeds, enclosures, text) is expected


@pytest.mark.parametrize(
    ("named", "images", "enclosures", "expected"),
    [
        ("/c.jpg", (Image("https://a.cn/1.jpg"),), (), "https://a.cn/c.jpg"),
        ("javascript:x", (Image("https://a.cn/1.jpg"),), (), "https://a.cn/1.jpg"),
        (
            "",
            (Image("https://a.cn/s.jpg", small=True), Image("https://a.cn/1.jpg")),
            (),
            "https://a.cn/1.jpg",
        ),
        (
            "",
            (Image("https://mmbiz.qpic.cn/mmbiz_gif/x/640?wx_fmt=gif"), Image("https://a.cn/1.jpg")),
            (),
            "https://a.cn/1.jpg",
        ),
        ("", (), (MP4, Enclosure("https://a.cn/2.png")), "https://a.cn/2.png"),
        ("", (), (), ""),
    ],
)
def test_cover_of(
    named: str, images: tuple[Image, ...], enclosures: tuple[Enclosure, ...], expected: str
) -> None:
    assert cover_of(named, Embeds(images), enclosures, PAGE) == expected


def test_enclosures_are_resolved_and_only_from_the_web() -> None:
    given = [
        Enclosure("m/1.mp3", "Audio/MPEG; x=1", 5),
        Enclosure("m/1.mp3", "audio/ogg"),
        Enclosure("javascript:alert(1)"),
        Enclosure("file:///etc/passwd"),
        Enclosure("/2.bin", '"><script>', -3),
    ]
    assert resolved(given, PAGE) == (
        Enclosure("https://a.cn/m/1.mp3", "audio/mpeg", 5),
        Enclosure("https://a.cn/2.bin"),
    )
