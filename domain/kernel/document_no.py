"""Numbers of official documents (文号), such as 联督〔2025〕7号, and of things (编号), such as WT2025-059."""

from __future__ import annotations

import re

from domain.kernel.folding import folded

_SEQUENCE = re.compile(r"第?0*(\d+)号")


def normal_form(written: str) -> str:
    """What all spellings of one number have in common; empty for no number.

    Folded as names are, and as GB/T 9704 has it neither 第 nor leading zeros: ``联督[２０２５] 第07号`` is ``联督(2025)7号``.
    For comparing only; what is recorded is what was written.
    """
    return _SEQUENCE.sub(r"\1号", folded(written))
