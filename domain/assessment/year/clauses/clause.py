"""A rule of the assessment, by its name."""

from domain.kernel.clause import Clause


def assessment_clause(
    name: str, zh: str, en: str, remedy_zh: str, remedy_en: str, source: str = "default"
) -> Clause:
    """The clause ``assessment.<name>``: what it demands, and how to satisfy it, in both languages."""
    return Clause(f"assessment.{name}", zh, en, source, remedy_zh, remedy_en)
