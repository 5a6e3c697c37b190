"""Pictures as files that anybody may have made: looked at and made small within bounds, whatever is in them."""

from __future__ import annotations

import os
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import dhash
from PIL import Image

WHOLE: Final = 25_000_000
"""Pixels of a picture that is decoded whole, at four bytes each. [default: no photograph comes as PNG or WebP of that size]"""
PIXELS: Final = {"JPEG": 51_000_000, "MPO": 51_000_000, "PNG": WHOLE, "WEBP": WHOLE}
"""Pixels at most, by what Pillow calls a format; a JPEG is decoded at a fraction of its size, so it may have more."""
_DECODED: Final = ("JPEG", "PNG", "WEBP")
_BEGINNINGS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_ORIENTATION: Final = 0x0112
_TURNED: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What sets a picture upright, by its orientation. [EXIF 2.32, 4.6.4 A]"""
_EDGE: Final = 288
"""Pixels of the longer edge of what is measured."""
_PLAIN: Final = 16
"""Grey values that the lightest and the darkest field are at least apart; a blank sheet is like every other one."""
_FIELDS: Final = 8
_turn: Final = threading.Lock()
"""One picture at a time, so that eight requests do not need eight times the memory."""


class UnreadablePicture(ValueError):
    """It is broken, no picture, or too large to be looked at."""


def is_picture(begins_with: bytes) -> bool:
    """Whether a file begins as JPEG, PNG or WebP do."""
    return begins_with.startswith(_BEGINNINGS) or (
        begins_with[:4] == b"RIFF" and begins_with[8:12] == b"WEBP"
    )


def digest_of(path: Path) -> str:
    """How a picture looks, in 32 hexadecimal digits, of which few bits differ for what looks the same; empty for a blank one.

    Of what moves, the first picture. Raises ``UnreadablePicture``.
    """
    with _small(path, _EDGE) as image:
        grey = image.convert("L").resize((_FIELDS + 1, _FIELDS + 1), Image.Resampling.LANCZOS)
    fields = list(grey.tobytes())
    if max(fields) - min(fields) < _PLAIN:
        return ""
    return str(dhash.format_hex(*dhash.dhash_row_col(fields, _FIELDS), _FIELDS))


def write_small(path: Path, edge: int, place: Path) -> None:
    """Write the picture with ``edge`` pixels at most as a JPEG that holds nothing else, neither place nor camera.

    Raises ``UnreadablePicture``.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with _small(path, edge) as image:
        # What is seen at the place is always complete, also where two ask at once.
        handle, name = tempfile.mkstemp(dir=place.parent, prefix="new-")
        with os.fdopen(handle, "wb") as file:
            image.save(file, "JPEG", quality=80, optimize=True)
        Path(name).replace(place)


@contextmanager
def _small(path: Path, edge: int) -> Iterator[Image.Image]:
    """The picture upright and opaque, with ``edge`` pixels at most."""
    with _turn:
        try:
            with warnings.catch_warnings():
                # What Pillow warns of (a broken note of the camera) is not about the picture itself.
                warnings.simplefilter("ignore")
                small = _made_small(path, edge)
        except Exception as error:
            # A file that was made to break a decoder may do so anywhere in it.
            raise UnreadablePicture(f"{type(error).__name__}: {error}") from error
    yield small


def _made_small(path: Path, edge: int) -> Image.Image:
    _demand_room(_pixels_of_webp(path), "WEBP")
    with Image.open(path, formats=_DECODED) as file:
        _demand_room(file.width * file.height, file.format or "")
        turned = _TURNED.get(_orientation(file))
        image = file.convert("RGBA") if file.mode == "P" else file
        image.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=3.0)
        seen = image if turned is None else image.transpose(turned)
        if seen.mode.startswith("I"):
            # Sixteen bits for one grey value, of which a conversion would take the lowest.
            seen = seen.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
        if seen.has_transparency_data:
            layer = seen.convert("RGBA")
            seen = Image.new("RGBA", layer.size, "white")
            seen.alpha_composite(layer)
        # A new image: nothing of what stood beside the pixels goes along.
        plain = Image.new("RGB", seen.size)
        plain.paste(seen.convert("RGB"))
        return plain


def _demand_room(pixels: int, form: str) -> None:
    if pixels > PIXELS.get(form, 0):
        raise UnreadablePicture(f"{pixels} pixels")


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:
        # A broken note of the camera leaves the picture as it lies.
        return 1


def _pixels_of_webp(path: Path) -> int:
    """What a WebP says of its size, 0 for another file: Pillow makes room for two such pictures when it opens one."""
    with path.open("rb") as file:
        head = file.read(30)
    if not (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return 0
    match head[12:16]:
        case b"VP8X":
            width, height = (int.from_bytes(head[at : at + 3], "little") + 1 for at in (24, 27))
        case b"VP8L":
            bits = int.from_bytes(head[21:25], "little")
            width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case _:
            width, height = (int.from_bytes(head[at : at + 2], "little") & 0x3FFF for at in (26, 28))
    return width * height
