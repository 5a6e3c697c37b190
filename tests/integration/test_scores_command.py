"""`lianjian scores` says what was published, and says which of published, frozen and provisional it prints."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

from typer.testing import CliRunner, Result

from application.verbs.assessment import results as verbs
from application.verbs.supervision import withdraw_finding
from interface.cli.main import app
from interface.demo.accounts import VILLAGE
from tests.kit.acts import act, carried
from tests.kit.databases import DatabaseCase
from tests.kit.demo_ids import PAIRING
from tests.kit.numbers import finding_id
from tests.kit.prepared import prepared
from tests.kit.yearend import by, freeze, publish

THEN, PUBLISHED, NOW = "良好", "一般", "优秀"
"""As computed before the run, as adjusted in it and published, as computed after a finding was withdrawn."""


def test_scores_are_the_published_ones_unless_others_are_asked_for(database: DatabaseCase) -> None:
    system = prepared(database.folder, database.url)
    before, day = system.log.position(), system.today() - timedelta(days=30)
    first = freeze(system, day=day)
    asked = {"grade_after": "fair", "because": "年终舆情", "basis": "县委纪要 5 号"}
    act(system, verbs.propose_adjustment, first, pairing_id=PAIRING, **asked, day=day, by=by("kaohe"))
    act(
        system,
        verbs.approve_adjustment,
        first,
        pairing_id=PAIRING,
        approver="联建办主任",
        day=day,
        by=by("lianban"),
    )
    published_on = publish(system, first, day)
    public = system.log.position()
    withdrawn = {"withdrawn_on": system.today(), "because": "认定有误", "appeal_id": ""}
    carried(system, withdraw_finding, finding_id(system), **withdrawn, today=system.today(), by=by("fuhe"))
    freeze(system, because="再核")
    system.close()

    def scores(*more: str) -> Result:
        words = ["scores", "--year", "2025", "--data", str(database.folder), *more]
        return CliRunner(env={"LIANJIAN_DATABASE_URL": database.url, "LIANJIAN_DATA": None}).invoke(
            app, words
        )

    said = f"run 2025-1, published {published_on}"
    for more, grade, told in (
        ((), PUBLISHED, said),
        (("--known-at", str(public)), PUBLISHED, said),
        (("--known-at", str(before)), THEN, f"provisional, as known at record {before}"),
        (("--provisional",), NOW, "provisional, as known at record"),
        (("--run", "2025-1"), PUBLISHED, said),
        (("--run", "2025-2"), NOW, "run 2025-2, not published"),
    ):
        answer = scores(*more)
        assert answer.exit_code == 0 and told in answer.stderr, (more, answer.stderr)
        row = next(each for each in csv.DictReader(io.StringIO(answer.stdout)) if each["village"] == VILLAGE)
        assert row["grade"] == grade, more
    for wrong in (("--run", "2025-9"), ("--run", "2025-1", "--provisional")):
        assert scores(*wrong).exit_code == 2, wrong
