"""What looks the same is near, what does not is not; and no file, however it was made, costs more than its bound."""

from __future__ import annotations

import io
import struct
import zlib
from itertools import combinations
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from application.stores.picture_files import (
    UnreadablePicture,
    digest_of,
    is_picture,
    write_small,
)
from application.stores.pictures import NEAR
from tests.kit.drawn import photograph, scene, written


def looks(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "file"
    path.write_bytes(content)
    return digest_of(path)


def apart(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


def cropped(image: Image.Image, share: float) -> Image.Image:
    x, y = image.width * share / 2, image.height * share / 2
    return image.crop((int(x), int(y), int(image.width - x), int(image.height - y)))


def test_copies_of_a_picture_are_near_and_other_pictures_are_not(tmp_path: Path) -> None:
    scenes = [scene(seed) for seed in range(30)]
    first = [looks(tmp_path, written(each, "PNG")) for each in scenes]
    copies = {
        "as a JPEG": lambda each: written(each, quality=50),
        "as a WebP": lambda each: written(each, "WEBP", quality=60),
        "half as large": lambda each: written(each.resize((320, 240)), quality=70),
        "without its rim": lambda each: written(cropped(each, 0.02), quality=80),
    }
    for name, copy in copies.items():
        found = [apart(one, looks(tmp_path, copy(each))) for one, each in zip(first, scenes, strict=True)]
        assert sum(n <= NEAR for n in found) >= 29, (name, found)
    nearest = min(apart(one, other) for one, other in combinations(first, 2))
    assert nearest > NEAR + 8, nearest


def turned_file(image: Image.Image, orientation: int) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "a camera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (30.0, 1.0, 2.0)
    return written(image, exif=exif, quality=90)


def test_a_picture_is_set_upright_and_what_the_camera_noted_does_not_go_along(tmp_path: Path) -> None:
    upright = scene(1)
    lying = turned_file(upright.transpose(Image.Transpose.ROTATE_90), 6)
    assert b"a camera" in lying
    assert apart(looks(tmp_path, lying), looks(tmp_path, photograph(1))) <= 4
    place = tmp_path / "small" / "copy.jpg"
    (tmp_path / "file").write_bytes(lying)
    write_small(tmp_path / "file", 100, place)
    content = place.read_bytes()
    assert b"a camera" not in content and b"Exif" not in content
    with Image.open(place) as small:
        assert small.size == (100, 75) and not small.getexif()
    assert [each.name for each in place.parent.iterdir()] == ["copy.jpg"]


def test_a_blank_sheet_is_like_no_other(tmp_path: Path) -> None:
    assert looks(tmp_path, written(Image.new("RGB", (300, 200), "white"))) == ""
    transparent = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    assert looks(tmp_path, written(transparent, "PNG")) == "", "what is seen through is white"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGBA", "CMYK"])
def test_every_kind_of_pixel_is_read(tmp_path: Path, mode: str) -> None:
    image = scene(3).convert("L").convert("I").point(lambda v: v * 256) if mode == "I;16" else scene(3)
    content = written(image.convert(mode), "JPEG" if mode == "CMYK" else "PNG")
    assert apart(looks(tmp_path, content), looks(tmp_path, photograph(3))) <= NEAR


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, *more: bytes) -> bytes:
    """Of that size, and nearly nothing in it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    begins = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    return begins + b"".join(more) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def large_webp() -> bytes:
    small = written(scene(4, 64, 64), "WEBP", lossless=True)
    return small[:21] + (0x3FFF | 0x3FFF << 14).to_bytes(4, "little") + small[25:]


def large_jpeg() -> bytes:
    small = photograph(5)
    at = small.index(b"\xff\xc0") + 5
    return small[:at] + b"\xff\xff\xff\xff" + small[at + 4 :]


def animated() -> bytes:
    frames = [scene(each, 64, 64) for each in range(6, 9)]
    return written(frames[0], "WEBP", save_all=True, append_images=frames[1:])


HOSTILE = {
    "a page that calls itself a picture": b"\xff\xd8\xff<html><script>alert(1)</script>",
    "half of a picture": photograph(2)[:9000],
    "a picture without its end": written(scene(2), "PNG")[:-9000],
    "nothing but a beginning": b"\x89PNG\r\n\x1a\n",
    "a PNG of a terapixel": png(1 << 20, 1 << 20),
    "a PNG just beyond what is decoded": png(5001, 5000),
    "a JPEG of four gigapixels": large_jpeg(),
    "a WebP of 268 megapixels": large_webp(),
    "a PNG whose lines are missing": png(400, 400),
    "a PNG with a text that bursts": png(20, 20, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(80 << 20)))),
    "a GIF that calls itself a JPEG": b"\xff\xd8\xff" + written(scene(2), "GIF"),
    "a PNG with no width": png(0, 10),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_picture_or_too_large_is_not_looked_at(tmp_path: Path, name: str) -> None:
    assert is_picture(HOSTILE[name][:16])
    with pytest.raises(UnreadablePicture):
        looks(tmp_path, HOSTILE[name])


def test_of_what_moves_the_first_picture_is_looked_at(tmp_path: Path) -> None:
    assert apart(looks(tmp_path, animated()), looks(tmp_path, written(scene(6, 64, 64), "PNG"))) <= NEAR
    frames = [scene(each, 64, 64) for each in range(6, 9)]
    moving = written(frames[0], "PNG", save_all=True, append_images=frames[1:])
    assert looks(tmp_path, moving) == looks(tmp_path, written(frames[0], "PNG"))


def test_a_sound_wave_is_no_webp() -> None:
    assert is_picture(animated()[:16]) and not is_picture(b"RIFF\x00\x00\x00\x00WAVEfmt ")


def test_other_decoders_of_the_library_are_never_reached(tmp_path: Path) -> None:
    out = io.BytesIO()
    scene(2).save(out, "TIFF")
    with pytest.raises(UnreadablePicture):
        looks(tmp_path, out.getvalue())
