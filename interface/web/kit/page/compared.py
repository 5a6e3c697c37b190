"""Which pages can be compared between two moments."""

from __future__ import annotations

NOT_COMPARED = (
    "/compare",
    "/runs/compare",
    "/documents",
    "/attachments",
    "/evidence",
    "/accounts",
    "/me",
    "/accesses",
    "/sign",
    "/static",
    "/data",
)
FILES = ("/export", "/word", "/file", ".csv")
"""How the addresses of files end: some take seconds to make, and none can be compared."""


def is_compared(path: str) -> bool:
    """Whether the page at a path of ours can be compared."""
    return not path.startswith(NOT_COMPARED) and not path.endswith(FILES)
