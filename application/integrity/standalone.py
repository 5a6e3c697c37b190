"""The verifier as one file: the pure files of ``domain/integrity``, one after the other, and nothing else."""

from __future__ import annotations

import ast
from importlib.resources import files

PARTS = (
    "tree",
    "ed25519",
    "note",
    "proofs",
    "leaf",
    "tlog_proof",
    "add_checkpoint",
    "archive",
    "receipts",
    "evidence",
)
HEAD = '''#!/usr/bin/env python3
"""lianjian verify.py: checks an evidence package. Needs Python 3.8 or later and nothing else.

python3 verify.py FILE.zip --key KEY      (the key or the fingerprint from paper, never from the package)
"""
from __future__ import annotations

'''
TAIL = """

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""


def source_of(part: str) -> str:
    """The text of one of the files."""
    return files("domain.integrity").joinpath(f"{part}.py").read_text(encoding="utf-8")


def verifier() -> str:
    """The whole file. Raises ``ValueError`` where two parts use one name for two things."""
    imports: set[str] = set()
    bodies: list[str] = []
    taken: dict[str, str] = {}
    for part in PARTS:
        text = source_of(part)
        tree = ast.parse(text)
        lines = text.splitlines()
        for node in tree.body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                if isinstance(node, ast.Import) or not (node.module or "").startswith(
                    ("domain", "__future__")
                ):
                    imports.add(ast.unparse(node))
                for n in range(node.lineno - 1, node.end_lineno or node.lineno):
                    lines[n] = ""
            for name in _names(node):
                if taken.setdefault(name, part) != part:
                    raise ValueError(f"{name} stands in {taken[name]} and in {part}")
        bodies.append(f"# {part}\n" + "\n".join(lines).strip())
    return HEAD + "\n".join(sorted(imports)) + "\n\n\n" + "\n\n\n".join(bodies) + TAIL


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)]
    return []
