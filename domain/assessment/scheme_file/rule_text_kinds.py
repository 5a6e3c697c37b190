"""The newer rule kinds of a scheme's TOML: all or nothing, so much off for each, places, conversions, opinions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from domain.assessment.scheme.points import number
from domain.assessment.scheme.rules.deductions import Flat, Otherwise, PerMissing, PerUnmet, Threshold
from domain.assessment.scheme.rules.opinions import Option, Rated, RaterGroup, Satisfaction, WhenMissing
from domain.assessment.scheme.rules.rule import Rule
from domain.assessment.scheme.rules.stated import ByPlace, Converted, ConvertedTo, Given
from domain.assessment.scheme.text import Text
from domain.assessment.scheme_file.reading import Table

MANY = 1_000_000


def when_none(table: Table) -> Fraction | None:
    """What none is worth, ``None`` for not applicable; the file must say one of them."""
    if table.has("not_applicable_when_none") and table.boolean("not_applicable_when_none"):
        return None
    return table.points("when_none")


def _percent(table: Table, key: str) -> Fraction:
    """More than 0 and at most 100."""
    value = table.points(key)
    if not 0 < value <= 100:
        table.refuse(
            key,
            Text(f"百分比不可能是 {number(value)}", f"{number(value)} is no percentage that can be meant"),
            Text("写大于 0、不超过 100 的数", "write a number above 0, at most 100"),
            given=[key],
        )
    return value


def _full(table: Table) -> Fraction:
    """The full marks of a scale, which something is divided by."""
    value = table.points("full")
    if value == 0:
        table.refuse(
            "full",
            Text("满分不可能是 0", "a scale cannot end at 0"),
            Text("写该评分的满分，如 100", "write the full marks of that scale, such as 100"),
            given=["full"],
        )
    return value


def flat(table: Table) -> Rule:
    """``{ kind = "flat", points = 5 }``."""
    return Flat(table.points("points"), table.points("when_none") if table.has("when_none") else Fraction(0))


def per_missing(table: Table) -> Rule:
    """``{ kind = "per_missing", expected = 12, each = 1, at_full = 10 }``."""
    return PerMissing(table.integer("expected", 1, MANY), _taken(table), table.points("at_full"))


def per_unmet(table: Table) -> Rule:
    """``{ kind = "per_unmet", at_full = 4, each = 1, when_none = 0 }``."""
    return PerUnmet(table.points("at_full"), _taken(table), when_none(table))


def _taken(table: Table) -> Fraction:
    """What is taken off for each."""
    each = table.points("each")
    if each == 0:
        table.refuse(
            "each",
            Text("每次扣 0 分等于不扣", "0 off for each takes nothing off"),
            Text("写每次扣多少分", "write how much each takes off"),
            given=["each"],
        )
    return each


def threshold(table: Table) -> Rule:
    """``{ kind = "threshold", at_least = 80, points = 10, otherwise = "proportional", when_none = 0 }``."""
    return Threshold(
        _percent(table, "at_least"),
        table.points("points"),
        table.choice("otherwise", Otherwise),
        when_none(table),
    )


def by_place(table: Table) -> Rule:
    """``{ kind = "by_place", places = [{ to = 1, points = 10 }, { to = 3, points = 5 }] }``."""
    places: list[tuple[int, Fraction]] = []
    for each in table.tables("places"):
        places.append((each.integer("to", 1, MANY), each.points("points")))
        each.finish()
    ends, points = [to for to, _ in places], [worth for _, worth in places]
    if ends != sorted(set(ends)):
        table.refuse(
            "places",
            Text("名次没有从前到后排列", "do not rise from place to place"),
            Text("名次在前的写在最前，每个名次写一次", "write the best place first, each once"),
        )
    elif points != sorted(points, reverse=True):
        table.refuse(
            "places",
            Text("名次靠后的分值反而更高", "give a later place more points"),
            Text("名次越靠后，分值不得越高", "give a later place at most as many"),
        )
    return ByPlace(tuple(places))


def converted(table: Table) -> Rule:
    """``{ kind = "converted", full = 100, at_full = 5, as = "deduction", when_none = 0 }``."""
    return Converted(_full(table), table.points("at_full"), table.choice("as", ConvertedTo), when_none(table))


def given(table: Table) -> Rule:
    """``{ kind = "given", at_most = 10 }``."""
    return Given(table.points("at_most"))


def rated(table: Table) -> Rule:
    """``{ kind = "rated", full = 100, at_full = 30, at_least = 3, when_missing = "redistribute", groups = [...] }``."""
    groups: list[RaterGroup] = []
    for each in table.tables("groups"):
        groups.append(RaterGroup(each.string("group"), _percent(each, "weight"), each.text("label")))
        each.finish()
    _once(table, "groups", [each.group for each in groups])
    whole = sum((each.weight for each in groups), Fraction(0))
    if whole != 100:
        table.refuse(
            "groups",
            Text(f"权重合计 {number(whole)}，不是 100", f"the weights add up to {number(whole)}, not to 100"),
            Text("改正权重，使合计为 100", "correct the weights so that they add up to 100"),
            given=["groups"],
        )
    return Rated(
        full=_full(table),
        at_full=table.points("at_full"),
        groups=tuple(groups),
        at_least=table.integer("at_least", 1, MANY),
        when_missing=table.choice("when_missing", WhenMissing),
    )


def satisfaction(table: Table) -> Rule:
    """``{ kind = "satisfaction", at_full = 10, at_least = 10, options = [...], warn_below = { valid = 30 } }``."""
    options: list[Option] = []
    for each in table.tables("options"):
        worth = each.points("worth")
        if worth > 100:
            each.refuse(
                "worth",
                Text(f"{number(worth)}% 超过满分", f"{number(worth)}% exceeds full marks"),
                Text("写 0 到 100 的百分比", "write a percentage from 0 to 100"),
                given=["worth"],
            )
        options.append(Option(each.string("option"), worth, each.text("label")))
        each.finish()
    _once(table, "options", [each.option for each in options])
    if all(each.worth == 0 for each in options):
        table.refuse(
            "options",
            Text("没有一个选项得分", "no option is worth anything"),
            Text("至少给一个选项写大于 0 的 worth", "give at least one a worth above 0"),
            given=["options"],
        )
    at_least = table.integer("at_least", 1, MANY)
    valid, returned = _warnings(table, at_least)
    return Satisfaction(
        at_full=table.points("at_full"),
        options=tuple(options),
        at_least=at_least,
        when_fewer=table.points("when_fewer") if table.has("when_fewer") else None,
        warn_valid=valid,
        warn_returned=returned,
    )


def _warnings(table: Table, at_least: int) -> tuple[int, int]:
    """Below how many valid ones, and below how many percent returned, the sample is said to be small; 0 for never."""
    if not table.has("warn_below"):
        return 0, 0
    own = table.table("warn_below")
    valid = own.integer("valid", 1, MANY) if own.has("valid") else 0
    returned = own.integer("returned_percent", 1, 100) if own.has("returned_percent") else 0
    if not valid and not returned:
        own.refuse(
            "",
            Text("没有说明何时算样本偏小", "does not say when a sample is small"),
            Text("写 valid 或 returned_percent", "write valid or returned_percent"),
        )
    if valid and valid <= at_least:
        own.refuse(
            "valid",
            Text(
                f"有效的不足 {at_least} 时已不计分，{valid} 永远用不上",
                f"fewer than {at_least} valid ones do not count anyway, so {valid} never warns",
            ),
            Text(f"写大于 {at_least} 的数", f"write more than {at_least}"),
            given=["valid"],
        )
    own.finish()
    return valid, returned


def _once(table: Table, key: str, words: Sequence[str]) -> None:
    """Refuse a word that stands twice."""
    twice = next((word for n, word in enumerate(words) if word in words[:n]), None)
    if twice is not None:
        table.refuse(
            key,
            Text(f"{twice} 写了两次", f"{twice!r} stands there twice"),
            Text("每个写一次", "name each once"),
        )
