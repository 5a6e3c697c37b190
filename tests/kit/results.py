"""A published run, by the whole chain that publishing needs."""

from __future__ import annotations

from tests.kit.yearend import by, published_run

BY = by("kaohe")

__all__ = ["BY", "published_run"]
