"""Parts of sentences, each from what an event holds: an article, a version, what a corrected need or project was before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol

from domain.assessment.scheme.points import two_decimals
from domain.policy.articles import written
from interface.locales import Wording
from interface.words import label


class Speaker(Protocol):
    """For whom it is told."""

    @property
    def language(self) -> str: ...

    def t(self, text: Wording, /, **values: object) -> str: ...


_PROJECT = re.compile(
    r"(?P<name>.*), (?P<category>[a-z_]+), (?P<cents>\d+), (?P<started_on>[\d-]+), (?P<planned_end_on>[\d-]+)"
    r"(?:, (?P<completed_on>\d+-\d+-\d+))?(?:, (?P<accepted_on>\d+-\d+-\d+))?, (?P<beneficiaries>\d+)",
    re.DOTALL,
)
_NEED = re.compile(r"(?P<days>\d+-\d+-\d+(?:, \d+-\d+-\d+)*)(?:, (?P<rating>\d))?")
_STEPS = ("raised_on", "matched_on", "met_on", "confirmed_on")


def article_name(page: Speaker, number: int | None) -> str:
    """第三条 · article 3; without a number the whole."""
    if number is None:
        return page.t("整件")
    return page.t("第%(n)s条", n=number if page.language == "en" else written(number))


def version_called(page: Speaker, number: int) -> str:
    """A version of the county's template; 0 for none."""
    return page.t("第 %(n)s 版", n=number) if number else page.t("无")


def project_before(page: Speaker, before: str) -> str:
    """A project's values; what is not held so stays as it is."""
    held = _PROJECT.fullmatch(before)
    if held is None:
        return before
    return page.t(
        "“%(name)s”（%(category)s），投资 %(yuan)s 元，受益 %(beneficiaries)s 人，%(started_on)s 开工，"
        "计划 %(planned_end_on)s 完工，完工 %(completed_on)s，验收 %(accepted_on)s",
        **{name: value or "—" for name, value in held.groupdict().items()}
        | {"category": page.t(label("category", held["category"])), "yuan": two_decimals(int(held["cents"]))},
    )


def policy_taken_back(page: Speaker, data: Mapping[str, Any]) -> str:
    """What a correction took back of a policy without stating another; empty where it took nothing back."""
    number, last = data["document_no_before"], data["valid_until_before"]
    told = ""
    if number and not data["document_no"]:
        told += page.t("，原文号 %(was)s 撤回", was=number)
    if last and not data["valid_until"]:
        told += page.t("，原有效期至 %(was)s 撤回", was=last)
    return told


def need_before(page: Speaker, data: Mapping[str, Any]) -> str:
    """A need's days and rating. A correction leaves the steps that were taken, so each old day is of the step in whose place a
    right one stands; what is not held so stays as it is."""
    before = str(data["before"])
    held, taken = _NEED.fullmatch(before), [step for step in _STEPS if data[step] is not None]
    days = held["days"].split(", ") if held else []
    if held is None or len(days) != len(taken):
        return before
    was = {
        **dict.fromkeys(_STEPS, "—"),
        **dict(zip(taken, days, strict=True)),
        "rating": held["rating"] or "—",
    }
    return page.t(
        "提出 %(raised_on)s，对接 %(matched_on)s，办结 %(met_on)s，确认 %(confirmed_on)s，满意度 %(rating)s",
        **was,
    )
