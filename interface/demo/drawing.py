"""Pictures of the demo county, drawn: a hillside, a square, a classroom, as plain as a poster."""

from __future__ import annotations

import io
import random
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

EDGE: Final = 800
"""Pixels across."""
_SCENES: Final = {
    "茶园植树": ("#bfdcec", "#5d8f4e", "#2f6a37", "trees"),
    "清理河道": ("#d7e6ee", "#7aa2a8", "#4b6c4c", "trees"),
    "直播课堂": ("#efe3cf", "#b98b5e", "#3f5877", "people"),
    "义诊现场": ("#e8eef0", "#9fb3b8", "#a34c3f", "people"),
    "文化广场施工": ("#c9d8e6", "#a9a294", "#b5653a", "houses"),
    "文化广场完工": ("#f0d9b8", "#c2b59b", "#a5402d", "houses"),
}
"""Name to the colours of the sky, the ground and what stands on it, and what that is."""


def drawn(name: str, edge: int = EDGE) -> bytes:
    """The picture as a JPEG, ``edge`` pixels across; the same name is the same picture. Raises ``KeyError``."""
    sky, ground, standing, what = _SCENES[name]
    chance = random.Random(name)
    image = Image.new("RGB", (EDGE, EDGE * 3 // 4), sky)
    draw = ImageDraw.Draw(image)
    horizon = chance.randrange(230, 340)
    for hill in range(3):
        x = chance.randrange(-100, 700)
        draw.ellipse((x, horizon - 60 - 25 * hill, x + 420, horizon + 260), fill=ground)
    draw.rectangle((0, horizon, EDGE, EDGE), fill=ground)
    for _ in range(11):
        x, foot, size = (
            chance.randrange(30, 760),
            chance.randrange(horizon + 20, 590),
            chance.randrange(40, 120),
        )
        match what:
            case "trees":
                draw.rectangle((x - 5, foot - size, x + 5, foot), fill="#6b4a2f")
                draw.ellipse((x - size // 2, foot - 2 * size, x + size // 2, foot - size // 2), fill=standing)
            case "people":
                draw.ellipse((x - 14, foot - size - 28, x + 14, foot - size), fill="#e2b48f")
                draw.rounded_rectangle((x - 22, foot - size, x + 22, foot), 12, fill=standing)
            case _:
                draw.rectangle((x - size, foot - size, x + size // 2, foot), fill="#efe9df")
                draw.polygon(
                    (
                        (x - size - 12, foot - size),
                        (x - size // 4, foot - 2 * size),
                        (x + size // 2 + 12, foot - size),
                    ),
                    fill=standing,
                )
    out = io.BytesIO()
    small = image.filter(ImageFilter.GaussianBlur(1)).resize((edge, edge * 3 // 4))
    small.save(out, "JPEG", quality=82)
    return out.getvalue()
