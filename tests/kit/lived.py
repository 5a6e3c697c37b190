"""The lived year of the demo county, told once for all tests and copied for each."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

from filelock import FileLock

from application.settings import Settings
from application.system import System
from domain.kernel.ids import SeededIds
from interface.composition import build
from interface.demo.telling import live
from tests.kit.played import Calendar
from tests.kit.prepared import shelf
from tests.kit.serving import QUICK

TODAY = date(2026, 11, 26)
"""The day on which it is looked at."""


def lived(folder: Path) -> System:
    """The county as it stands on the morning of ``TODAY``, in a folder of its own."""
    kept = shelf() / f"lived_{TODAY}"
    with FileLock(f"{kept}.lock"):
        if not kept.exists():
            new = Path(tempfile.mkdtemp(prefix="new-", dir=kept.parent))
            live(new, TODAY, hasher=QUICK)
            # Only what is complete gets the name.
            new.rename(kept)
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    return build(Settings(folder=folder), Calendar(TODAY), ids=SeededIds("lived"), begin=False)
