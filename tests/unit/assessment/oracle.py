"""The 2025 scheme once more, straight from the ledgers' rows by the words of the regulation.

Written without looking at the scheme, the facts or the measures, so that agreeing with them means something.
Points are fractions; a sheet is the row of the CSV without the name and the grade.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from tests.unit.assessment.county import ledger

Row = dict[str, Any]
YEAR_START, YEAR_END, CUT_OFF = date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 10)
VILLAGE = "联建村（社区）"


def two(value: Fraction) -> Decimal:
    """Rounded half up to hundredths, by the decimal library."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def of(file: str, sheet: str, village: str, column: str = VILLAGE) -> list[Row]:
    """A village's rows of one sheet."""
    return [row for row in ledger(file, sheet) if row[column] == village]


def in_year(day: date | None) -> bool:
    """Whether something happened in 2025."""
    return day is not None and YEAR_START <= day <= YEAR_END


def days(first: date, last: date) -> set[date]:
    """Every day from the first to the last."""
    return {first + timedelta(n) for n in range((last - first).days + 1)}


def sheet(village: str) -> dict[str, Decimal | None]:
    """Every line, group and the total of one village."""
    lines = {**_a(village), **_b_and_c(village)}
    a, b, c = (
        sum((value for code, value in lines.items() if code[0] == group), Decimal(0)) for group in "ABC"
    )
    d_lines, d = _d(village, a + b + c)
    e1, e2 = _e(village)
    f, g = _f(village), _g(village)
    total = max(a + b + c + d + e1 + e2 + f - g, Decimal(0))
    groups = {"A": a, "B": b, "C": c, "D": d, "E": e1 + e2, "F": f, "G": g, "total": total}
    return {**lines, **d_lines, "E1": e1, "E2": e2, **groups}


def vetoed(village: str) -> bool:
    """A falsification was found in the year."""
    findings = of("问题整改台账", "问题整改台账", village)
    return any(row["问题类型"] == "弄虚作假" and in_year(row["检查日期"]) for row in findings)


def _a(village: str) -> dict[str, Decimal]:
    (row,) = of("结对台账", "结对台账", village)
    signed = row["协议签订日期"]
    a1 = 0 if signed is None or signed > YEAR_END else 4 if signed <= date(2025, 3, 31) else 2
    paired = days(max(row["结对日期"], YEAR_START), YEAR_END)
    a2 = Fraction(0)
    for post in ("兼职书记", "特邀委员"):
        terms = [(row[f"{post}到任日期"], row[f"{post}离任日期"])] if row[post] else []
        terms += [
            (r["到任日期"], r["离任日期"]) for r in of("结对台账", "任职变动", village) if r["职务"] == post
        ]
        held = set().union(*(days(began, left or YEAR_END) for began, left in terms)) & paired
        a2 += Fraction(2 * len(held), len(paired))
    months = {r["日期"].month for r in _activities(village, "主题党日")}
    return {"A1": Decimal(a1), "A2": two(a2), "A3": Decimal(len(months))}


def _activities(village: str, *kinds: str) -> list[Row]:
    return [
        r
        for r in of("活动台账", "活动台账", village)
        if r["活动类型"] in kinds and in_year(r["日期"]) and r["填报日期"] <= CUT_OFF
    ]


def _b_and_c(village: str) -> dict[str, Decimal]:
    volunteers = sum(r["参加人数"] for r in _activities(village, "志愿服务"))
    visited = sum(r["慰问人数"] for r in _activities(village, "走访慰问"))
    quarters = {(r["日期"].month + 2) // 3 for r in _activities(village, "特色主题活动")}
    forum, study = bool(_activities(village, "调研座谈会")), bool(_activities(village, "调研"))
    c1 = 8 if visited >= 15 else 6 if visited >= 10 else 4 if visited >= 5 else 2 if visited >= 1 else 0
    return {
        "B1": Decimal(min(2 * len(_activities(village, "集中培训", "专题讲座")), 8)),
        "B2": two(min(Fraction(volunteers, 60) * 6, Fraction(6))),
        "B3": Decimal(3 * forum + 3 * study),
        "C1": Decimal(c1),
        "C2": Decimal("1.75") * len(quarters),
    }


def _d(village: str, abc: Decimal) -> tuple[dict[str, Decimal | None], Decimal]:
    needs = [r for r in of("资源需求清单", "需求清单", village) if in_year(r["提出日期"])]
    confirmed = [r for r in needs if r["村级确认日期"] and r["村级确认日期"] <= CUT_OFF]
    matched = [r for r in needs if r["对接日期"] and r["对接日期"] <= YEAR_END]
    planned = [r for r in of("民生实事项目台账", "民生实事项目", village) if in_year(r["计划完工日期"])]
    in_time = [r for r in planned if r["实际完工日期"] and r["实际完工日期"] <= r["计划完工日期"]]
    ratings = [r["满意度"] for r in confirmed if r["满意度"] is not None]
    exact: dict[str, tuple[Fraction, int]] = {}
    if matched:
        exact["D1"] = Fraction(12 * sum(r in confirmed for r in matched), len(matched)), 12
    if planned:
        exact["D2"] = Fraction(8 * len(in_time), len(planned)), 8
    if len(ratings) >= 3:
        exact["D3"] = Fraction(sum(ratings), len(ratings)), 5
    if not exact:
        return {"D1": None, "D2": None, "D3": None}, two(25 * Fraction(abc) / 55)
    scale = Fraction(25, sum(most for _, most in exact.values()))
    lines = {code: two(exact[code][0] * scale) if code in exact else None for code in ("D1", "D2", "D3")}
    return lines, sum((value for value in lines.values() if value is not None), Decimal(0))


def _e(village: str) -> tuple[Decimal, Decimal]:
    findings = of("问题整改台账", "问题整改台账", village)
    due = [r for r in findings if in_year(r["延期后期限"] or r["整改期限"])]
    good = [
        r
        for r in due
        if r["整改完成日期"]
        and r["整改完成日期"] <= (r["延期后期限"] or r["整改期限"])
        and r["复查结果"] == "通过"
        and r["复查日期"] <= CUT_OFF
    ]
    found = [r for r in findings if in_year(r["检查日期"])]
    lost = sum({"一般": 1, "较重": 2, "严重": 4}[r["问题等级"]] + (r["是否反弹"] == "是") for r in found)
    e1 = two(Fraction(10 * len(good), len(due))) if due else Decimal(10)
    return e1, Decimal(max(10 - lost, 0))


def _f(village: str) -> Decimal:
    best: dict[str, int] = {}
    for r in of("典型案例与通报台账", "典型案例", village):
        if in_year(r["刊发日期"]):
            worth = {"县": 1, "州": 2, "省": 3}[r["级别"]]
            best[r["案例名称"]] = max(best.get(r["案例名称"], 0), worth)
    hosted = [
        r for r in of("典型案例与通报台账", "现场会", village, "承办联建村（社区）") if in_year(r["日期"])
    ]
    return Decimal(min(sum(best.values()) + 2 * len(hosted), 10))


def _g(village: str) -> Decimal:
    file = "典型案例与通报台账"
    critical = [r for r in of(file, "通报", village) if r["类型"] == "批评" and in_year(r["日期"])]
    slips = [r for r in of(file, "督查单", village) if in_year(r["日期"])]
    return Decimal(3 * len(critical) + sum({"蓝": 0, "橙": 1, "红": 2}[r["颜色"]] for r in slips))


def grades(totals: dict[str, dict[str, Decimal | None]]) -> dict[str, str]:
    """The grade of every village, place by place."""
    clean = [v for v in totals if not vetoed(v)]
    places = len(totals) * 30 // 100
    result = {}
    for village, own in totals.items():
        total = own["total"] or Decimal(0)
        place = (own["total"], own["E"], own["D"])
        better_or_equal = [v for v in clean if (totals[v]["total"], totals[v]["E"], totals[v]["D"]) >= place]
        if vetoed(village):
            result[village] = "较差"
        elif total >= 90 and len(better_or_equal) <= places:
            result[village] = "优秀"
        else:
            result[village] = "良好" if total >= 80 else "一般" if total >= 60 else "较差"
    return result
