"""Words of what is done with pairings, posts, activities, model cases and meetings."""

from __future__ import annotations

from interface.words.phrase import field, verb

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
    "topic": field("活动主题", "Topic"),
    "village": field("联建村（社区）", "Village"),
}
