"""An application that nobody needs any more: nothing of the process holds on to it, or to its county."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from application.system import System
from tests.kit.demo_ids import PAIRING
from tests.kit.serving import Visitor, demo_app


def test_nothing_holds_on_to_an_application_that_has_served(tmp_path: Path) -> None:
    system = _served(tmp_path)
    gc.collect()
    assert system() is None


def _served(folder: Path) -> weakref.ref[System]:
    """A county that answered a page, a refusal and a monitor, and was closed."""
    system, app = demo_app(folder)
    visitor = Visitor(app, "shenji")
    for path, status in ((f"/pairings/{PAIRING}", 200), ("/pairings/none", 404), ("/ready", 200)):
        assert visitor.get(path).status_code == status
    system.close()
    return weakref.ref(system)
