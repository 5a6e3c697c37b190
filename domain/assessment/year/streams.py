"""Where what is decided about a year is recorded: who records it, and who reads back who did, name it from here."""

from __future__ import annotations


def stream_of_runs(year: int) -> str:
    """The year's runs and what was decided on them, up to publication and service."""
    return f"runs-{year}"


def stream_of_lines(year: int, pairing_id: str) -> str:
    """All that is stated about the lines of a pairing's sheet of the year."""
    return f"assessment-{year}-{pairing_id}"


def stream_of_review(position: int) -> str:
    """The review of the evidence recorded at ``position``."""
    return f"evidence-{position}"
