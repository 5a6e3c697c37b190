"""The year's work on one sheet: own scores, verification, ballots, questionnaires, superiors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.assessment.scheme.required_entry import RequiredEntry
from domain.assessment.year import clauses
from domain.assessment.year.events import (
    LineVerified,
    RatingsRecorded,
    SatisfactionSurveyed,
    SelfScored,
    SuperiorRanked,
    SuperiorScored,
)
from domain.assessment.year.pairing_lines import OptionCount, OwnScore, PairingLines, Subject, Verification
from domain.kernel.clause import Clause
from domain.kernel.errors import Unknown
from tests.kit.given import given
from tests.kit.persons import ALONE, same

DAY = date(2026, 1, 12)
TOMORROW = DAY + timedelta(days=1)
LAST_YEAR = date(2024, 12, 31)
WHO: dict[str, Any] = {"year": 2025, "pairing_id": "2025-v-b", "branch": "b", "village": "v"}
SUBJECT = Subject(**WHO)
COUNTED = RequiredEntry("A3", 1200)
BY_HAND = RequiredEntry("S1", 1000, by_hand=True)
NO_LIMIT = RequiredEntry("F", None, by_hand=True)
RATED = RequiredEntry("S2", 1000, groups=("leaders", "residents"))
SURVEYED = RequiredEntry("S3", 1000, options=("satisfied", "fair", "dissatisfied"))
SUPERIOR = RequiredEntry("S4", 500, superior_full=10000, superior_rank=True)

SELF: dict[str, Any] = {
    "points_hundredths": 800,
    "note": "十二个月",
    "cut_off": None,
    "scored_by": "danwei",
    "today": DAY,
}
VERIFY: dict[str, Any] = {
    "points_hundredths": 800,
    "computed_hundredths": 800,
    "because": "",
    "seen": 0,
    "verified_by": "kaohe",
    "today": DAY,
    "persons": ALONE,
}
RATE: dict[str, Any] = {
    "subject": SUBJECT,
    "group": "leaders",
    "invited": 3,
    "ballots": [9000, 8550],
    "rated_on": DAY,
    "because": "",
    "recorded_by": "kaohe",
    "today": DAY,
}
SURVEY: dict[str, Any] = {
    "subject": SUBJECT,
    "survey_id": "CP-1",
    "issued": 40,
    "returned": 36,
    "valid": 35,
    "options": {"fair": 10, "satisfied": 20, "dissatisfied": 5},
    "surveyed_on": DAY,
    "because": "",
    "recorded_by": "kaohe",
    "today": DAY,
}
SCORE: dict[str, Any] = {
    "subject": SUBJECT,
    "score_hundredths": 9250,
    "issuer": "州委组织部",
    "document_no": "州组〔2026〕1号",
    "scored_on": DAY,
    "recorded_by": "kaohe",
    "today": DAY,
}
RANK: dict[str, Any] = {
    **{name: value for name, value in SCORE.items() if name not in ("score_hundredths", "scored_on")},
    "place": 3,
    "ranked_on": DAY,
}


def self_score(
    lines: PairingLines, asked: RequiredEntry, *, points_hundredths: int, note: str, **more: Any
) -> Sequence[SelfScored]:
    score = OwnScore(asked.indicator, points_hundredths, note)
    return lines.self_score(subject=SUBJECT, scores=(score,), sheet={asked.indicator: (asked, None)}, **more)


def verify(
    lines: PairingLines,
    asked: RequiredEntry,
    *,
    points_hundredths: int,
    computed_hundredths: int | None,
    because: str,
    seen: int,
    **more: Any,
) -> Sequence[LineVerified]:
    verification = Verification(asked.indicator, points_hundredths, because, seen)
    sheet = {asked.indicator: (asked, computed_hundredths)}
    return lines.verify_lines(subject=SUBJECT, verifications=(verification,), sheet=sheet, **more)


def survey(
    lines: PairingLines, asked: RequiredEntry, *, options: dict[str, int], **more: Any
) -> SatisfactionSurveyed:
    counts = tuple(OptionCount(option, count) for option, count in options.items())
    return lines.record_survey(asked=asked, options=counts, **more)


def scored(indicator: str = "A3", points: int = 800, by: str = "danwei") -> SelfScored:
    return SelfScored(
        **WHO, indicator=indicator, points_hundredths=points, note="十二个月", scored_by=by, scored_on=DAY
    )


def verified(
    indicator: str = "A3",
    points: int = 800,
    own: int | None = None,
    computed: int | None = 800,
    because: str = "",
) -> LineVerified:
    return LineVerified(
        **WHO,
        indicator=indicator,
        points_hundredths=points,
        self_hundredths=own,
        computed_hundredths=computed,
        because=because,
        verified_by="kaohe",
        verified_on=DAY,
    )


def test_several_lines_are_scored_all_or_none() -> None:
    sheet = {"A3": (COUNTED, None), "S1": (BY_HAND, None)}
    more: dict[str, Any] = {
        "subject": SUBJECT,
        "sheet": sheet,
        "cut_off": None,
        "scored_by": "danwei",
        "today": DAY,
    }
    both = (OwnScore("A3", 800, "十二个月"), OwnScore("S1", 700, "十二个月"))
    given(PairingLines()).when(lambda s: s.self_score(scores=both, **more)).then(scored(), scored("S1", 700))
    with pytest.raises(Unknown):
        PairingLines().self_score(scores=(*both, OwnScore("Z9", 1, "")), **more)


def test_a_unit_scores_itself_and_may_say_otherwise_until_it_is_verified() -> None:
    given(PairingLines()).when(lambda s: self_score(s, COUNTED, **SELF)).then(scored())
    given(PairingLines(), scored()).when(
        lambda s: self_score(s, COUNTED, **{**SELF, "points_hundredths": 900})
    ).then(scored(points=900))
    given(PairingLines(), scored(), verified(own=800)).when(lambda s: self_score(s, COUNTED, **SELF)).refused(
        clauses.SELF_SCORED_BEFORE_VERIFIED, "A3"
    )


@pytest.mark.parametrize(
    ("wrong", "clause", "saying"),
    [
        ({"points_hundredths": 1201}, clauses.WITHIN_MAXIMUM, "12.01 / 12.00"),
        ({"points_hundredths": -1}, clauses.WITHIN_MAXIMUM, "-0.01"),
        ({"cut_off": DAY, "today": TOMORROW}, clauses.SELF_SCORED_BY_CUT_OFF, "2026-01-13 > 2026-01-12"),
    ],
)
def test_a_self_score_is_refused(wrong: dict[str, Any], clause: Clause, saying: str) -> None:
    given(PairingLines()).when(lambda s: self_score(s, COUNTED, **{**SELF, **wrong})).refused(clause, saying)


def test_on_the_day_of_the_cut_off_and_without_a_maximum_a_unit_may_score() -> None:
    given(PairingLines()).when(lambda s: self_score(s, COUNTED, **{**SELF, "cut_off": DAY})).then(scored())
    given(PairingLines()).when(lambda s: self_score(s, NO_LIMIT, **{**SELF, "points_hundredths": 5000})).then(
        scored("F", 5000)
    )


def test_a_counted_line_is_confirmed_and_never_overwritten() -> None:
    given(PairingLines()).when(lambda s: verify(s, COUNTED, **VERIFY)).then(verified())
    given(PairingLines()).when(
        lambda s: verify(s, COUNTED, **{**VERIFY, "points_hundredths": 801, "because": "多给"})
    ).refused(clauses.COMPUTED_STANDS, "8.01 / 8.00")
    given(PairingLines()).when(
        lambda s: verify(s, COUNTED, **{**VERIFY, "computed_hundredths": None})
    ).refused(clauses.LINE_APPLIES, "A3")


def test_a_line_scored_by_hand_is_what_the_assessor_says() -> None:
    given(PairingLines()).when(lambda s: verify(s, BY_HAND, **VERIFY)).then(verified("S1", computed=None))
    given(PairingLines()).when(lambda s: verify(s, BY_HAND, **{**VERIFY, "points_hundredths": 1001})).refused(
        clauses.WITHIN_MAXIMUM, "10.01 / 10.00"
    )
    half = replace(BY_HAND, hand_most=500)
    given(PairingLines()).when(lambda s: verify(s, half, **VERIFY)).refused(
        clauses.WITHIN_MAXIMUM, "8.00 / 5.00"
    )


def test_a_difference_from_the_own_score_and_a_second_verification_are_explained() -> None:
    own = scored(points=900)
    given(PairingLines(), own).when(lambda s: verify(s, COUNTED, **VERIFY)).refused(
        clauses.DIFFERENCE_EXPLAINED, "9.00 / 8.00"
    )
    because = {**VERIFY, "because": "两次重复登记"}
    given(PairingLines(), own).when(lambda s: verify(s, COUNTED, **because)).then(
        verified(own=900, because="两次重复登记")
    )
    given(PairingLines(), verified()).when(lambda s: verify(s, COUNTED, **{**VERIFY, "seen": 1})).refused(
        clauses.VERIFIED_AGAIN_EXPLAINED
    )
    given(PairingLines(), verified()).when(lambda s: verify(s, COUNTED, **{**because, "seen": 1})).then(
        verified(because="两次重复登记")
    )


def test_who_ever_scored_for_the_unit_does_not_verify() -> None:
    given(PairingLines(), scored(by="kaohe"), scored()).when(lambda s: verify(s, COUNTED, **VERIFY)).refused(
        clauses.OTHERS_VERIFY, "kaohe"
    )
    twice = {**VERIFY, "persons": same("danwei", "kaohe")}
    given(PairingLines(), scored()).when(lambda s: verify(s, COUNTED, **twice)).refused(
        clauses.OTHERS_VERIFY, "kaohe"
    )


def test_what_another_assessor_verified_meanwhile_is_looked_at_first() -> None:
    given(PairingLines(), verified("S1", 700, computed=None)).when(
        lambda s: verify(s, BY_HAND, **{**VERIFY, "because": "改"})
    ).refused(clauses.NEWEST_SEEN, "S1")


def test_ballots_are_kept_sorted_and_without_names() -> None:
    event = RatingsRecorded(
        **WHO,
        indicator="S2",
        group="leaders",
        invited=3,
        ballots=(8550, 9000),
        recorded_by="kaohe",
        rated_on=DAY,
    )
    given(PairingLines()).when(lambda s: s.record_ratings(asked=RATED, **RATE)).then(event)
    given(PairingLines(), event).when(lambda s: s.record_ratings(asked=RATED, **RATE)).refused(
        clauses.RATED_ONCE, "leaders"
    )
    again = given(PairingLines(), event).state.record_ratings(
        asked=RATED, **{**RATE, "because": " 漏录一票 "}
    )
    assert again.because == "漏录一票"


@pytest.mark.parametrize(
    ("wrong", "clause", "saying"),
    [
        ({"group": "nobody"}, clauses.GROUP_KNOWN, "nobody"),
        ({"rated_on": LAST_YEAR}, clauses.STATED_FOR_THE_YEAR, "2024-12-31 < 2025-01-01"),
        ({"rated_on": TOMORROW}, clauses.NOT_IN_THE_FUTURE, "2026-01-13"),
        ({"ballots": [9000, 10001]}, clauses.BALLOTS_WITHIN, "100.01 / 100.00"),
        ({"ballots": [-1]}, clauses.BALLOTS_WITHIN, "-0.01"),
        ({"ballots": [9000] * 4}, clauses.BALLOTS_INVITED, "4 > 3"),
    ],
)
def test_ballots_are_refused(wrong: dict[str, Any], clause: Clause, saying: str) -> None:
    given(PairingLines()).when(lambda s: s.record_ratings(asked=RATED, **{**RATE, **wrong})).refused(
        clause, saying
    )


def test_questionnaires_are_kept_by_option_in_the_order_of_the_scheme() -> None:
    event = SatisfactionSurveyed(
        **WHO,
        indicator="S3",
        survey_id="CP-1",
        issued=40,
        returned=36,
        valid=35,
        options=(("satisfied", 20), ("fair", 10), ("dissatisfied", 5)),
        recorded_by="kaohe",
        surveyed_on=DAY,
    )
    given(PairingLines()).when(lambda s: survey(s, SURVEYED, **SURVEY)).then(event)
    given(PairingLines(), event).when(lambda s: survey(s, SURVEYED, **SURVEY)).refused(
        clauses.SURVEYED_ONCE, "CP-1"
    )
    again = survey(given(PairingLines(), event).state, SURVEYED, **{**SURVEY, "because": "录错"})
    assert again.because == "录错"


@pytest.mark.parametrize(
    ("wrong", "clause", "saying"),
    [
        ({"valid": 36}, clauses.SURVEY_ADDS_UP, "40 / 36 / 36 = 20 + 10 + 5"),
        ({"returned": 41}, clauses.SURVEY_ADDS_UP, "40 / 41 / 35"),
        ({"returned": 34}, clauses.SURVEY_ADDS_UP, "40 / 34 / 35"),
        ({"valid": 0, "options": dict.fromkeys(SURVEYED.options, 0)}, clauses.SURVEY_ADDS_UP, "/ 0 ="),
        (
            {"options": {"satisfied": 41, "fair": -6, "dissatisfied": 0}},
            clauses.SURVEY_ADDS_UP,
            "41 + -6 + 0",
        ),
        ({"options": {"satisfied": 35}}, clauses.OPTION_KNOWN, "dissatisfied, fair"),
        ({"options": {**SURVEY["options"], "perhaps": 0}}, clauses.OPTION_KNOWN, "perhaps"),
        ({"surveyed_on": LAST_YEAR}, clauses.STATED_FOR_THE_YEAR, "2024-12-31"),
        ({"surveyed_on": TOMORROW}, clauses.NOT_IN_THE_FUTURE, "2026-01-13"),
    ],
)
def test_questionnaires_are_refused(wrong: dict[str, Any], clause: Clause, saying: str) -> None:
    given(PairingLines()).when(lambda s: survey(s, SURVEYED, **{**SURVEY, **wrong})).refused(clause, saying)


def test_a_superior_office_scores_and_ranks_under_its_document() -> None:
    paper = {"issuer": "州委组织部", "document_no": "州组〔2026〕1号", "recorded_by": "kaohe"}
    score = SuperiorScored(**WHO, **paper, indicator="S4", score_hundredths=9250, scored_on=DAY)
    rank = SuperiorRanked(**WHO, **paper, indicator="S4", place=3, ranked_on=DAY)
    lines = PairingLines()
    assert lines.record_superior_score(asked=SUPERIOR, **SCORE) == score
    assert lines.record_superior_rank(asked=SUPERIOR, **RANK) == rank
    assert lines.after(score).after(rank) == lines, "nothing a later decision depends on"


@pytest.mark.parametrize(
    ("wrong", "clause", "saying"),
    [
        ({"score_hundredths": 10001}, clauses.WITHIN_FULL_MARKS, "100.01 / 100.00"),
        ({"scored_on": LAST_YEAR}, clauses.STATED_FOR_THE_YEAR, "2024-12-31"),
        ({"scored_on": TOMORROW}, clauses.NOT_IN_THE_FUTURE, "2026-01-13"),
    ],
)
def test_a_superior_score_is_refused(wrong: dict[str, Any], clause: Clause, saying: str) -> None:
    given(PairingLines()).when(
        lambda s: s.record_superior_score(asked=SUPERIOR, **{**SCORE, **wrong})
    ).refused(clause, saying)


def test_a_place_is_not_from_before_the_year() -> None:
    early = {**RANK, "ranked_on": LAST_YEAR}
    given(PairingLines()).when(lambda s: s.record_superior_rank(asked=SUPERIOR, **early)).refused(
        clauses.STATED_FOR_THE_YEAR, "2024-12-31"
    )


def test_what_the_scheme_does_not_ask_for_is_not_entered() -> None:
    lines = given(PairingLines())
    lines.when(lambda s: s.record_ratings(asked=COUNTED, **RATE)).refused(clauses.ASKED_FOR, "A3")
    lines.when(lambda s: survey(s, COUNTED, **SURVEY)).refused(clauses.ASKED_FOR, "A3")
    lines.when(lambda s: s.record_superior_score(asked=COUNTED, **SCORE)).refused(clauses.ASKED_FOR, "A3")
    lines.when(lambda s: s.record_superior_rank(asked=COUNTED, **RANK)).refused(clauses.ASKED_FOR, "A3")
