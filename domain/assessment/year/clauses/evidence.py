"""Rules for reviewing evidence and for drawing samples."""

from domain.kernel.clause import clause, name_clauses

REVIEWED_ONCE = clause(
    "同一佐证只初审一次",
    "evidence is reviewed a first time once",
    "请由第二人复审",
    "let a second person review it",
    "docs/decisions/0010-years-work.md",
)
REVIEWED_FIRST = clause(
    "先初审，后复审",
    "a second review follows a first one",
    "请先初审",
    "review it a first time",
    "docs/decisions/0010-years-work.md",
)
REVIEWED_AGAIN_ONCE = clause(
    "复审后即为定论",
    "a second review settles the matter",
    "如有异议，请在公示或申诉时提出",
    "object to it during the notice, or appeal",
    "docs/decisions/0010-years-work.md",
)
SECOND_PERSON = clause(
    "初审与复审须由不同的人办理",
    "the second review is by another person",
    "请由其他考核员复审",
    "let another assessor review it",
    "docs/rules.md 1",
)
OTHERS_REVIEW = clause(
    "录入人不得审核自己录入的事项",
    "who entered a thing does not review its evidence",
    "请由其他考核员审核",
    "let another assessor review it",
    "docs/rules.md 1",
)
REJECTION_EXPLAINED = clause(
    "不认可须说明理由",
    "a rejection is explained",
    "请填写理由，单位将看到它",
    "enter the reason; the unit will read it",
)
POPULATION_THERE = clause(
    "有可抽取的事项才能抽取",
    "a sample is drawn where there is something to draw from",
    "请先初审佐证",
    "review evidence first",
)
SEED_NEW = clause(
    "每次抽取须有新的随机种子",
    "each sample has a seed of its own",
    "请换一个种子，例如公开摇号的结果",
    "use another seed, such as a public draw of lots",
)

name_clauses("assessment", globals())
