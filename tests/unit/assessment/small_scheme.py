"""A small scheme with a tree for each class of units, and what to change about it."""

from __future__ import annotations

from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scheme_file.scheme_text import parse_scheme

HEAD = """
format = 1
year = 2025
version = 1
title = { zh = "小细则", en = "Small scheme" }
source = "test"
first_day = 2025-01-01
last_day = 2025-12-31
cut_off = 2026-01-10
rounding = { mode = "half_up", to = 0.01 }
order = ["total", "K"]

[[groups]]
code = "K"
title = { zh = "共同", en = "Common" }
sign = "plus"
max = 40
[[groups.indicators]]
code = "K1"
title = { zh = "培训", en = "Trainings" }
max = 40
clause = { number = "1", text = { zh = "每次 10 分。", en = "10 each." } }
[[groups.indicators.parts]]
id = "n"
title = { zh = "培训", en = "Trainings" }
unit = { zh = "次", en = "training" }
measure = { kind = "count", fact = "activity", types = ["training"], window = "in_year" }
rule = { kind = "each", each = 10 }
"""

AGENCIES = """
[[groups]]
code = "J"
title = { zh = "机关", en = "Agencies" }
sign = "plus"
for = ["agency"]
max = 60
when_not_applicable = "redistribute"
[[groups.indicators]]
code = "J1"
title = { zh = "座谈会", en = "Forums" }
max = 30
clause = { number = "2", text = { zh = "每次 15 分。", en = "15 each." } }
[[groups.indicators.parts]]
id = "n"
title = { zh = "座谈会", en = "Forums" }
unit = { zh = "次", en = "forum" }
measure = { kind = "count", fact = "activity", types = ["forum"], window = "in_year" }
rule = { kind = "each", each = 15 }
[[groups.indicators]]
code = "J2"
title = { zh = "项目", en = "Projects" }
max = 30
clause = { number = "3", text = { zh = "按比例。", en = "In proportion." } }
[[groups.indicators.parts]]
id = "n"
title = { zh = "项目", en = "Projects" }
unit = { zh = "个", en = "project" }
rule = { kind = "of_total", at_full = 30, not_applicable_when_none = true }
[groups.indicators.parts.measure]
kind = "share"
fact = "project_planned"
window = "in_year"
met = [{ fact = "project_completed", window = "by_own_day" }]
"""

OTHERS = """
[[groups]]
code = "S"
title = { zh = "其他单位", en = "Others" }
sign = "plus"
for = ["institution", "enterprise"]
max = 60
[[groups.indicators]]
code = "S"
title = { zh = "志愿服务", en = "Volunteers" }
max = 60
clause = { number = "4", text = { zh = "每人 1 分。", en = "1 each." } }
[[groups.indicators.parts]]
id = "n"
title = { zh = "志愿服务", en = "Volunteers" }
unit = { zh = "人", en = "person" }
measure = { kind = "sum", fact = "activity", types = ["volunteering"], window = "in_year" }
rule = { kind = "each", each = 1 }
"""

BONUS = """
[[groups]]
code = "P"
title = { zh = "加分", en = "Bonus" }
sign = "plus"
bonus = true
for = ["agency"]
[[groups.indicators]]
code = "P"
title = { zh = "现场会", en = "Meetings" }
clause = { number = "5", text = { zh = "每次 2 分。", en = "2 each." } }
[[groups.indicators.parts]]
id = "n"
title = { zh = "现场会", en = "Meetings" }
unit = { zh = "次", en = "meeting" }
measure = { kind = "count", fact = "meeting_hosted", window = "in_year" }
rule = { kind = "each", each = 2 }
"""

GRADES = """
[[grades]]
id = "good"
label = { zh = "良好", en = "good" }
at_least = 60

[[grades]]
id = "poor"
label = { zh = "较差", en = "poor" }
at_least = 0
"""

SMALL = HEAD + AGENCIES + OTHERS + BONUS + GRADES


def small(*changes: tuple[str, str]) -> str:
    """The small scheme with the first occurrence of each first text replaced by the second."""
    text = SMALL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def small_scheme(*changes: tuple[str, str]) -> Scheme:
    """The same, read."""
    return parse_scheme(small(*changes))
