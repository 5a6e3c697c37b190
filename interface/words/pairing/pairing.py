"""Words of pairings: proposals, agreements, posts, cases and meetings."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "reversed": {
        "activity": Phrase("活动", "Activities"),
        "case": Phrase("典型案例", "Model cases"),
        "meeting": Phrase("现场会", "On-site meetings"),
        "slip": Phrase("督查单", "Slips"),
        "circular": Phrase("通报", "Circulars"),
        "finding": Phrase("问题", "Findings"),
        "project": Phrase("民生项目", "Livelihood projects"),
        "need": Phrase("需求", "Needs"),
        "resource": Phrase("资源", "Resources"),
        "pairing": Phrase("结对", "Pairings"),
    },
    "post": {
        "part_time_secretary": Phrase("兼职书记", "Part-time secretary"),
        "invited_member": Phrase("特邀委员", "Invited member"),
    },
    "nomination_state": {
        "waiting": Phrase("待审核", "To be checked"),
        "returned": Phrase("已退回", "Returned"),
        "published": Phrase("已刊发", "Published"),
    },
    "case_level": {
        "county": Phrase("县级", "County"),
        "prefecture": Phrase("州级", "Prefecture"),
        "province": Phrase("省级", "Province"),
    },
    "answer": {
        "open": Phrase("待审批", "To be answered"),
        "approved": Phrase("已同意，待登记结对", "Agreed to, to be started"),
        "refused": Phrase("未同意", "Refused"),
        "withdrawn": Phrase("已撤回", "Withdrawn"),
        "carried_out": Phrase("已结对", "Paired"),
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
}
"""What may be chosen or be the case: a group to its identifiers."""
VERBS = {
    "nominate_case": verb(
        "推荐典型案例",
        "Nominate a case",
        "已推荐，等待监督小组审核。",
        "Nominated; the office checks it next.",
    ),
    "publish_nomination": verb(
        "刊发推荐案例",
        "Publish the case",
        "案例已刊发，列入案例集。",
        "Published; it stands in the casebook.",
    ),
    "return_nomination": verb(
        "退回推荐案例", "Return the nomination", "已退回单位修改。", "Returned; the unit revises it next."
    ),
    "revise_nomination": verb(
        "修改推荐案例", "Revise the nomination", "已修改，等待审核。", "Revised; the office checks it next."
    ),
    "start_pairing": verb(
        "登记结对",
        "Start a pairing",
        "结对已登记，请登记协议与任职。",
        "The pairing is started; record its agreement and posts next.",
    ),
    "propose_pairing": verb(
        "提出结对建议",
        "Propose a pairing",
        "结对建议已提出，等待领导小组审批。",
        "Proposed; the leading group answers next.",
    ),
    "approve_proposal": verb(
        "同意结对",
        "Agree to the pairing",
        "已同意，由监督小组登记结对。",
        "Agreed to; the office starts the pairing next.",
    ),
    "refuse_proposal": verb(
        "不同意结对", "Refuse the pairing", "已答复不同意，理由可以查阅。", "Refused; the reason can be read."
    ),
    "start_proposed": verb(
        "登记已同意的结对",
        "Start what was agreed to",
        "结对已登记，请登记协议与任职。",
        "The pairing is started; record its agreement and posts next.",
    ),
    "withdraw_proposal": verb(
        "撤回结对建议", "Withdraw the proposal", "结对建议已撤回。", "The proposal is withdrawn."
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
    "void_case": verb(
        "作废典型案例", "Void the case", "案例已作废，不再计入。", "Voided; it counts no more."
    ),
    "void_meeting": verb(
        "作废现场会", "Void the meeting", "现场会已作废，不再计入。", "Voided; it counts no more."
    ),
    "correct_pairing_day": verb(
        "更正结对日期",
        "Correct the pairing day",
        "结对日期已更正，更正前后均可查阅。",
        "Corrected; before and after can be read.",
    ),
    "void_pairing": verb(
        "作废结对",
        "Void the pairing",
        "结对已作废，协议和任职一并作废。",
        "Voided, with its agreements and posts.",
    ),
    "void_renewal": verb(
        "作废续结",
        "Void a renewal",
        "续结已作废，结对照旧。",
        "The renewal is voided; the pairing goes on.",
    ),
    "correct_agreement": verb(
        "更正协议",
        "Correct the agreement",
        "协议已更正，更正前后均可查阅。",
        "Corrected; before and after can be read.",
    ),
    "void_agreement": verb(
        "作废协议", "Void the agreement", "协议已作废，不再计入。", "Voided; it counts no more."
    ),
    "correct_term": verb(
        "更正任职",
        "Correct the appointment",
        "任职已更正，更正前后均可查阅。",
        "Corrected; before and after can be read.",
    ),
    "void_term": verb(
        "作废任职", "Void the appointment", "任职已作废，不再计入。", "Voided; it counts no more."
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
    "pairing.CaseNominated": event(
        "推荐典型案例",
        "Case nominated",
        "%(branch)s 与 %(village)s 推荐案例“%(case_name)s”，%(nominated_on)s：%(story)s",
        "%(branch)s and %(village)s nominated “%(case_name)s” on %(nominated_on)s: %(story)s",
    ),
    "pairing.NominationReturned": event(
        "退回推荐案例",
        "Nomination returned",
        "推荐案例于 %(returned_on)s 退回：%(because)s",
        "The nomination was returned on %(returned_on)s: %(because)s",
    ),
    "pairing.NominationRevised": event(
        "修改推荐案例",
        "Nomination revised",
        "推荐案例于 %(revised_on)s 改为“%(case_name)s”：%(story)s（原文：%(story_before)s）",
        "The nomination was revised on %(revised_on)s to “%(case_name)s”: %(story)s (before: %(story_before)s)",
    ),
    "pairing.NominationPublished": event(
        "刊发推荐案例",
        "Nominated case published",
        "推荐案例由%(case_level)s刊发，%(published_on)s",
        "The nominated case was published at %(case_level)s level on %(published_on)s",
    ),
    "pairing.PairingProposed": event(
        "提出结对建议",
        "Pairing proposed",
        "建议 %(branch)s 与 %(village)s 自 %(starts_on)s 起结对：%(because)s",
        "%(branch)s and %(village)s proposed to be paired from %(starts_on)s: %(because)s",
    ),
    "pairing.ProposalApproved": event(
        "同意结对",
        "Pairing agreed to",
        "领导小组于 %(approved_on)s 同意 %(branch)s 与 %(village)s 结对",
        "The leading group agreed on %(approved_on)s to pair %(branch)s with %(village)s",
    ),
    "pairing.ProposalRefused": event(
        "不同意结对",
        "Pairing refused",
        "领导小组于 %(refused_on)s 答复不同意 %(branch)s 与 %(village)s 结对：%(because)s",
        "The leading group refused on %(refused_on)s to pair %(branch)s with %(village)s: %(because)s",
    ),
    "pairing.ProposalWithdrawn": event(
        "撤回结对建议",
        "Proposal withdrawn",
        "%(withdrawn_on)s 撤回 %(branch)s 与 %(village)s 的结对建议：%(because)s",
        "The proposal to pair %(branch)s with %(village)s was withdrawn on %(withdrawn_on)s: %(because)s",
    ),
    "pairing.ProposalCarriedOut": event(
        "登记已同意的结对",
        "Proposal carried out",
        "经领导小组同意，%(branch)s 与 %(village)s 自 %(started_on)s 起结对",
        "As agreed to, %(branch)s and %(village)s are paired from %(started_on)s",
    ),
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
    "pairing.CaseVoided": event(
        "作废典型案例",
        "Case voided",
        "作废 %(village)s 的典型案例“%(case_name)s”（%(case_level)s）：%(because)s",
        "model case “%(case_name)s” of %(village)s (%(case_level)s) voided: %(because)s",
    ),
    "pairing.MeetingVoided": event(
        "作废现场会",
        "Meeting voided",
        "作废 %(village)s %(hosted_on)s 的现场会：%(because)s",
        "on-site meeting of %(village)s of %(hosted_on)s voided: %(because)s",
    ),
    "pairing.PairingDayCorrected": event(
        "更正结对日期",
        "Pairing day corrected",
        "%(branch)s 与 %(village)s 的结对日期更正为 %(started_on)s，原记为 %(started_before)s：%(because)s",
        "%(branch)s and %(village)s were paired from %(started_on)s, was %(started_before)s: %(because)s",
    ),
    "pairing.PairingVoided": event(
        "作废结对",
        "Pairing voided",
        "作废 %(branch)s 与 %(village)s 自 %(started_on)s 的结对：%(because)s",
        "pairing of %(branch)s and %(village)s from %(started_on)s voided: %(because)s",
    ),
    "pairing.RenewalVoided": event(
        "作废续结",
        "Renewal voided",
        "作废 %(branch)s 与 %(village)s 自 %(renewed_on)s 的续结：%(because)s",
        "renewal of %(branch)s and %(village)s from %(renewed_on)s voided: %(because)s",
    ),
    "pairing.AgreementCorrected": event(
        "更正协议",
        "Agreement corrected",
        "协议 %(agreement_no_before)s（%(signed_before)s）更正为 %(agreement_no)s（%(signed_on)s）：%(because)s",
        "agreement %(agreement_no_before)s (%(signed_before)s) corrected to %(agreement_no)s (%(signed_on)s): %(because)s",
    ),
    "pairing.AgreementVoided": event(
        "作废协议",
        "Agreement voided",
        "作废协议 %(agreement_no)s（%(signed_on)s）：%(because)s",
        "agreement %(agreement_no)s (%(signed_on)s) voided: %(because)s",
    ),
    "pairing.TermCorrected": event(
        "更正任职",
        "Appointment corrected",
        "%(post)s原记 %(known_from)s 到任的一任，更正为 %(person)s，%(began_on)s 到任，离任 %(ended_on)s：%(because)s",
        "%(post)s: the term from %(known_from)s corrected to %(person)s, from %(began_on)s to %(ended_on)s: %(because)s",
    ),
    "pairing.TermVoided": event(
        "作废任职",
        "Appointment voided",
        "作废%(post)s %(began_on)s 到任的一任：%(because)s",
        "%(post)s: the term from %(began_on)s voided: %(because)s",
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
    "story": field(
        "案例内容",
        "Story",
        "做法、成效和经验，不填写群众姓名",
        "what was done and what came of it, without names of residents",
    ),
    "return_nomination.because": field("退回理由", "What is to be told otherwise"),
    "correct_term.began_on": field("正确的到任日期", "Right first day"),
    "correct_term.ended_on": field("正确的离任日期", "Right last day", "在任的不填", "empty while it lasts"),
    "correct_term.person": field("正确的姓名", "Right person"),
    "known_from": field("原记到任日期", "First day as entered"),
    "signed_before": field("原记签订日期", "Day as entered"),
    "correct_agreement.signed_on": field("正确的签订日期", "Right day"),
    "correct_pairing_day.started_on": field("正确的结对日期", "Right day"),
    "agreement_no": field("协议编号", "Agreement number"),
    "because": field("理由", "Reason"),
    "began_on": field("到任日期", "Took up on"),
    "branch": field("联建单位", "Unit"),
    "replace_pairing.branch": field("接替的单位", "Unit that takes over"),
    "case_name": field("案例名称", "Name of the case"),
    "ended_on": field("离任日期", "Left on", "仍计入任期", "still counts"),
    "end_pairing.ended_on": field("最后一日", "Last day"),
    "state_appointment.ended_on": field("离任日期", "Left on", "在任的不填", "empty while it lasts"),
    "hosted_on": field("承办日期", "Hosted on"),
    "level": field("刊发级别", "Published at"),
    "paired_on": field("结对日期", "Paired on"),
    "pairing_id": field("结对", "Pairing"),
    "person": field("姓名", "Name of the person"),
    "post": field("职务", "Post"),
    "published_on": field("刊发日期", "Published on"),
    "renewed_on": field("续结日期", "Renewed on"),
    "renewed_before": field("原记续结日期", "Day of renewal as entered"),
    "replaced_on": field("接替日期", "Takes over on"),
    "signed_on": field("签订日期", "Signed on"),
    "starts_on": field("建议开始日期", "To begin on"),
    "propose_pairing.because": field("结对理由", "Why the two"),
    "refuse_proposal.because": field("不同意的理由", "Why it is refused"),
    "started_on": field("结对日期", "Paired on"),
    "village": field("联建对象", "Target"),
}
"""Of its verbs; what one of them calls otherwise stands under ``verb.field``."""
TITLES = {
    "nomination_id": Phrase("推荐编号", "Nomination"),
    "nominated_on": Phrase("推荐日期", "Nominated on"),
    "story_before": Phrase("原内容", "Story before"),
    "started_before": Phrase("原结对日期", "Paired before"),
    "agreement_no_before": Phrase("原协议编号", "Number before"),
    "newest_no": Phrase("现行协议编号", "Newest number"),
    "newest_on": Phrase("现行协议日期", "Newest agreement"),
    "person_before": Phrase("原任职人员", "Person before"),
    "ended_before": Phrase("原离任日期", "Left before"),
    "approved_on": Phrase("同意日期", "Agreed to on"),
    "proposal_id": Phrase("建议编号", "Proposal"),
    "proposed_by": Phrase("提出账号", "Proposed by"),
    "proposed_on": Phrase("提出日期", "Proposed on"),
    "refused_on": Phrase("答复日期", "Refused on"),
    "withdrawn_on": Phrase("撤回日期", "Withdrawn on"),
    "case_id": Phrase("案例编号", "Case id"),
    "case_name_before": Phrase("原案例名称", "Name before"),
    "level_before": Phrase("原级别", "Level before"),
    "published_before": Phrase("原刊发日期", "Published before"),
    "meeting_id": Phrase("现场会编号", "Meeting id"),
    "hosted_before": Phrase("原承办日期", "Hosted before"),
    "ended_on": Phrase("结束日期", "Ended on"),
    "person_ref": Phrase("人员编号", "Person"),
    "voided_on": Phrase("作废日期", "Voided on"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
