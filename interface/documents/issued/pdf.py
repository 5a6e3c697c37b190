"""An issued document as PDF, set by typst with fonts of its own: the same model gives the same bytes.

No text of a document is ever read as markup: it reaches the setting as data. No font of the machine is used.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import pylopdf_fonts_zh_cn as fonts
import typst

from interface.documents.issued.model import Model, as_bytes

HERE = Path(__file__).parent
TEMPLATE = HERE / "official.typ"
STANDARD: Final = "a-2b"
"""PDF/A-2b: all that it needs is in it, fonts too. [ISO 19005-2]"""


def as_pdf(model: Model) -> bytes:
    """The file."""
    made = typst.compile(
        TEMPLATE,
        root=HERE,
        font_paths=[fonts.serif_path().parent],
        ignore_system_fonts=True,
        sys_inputs={"paper": as_bytes(model).decode()},
        format="pdf",
        pdf_standards=STANDARD,
        timestamp=_midnight(date.fromisoformat(model["issued_on"])),
    )
    assert isinstance(made, bytes)
    return made


def _midnight(day: date) -> int:
    """The file says that it was made on its day, whenever it was."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
