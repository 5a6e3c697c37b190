"""Every page in both languages as PNG files: ``python -m tests.kit.screenshots [FOLDER]``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from domain.kernel import ids
from interface.accounts.demo import PASSWORD, UNIT, VILLAGE
from tests.kit.browser import chromium, screenshot
from tests.kit.serving import Visitor, demo_app, served

PAIRING = ids.pairing_id(2025, ids.village_code(VILLAGE), ids.branch_code(UNIT))
PAGES = {
    "overview": "/",
    "pairings": "/pairings",
    "pairing": f"/pairings/{PAIRING}",
    "findings": "/findings?light=red",
    "finding": "/findings/WT2025-059",
    "finding-new": "/findings/new",
    "sheet": f"/scores/{PAIRING}",
    "ranking": "/ranking",
    "trail": "/trail",
    "event": "/events/5000",
    "runs": "/runs",
    "appeals": "/appeals",
    "appeal": "/appeals/SS2026-001",
    "order": "/documents/order/WT2025-059",
    "result": f"/documents/result/{PAIRING}",
    "receipt": "/documents/receipt/SS2026-001",
    "results": "/results?run=2025-1",
    "notice-of-unit": f"/documents/notice/2025-1/{ids.branch_code(UNIT)}",
    "circular": "/documents/circular/2025-1",
    "annual-report": "/reports/annual?run=2025-1",
    "casebook": "/reports/casebook?year=2025",
    "result-uses": "/result-uses?year=2025",
    "facts": "/facts?figure=forums&year=2025&by=pairing",
    "anomalies": "/anomalies",
    "accesses": "/accesses",
    "compare": f"/compare?page=/pairings/{PAIRING}&from=4000",
    "about": "/?about=2025-06-30",
    "late": "/trail?late=1",
    "past": "/?at=4000",
    "malformed": "/?at=nonsense",
}
ACTORS = {"finding-new": "ducha", "runs": "kaohe"}


def main(folder: Path) -> None:
    """Play a little, then photograph."""
    with tempfile.TemporaryDirectory() as data:
        system, app = demo_app(Path(data))
        Visitor(app, "kaohe").post("/runs?year=2025", because="年终核定")
        Visitor(app, "danwei").post(
            "/appeals", pairing_id=PAIRING, indicator="C2", finding_id="", grounds="第一季度活动漏登"
        )
        appeal = next(iter(sorted(p for p in _appeals(system))))
        with served(app) as address, chromium() as driver:
            for name, path in PAGES.items():
                target = path.replace("SS2026-001", appeal)
                driver.delete_all_cookies()
                driver.get(f"{address}/sign-in")
                driver.find_element(By.NAME, "username").send_keys(ACTORS.get(name, "fuhe"))
                driver.find_element(By.NAME, "password").send_keys(PASSWORD)
                driver.find_element(By.CSS_SELECTOR, "main button").click()
                WebDriverWait(driver, 20).until(lambda d: "/sign-in" not in d.current_url)
                for language in ("zh", "en"):
                    driver.get(f"{address}/language?to={language}&next=/health")
                    driver.get(address + target)
                    if name == "sheet":
                        driver.execute_script(
                            "for (const d of document.querySelectorAll('#A3, #E1')) d.open = true"
                        )
                    screenshot(driver, folder / f"{name}.{language}.png")
                    print(folder / f"{name}.{language}.png", flush=True)
            driver.delete_all_cookies()
            driver.get(f"{address}/sign-in")
            screenshot(driver, folder / "sign-in.zh.png")
        system.close()


def _appeals(system: object) -> list[str]:
    from sqlalchemy import select

    from interface.composition import System
    from projections.assessment_board import appeals

    assert isinstance(system, System)
    with system.reading() as connection:
        return list(connection.execute(select(appeals.c.appeal_id)).scalars())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("build/screenshots"))
