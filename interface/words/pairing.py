"""Words of pairings: agreements, posts, activities, cases and meetings."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "another": {
        "no": Phrase("是同一次，不登记", "it is the same, record nothing"),
        "yes": Phrase("确为另一次活动", "it is another activity"),
    },
    "post": {
        "part_time_secretary": Phrase("兼职书记", "Part-time secretary"),
        "invited_member": Phrase("特邀委员", "Invited member"),
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
    },
    "party_day": {
        "held": Phrase("已开展", "Held"),
        "late": Phrase("截止后填报，不计", "Reported after the cut-off, not counted"),
        "none": Phrase("没有", "Not held"),
        "to_come": Phrase("未到", "To come"),
        "unpaired": Phrase("未结对", "Not paired"),
    },
    "case_level": {
        "county": Phrase("县级", "County"),
        "prefecture": Phrase("州级", "Prefecture"),
        "province": Phrase("省级", "Province"),
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
    "recognised": {
        "case": Phrase("典型案例", "Model case"),
        "meeting": Phrase("现场会", "On-site meeting"),
    },
    "recognition": {
        "county": Phrase("县级典型", "County case"),
        "prefecture": Phrase("州级典型", "Prefecture case"),
        "province": Phrase("省级典型", "Province case"),
        "meeting": Phrase("现场会", "On-site meeting"),
    },
    "activity_status": {
        "recorded": Phrase("在册", "Recorded"),
        "corrected": Phrase("已更正", "Corrected"),
        "voided": Phrase("已作废", "Voided"),
    },
}
"""What may be chosen or be the case: a group to its identifiers."""
VERBS = {
    "start_pairing": verb(
        "登记结对",
        "Start a pairing",
        "结对已登记，请登记协议与任职。",
        "The pairing is started; record its agreement and posts next.",
    ),
    "sign_agreement": verb("登记协议", "Record the agreement", "协议已登记。", "The agreement is recorded."),
    "appoint_to_post": verb("登记到任", "Appoint to a post", "到任已登记。", "The appointment is recorded."),
    "leave_post": verb(
        "登记离任",
        "Leave a post",
        "离任已登记；有接任的请登记到任。",
        "The leaving is recorded; appoint whoever follows.",
    ),
    "renew_pairing": verb(
        "续结",
        "Renew the pairing",
        "续结已登记，可再签一份协议。",
        "The pairing is renewed; another agreement may be signed.",
    ),
    "replace_pairing": verb(
        "更换联建单位",
        "Replace the unit",
        "原结对于前一日结束，新结对已开始；两个结对各按其日期考核。",
        "The former pairing ended the day before and the new one is started; each is assessed by its days.",
    ),
    "end_pairing": verb(
        "结束结对",
        "End the pairing",
        "结对已结束，最后一日仍计算在内。",
        "The pairing is ended; its last day still counts.",
    ),
    "state_pairing_day": verb(
        "补记结对日期",
        "State a pairing day",
        "结对日期已补记，记为续结或者更早的开始。",
        "The pairing day is stated, as a renewal or an earlier start.",
    ),
    "state_appointment": verb(
        "补记任职",
        "State an appointment",
        "任职已补记；不合规定之处已注明。",
        "The appointment is stated; what was against the rules is noted.",
    ),
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
    "publish_case": verb(
        "登记典型案例", "Record a model case", "典型案例已登记。", "The model case is recorded."
    ),
    "correct_case": verb(
        "更正典型案例",
        "Correct the model case",
        "典型案例已更正，更正前后均可查阅。",
        "Corrected; before and after can be read.",
    ),
    "host_meeting": verb("登记现场会", "Record a meeting", "现场会已登记。", "The meeting is recorded."),
    "correct_meeting": verb(
        "更正现场会",
        "Correct the meeting",
        "现场会日期已更正，更正前后均可查阅。",
        "Corrected; before and after can be read.",
    ),
}
EVENTS = {
    "pairing.PairingStarted": event(
        "结对",
        "Pairing",
        "%(branch)s 与 %(village)s 结对，自 %(started_on)s 起",
        "%(branch)s paired with %(village)s from %(started_on)s",
    ),
    "pairing.PairingRenewed": event(
        "续结",
        "Renewed",
        "%(branch)s 与 %(village)s 续结，自 %(renewed_on)s 起",
        "%(branch)s and %(village)s paired anew from %(renewed_on)s",
    ),
    "pairing.PairingBegunEarlier": event(
        "结对日期提前",
        "Pairing began earlier",
        "%(branch)s 与 %(village)s 的结对实自 %(started_on)s 起，%(renewed_on)s 为续结",
        "%(branch)s and %(village)s were paired from %(started_on)s already; %(renewed_on)s was a renewal",
    ),
    "pairing.PairingEnded": event(
        "结对结束",
        "Pairing ended",
        "%(branch)s 与 %(village)s 的结对于 %(ended_on)s 结束：%(because)s",
        "The pairing of %(branch)s with %(village)s ended on %(ended_on)s: %(because)s",
    ),
    "pairing.AgreementSigned": event(
        "签订协议",
        "Agreement signed",
        "%(branch)s 与 %(village)s 签订协议 %(agreement_no)s，%(signed_on)s",
        "%(branch)s and %(village)s signed agreement %(agreement_no)s on %(signed_on)s",
    ),
    "pairing.AppointedToPost": event(
        "到任",
        "Appointed to post",
        "%(person)s 任 %(village)s %(post)s，自 %(began_on)s 起",
        "%(person)s became %(post)s of %(village)s from %(began_on)s",
    ),
    "pairing.TermBegunEarlier": event(
        "到任日期提前",
        "Term began earlier",
        "%(person)s 任 %(village)s %(post)s实自 %(began_on)s 起，原记为 %(known_from)s",
        "%(person)s was %(post)s of %(village)s from %(began_on)s already, recorded as %(known_from)s",
    ),
    "pairing.LeftPost": event(
        "离任",
        "Left post",
        "%(person)s 不再任 %(village)s %(post)s，%(ended_on)s 离任",
        "%(person)s left the post of %(post)s of %(village)s on %(ended_on)s",
    ),
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
    "pairing.CasePublished": event(
        "刊发典型案例",
        "Model case published",
        "%(village)s 的典型案例“%(case_name)s”由%(case_level)s刊发，%(published_on)s",
        "Model case “%(case_name)s” of %(village)s published at %(case_level)s level on %(published_on)s",
    ),
    "pairing.CaseCorrected": event(
        "更正典型案例",
        "Case corrected",
        "案例“%(case_name_before)s”更正为“%(case_name)s”（%(case_level)s，%(published_on)s）：%(because)s",
        "model case “%(case_name_before)s” corrected to “%(case_name)s” (%(case_level)s, %(published_on)s): %(because)s",
    ),
    "pairing.MeetingHosted": event(
        "承办现场会",
        "On-site meeting hosted",
        "%(village)s 承办现场会，%(hosted_on)s",
        "%(village)s hosted an on-site meeting on %(hosted_on)s",
    ),
    "pairing.MeetingCorrected": event(
        "更正现场会",
        "Meeting corrected",
        "%(village)s 承办现场会的日期更正为 %(hosted_on)s，原记为 %(hosted_before)s：%(because)s",
        "on-site meeting of %(village)s corrected to %(hosted_on)s, was %(hosted_before)s: %(because)s",
    ),
}
FIELDS = {
    "agreement_no": field("协议编号", "Agreement number"),
    "another": field("确为另一次活动", "It is another activity"),
    "because": field("理由", "Reason"),
    "began_on": field("到任日期", "Took up on"),
    "branch": field("联建单位", "Unit"),
    "replace_pairing.branch": field("接替的单位", "Unit that takes over"),
    "case_name": field("案例名称", "Name of the case"),
    "ended_on": field("离任日期", "Left on", "仍计入任期", "still counts"),
    "end_pairing.ended_on": field("最后一日", "Last day"),
    "state_appointment.ended_on": field("离任日期", "Left on", "在任的不填", "empty while it lasts"),
    "held_on": field("日期", "Held on"),
    "hosted_on": field("承办日期", "Hosted on"),
    "kind": field("活动类型", "Kind of activity"),
    "level": field("刊发级别", "Published at"),
    "paired_on": field("结对日期", "Paired on"),
    "pairing_id": field("结对", "Pairing"),
    "participants": field("参加人数", "Participants"),
    "person": field("姓名", "Name of the person"),
    "persons_visited": field("慰问人数", "Persons visited", "仅走访慰问填写", "of condolence visits only"),
    "post": field("职务", "Post"),
    "published_on": field("刊发日期", "Published on"),
    "renewed_on": field("续结日期", "Renewed on"),
    "replaced_on": field("接替日期", "Takes over on"),
    "signed_on": field("签订日期", "Signed on"),
    "started_on": field("结对日期", "Paired on"),
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
    "village": field("联建村（社区）", "Village"),
}
"""Of its verbs; what one of them calls otherwise stands under ``verb.field``."""
TITLES = {
    "activity_id": Phrase("活动编号", "Activity"),
    "attested_on": Phrase("确认日期", "Confirmed on"),
    "disputed_on": Phrase("异议日期", "Disputed on"),
    "maintained_on": Phrase("说明日期", "Answered on"),
    "settled_on": Phrase("认定日期", "Settled on"),
    "case_id": Phrase("案例编号", "Case id"),
    "case_name_before": Phrase("原案例名称", "Name before"),
    "level_before": Phrase("原级别", "Level before"),
    "published_before": Phrase("原刊发日期", "Published before"),
    "meeting_id": Phrase("现场会编号", "Meeting id"),
    "hosted_before": Phrase("原承办日期", "Hosted before"),
    "known_from": Phrase("原记到任日期", "Taken for the first day"),
    "ended_on": Phrase("结束日期", "Ended on"),
    "person_ref": Phrase("人员编号", "Person"),
    "voided_on": Phrase("作废日期", "Voided on"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
