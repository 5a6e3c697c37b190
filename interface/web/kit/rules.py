"""Which rule a page follows: the document in the help, and the part of it."""

from __future__ import annotations

from collections.abc import Mapping

from interface.web.kit.areas import section_of

BEHIND: Mapping[str, tuple[str, str]] = {
    "/": ("duties", ""),
    "/burden": ("clauses", "burden"),
    "/complaints": ("clauses", "complaint"),
    "/findings": ("duties", "findings"),
    "/findings/statistics": ("clauses", "supervision"),
    "/pairings": ("clauses", "pairing"),
    "/coverage": ("clauses", "pairing"),
    "/plans": ("duties", ""),
    "/policies": ("clauses", "policy"),
    "/cases": ("clauses", "pairing"),
    "/slips": ("clauses", "supervision"),
    "/circulars": ("clauses", "supervision"),
    "/cadence": ("schemes", "groups-indicators-parts"),
    "/units": ("clauses", "registry"),
    "/villages": ("clauses", "registry"),
    "/assessment": ("rules", "the-year-s-work"),
    "/overview": ("schemes", ""),
    "/ranking": ("schemes", "grades-grading"),
    "/trend": ("schemes", ""),
    "/verification": ("duties", "own-and-verified-scores"),
    "/evidence": ("duties", "evidence"),
    "/late": ("rules", "the-year-s-work"),
    "/runs": ("duties", "from-a-run-to-publication"),
    "/notice": ("rules", "signatures-and-notice"),
    "/results": ("rules", "what-is-public-stays"),
    "/documents": ("documents", ""),
    "/result-uses": ("rules", "what-a-result-leads-to"),
    "/schemes": ("schemes", ""),
    "/appeals": ("duties", "appeals"),
    "/trail": ("trust", ""),
    "/compare": ("trust", ""),
    "/anomalies": ("trust", ""),
    "/accesses": ("access", ""),
    "/data": ("ledgers", ""),
    "/accounts": ("duties", "accounts"),
}
"""The section of the navigation to the document, and the part of it, that its pages follow."""


def rule_behind(path: str) -> str:
    """The address of the rule that a page follows."""
    found = section_of(path)
    document, part = BEHIND.get(found[1].path, ("", "")) if found else ("", "")
    if not document:
        return "/help/rules"
    return f"/help/rules/{document}" + (f"?part={part}#{part}" if part else "")
