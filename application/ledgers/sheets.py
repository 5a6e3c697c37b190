"""The twelve ledger sheets, declared: headers as the template writes them, field, kind of value, vocabulary.

Columns are found by header text wherever they stand. A column is *needed* when a sheet without it cannot be
understood; a cell is *required* when a row without it says nothing. What a row requires only in some cases
(persons visited on a visit) is in `checks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from enum import Enum
from functools import cached_property, partial

from application.ledgers import rows
from application.ledgers.cells import key_of


class Kind(Enum):
    """How a cell is read."""

    TEXT = "text"
    NAME = "name"
    UNIT = "unit"
    VILLAGE = "village"
    NUMBER_ID = "number"
    DATE = "date"
    COUNT = "count"
    MONEY = "money"
    HOURS = "hours"
    CHOICE = "choice"
    FLAG = "flag"


@dataclass(frozen=True)
class Column:
    """One column. ``what`` names the thing in English messages; bounds hold for counts and cents."""

    header: str
    field: str
    _: KW_ONLY
    kind: Kind
    required: bool = True
    needed: bool = True
    choices: Mapping[str, str] | None = None
    what: str = ""
    low: int = 0
    high: int = 10_000_000
    units: tuple[str, ...] = ("人次", "人", "名", "位")
    empty: int | bool | None = None
    aliases: tuple[str, ...] = ()
    in_template: bool = True
    """Whether the template has it; what is seldom needed is added by whoever needs it."""

    @cached_property
    def keys(self) -> frozenset[str]:
        """All spellings of the header, as `key_of` makes them."""
        return frozenset(key_of(text) for text in (self.header, *self.aliases))

    @cached_property
    def words(self) -> dict[str, str]:
        """The vocabulary by `key_of` of its Chinese words."""
        return {key_of(word): identifier for word, identifier in (self.choices or {}).items()}


SERIAL = "序号"
REASON, REMEDY, PLACE = "原因", "如何改正", "出处"
"""What a workbook of returned rows adds to each."""
GUIDE, LISTS = "填写说明", "选项"
"""Sheets that a template has beside its ledgers; they are passed over without a word."""
NOT_READ = frozenset(key_of(text) for text in (SERIAL, REASON, REMEDY, PLACE))
"""Columns that are passed over without a word, by `key_of`."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet: ``number`` is its first column, a running 序号 (no meaning) or the thing's own 编号."""

    key: str
    title: str
    workbook: str
    heading: str
    row_type: type[rows.LedgerRow]
    columns: tuple[Column, ...]
    may_be_missing: bool = False
    """Whether its workbook is whole without it."""

    @cached_property
    def numbered(self) -> Column | None:
        """The column that names the thing, where the sheet has one."""
        return next((column for column in self.columns if column.kind is Kind.NUMBER_ID), None)

    @cached_property
    def duplicate_column(self) -> str:
        """Where a repeated row is reported."""
        return self.numbered.header if self.numbered else SERIAL

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """Columns by every accepted spelling of their header."""
        return {key: column for column in self.columns for key in column.keys}

    @cached_property
    def by_field(self) -> dict[str, Column]:
        """Columns by field name."""
        return {column.field: column for column in self.columns}

    @cached_property
    def needed(self) -> tuple[Column, ...]:
        """Columns without which the sheet cannot be read."""
        return tuple(column for column in self.columns if column.needed)

    @cached_property
    def template_headers(self) -> tuple[str, ...]:
        """Headers of an empty template, in order."""
        names = tuple(column.header for column in self.columns if column.in_template)
        return names if self.numbered else (SERIAL, *names)


LEVELS = {"州": "prefecture", "县": "county"}
CLASSES = {"机关": "agency", "事业单位": "institution", "企业": "enterprise"}
TARGET_KINDS = {
    "行政村": "village",
    "社区": "community",
    "非公企业": "private_enterprise",
    "社会组织": "social_organisation",
}
POSTS = {"兼职书记": "part_time_secretary", "特邀委员": "invited_member"}
ACTIVITY_KINDS = {
    "主题党日": "themed_party_day",
    "集中培训": "training",
    "专题讲座": "lecture",
    "志愿服务": "volunteering",
    "走访慰问": "condolence_visit",
    "调研座谈会": "forum",
    "调研": "field_study",
    "结对帮扶": "paired_assistance",
    "理论学习": "theory_study",
    "特色主题活动": "themed_campaign",
}
LIVELIHOOD_CATEGORIES = {
    "公共服务": "public_services",
    "产业发展": "industry",
    "人居环境": "living_environment",
}
RESOURCE_CATEGORIES = {
    "信息": "information",
    "资金": "funds",
    "人才": "talent",
    "技术": "technology",
    "项目": "project",
}
METHODS = {
    "自查": "self_check",
    "听取汇报": "hearing_reports",
    "实地检查": "on_site",
    "个别访谈": "interview",
    "暗访": "covert_visit",
    "座谈": "discussion",
    "听证": "public_hearing",
    "统计": "statistics",
    "评估": "evaluation",
    "查阅资料": "records_review",
    "收集线索": "lead_collection",
    "约谈": "summons",
    "互联网+督查": "online",
}
FINDING_TYPES = {
    "台账管理": "record_keeping",
    "活动开展": "activities",
    "协议落实": "agreement",
    "清单管理": "lists",
    "调查研究": "research",
    "履职尽责": "duty",
    "项目推进": "projects",
    "弄虚作假": "falsification",
}
SEVERITIES = {"一般": "minor", "较重": "major", "严重": "critical"}
REINSPECTIONS = {"通过": "passed", "不通过": "failed"}
CASE_LEVELS = {"县": "county", "州": "prefecture", "省": "province"}
CIRCULARS = {"批评": "criticism", "表扬": "praise"}
COLOURS = {"蓝": "blue", "橙": "orange", "红": "red"}
YES_NO = {"是": "yes", "否": "no"}


_text = partial(Column, kind=Kind.TEXT)
_name = partial(Column, kind=Kind.NAME)
_date = partial(Column, kind=Kind.DATE)
_count = partial(Column, kind=Kind.COUNT)
_number = partial(Column, "编号", kind=Kind.NUMBER_ID)
_seldom = partial(Column, required=False, needed=False, in_template=False)
"""A column that is added where it is needed."""
_correction = partial(_seldom, "更正说明", "correction", kind=Kind.TEXT)


def _choice(
    header: str,
    field: str,
    choices: Mapping[str, str],
    what: str,
    *,
    required: bool = True,
    needed: bool = True,
) -> Column:
    return Column(
        header, field, kind=Kind.CHOICE, choices=choices, what=what, required=required, needed=needed
    )


def _unit(header: str = "联建单位", field: str = "unit", *, required: bool = True) -> Column:
    return Column(header, field, kind=Kind.UNIT, required=required)


def _village(header: str = "联建村（社区）", aliases: tuple[str, ...] = ("联建村", "联建村/社区")) -> Column:
    return Column(header, "village", kind=Kind.VILLAGE, aliases=aliases)


_MOST_PERSONS = 100_000
_MOST_HOURS = 20_000  # in hundredths: `domain.pairing.activity.Hours`
_MOST_CENTS = 1_000_000 * 1_000_000  # 1 000 000 万元: above any village project, well inside 64 bits

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        key="pairings",
        title="结对台账",
        workbook="结对台账",
        heading="支部联建结对台账",
        row_type=rows.PairingRow,
        columns=(
            _unit(),
            _choice("单位层级", "unit_level", LEVELS, "a unit level"),
            _choice("单位类别", "unit_class", CLASSES, "a unit class"),
            _name("联建党支部", "branch"),
            _village(),
            _choice("类别", "target_kind", TARGET_KINDS, "a kind of village"),
            _name("所属乡镇", "township"),
            _date("结对日期", "paired_on"),
            _name("协议编号", "agreement_number", required=False),
            _date("协议签订日期", "agreement_signed_on", required=False),
            _name("兼职书记", "part_time_secretary", required=False),
            _date("兼职书记到任日期", "part_time_secretary_began_on", required=False),
            _date("兼职书记离任日期", "part_time_secretary_ended_on", required=False, needed=False),
            _name("特邀委员", "invited_member", required=False),
            _date("特邀委员到任日期", "invited_member_began_on", required=False),
            _date("特邀委员离任日期", "invited_member_ended_on", required=False, needed=False),
            _date("终止日期", "ended_on", required=False, needed=False, aliases=("结束日期", "结对终止日期")),
            _text("终止原因", "end_reason", required=False, needed=False, aliases=("结束原因",)),
        ),
    ),
    Sheet(
        key="post_changes",
        title="任职变动",
        workbook="结对台账",
        heading="联建任职变动",
        row_type=rows.PostChangeRow,
        columns=(
            _seldom("联建单位", "unit", kind=Kind.UNIT),
            _village(),
            _choice("职务", "post", POSTS, "a post"),
            _name("姓名", "person"),
            _date("到任日期", "began_on"),
            _date("离任日期", "ended_on", required=False, needed=False),
        ),
    ),
    Sheet(
        key="parents",
        title="上级单位",
        workbook="结对台账",
        heading="联建单位的上级单位",
        row_type=rows.ParentRow,
        may_be_missing=True,
        columns=(
            _unit("单位"),
            _choice("单位层级", "unit_level", LEVELS, "a unit level", required=False, needed=False),
            _choice("单位类别", "unit_class", CLASSES, "a unit class", required=False, needed=False),
            _name("党支部", "branch", required=False, needed=False, aliases=("联建党支部",)),
            _unit("上级单位", "parent", required=False),
            _date("自何日起", "from_on", required=False),
            _date("至何日止", "until_on", required=False, needed=False),
        ),
    ),
    Sheet(
        key="activities",
        title="活动台账",
        workbook="活动台账",
        heading="支部联建活动台账",
        row_type=rows.ActivityRow,
        columns=(
            _date("日期", "held_on"),
            _unit(),
            _village(),
            _choice("活动类型", "kind", ACTIVITY_KINDS, "an activity type"),
            _text("活动主题", "theme"),
            _count("参加人数", "participants", what="the number of participants", low=1, high=_MOST_PERSONS),
            _count(
                "慰问人数",
                "persons_visited",
                what="the number of persons visited",
                required=False,
                high=_MOST_PERSONS,
                empty=0,
            ),
            _date("填报日期", "reported_on"),
            Column(
                "学时",
                "hours_hundredths",
                kind=Kind.HOURS,
                what="the hours",
                low=1,
                high=_MOST_HOURS,
                required=False,
                needed=False,
            ),
            _name("授课人", "teacher", required=False, needed=False),
            _name("授课人单位", "teacher_office", required=False, needed=False),
            _correction(),
        ),
    ),
    Sheet(
        key="resources",
        title="资源清单",
        workbook="资源需求清单",
        heading="联建单位资源清单",
        row_type=rows.ResourceRow,
        columns=(
            _unit(),
            _choice("资源类别", "category", RESOURCE_CATEGORIES, "a resource category"),
            _text("资源内容", "description"),
            _date("登记日期", "registered_on"),
        ),
    ),
    Sheet(
        key="needs",
        title="需求清单",
        workbook="资源需求清单",
        heading="联建村（社区）需求清单",
        row_type=rows.NeedRow,
        columns=(
            _number("need_id"),
            _village(),
            _choice("需求类别", "category", LIVELIHOOD_CATEGORIES, "a need category"),
            _text("需求内容", "description"),
            _date("提出日期", "raised_on"),
            _unit("对接单位", "matched_unit", required=False),
            _date("对接日期", "matched_on", required=False),
            _date("办结日期", "met_on", required=False),
            _date("村级确认日期", "confirmed_on", required=False),
            _count(
                "满意度", "rating", what="satisfaction", required=False, low=1, high=5, units=("分", "星")
            ),
        ),
    ),
    Sheet(
        key="projects",
        title="民生实事项目",
        workbook="民生实事项目台账",
        heading="民生实事项目台账",
        row_type=rows.ProjectRow,
        columns=(
            _number("project_id"),
            _text("项目名称", "name"),
            _choice("类别", "category", LIVELIHOOD_CATEGORIES, "a project category"),
            _unit(),
            _village(),
            Column(
                "投资金额（万元）",
                "investment_cents",
                kind=Kind.MONEY,
                what="the investment in cents",
                high=_MOST_CENTS,
            ),
            _date("开工日期", "began_on"),
            _date("计划完工日期", "planned_end_on"),
            _date("实际完工日期", "completed_on", required=False),
            _count("受益人数", "beneficiaries", what="the number of beneficiaries"),
            _date("村级验收日期", "accepted_on", required=False),
        ),
    ),
    Sheet(
        key="findings",
        title="问题整改台账",
        workbook="问题整改台账",
        heading="联建工作监督检查问题整改台账",
        row_type=rows.FindingRow,
        columns=(
            _number("finding_id"),
            _date("检查日期", "found_on"),
            _choice("检查方式", "method", METHODS, "an inspection method"),
            _name("检查人", "inspector"),
            _unit(),
            _village(),
            _text("问题描述", "description"),
            _choice("问题类型", "finding_type", FINDING_TYPES, "a finding type"),
            _choice("问题等级", "severity", SEVERITIES, "a severity"),
            _text("整改要求", "measures", required=False),
            _name("整改通知书文号", "order_number", required=False, needed=False),
            _date("下达日期", "ordered_on", required=False),
            _date("整改期限", "due_on", required=False),
            _date("延期后期限", "extended_due_on", required=False, needed=False),
            _date("整改完成日期", "submitted_on", required=False),
            _count(
                "退回次数",
                "times_returned",
                what="the number of returns",
                required=False,
                needed=False,
                high=99,
                units=("次",),
                empty=0,
            ),
            _date("复查日期", "reinspected_on", required=False),
            _name("复查人", "reinspector", required=False, needed=False),
            _choice("复查结果", "reinspection", REINSPECTIONS, "a result of re-inspection", required=False),
            _date("销号日期", "closed_on", required=False),
            Column(
                "是否反弹",
                "relapsed",
                kind=Kind.FLAG,
                choices=YES_NO,
                what="yes or no",
                required=False,
                needed=False,
                empty=False,
            ),
        ),
    ),
    Sheet(
        key="cases",
        title="典型案例",
        workbook="典型案例与通报台账",
        heading="联建典型案例",
        row_type=rows.CaseRow,
        columns=(
            _unit(),
            _village(),
            _text("案例名称", "name"),
            _choice("级别", "level", CASE_LEVELS, "a case level"),
            _date("刊发日期", "published_on"),
            _correction(),
        ),
    ),
    Sheet(
        key="meetings",
        title="现场会",
        workbook="典型案例与通报台账",
        heading="联建现场会",
        row_type=rows.MeetingRow,
        columns=(
            _seldom("联建单位", "unit", kind=Kind.UNIT),
            _village("承办联建村（社区）", ("承办联建村", "承办村（社区）", "联建村（社区）")),
            _date("日期", "held_on"),
            _correction(),
        ),
    ),
    Sheet(
        key="circulars",
        title="通报",
        workbook="典型案例与通报台账",
        heading="联建工作通报",
        row_type=rows.CircularRow,
        columns=(
            _unit(),
            _village(),
            _choice("类型", "circular_type", CIRCULARS, "a type of circular"),
            _name("文号", "number"),
            _date("日期", "issued_on"),
        ),
    ),
    Sheet(
        key="slips",
        title="督查单",
        workbook="典型案例与通报台账",
        heading="联建督查单",
        row_type=rows.SlipRow,
        columns=(
            _seldom("联建单位", "unit", kind=Kind.UNIT),
            _village(),
            _choice("颜色", "colour", COLOURS, "a slip colour"),
            _date("日期", "issued_on"),
            _correction(),
        ),
    ),
)

WORKBOOKS: dict[str, tuple[Sheet, ...]] = {}
"""The sheets of each workbook, by the key of its first one."""
for _sheet in SHEETS:
    _first = next(each for each in SHEETS if each.workbook == _sheet.workbook)
    WORKBOOKS[_first.key] = (*WORKBOOKS.get(_first.key, ()), _sheet)
