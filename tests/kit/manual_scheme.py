"""The county's scheme with what it has none of: lines by hand, ballots, questionnaires, a superior's score and place, and
evidence demanded (A3) or looked at on request (B1).
"""

from __future__ import annotations

from domain.assessment.schemes import scheme_text

GROUP = """
[[groups]]
code = "S"
title = { zh = "综合评价", en = "Overall" }
sign = "plus"
max = 40

[[groups.indicators]]
code = "S1"
title = { zh = "特色工作", en = "Work of note" }
max = 10
clause = { number = "七.1", text = { zh = "由考核组评定。", en = "Given by the assessors." } }
[[groups.indicators.parts]]
id = "given"
title = { zh = "特色工作", en = "Work of note" }
unit = { zh = "分", en = "point" }
measure = { kind = "stated", fact = "verified_points" }
rule = { kind = "given", at_most = 10 }

[[groups.indicators]]
code = "S2"
title = { zh = "评议", en = "Appraisal" }
max = 10
clause = { number = "七.2", text = { zh = "领导、群众评议。", en = "Appraised by leaders and residents." } }
[[groups.indicators.parts]]
id = "rated"
title = { zh = "评议", en = "Appraisal" }
unit = { zh = "票", en = "ballot" }
measure = { kind = "ratings" }
[groups.indicators.parts.rule]
kind = "rated"
full = 100
at_full = 10
at_least = 1
when_missing = "zero"
groups = [
  { group = "leaders", weight = 60, label = { zh = "领导", en = "leaders" } },
  { group = "residents", weight = 40, label = { zh = "群众", en = "residents" } },
]

[[groups.indicators]]
code = "S3"
title = { zh = "满意度", en = "Satisfaction" }
max = 10
clause = { number = "七.3", text = { zh = "问卷测评。", en = "By questionnaire." } }
[[groups.indicators.parts]]
id = "survey"
title = { zh = "满意度测评", en = "Satisfaction survey" }
unit = { zh = "份", en = "questionnaire" }
measure = { kind = "survey" }
[groups.indicators.parts.rule]
kind = "satisfaction"
at_full = 10
at_least = 1
when_fewer = 0
warn_below = { valid = 30 }
options = [
  { option = "satisfied", worth = 100, label = { zh = "满意", en = "satisfied" } },
  { option = "fair", worth = 60, label = { zh = "一般", en = "fair" } },
  { option = "dissatisfied", worth = 0, label = { zh = "不满意", en = "dissatisfied" } },
]

[[groups.indicators]]
code = "S4"
title = { zh = "上级评分", en = "Scored above" }
max = 5
clause = { number = "七.4", text = { zh = "按州评分折算。", en = "Converted from the prefecture's score." } }
[[groups.indicators.parts]]
id = "score"
title = { zh = "州评分", en = "Prefecture's score" }
unit = { zh = "分", en = "point" }
measure = { kind = "stated", fact = "superior_score" }
rule = { kind = "converted", full = 100, at_full = 5, as = "points", when_none = 0 }

[[groups.indicators]]
code = "S5"
title = { zh = "上级排名", en = "Ranked above" }
max = 5
clause = { number = "七.5", text = { zh = "第 1 名 5 分，第 2、3 名 3 分。", en = "Place 1: 5, 2 and 3: 3." } }
[[groups.indicators.parts]]
id = "place"
title = { zh = "州排名", en = "Prefecture's ranking" }
unit = { zh = "名", en = "place" }
measure = { kind = "placed" }
rule = { kind = "by_place", places = [{ to = 1, points = 5 }, { to = 3, points = 3 }] }

"""
VETO = "# ---------------------------------------------------------------- veto"


def manual_scheme() -> str:
    """The text of the scheme."""
    text = scheme_text(2025)
    for code, demand in (("A3", "required"), ("B1", "on_request")):
        head = f'code = "{code}"\n'
        assert text.count(head) == 1
        shown = '{ zh = "签到或照片", en = "sheet or photograph" }'
        text = text.replace(head, f'{head}evidence = {{ demand = "{demand}", text = {shown} }}\n')
    before, found, after = text.partition(VETO)
    assert found
    return before + GROUP + VETO + after
