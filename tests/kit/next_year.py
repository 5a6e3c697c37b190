"""A county's ledgers of the year after: seeded, so that a seed makes the same files every time.

Most pairings run on; some are renewed, some go to another unit in mid-year, some end; a few units and villages bear new names,
which the ledgers write all year. Holders of posts go on, some change. What was open at the end of the first year appears
again under its number with later steps filled in; everything else is new, with the first year's distributions.
"""

from __future__ import annotations

import random
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from application.ledgers.cells import rounded
from application.ledgers.sheets import SHEETS, Kind
from interface.ledgers.reader import read_ledgers

Row = dict[str, Any]
"""Cells by field, as a ledger writes them."""
Rows = dict[str, list[Row]]
"""Rows by key of the sheet."""
RENEWED, RENAMED_UNITS, RENAMED_VILLAGES, REPLACED, ENDED = 0.1, 3, 3, 4, 3
CHANGED_POSTS = 0.07
CUT_OFF = (1, 10)
"""Month and day by which the first year is reported: what went on until then still counts for it, what goes on here does not."""
CONTINUED = 0.6
"""Share of what is open that goes on in the second year."""
NEW_WORDS = (("公司", "有限公司"), ("管理站", "管理中心"), ("局", "管理局"), ("支行", "分行"))
"""Endings of a unit's name, and what they become."""
POSTS = {"兼职书记": "part_time_secretary", "特邀委员": "invited_member"}
NUMBERS = {"needs": "need_id", "projects": "project_id", "findings": "finding_id"}
OF_THE_YEAR = (
    "activities",
    "resources",
    "needs",
    "projects",
    "findings",
    "cases",
    "meetings",
    "circulars",
    "slips",
)
"""Sheets of what happened in the year."""
_STEADY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Renamed:
    """``on`` is the first day of the new name."""

    before: str
    after: str
    on: date


@dataclass(frozen=True)
class Renewed:
    """The pairing of the first year runs on; the second year's ledger pairs the two again."""

    unit: str
    village: str
    on: date


@dataclass(frozen=True)
class Replaced:
    """``before`` was paired until ``ended_on``, ``after`` is from ``on``."""

    village: str
    before: str
    after: str
    ended_on: date
    on: date


@dataclass(frozen=True)
class Ended:
    """``on`` is the pairing's last day; nobody came after."""

    unit: str
    village: str
    on: date


@dataclass(frozen=True)
class Succeeded:
    """Another person took over a post: ``before`` left on ``left_on``, ``after`` began on ``on``."""

    village: str
    post: str
    before: str
    after: str
    left_on: date
    on: date


@dataclass
class NextYear:
    """What is true of the second year. Names of units and villages are the new ones, but in ``renamed_…``."""

    year: int
    renamed_units: list[Renamed] = field(default_factory=list)
    renamed_villages: list[Renamed] = field(default_factory=list)
    renewed: list[Renewed] = field(default_factory=list)
    replaced: list[Replaced] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)
    succeeded: list[Succeeded] = field(default_factory=list)
    continued: dict[str, list[str]] = field(default_factory=dict)
    """Sheet to the numbers of the first year that appear again."""


def next_year(source: Path, target: Path, seed: int = 1) -> NextYear:
    """Write the ledgers of the year after those in ``source`` into the folder ``target``; what is true of that year."""
    read = read_ledgers(source)
    if read.refused:
        raise ValueError(f"the first year's ledgers are not in order: {read.refused[0]}")
    earlier: Rows = defaultdict(list)
    for row in read.written:
        earlier[row.sheet_key].append(dict(row.cells))
    county = _County(earlier, random.Random(seed))
    rows = county.rows()
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.glob("*.xlsx")):
        _write(path, target / path.name, rows, county.truth.year)
    return county.truth


class _County:
    """The second year as it is drawn."""

    def __init__(self, earlier: Rows, rng: random.Random) -> None:
        self._earlier = earlier
        self._rng = rng
        (self._first,) = {row["paired_on"].year for row in earlier["pairings"]}
        self.truth = NextYear(self._first + 1)
        self._units: dict[str, str] = {}
        self._villages: dict[str, str] = {}
        self._last_day: dict[str, date] = {}
        """Village to the last day of the pairing it began the year with, where that ended."""
        self._successor: dict[str, Replaced] = {}

    def rows(self) -> Rows:
        """The rows of all sheets."""
        self._decide()
        made: Rows = {"pairings": list(self._pairings())}
        made["post_changes"] = self._post_changes(made["pairings"])
        for key in OF_THE_YEAR:
            again = list(self._again(key)) if key in CONTINUE else []
            made[key] = [*again, *self._new(key)]
        return made

    # --- what becomes of the pairings -------------------------------------------------------------------------

    def _decide(self) -> None:
        pairs = [(row["unit"], row["village"]) for row in self._earlier["pairings"]]
        once = [pair for pair in pairs if sum(pair[0] == unit for unit, _ in pairs) == 1]
        chosen = self._rng.sample(once, REPLACED + ENDED)
        for number, (unit, village) in enumerate(chosen[:REPLACED]):
            ended_on = self._day(4, 8)
            # Some by a unit that is new to it all, some by one that has a village already.
            known = self._rng.choice([pair[0] for pair in once if pair not in chosen])
            after = known if number % 2 else f"云岭县第{'一二三四五六七八九'[number]}联建服务中心"
            replaced = Replaced(village, unit, after, ended_on, ended_on + timedelta(days=1))
            self._successor[village], self._last_day[village] = replaced, ended_on
        for unit, village in chosen[REPLACED:]:
            self._last_day[village] = self._day(4, 9)
            self.truth.ended.append(Ended(unit, village, self._last_day[village]))
        self._rename({unit for unit, _ in chosen} | {each.after for each in self._successor.values()})
        self.truth.replaced += (
            Replaced(
                each.village, each.before, self._units.get(each.after, each.after), each.ended_on, each.on
            )
            for each in self._successor.values()
        )

    def _rename(self, settled: Iterable[str]) -> None:
        """New names for some of those that are paired all year."""
        names = {name for row in self._earlier["pairings"] for name in (row["unit"], row["village"])}
        taken = names | set(settled)
        steady = [row for row in self._earlier["pairings"] if row["village"] not in self._last_day]
        units = {row["unit"]: _new_unit(row["unit"]) for row in steady if row["unit"] not in set(settled)}
        villages = {
            row["village"]: f"{row['village'][:-1]}新村" for row in steady if row["village"][-1:] == "村"
        }
        for found, count, into, told in (
            (units, RENAMED_UNITS, self._units, self.truth.renamed_units),
            (villages, RENAMED_VILLAGES, self._villages, self.truth.renamed_villages),
        ):
            free = sorted(name for name, after in found.items() if after and after not in taken)
            for name in self._rng.sample(free, count):
                into[name] = found[name]
                told.append(Renamed(name, found[name], self._day(1, 3)))

    def _pairings(self) -> Iterator[Row]:
        holders = self._holders()
        steady = [row["village"] for row in self._earlier["pairings"] if row["village"] not in self._last_day]
        renewed = set(self._rng.sample(steady, round(RENEWED * len(self._earlier["pairings"]))))
        agreements = 0
        for row in self._earlier["pairings"]:
            village = row["village"]
            made = self._renamed(row) | holders[village]
            if village in renewed:
                agreements += 1
                made["paired_on"] = self._day(1, 6)
                made |= self._agreement(agreements, made["paired_on"])
                self.truth.renewed.append(Renewed(made["unit"], made["village"], made["paired_on"]))
            if village in self._last_day:
                reason = "调整联建单位" if village in self._successor else "村组调整，不再联建"
                made |= {"ended_on": self._last_day[village], "end_reason": reason}
            yield made
            if village in self._successor:
                agreements += 1
                yield self._succeeding(self._successor[village], made, agreements)

    def _succeeding(self, replaced: Replaced, made: Row, agreements: int) -> Row:
        """The row of the unit that took over."""
        known = next((row for row in self._earlier["pairings"] if row["unit"] == replaced.after), None)
        of_unit = ("unit", "unit_level", "unit_class", "branch")
        unit = replaced.after
        says = (
            {name: self._renamed(known)[name] for name in of_unit}
            if known
            else {"unit": unit, "unit_level": "县", "unit_class": "事业单位", "branch": f"{unit}党支部"}
        )
        of_village = {name: made[name] for name in ("village", "target_kind", "township")}
        posts = {name: self._person() for name in POSTS.values()}
        began = {f"{name}_began_on": replaced.on for name in POSTS.values()}
        return {**says, **of_village, "paired_on": replaced.on, **posts, **began} | self._agreement(
            agreements, replaced.on
        )

    def _agreement(self, number: int, paired_on: date) -> Row:
        year, written = self.truth.year, self._earlier["pairings"][0]["agreement_number"]
        stem = re.sub(r"〔\d+〕\d+", f"〔{year}〕{number}", written)
        return {
            "agreement_number": stem,
            "agreement_signed_on": paired_on + timedelta(days=self._rng.randint(5, 60)),
        }

    # --- posts ------------------------------------------------------------------------------------------------

    def _holders(self) -> dict[str, Row]:
        """Who holds the posts of each village when the year begins, and since when."""
        found: dict[str, Row] = {}
        for row in self._earlier["pairings"]:
            held = found[row["village"]] = {}
            for post in POSTS.values():
                ended = f"{post}_ended_on"
                known = {name: row.get(name) for name in (post, f"{post}_began_on")}
                held.update(known if row.get(ended) is None else dict.fromkeys(known), **{ended: None})
        for row in self._earlier["post_changes"]:
            if row.get("ended_on") is None:
                post = POSTS[row["post"]]
                found[row["village"]].update({post: row["person"], f"{post}_began_on": row["began_on"]})
        return found

    def _post_changes(self, pairings: list[Row]) -> list[Row]:
        made: list[Row] = []
        for row in pairings:
            for word, post in POSTS.items():
                changes = row.get("ended_on") is None and row["paired_on"].year < self.truth.year
                if not (changes and row.get(post)) or self._rng.random() >= CHANGED_POSTS:
                    continue
                left_on = self._day(5, 9)
                on = left_on + timedelta(days=self._rng.randint(1, 20))
                row[f"{post}_ended_on"] = left_on
                person = self._person()
                made.append({"village": row["village"], "post": word, "person": person, "began_on": on})
                self.truth.succeeded.append(Succeeded(row["village"], post, row[post], person, left_on, on))
        return made

    def _person(self) -> str:
        """A name put together from two that are there."""
        names = [
            row["part_time_secretary"] for row in self._earlier["pairings"] if row.get("part_time_secretary")
        ]
        return str(self._rng.choice(names)[:1] + self._rng.choice(names)[1:])

    # --- what happened ----------------------------------------------------------------------------------------

    def _again(self, key: str) -> Iterator[Row]:
        """Rows of the first year that go on in the second, whose ledger writes them again."""
        told = self.truth.continued.setdefault(key, [])
        for row in self._earlier[key]:
            if row["village"] in self._last_day or not OPEN[key](row) or self._rng.random() >= CONTINUED:
                continue
            made = {**row, **self._names_in(row)}
            if key == "needs" and not made.get("matched_unit"):
                made["matched_unit"] = self._unit_of(row["village"])
            told.append(row[NUMBERS[key]])
            yield CONTINUE[key](made, self._later, self._rng)

    def _unit_of(self, village: str) -> str:
        unit = next(row["unit"] for row in self._earlier["pairings"] if row["village"] == village)
        return self._units.get(unit, unit)

    def _later(self, day: date) -> date:
        """A day of the second year after another, and after the first year's cut-off."""
        return max(day, date(self.truth.year, *CUT_OFF)) + timedelta(days=self._rng.randint(1, 45))

    def _new(self, key: str) -> Iterator[Row]:
        for row in self._earlier[key]:
            made = self._moved(key, row)
            if made is not None:
                yield made

    def _moved(self, key: str, row: Row) -> Row | None:
        """The row a year later, of whoever is paired then; ``None`` where nobody is."""
        days = {name: self._a_year_on(value) for name, value in row.items() if isinstance(value, date)}
        made = {**row, **self._names_in(row), **days}
        village, first = row.get("village", ""), min(days.values())
        successor = self._successor.get(village)
        if successor is not None:
            if first > successor.ended_on:
                unit = self._units.get(successor.after, successor.after)
                made |= {name: unit for name in ("unit", "matched_unit") if made.get(name)}
            elif (
                key in ("meetings", "slips", "needs", "projects", "findings")
                and max(days.values()) > successor.ended_on
            ):
                return None
            if key in ("meetings", "slips"):
                made["unit"] = (
                    self._units.get(successor.after, successor.after)
                    if first > successor.ended_on
                    else successor.before
                )
        elif village in self._last_day and max(days.values()) > self._last_day[village]:
            return None
        if made.get("name"):
            # Projects and model cases bear the village's name in their own.
            made["name"] = made["name"].replace(village, made["village"])
        if key == "cases":
            # A case that is published again under its name is asked about; these are others.
            made["name"] = made["name"].replace("联建案例", f"{self.truth.year}年联建案例")
        if key == "activities":
            made["participants"] = max(1, round(int(row["participants"]) * self._rng.uniform(0.9, 1.1)))
        for name in (NUMBERS.get(key), "order_number", "number"):
            if name and made.get(name):
                made[name] = made[name].replace(str(self._first), str(self.truth.year))
        return made

    def _renamed(self, row: Row) -> Row:
        made = {**row, **self._names_in(row)}
        if row.get("branch"):
            made["branch"] = row["branch"].replace(row["unit"], made["unit"])
        return made

    def _names_in(self, row: Row) -> Row:
        """The cells of a row that name units and villages, by the names of the second year."""
        names = {
            name: self._units.get(row[name], row[name]) for name in ("unit", "matched_unit") if row.get(name)
        }
        if row.get("village"):
            names["village"] = self._villages.get(row["village"], row["village"])
        return names

    def _a_year_on(self, day: date) -> date:
        return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)

    def _day(self, first: int, last: int) -> date:
        """A day of the year from month ``first`` to month ``last``."""
        return date(self.truth.year, self._rng.randint(first, last), self._rng.randint(1, 28))


def _new_unit(name: str) -> str:
    for before, after in NEW_WORDS:
        if name.endswith(before) and not name.endswith(after):
            return name[: -len(before)] + after
    return ""


# --- steps of the second year on things of the first --------------------------------------------------------------

Later = Callable[[date], date]
"""A day of the second year after another."""


def _need(row: Row, later: Later, rng: random.Random) -> Row:
    """Matched, met, confirmed and rated, from where it stood."""
    last = row["raised_on"]
    for name in ("matched_on", "met_on", "confirmed_on"):
        row[name] = last = row.get(name) or later(last)
    row["rating"] = row.get("rating") or rng.randint(3, 5)
    return row


def _project(row: Row, later: Later, _: random.Random) -> Row:
    """Completed and accepted."""
    row["completed_on"] = row.get("completed_on") or later(row["began_on"])
    row["accepted_on"] = later(row["completed_on"])
    return row


def _finding(row: Row, later: Later, _: random.Random) -> Row:
    """Submitted, re-inspected with success, closed."""
    row["submitted_on"] = row.get("submitted_on") or later(row["ordered_on"])
    row["reinspected_on"] = later(row["submitted_on"])
    row |= {"reinspector": row.get("reinspector") or row["inspector"], "reinspection": "通过"}
    row["closed_on"] = later(row["reinspected_on"])
    return row


CONTINUE: Mapping[str, Callable[[Row, Later, random.Random], Row]] = {
    "needs": _need,
    "projects": _project,
    "findings": _finding,
}
OPEN: Mapping[str, Callable[[Row], bool]] = {
    "needs": lambda row: not row.get("confirmed_on"),
    "projects": lambda row: not row.get("accepted_on"),
    # A row has room for one re-inspection: what failed in the first year cannot be told to have passed later.
    "findings": lambda row: (
        bool(row.get("ordered_on")) and not (row.get("reinspected_on") or row.get("closed_on"))
    ),
}


# --- the files ----------------------------------------------------------------------------------------------------


def _write(source: Path, target: Path, rows: Rows, year: int) -> None:
    """The template of the source with other rows."""
    book = load_workbook(source)
    for sheet in SHEETS:
        if sheet.title not in book.sheetnames:
            continue
        page = book[sheet.title]
        page["A1"] = str(page["A1"].value).replace(str(year - 1), str(year))
        headers = [cell.value for cell in page[2]]
        page.delete_rows(3, page.max_row)
        for column in sheet.columns:
            if column.header not in headers and any(row.get(column.field) for row in rows[sheet.key]):
                headers.append(column.header)
                page.cell(2, len(headers), column.header)
        fields = {column.header: column for column in sheet.columns}
        for number, row in enumerate(rows[sheet.key], start=1):
            page.append(
                [
                    _cell(row, fields[each].field, fields[each].kind) if each in fields else number
                    for each in headers
                ]
            )
    book.save(target)
    _steady(target)


def _cell(row: Row, name: str, kind: Kind) -> Any:
    value = row.get(name)
    if isinstance(value, Decimal):
        return int(value) if kind is Kind.COUNT else float(rounded(value))
    return value


def _steady(path: Path) -> None:
    """Take the hour of writing out of the file, so that the same rows are the same bytes."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = parts["docProps/core.xml"]
    parts["docProps/core.xml"] = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-01-01T00:00:00Z", core)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _STEADY), content, zipfile.ZIP_DEFLATED)
