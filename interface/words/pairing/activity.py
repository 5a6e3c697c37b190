"""Words of activities: what was held, what the village says of it, and what it belongs to."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "another": {
        "no": Phrase("是同一次，不登记", "it is the same, record nothing"),
        "yes": Phrase("确为另一次活动", "it is another activity"),
    },
    "activity_kind": {
        "themed_party_day": Phrase("主题党日", "Themed party day"),
        "training": Phrase("集中培训", "Training"),
        "lecture": Phrase("专题讲座", "Lecture"),
        "volunteering": Phrase("志愿服务", "Volunteering"),
        "condolence_visit": Phrase("走访慰问", "Condolence visit"),
        "forum": Phrase("调研座谈会", "Forum"),
        "field_study": Phrase("调研", "Field study"),
        "themed_campaign": Phrase("特色主题活动", "Themed campaign"),
        "paired_assistance": Phrase("结对帮扶", "Paired assistance"),
        "theory_study": Phrase("理论学习", "Study of theory"),
    },
    "measure_unit": {
        "persons": Phrase("人", "persons"),
        "attendances": Phrase("人次", "attendances"),
        "sessions": Phrase("场次", "sessions"),
        "times": Phrase("次", "times"),
        "copies": Phrase("份", "copies"),
    },
    "activity_tag": {
        "two_festivals": Phrase("“两节”慰问", "The two festivals"),
        "members_in_the_lead": Phrase("党员先锋行", "Party members in the lead"),
        "practical_deeds": Phrase("我为群众办实事", "Practical deeds for the people"),
        "rural_revitalisation": Phrase("乡村振兴", "Rural revitalisation"),
        "social_governance": Phrase("社会治理", "Social governance"),
        "civility": Phrase("文明创建", "Civility"),
        "regular_contact": Phrase("组织常联系", "Organisations in regular contact"),
        "counsel_together": Phrase("有事共商量", "Counsel taken together"),
        "help_in_hardship": Phrase("困难多帮衬", "Help in hardship"),
        "one_family": Phrase("联建一家亲", "One family"),
        "organisations_built_together": Phrase("组织共建", "Organisations built together"),
        "teams_led_together": Phrase("队伍共管", "Teams led together"),
        "activities_together": Phrase("活动联办", "Activities held together"),
        "governance_together": Phrase("治理共抓", "Governance together"),
        "levels_linked": Phrase("上下联动", "Levels linked"),
        "development_together": Phrase("发展联促", "Development furthered together"),
        "services_together": Phrase("服务联做", "Services done together"),
    },
    "party_day": {
        "held": Phrase("已开展", "Held"),
        "late": Phrase("截止后填报，不计", "Reported after the cut-off, not counted"),
        "none": Phrase("没有", "Not held"),
        "not_yet": Phrase("本月尚未开展", "Not yet held this month"),
        "to_come": Phrase("未到", "To come"),
        "unpaired": Phrase("未结对", "Not paired"),
    },
    "likeness_verdict": {
        "different": Phrase("是两次活动", "Two activities"),
        "joint": Phrase("是联合开展的一次活动，各自计入", "One held jointly; each counts"),
        "same": Phrase("是同一次重复登记，作废本条", "The same entered twice; this one is voided"),
    },
    "likeness_kind": {
        "near_words": Phrase("同一结对、日期相近、主题相近", "One pairing, near days, near words"),
        "two_pairings": Phrase("同日同类，两个结对都登记", "Same day and kind in two pairings"),
        "one_photograph": Phrase("用了同一张照片", "One photograph for both"),
    },
    "attestation": {
        "unheard": Phrase("村（社区）未表态", "Village not heard"),
        "attested": Phrase("村（社区）已确认", "Confirmed by the village"),
        "disputed": Phrase("村（社区）有异议", "Disputed by the village"),
        "maintained": Phrase("有异议，待认定", "Disputed, to be settled"),
        "settled": Phrase("异议已认定", "Dispute settled"),
    },
    "stands": {
        "no": Phrase("登记不属实，作废", "it is not so and is voided"),
        "yes": Phrase("登记属实", "the entry stands"),
    },
    "activity_status": {
        "recorded": Phrase("在册", "Recorded"),
        "corrected": Phrase("已更正", "Corrected"),
        "voided": Phrase("已作废", "Voided"),
    },
}
"""What may be chosen or be the case: a group to its identifiers."""
VERBS = {
    "record_activity": verb(
        "登记活动",
        "Record an activity",
        "活动已登记，填报日期为今日。",
        "The activity is recorded as reported today.",
    ),
    "correct_activity": verb(
        "更正活动",
        "Correct the activity",
        "活动已更正，更正前后均可查阅。",
        "Corrected; before and after can be read.",
    ),
    "void_activity": verb(
        "作废活动",
        "Void the activity",
        "活动已作废，不再计入，记录仍可查阅。",
        "Voided; it counts no more and stays readable.",
    ),
    "describe_activity": verb(
        "补充活动内容",
        "Describe the activity",
        "活动内容已补充，村（社区）可以查看。",
        "Described; the village can read it.",
    ),
    "describe_training": verb(
        "登记学时和师资",
        "State hours and teacher",
        "学时和师资已登记；再次登记的以最后一次为准。",
        "Stated; what is stated last holds.",
    ),
    "share_activity": verb(
        "同时记入其他结对",
        "Enter it for other pairings, too",
        "已同时记入所选结对，各有一条登记，行动标签相同；此后标签各自调整。",
        "Each of the pairings has an entry of its own, with the same tags; from now on each is tagged by itself.",
    ),
    "judge_likeness": verb(
        "认定相近登记",
        "Judge entries that are alike",
        "已认定，不再提示这两项。",
        "Judged; the two are not asked about again.",
    ),
    "attest_activity": verb(
        "确认活动",
        "Confirm the activity",
        "已确认该活动属实。",
        "The activity is confirmed as entered.",
    ),
    "dispute_activity": verb(
        "提出异议",
        "Dispute the activity",
        "异议已转联建单位，由其更正或者说明。",
        "The unit has your dispute; it corrects the entry or says why it stands.",
    ),
    "maintain_activity": verb(
        "说明登记属实",
        "Stand by the entry",
        "说明已提交，由联建工作监督小组认定。",
        "Your answer is handed in; the office settles it.",
    ),
    "settle_dispute": verb(
        "认定异议",
        "Settle the dispute",
        "异议已认定；登记不属实的，活动已作废。",
        "Settled; an entry that is not so is voided.",
    ),
}
EVENTS = {
    "pairing.ActivityHeld": event(
        "开展活动",
        "Activity held",
        "%(branch)s 在 %(village)s 开展%(activity_kind)s“%(topic)s”，%(participants)s 人参加，%(held_on)s",
        "%(branch)s in %(village)s: %(activity_kind)s “%(topic)s”, %(participants)s participants, on %(held_on)s",
        one="%(branch)s in %(village)s: %(activity_kind)s “%(topic)s”, %(participants)s participant, on %(held_on)s",
        counts="participants",
    ),
    "pairing.ActivityCorrected": event(
        "更正活动",
        "Activity corrected",
        "更正活动为%(activity_kind)s“%(topic)s”，%(participants)s 人参加，%(held_on)s：%(because)s",
        "Activity corrected to %(activity_kind)s “%(topic)s”, %(participants)s participants, on %(held_on)s: %(because)s",
        one="Activity corrected to %(activity_kind)s “%(topic)s”, %(participants)s participant, on %(held_on)s: %(because)s",
        counts="participants",
    ),
    "pairing.ActivityVoided": event(
        "作废活动", "Activity voided", "作废活动：%(because)s", "Activity voided: %(because)s"
    ),
    "pairing.ActivityDescribed": event(
        "补充活动内容",
        "Activity described",
        "%(branch)s 补充了 %(held_on)s 活动的内容：%(venue)s %(host)s %(notes)s",
        "%(branch)s described the activity of %(held_on)s: %(venue)s %(host)s %(notes)s",
    ),
    "pairing.TrainingDescribed": event(
        "登记学时和师资",
        "Hours and teacher stated",
        "%(branch)s 登记了 %(held_on)s 培训的学时 %(hours)s，师资：%(teacher)s %(teacher_office)s",
        "%(branch)s stated %(hours)s hours of the training of %(held_on)s, taught by: %(teacher)s %(teacher_office)s",
    ),
    "pairing.ActivityShared": event(
        "同时记入其他结对",
        "Entered for other pairings",
        "%(branch)s 将 %(held_on)s 的活动同时记入其他结对",
        "%(branch)s entered the activity of %(held_on)s for other pairings as well",
    ),
    "pairing.LikenessJudged": event(
        "认定相近登记",
        "Likeness judged",
        "%(judged_on)s 认定与活动 %(other_id)s 的关系：%(verdict)s。%(because)s",
        "Judged on %(judged_on)s with activity %(other_id)s: %(verdict)s. %(because)s",
    ),
    "pairing.ActivityAttested": event(
        "村（社区）确认活动",
        "Activity confirmed",
        "%(village)s 于 %(attested_on)s 确认活动属实",
        "%(village)s confirmed the activity on %(attested_on)s",
    ),
    "pairing.ActivityDisputed": event(
        "村（社区）提出异议",
        "Activity disputed",
        "%(village)s 于 %(disputed_on)s 对活动提出异议：%(because)s",
        "%(village)s disputed the activity on %(disputed_on)s: %(because)s",
    ),
    "pairing.ActivityMaintained": event(
        "单位说明登记属实",
        "Entry maintained",
        "%(branch)s 于 %(maintained_on)s 说明登记属实：%(because)s",
        "%(branch)s stood by the entry on %(maintained_on)s: %(because)s",
    ),
    "pairing.DisputeSettled": event(
        "异议认定",
        "Dispute settled",
        "%(settled_on)s 认定%(stands)s：%(because)s",
        "Settled on %(settled_on)s, %(stands)s: %(because)s",
    ),
}
FIELDS = {
    "another": field("确为另一次活动", "It is another activity"),
    "because": field("理由", "Reason"),
    "held_on": field("日期", "Held on"),
    "kind": field("活动类型", "Kind of activity"),
    "pairing_id": field("结对", "Pairing"),
    "participants": field("参加人数", "Participants"),
    "persons_visited": field("慰问人数", "Persons visited", "仅走访慰问填写", "of condolence visits only"),
    "pairings": field(
        "其他结对", "Other pairings", "本单位一起开展的结对", "those of the unit that held it together"
    ),
    "other": field("另一项活动", "The other activity"),
    "verdict": field("认定", "Verdict"),
    "venue": field("地点", "Place"),
    "host": field("承办方", "Host", "填写单位或村（社区）", "a unit or a village"),
    "notes": field("活动说明", "Notes", "不填写群众姓名", "without names of residents"),
    "quantity": field("数量", "Quantity", "如发放资料 200 份", "such as 200 copies handed out"),
    "hours_hundredths": field("学时", "Hours", "可填两位小数，最多 200", "at most two decimals, at most 200"),
    "teacher": field(
        "授课人",
        "Teacher",
        "可不填；再次登记时重新填写",
        "may be left empty; enter it again when you state anew",
    ),
    "teacher_office": field("授课人单位", "Teacher's unit"),
    "measure_unit": field("计量单位", "Unit of the quantity"),
    "distinct_persons": field(
        "去重人数", "Distinct persons", "同一人多次参加的只计一次", "whoever came several times counts once"
    ),
    "tags": field("所属行动和联系方式", "Campaigns and kinds of contact", "可多选", "as many as fit"),
    "dispute_activity.because": field("异议内容", "What is not so"),
    "maintain_activity.because": field("情况说明", "Why the entry stands"),
    "settle_dispute.because": field("认定依据", "Why it is settled so"),
    "stands": field(
        "认定结果",
        "Whether the entry stands",
        "部分不实的，请更正活动后由村（社区）再次确认",
        "where part of it is wrong, correct the activity instead; the village is heard again",
    ),
    "topic": field("活动主题", "Topic"),
}
"""Of its verbs; what one of them calls otherwise stands under ``verb.field``."""
TITLES = {
    "activity_id": Phrase("活动编号", "Activity"),
    "into": Phrase("记入的活动", "Entries"),
    "other_id": Phrase("另一项活动", "The other activity"),
    "judged_on": Phrase("认定日期", "Judged on"),
    "verdict": Phrase("认定", "Verdict"),
    "pairings": Phrase("其他结对", "Other pairings"),
    "attested_on": Phrase("确认日期", "Confirmed on"),
    "disputed_on": Phrase("异议日期", "Disputed on"),
    "maintained_on": Phrase("说明日期", "Answered on"),
    "settled_on": Phrase("认定日期", "Settled on"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
