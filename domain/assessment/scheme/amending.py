"""Amendments within a year: what of a new version judges days before its date of force otherwise than the old one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from domain.assessment.scheme.scheme import Group, Indicator, Part, Scheme
from domain.assessment.scheme.text import Text


def retroactive(old: Scheme, new: Scheme, in_force_on: date) -> list[Text]:
    """What reaches back, each named in words; empty for an amendment that judges only days from ``in_force_on``.

    A part of the old version must be there unchanged, or closed with the day before; a new one must begin on the day or
    later. What bounds or sums points (maxima, bases, floors, groups, vetoes, grades, rounding) knows no days: changing
    it reaches back.
    """
    return [*_parts(old, new, in_force_on), *_frame(old, new)]


def _parts(old: Scheme, new: Scheme, in_force_on: date) -> Iterator[Text]:
    before = {part.id: part for part in old.parts}
    after = {part.id: part for part in new.parts}
    for part_id, part in before.items():
        then = after.get(part_id)
        if _begins(part, in_force_on) and (then is None or _begins(then, in_force_on)):
            continue
        if then is None:
            yield _said(part_id, part, "删去", "was removed", in_force_on)
        elif _judgement(then) != _judgement(part) and not _is_closed_form_of(then, part, in_force_on):
            yield _said(part_id, part, "计分办法改变", "is judged otherwise", in_force_on)
    for part_id, part in after.items():
        if part_id not in before and not _begins(part, in_force_on):
            yield _said(part_id, part, "新增", "was added", in_force_on)


def _judgement(part: Part) -> object:
    return part.measure, part.rule


def _begins(part: Part, in_force_on: date) -> bool:
    """Whether the part judges no day before."""
    first = part.measure.facts.valid_from
    return first is not None and first >= in_force_on


def _is_closed_form_of(then: Part, part: Part, in_force_on: date) -> bool:
    """Whether ``then`` is ``part``, ending with the day before, as it did not earlier."""
    facts, last = part.measure.facts, in_force_on - timedelta(days=1)
    if facts.valid_until is not None and facts.valid_until <= last:
        return False
    closed = replace(part.measure, facts=replace(facts, valid_until=last))
    return _judgement(then) == (closed, part.rule)


def _said(part_id: str, part: Part, zh: str, en: str, in_force_on: date) -> Text:
    return Text(
        f"{part_id} {part.title.zh}：{zh}，影响 {in_force_on} 之前的日子",
        f"{part_id} {part.title.en}: {en}, also for days before {in_force_on}",
    )


def _frame(old: Scheme, new: Scheme) -> Iterator[Text]:
    """What bounds and sums the parts."""
    yield from _pieces(
        {each.code: (each.title, _limits(each)) for each in old.indicators},
        {each.code: (each.title, _limits(each)) for each in new.indicators},
        Text(
            "满分、基数、最低分或不适用时的处理", "maximum, base, floor or what happens when not applicable"
        ),
    )
    yield from _pieces(
        {each.code: (each.title, _sums(each)) for each in old.groups},
        {each.code: (each.title, _sums(each)) for each in new.groups},
        Text("小组的满分、正负、适用单位或不适用时的处理", "the group's maximum, sign, units or fallback"),
    )
    yield from _pieces(
        {each.id: (each.title, (each.facts, each.grade, each.lower_by)) for each in old.vetoes},
        {each.id: (each.title, (each.facts, each.grade, each.lower_by)) for each in new.vetoes},
        Text("一票否决", "the veto"),
        also_new=True,
    )
    for what, before, after in (
        (Text("考核期间、截止日", "the period or the cut-off"), _period(old), _period(new)),
        (Text("舍入", "the rounding"), old.rounding, new.rounding),
        (Text("参加考核的对象类别", "whose pairings are scored"), set(old.targets), set(new.targets)),
        (Text("等次、名次", "grades or places"), _grades(old), _grades(new)),
    ):
        if before != after:
            yield Text(f"{what.zh}改变，影响全年", f"{what.en} changed, for the whole year")


def _limits(each: Indicator) -> object:
    return each.group, each.most, each.base, each.floor, each.when_not_applicable


def _sums(each: Group) -> object:
    return each.sign, each.most, each.fallback, each.classes


def _period(scheme: Scheme) -> object:
    return scheme.first_day, scheme.last_day, scheme.cut_off


def _grades(scheme: Scheme) -> object:
    bands = [(each.id, each.at_least, each.quota_percent) for each in scheme.bands]
    return bands, scheme.order, scheme.grading


def _pieces(
    before: dict[str, tuple[Text, object]],
    after: dict[str, tuple[Text, object]],
    what: Text,
    also_new: bool = False,
) -> Iterator[Text]:
    """Pieces that differ; those removed or added say so through their parts, unless they have none (``also_new``)."""
    for code, (title, judged) in before.items():
        if (code in after and after[code][1] != judged) or (also_new and code not in after):
            yield Text(
                f"{code} {title.zh}：{what.zh}改变，影响全年",
                f"{code} {title.en}: {what.en} changed, for the whole year",
            )
    for code, (title, _) in after.items():
        if also_new and code not in before:
            yield Text(
                f"{code} {title.zh}：{what.zh}新增，影响全年",
                f"{code} {title.en}: {what.en} added, for the whole year",
            )
