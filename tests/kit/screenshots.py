"""Every page in both languages as PNG files: ``python -m tests.kit.screenshots [FOLDER [NAME ...]]``.

The wide window for all, the narrow one (``*.390.png``) for Chinese; a folder ``print`` holds what a printer gets, as PDF.
"""

from __future__ import annotations

import base64
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

from selenium.webdriver import Chrome

from tests.kit.browser import chromium, screenshot, sign_in, widen
from tests.kit.played import Pages, by_hand, year_end
from tests.kit.serving import served

PRINTED = {
    "notice-of-unit",
    "circular",
    "annual-report",
    "notice",
    "scheme",
    "sheet",
    "matrix",
    "notices",
    "casebook",
}
NARROW = 390


def main(folder: Path, names: Collection[str] = ()) -> None:
    """Play a year end, then photograph; only the pages with these names, if any are given."""
    for play in (year_end, by_hand):
        with tempfile.TemporaryDirectory() as data, chromium() as driver:
            system, app, pages = play(Path(data))
            wanted = {name: page for name, page in pages.items() if not names or name in names}
            with served(app) as address:
                if play is year_end and not names:
                    driver.get(f"{address}/sign-in")
                    screenshot(driver, folder / "sign-in.zh.png")
                photograph(driver, address, wanted, folder)
            system.close()


def photograph(driver: Chrome, address: str, pages: Pages, folder: Path) -> None:
    """All of them, one reader after the other."""
    for who in sorted({who for who, _ in pages.values()}):
        sign_in(driver, address, who)
        for language in ("zh", "en"):
            driver.get(f"{address}/language?to={language}&next=/sign-in")
            for name, path in ((name, path) for name, (reader, path) in pages.items() if reader == who):
                widen(driver, 1280)
                driver.get(address + path)
                driver.execute_script("for (const d of document.querySelectorAll('#A3, #E1')) d.open = true")
                screenshot(driver, folder / f"{name}.{language}.png")
                if name in PRINTED:
                    (folder / "print").mkdir(exist_ok=True)
                    paper = base64.b64decode(driver.print_page())
                    (folder / "print" / f"{name}.{language}.pdf").write_bytes(paper)
                if language == "zh":
                    widen(driver, NARROW)
                    screenshot(driver, folder / f"{name}.{NARROW}.png")
                print(folder / f"{name}.{language}.png", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("build/screenshots"), sys.argv[2:])
