"""Pictures made anew: which are taken, what of them is kept, what is refused and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from matrixsite.clean.reencoding import (
    BROKEN_IMAGE,
    MOST_HEIGHT,
    MOST_PIXELS,
    NAME_LENGTH,
    NO_IMAGE,
    TOO_MANY_PIXELS,
    Reencoded,
    reencoded,
)
from matrixsite.model import Reason
from tests.pictures import bomb, file_of, opened, picture

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def made(body: bytes) -> Reencoded:
    result = reencoded(body)
    assert isinstance(result, Reencoded), result
    return result


def shown(result: Reencoded) -> Image.Image:
    image = opened(result.content)
    assert (image.format, image.size) == ("WEBP", (result.width, result.height))
    return image


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_these_formats_are_taken(form: str) -> None:
    image = shown(made(picture(40, 30, form))).convert("RGB")
    assert image.size == (40, 30)
    red, green, blue = image.getpixel((20, 15))  # type: ignore[misc]
    assert red > 150 > 80 > max(green, blue)


@pytest.mark.parametrize(
    "image",
    [
        Image.new("1", (5, 5), 1),
        Image.new("L", (5, 5), 90),
        Image.new("P", (5, 5)),
        Image.new("LA", (5, 5), (90, 90)),
        Image.new("I;16", (5, 5), 40_000),
        Image.new("CMYK", (5, 5), (90, 0, 0, 0)),
    ],
    ids=lambda image: image.mode,
)
def test_colours_of_every_kind(image: Image.Image) -> None:
    form = "JPEG" if image.mode == "CMYK" else "PNG"
    assert shown(made(file_of(image, form))).mode in ("RGB", "RGBA")


def test_sixteen_bits_of_grey_keep_their_brightness() -> None:
    image = shown(made(file_of(Image.new("I;16", (9, 9), 32_768)))).convert("L")
    assert abs(image.getpixel((4, 4)) - 128) < 6  # type: ignore[operator]


def test_transparency_stays() -> None:
    image = shown(made(picture(9, 9, "PNG", (10, 200, 10, 0))))
    assert image.convert("RGBA").getpixel((4, 4))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("size", "fitted"),
    [
        ((1600, 10), (1600, 10)),
        ((3200, 1000), (1600, 500)),
        ((900, 18_000), (819, MOST_HEIGHT)),
        ((2000, 1), (1600, 1)),
    ],
)
@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_large_ones_are_made_smaller(form: str, size: tuple[int, int], fitted: tuple[int, int]) -> None:
    assert shown(made(picture(*size, form))).size == fitted


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_stands_upright(orientation: int) -> None:
    """The left half of what a reader sees is red, whatever way the camera was held."""
    upright = Image.new("RGB", (3400, 80), (0, 0, 250))
    upright.paste((250, 0, 0), (0, 0, 1700, 40))
    turn = Image.Transpose
    held = {2: turn.FLIP_LEFT_RIGHT, 3: turn.ROTATE_180, 4: turn.FLIP_TOP_BOTTOM, 5: turn.TRANSPOSE}
    held |= {6: turn.ROTATE_90, 7: turn.TRANSVERSE, 8: turn.ROTATE_270}
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = upright.transpose(held[orientation]) if orientation in held else upright
    image = shown(made(file_of(stored, "JPEG", exif=exif, quality=95))).convert("RGB")
    assert image.size == (1600, 38)
    corners = [image.getpixel(at) for at in ((200, 8), (1400, 8), (200, 30))]
    assert [pixel[0] > 150 for pixel in corners] == [True, False, False]  # type: ignore[index]


def test_nothing_but_the_picture_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret description"
    marks = {"exif": exif, "icc_profile": b"secret profile", "comment": b"secret comment"}
    body = picture(8, 8, "JPEG", **marks) + b"<script>secret</script>"
    assert body.count(b"secret") == 4
    content = made(body).content
    assert b"secret" not in content
    assert {"exif", "icc_profile", "xmp"}.isdisjoint(opened(content).info)


def test_of_an_animation_the_first_frame() -> None:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    body = file_of(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)
    image = shown(made(body))
    assert getattr(image, "n_frames", 1) == 1
    assert image.convert("RGB").getpixel((4, 4))[0] > 150  # type: ignore[index]


def test_the_name_is_that_of_the_bytes() -> None:
    one, again, other = (made(picture(colour=colour)) for colour in ("red", "red", "blue"))
    assert one.digest == again.digest != other.digest
    assert len(one.digest) == NAME_LENGTH
    assert set(one.digest) <= set("abcdefghijklmnopqrstuvwxyz234567")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", NO_IMAGE),
        (b"<!DOCTYPE html><p>no picture</p>", NO_IMAGE),
        (SVG, NO_IMAGE),
        (b"<?xml version='1.0'?>" + SVG, NO_IMAGE),
        (picture(form="BMP"), NO_IMAGE),
        (picture(form="TIFF"), NO_IMAGE),
        (picture(form="ICO"), NO_IMAGE),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", NO_IMAGE),
        (bomb(), TOO_MANY_PIXELS),
        (bomb(10_000, MOST_PIXELS // 10_000 + 1), TOO_MANY_PIXELS),
        (picture(400, 400, "JPEG")[:900], BROKEN_IMAGE),
        (picture(90, 90)[:-40], BROKEN_IMAGE),
        (bomb(900, 900), BROKEN_IMAGE),  # far fewer pixels than stated
    ],
)
def test_refused(body: bytes, code: str) -> None:
    result = reencoded(body)
    assert isinstance(result, Reason)
    assert result.code == code


@given(
    st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]), st.integers(0, 400), st.binary(min_size=1, max_size=8)
)
def test_damage_is_a_reason_or_a_picture(form: str, place: int, damage: bytes) -> None:
    body = picture(30, 30, form)
    result = reencoded(body[:place] + damage + body[place + len(damage) :])
    assert isinstance(result, Reencoded | Reason)
