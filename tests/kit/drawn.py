"""Pictures that are drawn for tests: a scene of its own for every seed, as different from another as photographs are."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw, ImageFilter


def scene(seed: int, width: int = 640, height: int = 480) -> Image.Image:
    """Some ground, some sky, and shapes before them."""
    chance = random.Random(seed)

    def colour() -> tuple[int, int, int]:
        return chance.randrange(256), chance.randrange(256), chance.randrange(256)

    image = Image.new("RGB", (width, height), colour())
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, int(height * chance.uniform(0.3, 0.7)), width, height), fill=colour())
    for _ in range(24):
        x, y = chance.randrange(width), chance.randrange(height)
        w, h = chance.randrange(width // 12, width // 3), chance.randrange(height // 12, height // 3)
        box = (x - w // 2, y - h // 2, x + w // 2, y + h // 2)
        chance.choice((draw.ellipse, draw.rectangle))(box, fill=colour())
    return image.filter(ImageFilter.GaussianBlur(2))


def written(image: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    """The bytes of a file."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def photograph(seed: int) -> bytes:
    """A scene as a JPEG."""
    return written(scene(seed), quality=85)
