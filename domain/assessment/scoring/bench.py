"""The test bench of a scheme: every sample case tried, and the parts that have none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from domain.assessment.scheme.points import number, two_decimals
from domain.assessment.scheme.scheme import Case, Part, Scheme, SheetCase
from domain.assessment.scheme.text import Text
from domain.assessment.scoring.scoring import score
from domain.assessment.scoring.sheet import Sheet

NOT_APPLICABLE = Text("不适用", "not applicable")


@dataclass(frozen=True)
class Expectation:
    """One expectation: ``subject`` is the part's id or the case's name, ``what`` the figure meant, ``because`` the sentence
    that leads to the figure found. ``where`` is the case's place in the file.
    """

    where: str
    subject: str
    what: Text
    expected: Text
    found: Text
    because: Text
    note: str
    holds: bool


@dataclass(frozen=True)
class Bench:
    """``uncovered``: ids of parts without any case beside their rule, in the order of the sheet."""

    tried: tuple[Expectation, ...]
    uncovered: tuple[str, ...]

    @property
    def failed(self) -> tuple[Expectation, ...]:
        """What came out otherwise than expected."""
        return tuple(each for each in self.tried if not each.holds)


def run_cases(scheme: Scheme) -> Bench:
    """Try every case of the scheme: those beside the rules in the order of the sheet, then whole sheets."""
    tried = [_tried(part, case) for part in scheme.parts for case in part.cases]
    tried += [each for case in scheme.cases for each in _sheet_tried(scheme, case)]
    return Bench(tuple(tried), tuple(part.id for part in scheme.parts if not part.cases))


def _tried(part: Part, case: Case) -> Expectation:
    points = part.points(case.measured)
    return Expectation(
        where=case.where,
        subject=part.id,
        what=part.title,
        expected=_exact(case.points),
        found=_exact(points.value),
        because=Text(points.because_zh, points.because_en),
        note=case.note,
        holds=points.value == case.points,
    )


def _sheet_tried(scheme: Scheme, case: SheetCase) -> Iterator[Expectation]:
    sheet = score(scheme.for_class(case.unit_class), case.name, dict(case.measured))
    titles = {each.code: each.title for each in scheme.indicators}
    titles |= {each.code: each.title for each in scheme.groups}
    for code, expected in case.figures:
        what = Text(f"{code} {titles[code].zh}", f"{code} {titles[code].en}")
        found, because = _rounded(sheet.figure(code)), _because(sheet, code)
        yield _expected(case, what, _rounded(expected), found, because)
    if case.total is not None:
        groups = [(each.group.sign, each.group.code, two_decimals(each.hundredths)) for each in sheet.groups]
        sum_ = "".join(f" {'+' if sign > 0 else '−'} {code} {figure}" for sign, code, figure in groups)
        sum_ = sum_.removeprefix(" + ").removeprefix(" ")
        total, found = _rounded(case.total), _rounded(sheet.total)
        yield _expected(case, Text("总分", "total"), total, found, Text(sum_, sum_))
    if case.vetoed is not None:
        because = Text(
            "、".join(scheme.veto(each).title.zh for each in sheet.vetoes) or "没有",
            ", ".join(scheme.veto(each).title.en for each in sheet.vetoes) or "none",
        )
        yield _expected(case, Text("一票否决", "veto"), _yes(case.vetoed), _yes(sheet.vetoed), because)


def _because(sheet: Sheet, code: str) -> Text:
    """Of a group of one figure, the line says more than the sum."""
    line = next((each for each in sheet.lines if each.indicator.code == code), None)
    return sheet.group(code).because if line is None else line.because


def _expected(case: SheetCase, what: Text, expected: Text, found: Text, because: Text) -> Expectation:
    return Expectation(case.where, case.name, what, expected, found, because, "", expected == found)


def _exact(points: Fraction | None) -> Text:
    return NOT_APPLICABLE if points is None else Text(f"{number(points)} 分", f"{number(points)} points")


def _rounded(hundredths: int | None) -> Text:
    if hundredths is None:
        return NOT_APPLICABLE
    return Text(f"{two_decimals(hundredths)} 分", f"{two_decimals(hundredths)} points")


def _yes(value: bool) -> Text:
    return Text("是", "yes") if value else Text("否", "no")
