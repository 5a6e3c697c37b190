"""What the documents point at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
PRODUCT = ("domain", "application", "projections", "interface")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)", document.read_text(encoding="utf-8"))
    missing = [each for each in targets if "://" not in each and not (document.parent / each).exists()]
    assert missing == []


def test_the_glossary_spells_terms_as_the_code_does() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for room in PRODUCT
        for path in (ROOT / room).rglob("*")
        if path.suffix in (".py", ".toml", ".html")
    )
    rows = [
        line for line in (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines() if "| `" in line
    ]
    words = [word for row in rows for word in re.findall(r"`([a-z_]+)`", row)]
    assert len(words) > 60
    assert [word for word in words if not re.search(rf"\b{word}\b", code)] == []


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = (
        re.findall(r"^(?:make|lianjian) [^#\n]*", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
        for name in ("README.md", "README.zh-CN.md")
    )
    assert [line.strip() for line in english] == [line.strip() for line in chinese]
    assert english
