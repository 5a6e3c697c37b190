"""Old stored shapes brought to today's. An entry is never removed; each has a golden file.

Key: the name under which the event was stored. Value: today's name, and a function from the stored JSON
object of the event to today's object.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Upcast = tuple[str, Callable[[dict[str, Any]], dict[str, Any]]]

UPCASTS: Mapping[str, Upcast] = {}
