"""Words of pairings: agreements, posts, activities, cases and meetings."""

CHOICES: dict[str, dict[str, str]] = {
    "another": {
        "no": "是同一次，不登记",
        "yes": "确为另一次活动",
    },
    "post": {
        "part_time_secretary": "兼职书记",
        "invited_member": "特邀委员",
    },
    "activity_kind": {
        "themed_party_day": "主题党日",
        "training": "集中培训",
        "lecture": "专题讲座",
        "volunteering": "志愿服务",
        "condolence_visit": "走访慰问",
        "forum": "调研座谈会",
        "field_study": "调研",
        "themed_campaign": "特色主题活动",
    },
    "case_level": {
        "county": "县级",
        "prefecture": "州级",
        "province": "省级",
    },
    "activity_status": {
        "recorded": "在册",
        "corrected": "已更正",
        "voided": "已作废",
    },
}
"""What may be chosen or be the case: a group to its identifiers with their words."""
EVENTS: dict[str, str] = {
    "pairing.PairingStarted": "结对",
    "pairing.PairingRenewed": "续结",
    "pairing.PairingBegunEarlier": "结对日期提前",
    "pairing.PairingEnded": "结对结束",
    "pairing.AgreementSigned": "签订协议",
    "pairing.AppointedToPost": "到任",
    "pairing.TermBegunEarlier": "到任日期提前",
    "pairing.LeftPost": "离任",
    "pairing.ActivityHeld": "开展活动",
    "pairing.ActivityCorrected": "更正活动",
    "pairing.ActivityVoided": "作废活动",
    "pairing.CasePublished": "刊发典型案例",
    "pairing.CaseCorrected": "更正典型案例",
    "pairing.MeetingHosted": "承办现场会",
    "pairing.MeetingCorrected": "更正现场会",
}
"""Event name to what it is called in lists."""
SENTENCES: dict[str, str] = {
    "pairing.PairingStarted": "%(branch)s 与 %(village)s 结对，自 %(started_on)s 起",
    "pairing.PairingRenewed": "%(branch)s 与 %(village)s 续结，自 %(renewed_on)s 起",
    "pairing.PairingBegunEarlier": "%(branch)s 与 %(village)s 的结对实自 %(started_on)s 起，%(renewed_on)s 为续结",
    "pairing.PairingEnded": "%(branch)s 与 %(village)s 的结对于 %(ended_on)s 结束：%(because)s",
    "pairing.AgreementSigned": "%(branch)s 与 %(village)s 签订协议 %(agreement_no)s，%(signed_on)s",
    "pairing.AppointedToPost": "%(person)s 任 %(village)s %(post)s，自 %(began_on)s 起",
    "pairing.TermBegunEarlier": "%(person)s 任 %(village)s %(post)s实自 %(began_on)s 起，原记为 %(known_from)s",
    "pairing.LeftPost": "%(person)s 不再任 %(village)s %(post)s，%(ended_on)s 离任",
    "pairing.ActivityHeld": "%(branch)s 在 %(village)s 开展%(activity_kind)s“%(topic)s”，%(participants)s 人参加，%(held_on)s",
    "pairing.ActivityCorrected": "更正活动为%(activity_kind)s“%(topic)s”，%(participants)s 人参加，%(held_on)s：%(because)s",
    "pairing.ActivityVoided": "作废活动：%(because)s",
    "pairing.CasePublished": "%(village)s 的典型案例“%(case_name)s”由%(case_level)s刊发，%(published_on)s",
    "pairing.CaseCorrected": "案例“%(case_name_before)s”更正为“%(case_name)s”（%(case_level)s，%(published_on)s）：%(because)s",
    "pairing.MeetingHosted": "%(village)s 承办现场会，%(hosted_on)s",
    "pairing.MeetingCorrected": "%(village)s 承办现场会的日期更正为 %(hosted_on)s，原记为 %(hosted_before)s：%(because)s",
}
"""Event name to its sentence."""
FIELDS: dict[str, str] = {
    "activity_id": "活动编号",
    "agreement_no": "协议编号",
    "began_on": "到任日期",
    "case_id": "案例编号",
    "case_name": "案例名称",
    "case_name_before": "原案例名称",
    "level_before": "原级别",
    "published_before": "原刊发日期",
    "meeting_id": "现场会编号",
    "hosted_before": "原承办日期",
    "renewed_on": "续结日期",
    "known_from": "原记到任日期",
    "ended_on": "结束日期",
    "hosted_on": "承办日期",
    "person_ref": "人员编号",
    "post": "职务",
    "voided_on": "作废日期",
}
"""Field of an event to its title."""
INPUTS: dict[str, str] = {
    "held_on": "日期",
    "participants": "参加人数",
    "persons_visited": "慰问人数",
    "topic": "活动主题",
}
"""Field of a form or an address to its title."""
