"""Lines as people score them: the unit's own scores, and the assessors' verification beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Row

from application.things import SHEET, key_of_sheet, pairing_of_sheet, year_of_sheet
from application.verb import Outcome
from application.verbs.year_work import (
    record_ratings,
    record_superior_rank,
    record_superior_score,
    record_survey,
    self_score,
    verify_lines,
)
from domain.assessment.scheme.asked import Asked, asked
from domain.assessment.scheme.points import half_up, two_decimals
from domain.assessment.scheme.scheme import Indicator
from domain.assessment.scheme.text import Text
from domain.assessment.scoring.sheet import Line
from domain.assessment.year.events import SelfScored
from domain.assessment.year.pairing_lines import OptionCount, OwnScore, Subject, Verification
from domain.kernel.errors import Unknown
from interface.web.kit.context import Form, Page, allow, day_of, hundredths_of, number_of, text_of
from interface.web.kit.rendering import render
from interface.web.kit.values import Malformed
from interface.web.kit.verb_pages import add_verbs
from interface.web.kit.year import year_of, year_of_pairing
from interface.web.pairings.pairings import find, sees
from projections.boards.pairings import pairings
from projections.boards.year_work import (
    cut_off,
    entries_of,
    entries_of_year,
    lines_of,
    lines_of_year,
    ratings,
    superiors,
    surveys,
)
from projections.figures import overview as board
from projections.scores.scores import Result


def verification_of(_: Page, outcome: Outcome) -> str:
    """The sheet whose lines were spoken of, for those who verify it, or for the unit."""
    own = isinstance(outcome.events[0], SelfScored)
    year, pairing = year_of_sheet(outcome.key), pairing_of_sheet(outcome.key)
    return f"/{'self-scores' if own else 'verification'}/{pairing}?year={year}"


router = APIRouter()
add_verbs(router, SHEET, shown_at={"score_sheet": verification_of})


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


def _subject(page: Page, pairing: Row[Any]) -> Subject:
    year = year_of_pairing(page, pairing)
    return Subject(pairing.pairing_id, year, pairing.branch, pairing.village)


def _key(of: Subject) -> str:
    return key_of_sheet(of.year, of.pairing_id)


def _lines(page: Page, of: Subject, result: Result) -> list[Shown]:
    return shown_lines(result, lines_of(page.connection, of.pairing_id, of.year, page.at))


@router.get("/score-sheets/{key}")
def show_sheet(key: str, page: Annotated[Page, Depends(allow("read_assessment"))]) -> Response:
    """The page of a sheet as people score it: for those who verify it, or for the unit."""
    room = "verification" if page.sees("read_verification") else "self-scores"
    year, pairing = year_of_sheet(key), pairing_of_sheet(key)
    return RedirectResponse(page.link(f"/{room}/{pairing}", year=year), status_code=303)


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
    of = _subject(page, pairing)
    lines = _lines(page, of, result_of(page, of.year, of.pairing_id))
    limit = cut_off(page.connection, of.year, page.at)
    over = limit is not None and page.today > limit.record_on
    return render(
        page,
        "year_work/self_scores.html",
        status=422 if wrong else 200,
        pairing=pairing,
        year=of.year,
        scheme=page.system.scoring.scheme(page.connection, of.year, page.at),
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
def post_self_score(
    pairing_id: str, page: Annotated[Page, Depends(allow("self_score"))], form: Form
) -> Response:
    """Record what changed on the form, all of it or nothing; what is wrong is said beside its line."""
    pairing = find(page, pairings, pairing_id)
    page.demand("self_score", branch=pairing.branch, village=pairing.village)
    of = _subject(page, pairing)
    wrong: dict[str, str] = {}
    changed: list[OwnScore] = []
    for each in _lines(page, of, result_of(page, of.year, pairing_id)):
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
        page.use(self_score, _key(of), scores=tuple(changed))
    return RedirectResponse(f"/self-scores/{pairing_id}?year={of.year}", status_code=303)


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
    entered = _entered(page, year)
    names = {row.pairing_id: row for row in board.pairing_rows(page.connection, year, page.at)}
    wanted = page.request.query_params.get("q", "").strip()
    rows = []
    for result in results:
        name = names.get(result.pairing)
        if name is None or not page.names.matches(wanted, name.village, name.branch):
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
    return render(page, "year_work/verification.html", year=year, rows=rows, wanted=wanted)


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


def _entered(page: Page, year: int) -> dict[str, Counter[tuple[str, str]]]:
    found: dict[str, Counter[tuple[str, str]]] = {}
    for table, what in ((ratings, "group"), (surveys, "survey"), (superiors, "")):
        for row in entries_of_year(page.connection, table, year, page.at):
            kind = what or ("score" if row.place is None else "place")
            found.setdefault(row.pairing_id, Counter())[row.indicator, kind] += 1
    return found


@router.get("/verification/{pairing_id}")
def show_verification(
    pairing_id: str, page: Annotated[Page, Depends(allow("read_verification"))]
) -> Response:
    """Own, computed and verified score side by side, and what raters, respondents and superiors said."""
    pairing = find(page, pairings, pairing_id)
    of = _subject(page, pairing)
    result = result_of(page, of.year, pairing_id)
    lines = _lines(page, of, result)
    return render(
        page,
        "year_work/verification_sheet.html",
        pairing=pairing,
        year=of.year,
        result=result,
        lines=lines,
        asking=[each for each in lines if each.asked.anything],
        words={each.code: words(each.line.indicator) for each in lines},
        agreeing=_agreeing(page, of, lines),
        ratings=entries_of(page.connection, ratings, pairing_id, of.year, page.at),
        surveys=entries_of(page.connection, surveys, pairing_id, of.year, page.at),
        superiors=entries_of(page.connection, superiors, pairing_id, of.year, page.at),
    )


def words(indicator: Indicator) -> dict[str, Text]:
    """Rater groups and options of an indicator to what the scheme calls them."""
    return {word: label for part in indicator.parts for word, label in part.rule.names.items()}


def _agreeing(page: Page, of: Subject, lines: list[Shown]) -> list[Shown]:
    """What may be confirmed together: counted, complete, and nobody says otherwise."""
    entered = _entered(page, of.year).get(of.pairing_id, Counter())
    return [each for each in lines if each.agreeing and not missing(each, entered)]


def _back(of: Subject, indicator: str = "") -> Response:
    anchor = f"#{indicator}" if indicator else ""
    return RedirectResponse(f"/verification/{of.pairing_id}?year={of.year}{anchor}", status_code=303)


@router.post("/verification/{pairing_id}/lines")
def post_verify_line(
    pairing_id: str, page: Annotated[Page, Depends(allow("verify_lines"))], form: Form
) -> Response:
    """Verify one line."""
    of = _subject(page, find(page, pairings, pairing_id))
    indicator = text_of(form, "indicator", limit=40)
    confirmed = "computed" in form
    verification = Verification(
        indicator,
        number_of(form, "computed", low=-1_000_000) if confirmed else hundredths_of(form, "points"),
        text_of(form, "because", required=False),
        number_of(form, "seen"),
    )
    page.use(verify_lines, _key(of), verifications=(verification,))
    return _back(of, indicator)


@router.post("/verification/{pairing_id}/agreeing")
def post_verify_agreeing(
    pairing_id: str, page: Annotated[Page, Depends(allow("verify_lines"))], form: Form
) -> Response:
    """Confirm all counted lines of which nobody says otherwise, as they stand on the page."""
    of = _subject(page, find(page, pairings, pairing_id))
    lines = _lines(page, of, result_of(page, of.year, pairing_id))
    agreeing = tuple(
        Verification(each.code, each.line.computed, seen=each.seen)
        for each in _agreeing(page, of, lines)
        if each.line.computed is not None
    )
    page.use(verify_lines, _key(of), verifications=agreeing)
    return _back(of)


@router.post("/verification/{pairing_id}/ratings")
def post_record_ratings(
    pairing_id: str, page: Annotated[Page, Depends(allow("record_ratings"))], form: Form
) -> Response:
    """Record the ballots of one rater group."""
    of = _subject(page, find(page, pairings, pairing_id))
    indicator = text_of(form, "indicator", limit=40)
    page.use(
        record_ratings,
        _key(of),
        indicator=indicator,
        group=text_of(form, "group", limit=80),
        invited=number_of(form, "invited", low=1),
        ballots=tuple(ballots_of(form)),
        rated_on=day_of(form, "rated_on"),
        because=text_of(form, "because", required=False),
    )
    return _back(of, indicator)


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
def post_record_survey(
    pairing_id: str, page: Annotated[Page, Depends(allow("record_survey"))], form: Form
) -> Response:
    """Record one batch of questionnaires."""
    of = _subject(page, find(page, pairings, pairing_id))
    indicator = text_of(form, "indicator", limit=40)
    options = [name for name in form if name.startswith("option.")]
    page.use(
        record_survey,
        _key(of),
        indicator=indicator,
        survey_id=text_of(form, "survey_id", limit=80),
        issued=number_of(form, "issued"),
        returned=number_of(form, "returned"),
        valid=number_of(form, "valid"),
        options=tuple(OptionCount(name.partition(".")[2], number_of(form, name)) for name in options),
        surveyed_on=day_of(form, "surveyed_on"),
        because=text_of(form, "because", required=False),
    )
    return _back(of, indicator)


@router.post("/verification/{pairing_id}/superior-scores")
def post_record_superior_score(
    pairing_id: str, page: Annotated[Page, Depends(allow("record_superior_score"))], form: Form
) -> Response:
    """Record what a superior office gave."""
    of = _subject(page, find(page, pairings, pairing_id))
    indicator = text_of(form, "indicator", limit=40)
    page.use(
        record_superior_score,
        _key(of),
        indicator=indicator,
        score_hundredths=hundredths_of(form, "score"),
        issuer=text_of(form, "issuer", limit=120),
        document_no=text_of(form, "document_no", limit=120),
        scored_on=day_of(form, "stated_on"),
    )
    return _back(of, indicator)


@router.post("/verification/{pairing_id}/superior-ranks")
def post_record_superior_rank(
    pairing_id: str, page: Annotated[Page, Depends(allow("record_superior_rank"))], form: Form
) -> Response:
    """Record a place in a superior office's ranking."""
    of = _subject(page, find(page, pairings, pairing_id))
    indicator = text_of(form, "indicator", limit=40)
    page.use(
        record_superior_rank,
        _key(of),
        indicator=indicator,
        place=number_of(form, "place", low=1),
        issuer=text_of(form, "issuer", limit=120),
        document_no=text_of(form, "document_no", limit=120),
        ranked_on=day_of(form, "stated_on"),
    )
    return _back(of, indicator)


def own_pairings(page: Page, year: int) -> list[board.PairingRow]:
    """The pairings of the reader's own unit."""
    return [row for row in board.pairing_rows(page.connection, year, page.at) if sees(page, row)]
