"""What the log had committed to when a document was issued, as it stands on the paper."""

from __future__ import annotations

import io
from dataclasses import dataclass

import segno

from application.system import System


@dataclass(frozen=True)
class PaperSeal:
    """``qr``: the signed checkpoint as a picture (SVG); ``lines``: what it says, as names and values."""

    qr: str
    lines: tuple[tuple[str, str], ...]


def qr_svg(text: str) -> str:
    """A QR code as SVG that needs no style."""
    out = io.BytesIO()
    segno.make(text, error="l", micro=False).save(out, kind="svg", xmldecl=False, omitsize=True, border=2)
    return out.getvalue().decode()


def paper_seal(system: System) -> PaperSeal:
    """The checkpoint signed last; one that covers the document is signed as soon as it is recorded."""
    # Only a log without any is signed here: a document may be set while its number is held, when nothing else is written.
    custody = system.custody
    signed = custody.newest() or custody.sign("issued document")
    return PaperSeal(
        qr_svg(str(signed.note)),
        (
            ("日志", signed.checkpoint.origin),
            ("大小", str(signed.checkpoint.size)),
            ("根", signed.checkpoint.root.hex()),
            ("日志指纹", custody.fingerprint()),
        ),
    )
