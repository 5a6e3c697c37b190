"""Codes of units and villages: one form for each, one entry for each code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.kernel.decisions import demand
from domain.kernel.folding import folded
from domain.registry import clauses
from domain.registry.events import CodeFreed, CodeSystem, CodeTaken, RegistryEvent

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT = re.compile(f"[{_SIGNS}]{{18}}")
_DIVISION = re.compile(r"[1-9]\d{5}(\d{3}(\d{3})?)?")


def code_form(code: str) -> str:
    """What spellings of one code have in common: folded, upper case, no hyphens."""
    return folded(code).upper().replace("-", "")


def demand_code(system: CodeSystem, code: str) -> str:
    """The code in its one form; refused where it cannot be one of the system."""
    form = code_form(code)
    fits = _is_credit(form) if system is CodeSystem.CREDIT else bool(_DIVISION.fullmatch(form))
    demand(fits, clauses.CODE_IN_FORM, code)
    return form


def _is_credit(form: str) -> bool:
    """18 signs, the last of which checks the others (GB 32100-2015): their sum, each weighed by a power of 3, modulo 31."""
    if not _CREDIT.fullmatch(form):
        return False
    weighed = sum(_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(form[:17]))
    return _SIGNS[-weighed % 31] == form[17]


@dataclass(frozen=True)
class Code:
    """Whose a code is; ``holder`` is empty while it is nobody's."""

    holder: str = ""

    def take_code(self, *, system: CodeSystem, code: str, entry: str) -> CodeTaken:
        """Let the code be the entry's."""
        demand(self.holder in ("", entry), clauses.CODE_OF_ONE, f"{code}: {self.holder}")
        return CodeTaken(system=system, code=code, entry=entry)

    def free_code(self, *, system: CodeSystem, code: str, entry: str) -> CodeFreed:
        """Let it be nobody's."""
        assert self.holder == entry, f"{code} is {self.holder or 'nobody'}'s, not {entry}'s"
        return CodeFreed(system=system, code=code, entry=entry)

    def after(self, event: RegistryEvent) -> Code:
        match event:
            case CodeTaken():
                return Code(event.entry)
            case CodeFreed():
                return Code()
        return self
