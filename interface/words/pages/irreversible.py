"""What is said before a step that no counter-step takes back: what it does, and what then is no longer possible."""

from __future__ import annotations

from interface.words.phrase import Phrase

CONSEQUENCES: dict[str, Phrase] = {
    "order_rectification": Phrase(
        "整改通知书随即下达责任单位，文号即被占用，期限开始计算；文书不能收回，只能另行办理延期。",
        "The order goes to the unit, its number is taken and time begins to run; it cannot be taken back, only extended.",
    ),
    "withdraw_finding": Phrase(
        "问题撤销后不再计入任何得分，也不能恢复；如需继续督办，须另行登记问题。",
        "A withdrawn finding counts nowhere and does not come back; raise another one to go on.",
    ),
    "strike_step": Phrase(
        "该环节剔除后不再作数，有关得分随之重算；剔除不能撤回。",
        "The step no longer counts, and scores follow; it cannot be put back.",
    ),
    "issue_circular": Phrase(
        "通报下发后即计入考核，文号即被占用，不能收回。",
        "The circular counts in the assessment and its number is taken; it cannot be taken back.",
    ),
    "sign_leading_group": Phrase(
        "领导小组签署后，等次不再调整，可以公示。",
        "Once the leading group has signed, no grade is adjusted; the notice may be opened.",
    ),
    "open_notice": Phrase(
        "公示随即对全部参评单位可见，异议期开始计算，不能收回。",
        "Every unit assessed sees the notice, and the days for objections begin; it cannot be taken back.",
    ),
    "close_notice": Phrase(
        "公示结束后不再受理异议，不能重新开启。",
        "No objection is taken after the notice is closed, and it is not opened again.",
    ),
    "publish_run": Phrase(
        "结果公布后对外生效，不再变动；更正须重新核定，并经同意替换。",
        "Published results stand and never move; a correction takes another run and somebody's consent.",
    ),
    "freeze_run": Phrase(
        "将按当前记录核定本年度 %(n)s 个结对的得分；核定后的得分不再随记录变动，更正须重新核定。",
        "The scores of %(n)s pairings are frozen as recorded now; they no longer follow the records, and a correction takes "
        "another run.",
    ),
    "consent_to_run": Phrase(
        "同意后，本次核定可以取代已公布的结果，不能收回同意。",
        "With consent the run may replace what is public; consent is not taken back.",
    ),
    "end_pairing": Phrase(
        "结对结束后不再登记活动和任职，也不能恢复；如继续联建，须另行登记结对。",
        "Nothing more is recorded of a pairing that has ended, and it is not taken up again; begin another one to go on.",
    ),
    "replace_pairing": Phrase(
        "原结对随即结束，由新单位接续，不能恢复。",
        "The pairing ends and the new unit takes over; it does not come back.",
    ),
    "merge_branch": Phrase(
        "并入后原单位不再办理事项，其结对由接收单位承担；误登的可以恢复。",
        "The unit does nothing more, its pairings go to the other. It is restored only where that was entered wrongly.",
    ),
    "merge_village": Phrase(
        "并入后原村（社区）不再单独参评；误登的可以恢复。",
        "The village is no longer assessed by itself. It is restored only where that was entered wrongly.",
    ),
    "split_branch": Phrase(
        "拆分后新设单位随即登记，划转的结对由其接续，得分按天分段计；不能合回，只能另行并入。",
        "The new units are registered and take over what goes to them; scores are parted by days. It is not undone, only merged "
        "again.",
    ),
    "split_village": Phrase(
        "拆分后新设村（社区）随即登记，划转的结对由其接续，得分按天分段计；不能合回，只能另行并入。",
        "The new villages are registered and take over what goes to them; scores are parted by days. It is not undone, only "
        "merged again.",
    ),
    "retire_branch": Phrase(
        "撤销后该单位不再结对、不再参评；误登的可以恢复。",
        "The unit is paired and assessed no more. It is restored only where that was entered wrongly.",
    ),
    "retire_village": Phrase(
        "撤销后该村（社区）不再结对、不再参评；误登的可以恢复。",
        "The village is paired and assessed no more. It is restored only where that was entered wrongly.",
    ),
    "reissue_pairings": Phrase(
        "确认后名单随即执行：续结、更换和结束一并登记，不能撤回；之后的变动在各个结对上办理。",
        "The list is in force at once: renewals, replacements and endings are recorded together and not taken back; what "
        "changes later is done on the pairings.",
    ),
    "void_case": Phrase(
        "作废后不再计入得分，不能恢复；确有刊发的，须重新登记。",
        "It counts no more and does not come back; record it anew if it was published.",
    ),
    "void_meeting": Phrase(
        "作废后不再计入得分，不能恢复；确有承办的，须重新登记。",
        "It counts no more and does not come back; record it anew if it was held.",
    ),
    "void_pairing": Phrase(
        "作废后视为从未结对，协议和任职一并作废，不能恢复。",
        "The two were never paired then; agreements and posts go with it, and it does not come back.",
    ),
    "void_agreement": Phrase(
        "作废后不再计入得分，不能恢复；确已签订的，须重新登记。",
        "It counts no more and does not come back; record it anew if it was signed.",
    ),
    "void_term": Phrase(
        "作废后不再计入得分，不能恢复；确有任职的，须重新登记。",
        "It counts no more and does not come back; record it anew if it was so.",
    ),
    "void_policy": Phrase(
        "作废后不再显示在任何页面上，引用也不再有效，不能恢复；确有其件的，须重新登记。",
        "No page shows it any more, no citation leads to it, and it does not come back; record it anew if there is one.",
    ),
    "void_policy_version": Phrase(
        "该版作废后视为从未印发，前一版继续有效，不能恢复；确有其件的，须重新修订。",
        "The version was never issued then, and the one before holds on; revise it anew if there was one.",
    ),
    "void_slip": Phrase(
        "作废后不再计入得分，不能恢复；确有其件的，须重新登记。",
        "It counts no more and does not come back; record it anew if it was issued.",
    ),
    "void_circular": Phrase(
        "作废后不再计入得分，不能恢复；确有其件的，须重新登记。",
        "It counts no more and does not come back; record it anew if it was issued.",
    ),
    "void_finding": Phrase(
        "问题及其全部环节不再计入得分，不能恢复；确有其事的，可用原编号重新登记。",
        "The finding and its steps count no more and do not come back; raise it anew under its number if it is so.",
    ),
    "void_need": Phrase(
        "需求及其全部环节不再计入得分，不能恢复；确有其事的，可用原编号重新登记。",
        "The need and its steps count no more and do not come back; raise it anew under its number if it is so.",
    ),
    "void_project": Phrase(
        "项目及其全部环节不再计入得分，不能恢复；确有其事的，可用原编号重新登记。",
        "The project and its steps count no more and do not come back; open it anew under its number if it is so.",
    ),
    "void_resource": Phrase(
        "资源从清单删去，不能恢复；确有此项资源的，须重新登记。",
        "It is off the list and does not come back; offer it anew if it is so.",
    ),
    "end_agreement": Phrase(
        "协议终止后不再变更、续期或者恢复；结对继续，需要的可重新签订。",
        "The agreement is amended and renewed no more; the pairing goes on, and another may be signed.",
    ),
    "void_activity": Phrase(
        "活动作废后不再计入得分，不能恢复；确有此活动的，须重新登记。",
        "A void activity counts no more and does not come back; record it anew if it was held.",
    ),
    "turn_year": Phrase(
        "年度结转后不能撤回；未销号问题、未确认需求、未验收项目、未决申诉和未办结的结果运用照常办理，转入下一年度。",
        "A turn is not taken back; findings, needs, projects, appeals and uses that are open go on in the next year.",
    ),
    "withdraw_need": Phrase(
        "需求撤回后不再对接、不再计入，不能恢复；仍有需要须重新提出。",
        "A withdrawn need is matched no more and counts nowhere; it does not come back.",
    ),
    "split_need": Phrase(
        "原需求随即撤回，由各部分代替，不能合并回去。",
        "The need is withdrawn and its parts stand in its place; they are not joined again.",
    ),
    "judge_likeness": Phrase(
        "认定为重复登记的，本条随即作废、不再计入，不能恢复。",
        "An entry judged to be the same is voided with that and does not come back.",
    ),
    "settle_dispute": Phrase(
        "认定后异议即告终结；登记不属实的，活动随即作废，不能恢复。",
        "The dispute ends here; an entry that is not so is voided and does not come back.",
    ),
    "withdraw_appeal": Phrase(
        "撤回后本次申诉即告终结，不再审理。", "The appeal ends here and is heard no more."
    ),
    "refuse_appeal": Phrase(
        "不予受理即告终结，决定随即送达申诉人。",
        "The appeal ends here, and the appellant reads the decision.",
    ),
    "decide_appeal": Phrase(
        "决定随即送达申诉人并自动执行，有关得分随之更正；决定不能更改。",
        "The appellant reads the decision, it is carried out and scores follow; it is not changed.",
    ),
    "withdraw_complaint": Phrase(
        "撤回后不再办理，不能恢复；仍有意见的，须另行提出。",
        "Nothing more is done about it and it does not come back; file another one to go on.",
    ),
    "withdraw_result_use": Phrase(
        "撤销后该项措施不再办理；如需继续，须另行下达。",
        "The measure is followed up no more; order another one to go on.",
    ),
    "publish_scheme": Phrase(
        "细则发布后即为该年度考核依据，已发布的版本不能修改，只能再发布新版本。",
        "The scheme is what the year is assessed by; a published version is never changed, only followed by another.",
    ),
}
"""By verb; ``%(n)s`` is how much it is done to, where that is counted (interface/web/kit/forms/confirming.py)."""
SERVED_BY_SYSTEM = Phrase(
    "单位在系统中签收之日即为送达之日，不必另行登记送达。",
    "The day on which the unit signs for it here is the day of service; nothing else is recorded.",
)
SERVED_BY_HAND = Phrase(
    "该单位没有可以签收的账号，下达后请送达并登记。",
    "Nobody of the unit has an account to sign with: hand the order over, and record its service.",
)
"""How an order reaches its unit."""
