"""The sample cases of both schemes, as a clerk reads them: what was measured, what it is worth, and why.

The points stand in the schemes, where a person wrote them; the golden files pin the sentences. After a wanted change:
``python -m tests.unit.assessment.test_golden_cases``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.assessment.scheme.rules.registry import KINDS
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scheme.vocabulary import UNIT_CLASSES
from domain.assessment.scheme_file.scheme_text import parse_scheme, problems
from domain.assessment.schemes import scheme_text, shipped_texts
from domain.assessment.scoring.bench import Expectation, run_cases

GOLDEN = Path(__file__).parents[2] / "golden" / "schemes"
TEXTS = {"2025": scheme_text(2025), "common-and-class": shipped_texts()["common-and-class"]}


def told(scheme: Scheme) -> Iterator[str]:
    """All cases in Chinese, the part or the sheet first, then one line for each figure."""
    yield f"{scheme.title.zh}：测试案例"
    before = ""
    for each in run_cases(scheme).tried:
        if each.subject != before:
            before = each.subject
            yield ""
            yield (
                f"【{each.subject}】"
                if each.where.startswith("cases")
                else f"【{each.subject} {each.what.zh}】"
            )
        yield f"  {_line(each)}"


def _line(tried: Expectation) -> str:
    of_sheet = tried.where.startswith("cases")
    note = f"（{tried.note}）" if tried.note else ""
    return f"{f'{tried.what.zh} ' if of_sheet else ''}{tried.expected.zh}：{tried.because.zh}{note}"


@pytest.mark.parametrize("name", TEXTS)
def test_the_cases_read_as_in_the_golden_file(name: str) -> None:
    scheme = parse_scheme(TEXTS[name])
    assert "\n".join(told(scheme)) + "\n" == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TEXTS)
def test_every_case_holds_and_every_part_has_some(name: str) -> None:
    assert problems(TEXTS[name]) == ()
    bench = run_cases(parse_scheme(TEXTS[name]))
    assert bench.failed == ()
    assert bench.uncovered == ()


def test_the_second_scheme_uses_every_kind_of_rule_and_gives_every_class_a_hundred() -> None:
    text = TEXTS["common-and-class"]
    assert [kind for kind in KINDS if f'kind = "{kind}"' not in text] == []
    scheme = parse_scheme(text)
    assert {each: scheme.for_class(each).full_marks for each in UNIT_CLASSES} == dict.fromkeys(
        UNIT_CLASSES, 100
    )
    assert scheme.group("K").most == 40
    assert {code: scheme.group(code).classes for code in "KJSQPM"} == {
        "K": (),
        "J": ("agency",),
        "S": ("institution",),
        "Q": ("enterprise",),
        "P": (),
        "M": (),
    }
    assert {case.unit_class for case in scheme.cases} == set(UNIT_CLASSES)


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for file, written in TEXTS.items():
        (GOLDEN / f"{file}.txt").write_text("\n".join(told(parse_scheme(written))) + "\n", encoding="utf-8")
