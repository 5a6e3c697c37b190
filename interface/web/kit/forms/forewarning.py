"""What is said before something is done that nothing forbids: what its village bears already, and who bears its number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from application.input.reading import Written
from application.look import look_of
from application.questions.answers.burdens import Bearing, list_bearing
from application.verb import Verb
from domain.kernel.errors import Unknown
from interface.web.kit.page.page import Page
from interface.words import label
from projections.boards.document_numbers import document_bearing
from projections.boards.pairing.judged_numbers import agreements_numbered

SHOWN = 6
"""Villages, or agreements, that are named at most."""


FURTHER: dict[str, Callable[[Page, Verb[Any, Any], str, Written], list[str]]] = {}
"""What else speaks against a verb, by its name, as the room of its pages says."""


def forewarned(page: Page, verb: Verb[Any, Any], key: str, written: Written) -> list[str]:
    """Of the village that is meant, where it bears as much as it should already; of all of them where none is meant yet; of the
    number that is stated, where another bears it. Nothing where there is nothing to say."""
    found = [*number_borne(page, verb, key, written), *_burdened(page, verb, key, written)]
    further = FURTHER.get(verb.name)
    return found + (further(page, verb, key, written) if further else [])


def number_borne(page: Page, verb: Verb[Any, Any], key: str, written: Written) -> list[str]:
    """Which agreements bear the number that is stated, the one that is corrected being none of them; of an agreement's, which
    document. That a document bears the number of another is refused, so of a document's nothing is said of those."""
    if not verb.bears or page.is_past:
        return []
    number = str(written.get(verb.bears, ""))
    of_agreements = _agreements(page, key, written, number)
    return [*of_agreements, *_document(page, number)] if verb.bears == "agreement_no" else of_agreements


def _document(page: Page, number: str) -> list[str]:
    found = document_bearing(page.connection, page.at, number)
    if found is None:
        return []
    return [
        page.t(
            "此编号已是%(kind)s的文号（%(day)s）。确实同号的仍可登记，登记后由监督小组在“相近登记”中认定。",
            kind=page.t(label("document_kind", found.kind)),
            day=found.dated_on,
        )
    ]


def _agreements(page: Page, key: str, written: Written, number: str) -> list[str]:
    itself = key, str(written.get("signed_before", ""))
    found = agreements_numbered(page.connection, page.at, number)
    others = [each for each in found if (each.pairing_id, str(each.signed_on)) != itself]
    if not others:
        return []
    named = page.t("、").join(
        page.t(
            "%(village)s × %(unit)s（%(day)s 签订）",
            village=page.villages.get(each.village, each.village),
            unit=page.units.get(each.branch, each.branch),
            day=each.signed_on,
        )
        for each in others[:SHOWN]
    )
    return [
        page.t(
            "此编号已用于 %(n)s 份协议：%(named)s。确实同号的仍可登记，登记后由监督小组在“相近登记”中认定。",
            n=len(others),
            named=named + (page.t("……") if len(others) > SHOWN else ""),
        )
    ]


def _burdened(page: Page, verb: Verb[Any, Any], key: str, written: Written) -> list[str]:
    if not verb.burdens or page.is_past:
        return []
    try:
        village = verb.owner(look_of(page.system), key, written).village
    except Unknown:
        village = ""
    asked = (page.ask(list_bearing, burden=each, village=village or None) for each in verb.burdens)
    borne = ([each for each in answer if each.beyond] for answer in asked)
    return [(_of_one if village else _of_several)(page, each) for each in borne if each]


def _of_one(page: Page, borne: Sequence[Bearing]) -> str:
    (each,) = borne
    return page.t(
        "%(village)s本月已有%(kind)s %(n)s 次，达到或者超过每月 %(most)s 次的限额；确有必要的仍可办理，请考虑合并或者改期。",
        village=each.village_name,
        kind=page.t(label("burden", each.burden.value)),
        n=each.borne,
        most=each.most,
    )


def _of_several(page: Page, borne: Sequence[Bearing]) -> str:
    named = page.t("、").join(
        page.t("%(name)s（%(n)s）", name=each.village_name, n=each.borne) for each in borne[:SHOWN]
    )
    return page.t(
        "本月%(kind)s已达每月 %(most)s 次限额的村（社区）有 %(n)s 个：%(named)s；确有必要的仍可办理，请考虑合并或者改期。",
        kind=page.t(label("burden", borne[0].burden.value)),
        most=borne[0].most,
        n=len(borne),
        named=named + (page.t("……") if len(borne) > SHOWN else ""),
    )
