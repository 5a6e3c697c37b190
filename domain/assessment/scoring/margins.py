"""How far a total is from the grades beside its own, by points alone."""

from __future__ import annotations

from dataclasses import dataclass

from domain.assessment.scheme.scheme import Band, Scheme


@dataclass(frozen=True)
class Margins:
    """``band``: the one whose points a total reaches. ``above``: the next better one, ``None`` for the best; ``below``: the
    next poorer one, ``None`` for the last. ``lacking``: hundredths up to the one above; ``left``: hundredths that can still be
    lost before the one below.
    """

    band: Band
    above: Band | None
    below: Band | None
    lacking: int
    left: int


def margins(scheme: Scheme, total: int) -> Margins:
    """Of a total in hundredths. Quotas and vetoes are no matter here: they are decided among all."""
    bands = scheme.bands
    n = next(n for n, band in enumerate(bands) if total >= band.least_hundredths)
    above = bands[n - 1] if n else None
    return Margins(
        band=bands[n],
        above=above,
        below=bands[n + 1] if n + 1 < len(bands) else None,
        lacking=above.least_hundredths - total if above is not None else 0,
        left=total - bands[n].least_hundredths,
    )
