"""Pictures made anew: what a stranger's file shows, in a file of our own writing.

Nothing of the original's bytes is kept, so nothing hides in it: no metadata (where it was taken, by whom), no second
file behind the first, no markup. The bytes say what it is, never a label; what is not on the list of formats is
refused, above all SVG, which is a document that may run. Only the first frame of an animation is kept.
"""

from __future__ import annotations

import warnings
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from io import BytesIO
from typing import TYPE_CHECKING, Final

from matrixsite.model import Reason

if TYPE_CHECKING:  # of the extra `images`, and slow to import
    from PIL.Image import Image, Transpose

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
MOST_PIXELS: Final = (
    40_000_000  # as stated by the file, before any of them is unpacked; 160 MB of memory at most
)
MOST_WIDTH: Final = 1600  # pixels: the text's column twice over, for dense screens
MOST_HEIGHT: Final = 16_383  # of WebP (RFC 9649, 2.6); long pictures are usual on WeChat
NAME_LENGTH: Final = 20  # base32 characters, 100 bits
_QUALITY = 80

NO_IMAGE: Final = "no-image"  # none of the formats that are taken
TOO_MANY_PIXELS: Final = "too-many-pixels"
BROKEN_IMAGE: Final = "broken-image"  # cut short, or damaged

_ORIENTATION = 0x0112  # Exif 2.32, 4.6.4; orientations from _SIDEWAYS on change width and height
_SIDEWAYS = 5


@dataclass(frozen=True, slots=True)
class Reencoded:
    """A picture of our own writing: WebP."""

    content: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """Names it by its bytes."""
        return b32encode(blake2b(self.content).digest()).decode("ascii").lower()[:NAME_LENGTH]


def load_codecs() -> None:
    """Import what re-encoding needs: workers that fork from here later needn't."""
    from PIL import GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401


def reencoded(body: bytes) -> Reencoded | Reason:
    """The picture in `body` made anew, upright and at most MOST_WIDTH wide; or why there is none.

    Decoders are C code that reads what strangers wrote: to be called in a worker, within bounds of computing time.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sizes, which are looked at below, and of odd metadata
            with Image.open(BytesIO(body), formats=FORMATS) as opened:
                width, height = opened.size
                if width * height > MOST_PIXELS:
                    return Reason(TOO_MANY_PIXELS, f"{width} × {height}")
                return _written(_fitted(opened))
    except UnidentifiedImageError:
        return Reason(NO_IMAGE)
    except Image.DecompressionBombError:
        return Reason(TOO_MANY_PIXELS)
    except Exception as error:  # decoders raise whatever comes to them
        return Reason(BROKEN_IMAGE, type(error).__name__)


def _fitted(opened: Image) -> Image:
    """Upright, plain colours, within our bounds."""
    from PIL import Image

    orientation = _orientation(opened)
    sideways = orientation >= _SIDEWAYS
    width, height = opened.size[::-1] if sideways else opened.size
    scale = min(1.0, MOST_WIDTH / width, MOST_HEIGHT / height)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    opened.draft("RGB", size[::-1] if sideways else size)  # a JPEG can be unpacked smaller than it is
    plain = _plain(opened)
    upright = plain.transpose(_turns()[orientation]) if orientation in _turns() else plain
    return (
        upright if upright.size == size else upright.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    )


def _orientation(opened: Image) -> int:
    """How the picture is to be turned; a camera's metadata may be damaged where the picture is not."""
    try:
        stated = opened.getexif().get(_ORIENTATION, 1)
    except Exception:
        return 1
    return stated if isinstance(stated, int) else 1


@cache
def _turns() -> Mapping[int, Transpose]:
    """By orientation, what brings the picture upright."""
    from PIL.Image import Transpose

    order = (
        Transpose.FLIP_LEFT_RIGHT,
        Transpose.ROTATE_180,
        Transpose.FLIP_TOP_BOTTOM,
        Transpose.TRANSPOSE,
        Transpose.ROTATE_270,
        Transpose.TRANSVERSE,
        Transpose.ROTATE_90,
    )
    return dict(enumerate(order, 2))


def _plain(image: Image) -> Image:
    """In red, green and blue, with transparency where there is some."""
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    return image if image.mode == mode else image.convert(mode)


def _written(image: Image) -> Reencoded:
    image.info = {}  # or its colour profile and more would be written, too
    written = BytesIO()
    image.save(written, "WEBP", quality=_QUALITY, method=4)
    return Reencoded(written.getvalue(), *image.size)
