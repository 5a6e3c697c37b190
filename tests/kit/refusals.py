"""What a refusal is called: by its clause, by what is wrong with a field, by the problem of a ledger."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator

from application.input.reading import Malformed
from application.ledgers import problems
from application.ledgers.problems import Problem, RefusedRow
from domain.kernel.errors import Conflict, Forbidden, Rejected, Unknown
from tests.kit.commands import CommandRefused
from tests.kit.telling import LedgerProblems

OTHERS = {Unknown: "unknown", Forbidden: "forbidden", Conflict: "conflict"}


def called(error: Exception) -> set[str]:
    """The names of everything that an error refuses with."""
    match error:
        case Rejected():
            return {error.clause.id}
        case Malformed():
            return {f"fault.{fault.code}" for fault in error.faults.values()}
        case CommandRefused():
            return set()
        case LedgerProblems():
            return {name for row in error.rows for name in named(row)}
    return {f"problem.{OTHERS[type(error)]}"}


def ledger_problems() -> set[str]:
    """Every problem of a ledger by its name in the module; what is passed over, by its kind."""
    kinds = {f"ledger.{_OVER}{kind}" for kind in problems.PASSED_OVER}
    return (
        kinds
        | {f"ledger.{name}" for name in _FIXED}
        | {f"ledger.{name}" for code, name in _made() if code != _OVER}
    )


def named(row: RefusedRow) -> Iterator[str]:
    """The names of what an import said of a row."""
    for name, problem in _FIXED.items():
        if (problem.code, problem.message) == (row.code, row.message):
            yield f"ledger.{name}"
            return
    yield from (f"ledger.{name}" for code, name in _made() if row.code == code)
    if row.code.startswith(_OVER):
        yield f"ledger.{row.code}"


_OVER = "passed_over_"
_FIXED = {name: value for name, value in vars(problems).items() if isinstance(value, Problem)}


def _made() -> Iterator[tuple[str, str]]:
    """Code and name of each problem that a function makes."""
    for each in ast.parse(inspect.getsource(problems)).body:
        if isinstance(each, ast.FunctionDef):
            for node in ast.walk(each):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem":
                    code = node.args[0]
                    yield (code.value if isinstance(code, ast.Constant) else _OVER), each.name
