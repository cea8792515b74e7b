"""Small pictures, made where a test needs them; and what a built site shows of them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image


def picture(
    width: int = 8, height: int = 6, form: str = "PNG", colour: Any = (200, 30, 30), **saved: Any
) -> bytes:
    """A picture of one colour."""
    mode = "RGBA" if isinstance(colour, tuple) and len(colour) == 4 else "RGB"
    return file_of(Image.new(mode, (width, height), colour), form, **saved)


def file_of(image: Image.Image, form: str = "PNG", **saved: Any) -> bytes:
    """An image as a file."""
    written = BytesIO()
    image.save(written, form, **saved)
    return written.getvalue()


def opened(content: bytes) -> Image.Image:
    """A file as an image."""
    return Image.open(BytesIO(content))


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few octets that states an area which no memory holds (PNG 1.2, 4.1.1: IHDR, with its CRC)."""
    import zlib

    small = picture()
    header = b"IHDR" + width.to_bytes(4) + height.to_bytes(4) + small[24:29]
    return small[:12] + header + zlib.crc32(header).to_bytes(4) + small[33:]
