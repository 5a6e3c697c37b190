"""Chinese words of the identifiers, one file per context; the English ones are their translations in the catalogue."""

from interface.words import (
    account,
    appeal,
    assessment,
    attachment,
    common,
    figures,
    livelihood,
    pairing,
    registry,
    schemes,
    supervision,
    system,
)

SENTENCES: dict[str, str] = {
    **registry.SENTENCES,
    **pairing.SENTENCES,
    **livelihood.SENTENCES,
    **supervision.SENTENCES,
    **assessment.SENTENCES,
    **appeal.SENTENCES,
    **attachment.SENTENCES,
    **account.SENTENCES,
    **system.SENTENCES,
}
"""Event name to its Chinese sentence; the English one is its translation."""
COUNTED = {
    "pairing.ActivityHeld": "participants",
    "pairing.ActivityCorrected": "participants",
    "supervision.ReturnsStated": "count",
    "assessment.RunFrozen": "subjects",
    "assessment.SchemeApproved": "cases",
    "assessment.NoticeOpened": "working_days",
    "attachment.AttachmentAdded": "size",
    "system.LogRestored": "size",
}
"""Event name to the field that its sentence counts."""
LABELS: dict[str, dict[str, str]] = {
    **registry.CHOICES,
    **pairing.CHOICES,
    **livelihood.CHOICES,
    **supervision.CHOICES,
    **assessment.CHOICES,
    **appeal.CHOICES,
    **account.CHOICES,
    **schemes.CHOICES,
    **figures.CHOICES,
    **common.CHOICES,
    "event": {
        **registry.EVENTS,
        **pairing.EVENTS,
        **livelihood.EVENTS,
        **supervision.EVENTS,
        **assessment.EVENTS,
        **appeal.EVENTS,
        **attachment.EVENTS,
        **account.EVENTS,
        **system.EVENTS,
    },
    "event_field": {
        **registry.FIELDS,
        **pairing.FIELDS,
        **livelihood.FIELDS,
        **supervision.FIELDS,
        **assessment.FIELDS,
        **appeal.FIELDS,
        **attachment.FIELDS,
        **account.FIELDS,
        **system.FIELDS,
        **common.FIELDS,
    },
    "field": {
        **pairing.INPUTS,
        **livelihood.INPUTS,
        **supervision.INPUTS,
        **assessment.INPUTS,
        **appeal.INPUTS,
        **account.INPUTS,
        **system.INPUTS,
        **common.INPUTS,
    },
}
"""A group of identifiers to the identifiers with their words."""

FIELD_GROUPS = {
    "kind": ("activity_kind", "circular", "target_kind", "document_kind", "numbered"),
    "level": ("level", "case_level"),
    "level_before": ("case_level",),
    "colour_before": ("colour",),
    **{name: (name,) for name in ("post", "method", "severity", "category", "colour", "outcome", "side")},
    **{
        name: (name,)
        for name in ("finding_type", "unit_class", "known_by", "verdict", "step", "use", "role", "struck")
    },
    **{name: (name,) for name in ("entry_kind", "system")},
}
"""A field of events to the groups in which its values have words."""
OF_THINGS = (
    "finding_id",
    "need_id",
    "project_id",
    "run_id",
    "carried_from",
    "appeal_id",
    "objection_id",
    "sample_id",
    "thing",
    "reference",
    "about",
)
"""Fields of events in which the id of a thing may stand that people know by its number."""


def label(group: str, identifier: str) -> str:
    """The Chinese word of an identifier, or the identifier itself where there is none."""
    return LABELS.get(group, {}).get(identifier, identifier)
