"""Ledgers of a county many times as large as the demo's: ``python -m benchmarks.large_county FOLDER [--times 17] [--seed 1]``.

Every copy has villages, units, townships and numbers of its own, drawn from the seed, so that nothing in one copy means
something in another. 17 copies have 89 539 rows.

Example: python -m benchmarks.large_county /tmp/ledgers --times 17
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

SYLLABLES = (
    "安柏昌澄川丹定枫光桂海和弘淮嘉江锦景康兰乐琳明宁平齐庆泉仁瑞尚石泰桐皖文熙祥欣延阳宜永渝元泽昭中州竹"
)
KINDS = {"行政村", "社区", "州", "县", "乡镇", "村", "云岭县", "云州"}
"""Words of the ledgers' own that end like names."""
HEAD = 2
"""Rows above the first entry: title and headings."""


def write(folder: Path, times: int, seed: int) -> int:
    """Write the ledgers into a new folder; how many entries they have."""
    folder.mkdir(parents=True)
    rng = random.Random(seed)
    names = _Names(rng)
    entries = 0
    with as_file(files("interface.demo").joinpath("ledgers")) as ledgers:
        for path in sorted(ledgers.glob("*.xlsx")):
            source, made = load_workbook(path, read_only=True), Workbook(write_only=True)
            for sheet in source:
                rows = list(sheet.iter_rows(values_only=True))
                to = made.create_sheet(sheet.title)
                for row in rows[:HEAD]:
                    to.append(row)
                for copy in range(times):
                    for row in rows[HEAD:]:
                        to.append([names.of(copy, cell) for cell in row])
                        entries += 1
            made.save(folder / path.name)
            source.close()
    return entries


class _Names:
    """Names of a copy: a county of its own, with villages of its own; a name is given once."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._given: dict[tuple[int, str], str] = {}
        self._taken: set[str] = set()

    def of(self, copy: int, cell: Any) -> Any:
        """The cell as the copy has it."""
        if not isinstance(cell, str) or copy == 0 or cell in KINDS:
            return cell
        if cell.endswith(("村", "社区", "乡", "镇")) and len(cell) <= 6:
            return self._given.get((copy, cell)) or self._give(copy, cell)
        for county in ("云岭县", "云州"):
            if county in cell:
                return cell.replace(county, self._given.get((copy, county)) or self._give(copy, county))
        head, dash, number = cell.rpartition("-")
        return f"{head}-{copy}{number}" if dash and number.isdigit() else cell

    def _give(self, copy: int, name: str) -> str:
        ending = next(end for end in ("社区", "村", "乡", "镇", "县", "州") if name.endswith(end))
        while True:
            drawn = "".join(self._rng.sample(SYLLABLES, 3 if ending in ("社区", "村") else 2)) + ending
            if drawn not in self._taken:
                self._taken.add(drawn)
                self._given[copy, name] = drawn
                return drawn


def entries_of(folder: Path) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Sheet and cells of every row, as the plainest reader gives them."""
    for path in sorted(folder.glob("*.xlsx")):
        book = load_workbook(path, read_only=True)
        for sheet in book:
            for row in sheet.iter_rows(values_only=True):
                yield sheet.title, row
        book.close()


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=17)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(f"{write(asked.folder, asked.times, asked.seed)} entries in {asked.folder}")


if __name__ == "__main__":
    main()
