"""The words of enumerations that people choose from."""

from __future__ import annotations

import enum

from domain.supervision.events import CircularKind, Colour, FindingType, Method, Severity
from interface.words import LABELS

GROUPS: dict[type[enum.Enum], str] = {
    CircularKind: "circular",
    Colour: "colour",
    FindingType: "finding_type",
    Method: "method",
    Severity: "severity",
}
"""An enumeration to the group of ``LABELS`` in which its values have words."""


def choice_words(member: enum.Enum) -> str:
    """The Chinese word of a member. Raises ``KeyError`` for one without."""
    return LABELS[GROUPS[type(member)]][str(member.value)]
