"""Words of work plans: task force, tasks, the county's template."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "force_role": {
        "leader": Phrase("组长", "Leader"),
        "deputy": Phrase("副组长", "Deputy"),
        "member": Phrase("成员", "Member"),
        "liaison": Phrase("联络员", "Liaison"),
    },
    "deed_kind": {
        "activity": Phrase("活动", "Activity"),
        "need": Phrase("办结的需求", "Need that was met"),
        "project": Phrase("完工的项目", "Completed project"),
        "agreement": Phrase("签订的协议", "Signed agreement"),
        "recognition": Phrase("典型案例或现场会", "Model case or meeting"),
    },
    "task_light": {
        "done": Phrase("已完成", "Done"),
        "open": Phrase("未到期", "To be done"),
        "soon": Phrase("即将到期", "Due soon"),
        "overdue": Phrase("已逾期", "Overdue"),
    },
    "plan_state": {
        "lacking": Phrase("没有方案", "No plan"),
        "overdue": Phrase("有任务逾期", "Tasks overdue"),
        "in_time": Phrase("按期推进", "In time"),
        "done": Phrase("全部完成", "All done"),
    },
}
VERBS = {
    "publish_plan_template": verb(
        "发布工作方案模板",
        "Publish the template of plans",
        "模板已发布，此后制定的方案按此列入任务。",
        "The template is published; plans adopted from now on take its tasks over.",
    ),
    "adopt_plan": verb(
        "制定工作方案",
        "Adopt the plan",
        "方案已制定，县级模板的任务已列入；请明确专班成员。",
        "The plan is adopted with the tasks of the county's template; name the task force next.",
    ),
    "plan_task": verb("增加任务", "Add a task", "任务已列入方案。", "The task is part of the plan."),
    "revise_task": verb(
        "调整任务",
        "Change a task",
        "任务已调整，调整前后均可查阅。",
        "Changed; before and after can be read.",
    ),
    "take_newer_template": verb(
        "改用新版县级模板",
        "Follow the newer template",
        "已改用新版模板；已完成的任务和自行增加的任务不变。",
        "The plan follows the newer version; what is done, and what was added here, stays.",
    ),
    "drop_task": verb("取消任务", "Drop a task", "任务已取消。", "The task is no part of the plan any more."),
    "link_task": verb(
        "关联完成事项",
        "Link what did the task",
        "已关联，任务按所关联的事项办结。",
        "Linked; the task is done while that stands.",
    ),
    "unlink_task": verb(
        "撤销关联", "Take the link back", "已撤销关联，任务继续办理。", "Taken back; the task is to be done."
    ),
    "join_task_force": verb(
        "增加专班成员", "Add a member", "成员已列入专班。", "The person belongs to the task force."
    ),
    "leave_task_force": verb(
        "登记退出专班", "Record a leaving", "已登记退出。", "The person belongs to the task force no more."
    ),
}
EVENTS = {
    "pairing.PlanAdopted": event(
        "制定工作方案",
        "Plan adopted",
        "%(branch)s 与 %(village)s 于 %(adopted_on)s 制定 %(year)s 年度工作方案（县级模板：%(template_version)s）。%(goal)s",
        "%(branch)s and %(village)s adopted the plan of %(year)s on %(adopted_on)s (template: %(template_version)s). %(goal)s",
    ),
    "pairing.TaskPlanned": event(
        "列入任务",
        "Task planned",
        "任务 %(task)s：%(content)s，由%(side)s于 %(due_on)s 前完成",
        "Task %(task)s: %(content)s, for %(side)s by %(due_on)s",
    ),
    "pairing.TaskRevised": event(
        "调整任务",
        "Task changed",
        "任务 %(task)s 调整为：%(content)s，%(side)s，%(due_on)s；"
        "原为：%(content_before)s，%(side_before)s，%(due_before)s。%(because)s",
        "Task %(task)s is now: %(content)s, %(side)s, %(due_on)s; "
        "it was: %(content_before)s, %(side_before)s, %(due_before)s. %(because)s",
    ),
    "pairing.NewerTemplateTaken": event(
        "改用新版县级模板",
        "Newer template taken over",
        "方案改用县级模板%(template_version)s（原用：%(version_before)s）。%(because)s",
        "The plan follows %(template_version)s of the county's template (before: %(version_before)s). %(because)s",
    ),
    "pairing.TaskDropped": event(
        "取消任务",
        "Task dropped",
        "任务 %(task)s 取消：%(content)s。%(because)s",
        "Task %(task)s dropped: %(content)s. %(because)s",
    ),
    "pairing.TaskLinked": event(
        "关联完成事项",
        "Task linked",
        "任务 %(task)s（%(content)s）由%(deed_kind)s完成，%(done_on)s",
        "Task %(task)s (%(content)s) was done by: %(deed_kind)s, on %(done_on)s",
    ),
    "pairing.TaskUnlinked": event(
        "撤销关联",
        "Link taken back",
        "任务 %(task)s（%(content)s）撤销关联：%(because)s",
        "Task %(task)s (%(content)s): the link was taken back: %(because)s",
    ),
    "pairing.TaskForceJoined": event(
        "加入专班",
        "Task force joined",
        "%(person)s（%(office)s）任专班%(force_role)s，自 %(joined_on)s",
        "%(person)s (%(office)s) is %(force_role)s of the task force from %(joined_on)s",
    ),
    "pairing.TaskForceLeft": event(
        "退出专班",
        "Task force left",
        "%(person)s 退出专班，%(left_on)s",
        "%(person)s left the task force on %(left_on)s",
    ),
    "pairing.PlanTemplatePublished": event(
        "发布工作方案模板",
        "Template of plans published",
        "%(year)s 年度工作方案模板第 %(version)s 版于 %(published_on)s 发布",
        "Version %(version)s of the template of plans of %(year)s published on %(published_on)s",
    ),
    "pairing.TemplateTaskSet": event(
        "模板任务",
        "Task of the template",
        "模板第 %(version)s 版任务：%(content)s，%(side)s，%(due_on)s",
        "Task of template version %(version)s: %(content)s, %(side)s, %(due_on)s",
    ),
}
FIELDS = {
    "adopted_on": field("制定日期", "Adopted on"),
    "goal": field("年度目标", "Aim of the year"),
    "tasks": field("任务", "Tasks"),
    "published_on": field("发布日期", "Published on"),
    "content": field("任务内容", "Task"),
    "revise_task.content": field("任务内容", "Task", "不变的不填", "empty where it stays"),
    "side": field("责任方", "For whom"),
    "revise_task.side": field("责任方", "For whom", "不变的不填", "empty where it stays"),
    "due_on": field("期限", "Due on", "计划活动填开展日期", "of an activity, the day on which it is held"),
    "revise_task.due_on": field("期限", "Due on", "不变的不填", "empty where it stays"),
    "kind": field("计划活动的类型", "Kind of the activity", "不是活动的不填", "only where it is an activity"),
    "revise_task.kind": field("计划活动的类型", "Kind of the activity", "不变的不填", "empty where it stays"),
    "task": field("任务", "Task"),
    "deed": field(
        "由哪件事完成",
        "What did it",
        "从本结对已登记的事项中选择；没有的请先登记",
        "one of the things on record; record it first where it is not there",
    ),
    "because": field("理由", "Reason"),
    "person": field("姓名", "Name of the person"),
    "office": field("单位和职务", "Office"),
    "force_role": field("专班分工", "Part in the task force"),
    "joined_on": field("加入日期", "Since"),
    "member": field("成员", "Member"),
    "left_on": field("退出日期", "Left on"),
}
TITLES = {
    "content": Phrase("内容", "Content"),
    "version_before": Phrase("原模板版本", "Version before"),
    "taken_on": Phrase("改用日期", "Taken over on"),
    "template_version": Phrase("县级模板版本", "Version of the template"),
    "planned_on": Phrase("列入日期", "Planned on"),
    "content_before": Phrase("原内容", "Content before"),
    "side_before": Phrase("原责任方", "For whom before"),
    "due_before": Phrase("原期限", "Due before"),
    "dropped_on": Phrase("取消日期", "Dropped on"),
    "deed_kind": Phrase("完成事项的类型", "What did it"),
    "done_on": Phrase("完成日期", "Done on"),
    "unlinked_on": Phrase("撤销日期", "Taken back on"),
}
