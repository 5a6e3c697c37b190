"""Lines as people score them: the unit's own scores, and the assessors' verification beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Row, Table, select

from application.year_work import OwnScore, Subject, Verification
from domain.assessment.asked import Asked, asked
from domain.assessment.points import half_up, two_decimals
from domain.assessment.rules_opinions import Rated, Satisfaction
from domain.assessment.scheme import Indicator
from domain.assessment.sheet import Line
from domain.assessment.text import Text
from domain.kernel.errors import Unknown
from interface.web.context import (
    Form,
    Page,
    allow,
    day_of,
    hundredths_of,
    number_of,
    text_of,
)
from interface.web.pairings import find, sees
from interface.web.rendering import render
from interface.web.values import Malformed
from interface.web.year import year_of
from projections import overview as board
from projections.kit.columns import known
from projections.pairings_board import pairings
from projections.scores import Result
from projections.year_work_board import (
    cut_off,
    entries_of,
    lines_of,
    lines_of_year,
    ratings,
    superiors,
    surveys,
)

router = APIRouter()


@dataclass(frozen=True)
class Shown:
    """A line of the table: what it asks for, what was computed, and what was said (``None``: nothing)."""

    line: Line
    asked: Asked
    said: Row[Any] | None

    @property
    def code(self) -> str:
        return self.line.indicator.code

    @property
    def own(self) -> int | None:
        """The unit's own score in hundredths."""
        return None if self.said is None else self.said.self_hundredths

    @property
    def verified(self) -> int | None:
        """The verified score in hundredths."""
        return None if self.said is None else self.said.verified_hundredths

    @property
    def seen(self) -> int:
        """How often it was verified."""
        return 0 if self.said is None else self.said.verifications

    @property
    def scorable(self) -> bool:
        """Whether there is anything to score: a line that counts facts which do not apply asks nobody."""
        return self.asked.anything or self.line.computed is not None

    @property
    def moved(self) -> bool:
        """Whether the computed figure is another one now than when it was verified."""
        return self.verified is not None and not self.asked.by_hand and self.verified != self.line.computed

    @property
    def agreeing(self) -> bool:
        """Counted, not verified, and nobody says otherwise."""
        counted = not self.asked.by_hand and self.line.computed is not None and self.verified is None
        return counted and self.own in (None, self.line.computed)


def shown_lines(result: Result, said: Mapping[str, Row[Any]]) -> list[Shown]:
    """The lines of a sheet with what people said of them."""
    return [
        Shown(
            line,
            asked(line.indicator, None if line.most is None else half_up(line.most)),
            said.get(line.indicator.code),
        )
        for line in result.sheet.lines
    ]


def result_of(page: Page, year: int, pairing_id: str) -> Result:
    """The sheet of a pairing at the page's position. ``Unknown`` where there is none."""
    for result in page.system.scoring.results(page.connection, year, page.at):
        if result.pairing == pairing_id:
            return result
    raise Unknown("score sheet", pairing_id)


def _subject(pairing: Row[Any]) -> Subject:
    return Subject(pairing.pairing_id, pairing.year, pairing.branch, pairing.village)


# ---------------------------------------------------------------- own scores


@router.get("/self-scores/{pairing_id}")
def show_self_scores(pairing_id: str, page: Annotated[Page, Depends(allow("read_self_scores"))]) -> Response:
    """All lines with their maximum, the provisional figure, and the own score."""
    pairing = find(page, pairings, pairing_id)
    page.demand("read_self_scores", branch=pairing.branch, village=pairing.village)
    return _self_scores(page, pairing)


def _self_scores(
    page: Page,
    pairing: Row[Any],
    entered: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
) -> Response:
    result = result_of(page, pairing.year, pairing.pairing_id)
    lines = shown_lines(result, lines_of(page.connection, pairing.pairing_id, page.at))
    limit = cut_off(page.connection, pairing.year, page.at)
    over = limit is not None and page.today > limit.record_on
    return render(
        page,
        "self_scores.html",
        status=422 if wrong else 200,
        pairing=pairing,
        scheme=page.system.scoring.scheme(page.connection, pairing.year, page.at),
        lines=lines,
        to_score=sum(each.scorable for each in lines),
        limit=limit,
        over=over,
        mine=page.may("self_score", branch=pairing.branch) and not over,
        done=sum(each.own is not None for each in lines if each.scorable),
        entered=entered or {},
        wrong=wrong or {},
    )


@router.post("/self-scores/{pairing_id}")
def self_score(pairing_id: str, page: Annotated[Page, Depends(allow("self_score"))], form: Form) -> Response:
    """Record what changed on the form, all of it or nothing; what is wrong is said beside its line."""
    pairing = find(page, pairings, pairing_id)
    page.demand("self_score", branch=pairing.branch, village=pairing.village)
    result = result_of(page, pairing.year, pairing_id)
    wrong: dict[str, str] = {}
    changed: list[OwnScore] = []
    for each in shown_lines(result, lines_of(page.connection, pairing_id, page.at)):
        try:
            own = _own_score(form, each)
        except Malformed as malformed:
            wrong[each.code] = page.t(malformed.why, **malformed.values)
            continue
        before = None if each.said is None else (each.own, each.said.self_note)
        if own is not None and (own.points_hundredths, own.note) != before:
            changed.append(own)
    if wrong:
        return _self_scores(page, pairing, {name: str(value) for name, value in form.items()}, wrong)
    if changed:
        page.system.services.year_work.self_score(_subject(pairing), changed, today=page.today, by=page.by)
    return RedirectResponse(f"/self-scores/{pairing_id}", status_code=303)


def _own_score(form: Form, shown: Shown) -> OwnScore | None:
    """What the form says of a line; ``None`` where its field is empty or not there."""
    name = f"points.{shown.code}"
    if not text_of(form, name, required=False):
        return None
    points = hundredths_of(form, name, negative=shown.asked.least_hundredths < 0)
    most = shown.asked.most_hundredths
    if most is not None and points > most:
        raise Malformed(name, "最多 %(most)s 分", most=two_decimals(most))
    return OwnScore(shown.code, points, text_of(form, f"note.{shown.code}", required=False))


# ---------------------------------------------------------------- verification


@router.get("/verification")
def list_verification(page: Annotated[Page, Depends(allow("read_verification"))]) -> Response:
    """How far each pairing is: lines scored by the unit, different, verified, and what is still to be entered."""
    year = year_of(page)
    results = page.system.scoring.results(page.connection, year, page.at)
    said = lines_of_year(page.connection, year, page.at)
    entered = _entered(page, f"{year}-%")
    names = {row.pairing_id: row for row in board.pairing_rows(page.connection, year, page.at)}
    wanted = page.request.query_params.get("q", "").strip()
    rows = []
    for result in results:
        name = names.get(result.pairing)
        if name is None or not (wanted in name.name or wanted in name.unit_name):
            continue
        lines = shown_lines(result, said.get(result.pairing, {}))
        applying = [each for each in lines if each.scorable]
        rows.append(
            {
                "name": name,
                "lines": len(applying),
                "own": sum(each.own is not None for each in applying),
                "differ": sum(
                    each.own is not None
                    and each.own != (each.verified if each.asked.by_hand else each.line.computed)
                    for each in applying
                    if not each.asked.by_hand or each.verified is not None
                ),
                "verified": sum(each.verified is not None for each in applying),
                "moved": sum(each.moved for each in lines),
                "missing": [
                    each.code for each in lines if missing(each, entered.get(result.pairing, Counter()))
                ],
            }
        )
    return render(page, "verification.html", year=year, rows=rows, wanted=wanted)


def missing(shown: Shown, entered: Counter[tuple[str, str]]) -> bool:
    """Whether something the line asks for was not entered. ``entered``: (indicator, what) to how many."""
    want = shown.asked
    return (
        (want.by_hand and shown.verified is None)
        or entered[want.indicator, "group"] < len(want.groups)
        or (bool(want.options) and not entered[want.indicator, "survey"])
        or (want.superior_full is not None and not entered[want.indicator, "score"])
        or (want.superior_rank and not entered[want.indicator, "place"])
    )


def _entered(page: Page, pairing_like: str) -> dict[str, Counter[tuple[str, str]]]:
    found: dict[str, Counter[tuple[str, str]]] = {}
    for table, what in ((ratings, "group"), (surveys, "survey"), (superiors, "")):
        for row in _of(page, table, pairing_like):
            kind = what or ("score" if row.place is None else "place")
            found.setdefault(row.pairing_id, Counter())[row.indicator, kind] += 1
    return found


def _of(page: Page, table: Table, pairing_like: str) -> list[Row[Any]]:
    query = select(table).where(table.c.pairing_id.like(pairing_like), known(table, page.at))
    return list(page.connection.execute(query).all())


@router.get("/verification/{pairing_id}")
def show_verification(
    pairing_id: str, page: Annotated[Page, Depends(allow("read_verification"))]
) -> Response:
    """Own, computed and verified score side by side, and what raters, respondents and superiors said."""
    pairing = find(page, pairings, pairing_id)
    result = result_of(page, pairing.year, pairing_id)
    lines = shown_lines(result, lines_of(page.connection, pairing_id, page.at))
    return render(
        page,
        "verification_sheet.html",
        pairing=pairing,
        result=result,
        lines=lines,
        asking=[each for each in lines if each.asked.anything],
        words={each.code: words(each.line.indicator) for each in lines},
        agreeing=_agreeing(page, pairing_id, lines),
        ratings=entries_of(page.connection, ratings, pairing_id, page.at),
        surveys=entries_of(page.connection, surveys, pairing_id, page.at),
        superiors=entries_of(page.connection, superiors, pairing_id, page.at),
    )


def words(indicator: Indicator) -> dict[str, Text]:
    """Rater groups and options of an indicator to what the scheme calls them."""
    found: dict[str, Text] = {}
    for part in indicator.parts:
        match part.rule:
            case Rated(groups=groups):
                found |= {each.group: each.label for each in groups}
            case Satisfaction(options=options):
                found |= {each.option: each.label for each in options}
    return found


def _agreeing(page: Page, pairing_id: str, lines: list[Shown]) -> list[Shown]:
    """What may be confirmed together: counted, complete, and nobody says otherwise."""
    entered = _entered(page, pairing_id).get(pairing_id, Counter())
    return [each for each in lines if each.agreeing and not missing(each, entered)]


def _back(pairing_id: str, indicator: str = "") -> Response:
    anchor = f"#{indicator}" if indicator else ""
    return RedirectResponse(f"/verification/{pairing_id}{anchor}", status_code=303)


@router.post("/verification/{pairing_id}/lines")
def verify_line(
    pairing_id: str, page: Annotated[Page, Depends(allow("verify_line"))], form: Form
) -> Response:
    """Verify one line."""
    pairing = find(page, pairings, pairing_id)
    indicator = text_of(form, "indicator", limit=40)
    confirmed = "computed" in form
    page.system.services.year_work.verify_lines(
        _subject(pairing),
        [
            Verification(
                indicator,
                number_of(form, "computed", low=-1_000_000) if confirmed else hundredths_of(form, "points"),
                text_of(form, "because", required=False),
                number_of(form, "seen"),
            )
        ],
        today=page.today,
        by=page.by,
    )
    return _back(pairing_id, indicator)


@router.post("/verification/{pairing_id}/agreeing")
def verify_agreeing(
    pairing_id: str, page: Annotated[Page, Depends(allow("verify_line"))], form: Form
) -> Response:
    """Confirm all counted lines of which nobody says otherwise, as they stand on the page."""
    pairing = find(page, pairings, pairing_id)
    result = result_of(page, pairing.year, pairing_id)
    lines = shown_lines(result, lines_of(page.connection, pairing_id, page.at))
    page.system.services.year_work.verify_lines(
        _subject(pairing),
        [
            Verification(each.code, each.line.computed, seen=each.seen)
            for each in _agreeing(page, pairing_id, lines)
            if each.line.computed is not None
        ],
        today=page.today,
        by=page.by,
    )
    return _back(pairing_id)


@router.post("/verification/{pairing_id}/ratings")
def record_ratings(
    pairing_id: str, page: Annotated[Page, Depends(allow("record_ratings"))], form: Form
) -> Response:
    """Record the ballots of one rater group."""
    pairing = find(page, pairings, pairing_id)
    indicator = text_of(form, "indicator", limit=40)
    page.system.services.year_work.record_ratings(
        _subject(pairing),
        indicator=indicator,
        group=text_of(form, "group", limit=80),
        invited=number_of(form, "invited", low=1),
        ballots=ballots_of(form),
        rated_on=day_of(form, "rated_on"),
        because=text_of(form, "because", required=False),
        today=page.today,
        by=page.by,
    )
    return _back(pairing_id, indicator)


def ballots_of(form: Form) -> list[int]:
    """Scores in hundredths, one after the other, parted by blanks, commas or lines."""
    found = []
    for n, each in enumerate(re.split(r"[\s,，、;；]+", text_of(form, "ballots", limit=4000)), start=1):
        whole, _, decimals = each.partition(".")
        digits = whole + decimals
        sound = whole and digits.isascii() and digits.isdecimal() and len(whole) <= 4 and len(decimals) <= 2
        if not sound:
            raise Malformed("ballots", "第 %(n)s 票“%(value)s”不是分值，应如 92 或 88.5", n=n, value=each)
        found.append(int(whole) * 100 + int((decimals + "00")[:2]))
    return found


@router.post("/verification/{pairing_id}/surveys")
def record_survey(
    pairing_id: str, page: Annotated[Page, Depends(allow("record_survey"))], form: Form
) -> Response:
    """Record one batch of questionnaires."""
    pairing = find(page, pairings, pairing_id)
    indicator = text_of(form, "indicator", limit=40)
    options = [name for name in form if name.startswith("option.")]
    page.system.services.year_work.record_survey(
        _subject(pairing),
        indicator=indicator,
        survey_id=text_of(form, "survey_id", limit=80),
        issued=number_of(form, "issued"),
        returned=number_of(form, "returned"),
        valid=number_of(form, "valid"),
        options={name.partition(".")[2]: number_of(form, name) for name in options},
        surveyed_on=day_of(form, "surveyed_on"),
        because=text_of(form, "because", required=False),
        today=page.today,
        by=page.by,
    )
    return _back(pairing_id, indicator)


@router.post("/verification/{pairing_id}/superior-scores")
def record_superior_score(
    pairing_id: str, page: Annotated[Page, Depends(allow("record_superior_score"))], form: Form
) -> Response:
    """Record what a superior office gave."""
    pairing = find(page, pairings, pairing_id)
    indicator = text_of(form, "indicator", limit=40)
    page.system.services.year_work.record_superior_score(
        _subject(pairing),
        indicator=indicator,
        score_hundredths=hundredths_of(form, "score"),
        issuer=text_of(form, "issuer", limit=120),
        document_no=text_of(form, "document_no", limit=120),
        scored_on=day_of(form, "stated_on"),
        today=page.today,
        by=page.by,
    )
    return _back(pairing_id, indicator)


@router.post("/verification/{pairing_id}/superior-ranks")
def record_superior_rank(
    pairing_id: str, page: Annotated[Page, Depends(allow("record_superior_rank"))], form: Form
) -> Response:
    """Record a place in a superior office's ranking."""
    pairing = find(page, pairings, pairing_id)
    indicator = text_of(form, "indicator", limit=40)
    page.system.services.year_work.record_superior_rank(
        _subject(pairing),
        indicator=indicator,
        place=number_of(form, "place", low=1),
        issuer=text_of(form, "issuer", limit=120),
        document_no=text_of(form, "document_no", limit=120),
        ranked_on=day_of(form, "stated_on"),
        today=page.today,
        by=page.by,
    )
    return _back(pairing_id, indicator)


def own_pairings(page: Page, year: int) -> list[Row[Any]]:
    """The pairings of the reader's own unit."""
    return [row for row in board.pairing_rows(page.connection, year, page.at) if sees(page, row)]
