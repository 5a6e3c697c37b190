"""What one good ledger row says, typed: one frozen class per sheet, in English field names.

``correction`` says that the row corrects what was recorded of the same thing, and why.

Enumerations are the project's identifiers (``condolence_visit``), never the Chinese words of the ledger.
Dates are business dates. A field typed ``| None`` is one the ledger may leave empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class RowSource:
    """Where a row stands: file name without folder, sheet title as written, 1-based row of that sheet."""

    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """What every ledger row has: the place it was read from."""

    DAY: ClassVar[str]
    """The field of the day on which what the row states happened, or began."""
    LASTS: ClassVar[bool] = False
    """Whether what it states lasts, so that it happened in no one year."""
    source: RowSource

    @property
    def day(self) -> date:
        """The day on which what it states happened, or began."""
        found: date = getattr(self, self.DAY)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingRow(LedgerRow):
    """结对台账: a branch paired with a village, its agreement and the first holder of each post.

    ``ended_on`` is the pairing's last day; a pairing that went to another unit ended the day before the other began.
    """

    DAY = "paired_on"
    LASTS = True
    unit: str
    unit_level: str  # prefecture, county
    unit_class: str  # agency, institution, enterprise
    branch: str
    village: str
    target_kind: str  # village, community, private_enterprise, social_organisation
    township: str
    paired_on: date
    ended_on: date | None
    end_reason: str | None
    agreement_number: str | None
    agreement_signed_on: date | None
    part_time_secretary: str | None
    part_time_secretary_began_on: date | None
    part_time_secretary_ended_on: date | None
    invited_member: str | None
    invited_member_began_on: date | None
    invited_member_ended_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostChangeRow(LedgerRow):
    """任职变动: a further person takes up a post in a village."""

    DAY = "began_on"
    LASTS = True
    unit: str | None
    village: str
    post: str  # part_time_secretary, invited_member
    person: str
    began_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentRow(LedgerRow):
    """上级单位: a unit stands under another, from a day (``None``: all along) to its last day (``None``: still).

    What a unit in no pairing is registered with stands in its row, which may name no parent.
    """

    DAY = "from_on"
    LASTS = True
    unit: str
    unit_level: str | None
    unit_class: str | None
    branch: str | None
    parent: str | None
    from_on: date | None
    until_on: date | None

    @property
    def day(self) -> date:
        return self.from_on or date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow(LedgerRow):
    """活动台账: one activity of a pairing. ``persons_visited`` is 0 unless it was a condolence visit; hours, in hundredths, and
    who taught are of trainings and lectures."""

    DAY = "held_on"
    held_on: date
    unit: str
    village: str
    kind: str  # themed_party_day, training, lecture, volunteering, condolence_visit, forum, ...
    theme: str
    participants: int
    persons_visited: int
    reported_on: date
    hours_hundredths: int | None = None
    teacher: str | None = None
    teacher_office: str | None = None
    correction: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceRow(LedgerRow):
    """资源清单: something a unit can offer."""

    DAY = "registered_on"
    LASTS = True
    unit: str
    category: str  # information, funds, talent, technology, project
    description: str
    registered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow(LedgerRow):
    """需求清单: a village's need and how far it has come. ``rating`` is 1 to 5."""

    DAY = "raised_on"
    need_id: str
    village: str
    category: str  # public_services, industry, living_environment
    description: str
    raised_on: date
    matched_unit: str | None
    matched_on: date | None
    met_on: date | None
    confirmed_on: date | None
    rating: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow(LedgerRow):
    """民生实事项目: one livelihood project. ``investment_cents`` is exact, from 万元."""

    DAY = "began_on"
    project_id: str
    name: str
    category: str  # public_services, industry, living_environment
    unit: str
    village: str
    investment_cents: int
    began_on: date
    planned_end_on: date
    completed_on: date | None
    beneficiaries: int
    accepted_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow(LedgerRow):
    """问题整改台账: one finding and its rectification, up to the last step taken."""

    DAY = "found_on"
    finding_id: str
    found_on: date
    method: str  # self_check, hearing_reports, on_site, ...
    inspector: str
    unit: str
    village: str
    description: str
    finding_type: str  # record_keeping, activities, ..., falsification
    severity: str  # minor, major, critical
    measures: str | None
    order_number: str | None
    ordered_on: date | None
    due_on: date | None
    extended_due_on: date | None
    submitted_on: date | None
    times_returned: int
    reinspected_on: date | None
    reinspector: str | None
    reinspection: str | None  # passed, failed
    closed_on: date | None
    relapsed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow(LedgerRow):
    """典型案例: a model case published at a level."""

    DAY = "published_on"
    unit: str
    village: str
    name: str
    level: str  # county, prefecture, province
    published_on: date
    correction: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow(LedgerRow):
    """现场会: an on-site meeting hosted by a pairing's village."""

    DAY = "held_on"
    unit: str | None
    village: str
    held_on: date
    correction: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CircularRow(LedgerRow):
    """通报: a circular that criticises or praises a pairing."""

    DAY = "issued_on"
    unit: str
    village: str
    circular_type: str  # criticism, praise
    number: str
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipRow(LedgerRow):
    """督查单: an escalation slip, blue, orange or red."""

    DAY = "issued_on"
    unit: str | None
    village: str
    colour: str  # blue, orange, red
    issued_on: date
    correction: str | None = None
