"""Under which unit another stands: stated, shown on any day, and what is said where the parent ends or is split."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import pytest

from application.system import System
from tests.kit.databases import DatabaseCase
from tests.kit.demo_ids import BRANCH
from tests.kit.entries import registered_unit
from tests.kit.serving import Visitor, demo_app

BEFORE, PLACED, ENDED = "2025-03-31", "2025-04-01", "2025-09-01"


@dataclass
class County:
    """The demo's, with a bureau, two stations and another bureau."""

    system: System
    office: Visitor
    assessor: Visitor
    bureau: str
    station: str
    other: str

    def do(self, unit: str, step: str, **form: str) -> str:
        answer = self.office.post(f"/units/{unit}/{step}", **form)
        assert answer.status_code == 200, answer.text
        return unescape(answer.text)

    def refused(self, unit: str, step: str, **form: str) -> str:
        answer = self.office.post(f"/units/{unit}/{step}", **form)
        assert answer.status_code in (409, 422), answer.status_code
        return unescape(answer.text)

    def page(self, unit: str, on: str = "") -> str:
        return unescape(self.office.get(f"/units/{unit}" + (f"?on={on}" if on else "")).text)

    def units(self, query: str = "") -> str:
        return unescape(self.office.get(f"/units?{query}").text)


@pytest.fixture
def county(database: DatabaseCase) -> Iterator[County]:
    system, app = demo_app(database.folder, database.url)
    bureau, station, other = (registered_unit(system, name) for name in ("林业总局", "林业一站", "农业总局"))
    made = County(system, Visitor(app, "ducha"), Visitor(app, "kaohe"), bureau, station, other)
    made.do(station, "subordinate-branch", parent=bureau, subordinated_on=PLACED)
    yield made
    system.close()


def above(unit: str, name: str, on: str = "") -> str:
    """How a page says under which unit it stands."""
    return f'<dt>上级单位</dt><dd><a href="/units/{unit}{f"?on={on}" if on else ""}">{name}</a>'


def test_both_pages_say_so_from_the_day_on(county: County) -> None:
    assert above(county.bureau, "林业总局") in county.page(county.station)
    assert "<dt>所属单位</dt>" in county.page(county.bureau) and "林业一站" in county.page(county.bureau)
    assert above(county.bureau, "林业总局", PLACED) in county.page(county.station, PLACED)
    assert "<dt>上级单位</dt>" not in county.page(county.station, BEFORE)
    assert "<dt>所属单位</dt>" not in county.page(county.bureau, BEFORE)


def test_the_list_is_filtered_by_parent_on_any_day_and_goes_out_with_it(county: County) -> None:
    under = f"parent={county.bureau}"
    assert ">林业一站</a>" in county.units(under) and ">农业总局</a>" not in county.units(under)
    assert ">林业一站</a>" not in county.units(f"{under}&on={BEFORE}")
    exported = county.office.get(f"/data/exports/units?format=csv&{under}").text
    assert "上级单位" in exported and "林业一站,,林业总局" in exported


def test_a_name_is_that_of_the_day(county: County) -> None:
    county.do(
        county.bureau, "rename-branch", unit_name="林草总局", branch_name="林草总局党支部", renamed_on=ENDED
    )
    assert above(county.bureau, "林草总局") in county.page(county.station)
    assert above(county.bureau, "林业总局", PLACED) in county.page(county.station, PLACED)


def test_it_is_taken_away_and_the_trail_tells_it(county: County) -> None:
    county.do(county.station, "subordinate-branch", parent="", subordinated_on=ENDED)
    assert "<dt>上级单位</dt>" not in county.page(county.station)
    assert above(county.bureau, "林业总局", PLACED) in county.page(county.station, PLACED)
    told = county.office.get("/trail").text
    assert (
        f"林业一站 自 {ENDED} 起上级单位：无" in told and f"林业一站 自 {PLACED} 起上级单位：林业总局" in told
    )


def test_where_the_parent_is_merged_they_go_along_and_it_is_said_before(county: County) -> None:
    asked = unescape(county.office.get(f"/units/{county.bureau}/merge-branch").text)
    assert "所属单位 1 个：林业一站。自并入之日起，改属并入后的单位。" in asked
    county.do(county.bureau, "merge-branch", into=county.other, merged_on=ENDED)
    assert above(county.other, "农业总局") in county.page(county.station)
    assert above(county.bureau, "林业总局", PLACED) in county.page(county.station, PLACED)
    again = county.refused(county.other, "subordinate-branch", parent=county.station, subordinated_on=ENDED)
    assert "单位不能直接或者间接成为自己的上级" in again, "a circle through the merging"
    gone = county.refused(county.other, "subordinate-branch", parent=county.bureau, subordinated_on=ENDED)
    assert "上级单位须在该日在册" in gone


def test_where_it_is_restored_over_what_it_was_put_under_it_is_refused(county: County) -> None:
    county.do(county.bureau, "subordinate-branch", parent=BRANCH, subordinated_on=PLACED)
    county.do(county.bureau, "merge-branch", into=county.other, merged_on=ENDED)
    county.do(BRANCH, "subordinate-branch", parent=county.station, subordinated_on=ENDED)
    refused = county.refused(county.bureau, "restore-branch", because="误登")
    assert "单位不能直接或者间接成为自己的上级" in refused
    county.do(BRANCH, "subordinate-branch", parent="", subordinated_on=ENDED)
    county.do(county.bureau, "restore-branch", because="误登")
    assert above(county.bureau, "林业总局") in county.page(county.station)


def test_where_the_parent_is_retired_it_is_said_before_and_after_until_it_is_changed(county: County) -> None:
    asked = unescape(county.office.get(f"/units/{county.bureau}/retire-branch").text)
    assert "所属单位 1 个：林业一站。撤销后其上级单位显示为“已撤销”" in asked
    county.do(county.bureau, "retire-branch", retired_on=ENDED, because="机构改革")
    shown = county.page(county.station)
    assert above(county.bureau, "林业总局") + ' <span class="tag light-withdrawn">已撤销</span>' in shown
    assert "已撤销" not in county.page(county.station, PLACED)
    assert "下列单位的上级单位已撤销" in county.units()
    assert "下列单位的上级单位已撤销" not in unescape(county.assessor.get("/units").text)
    county.do(county.station, "subordinate-branch", parent=county.other, subordinated_on=ENDED)
    assert "下列单位的上级单位已撤销" not in county.units()
    assert above(county.other, "农业总局") + "</dd>" in county.page(county.station)


def test_a_new_unit_of_a_split_stands_where_the_old_one_did(county: County) -> None:
    county.do(
        county.station,
        "split-branch",
        split_on=ENDED,
        because="机构改革",
        **{"parts.0.unit_name": "林业二站", "parts.0.branch_name": "林业二站党支部"},
    )
    assert ">林业二站</a>" in county.units(f"parent={county.bureau}")
    asked = unescape(county.office.get(f"/units/{county.bureau}/split-branch").text)
    assert "所属单位 2 个：林业一站、林业二站。拆分后仍属原单位" in asked


def test_it_is_stated_when_a_unit_is_registered(county: County) -> None:
    form = {
        "unit_name": "林业三站",
        "branch_name": "林业三站党支部",
        "level": "county",
        "unit_class": "agency",
    }
    answer = county.office.post("/units/register-branch", **form, since="2026-01-01", parent=county.bureau)
    assert answer.status_code == 200, answer.text
    assert "登记单位 林业三站（林业三站党支部），上级单位：林业总局" in county.office.get("/trail").text
    assert ">林业三站</a>" in county.units(f"parent={county.bureau}")


def test_the_form_begins_with_the_parent_on_record(county: County) -> None:
    """So that nobody takes the parent away by leaving a box as it came."""
    address = f"/units/{county.station}/subordinate-branch"
    assert re.search(rf'<option value="{county.bureau}"[^>]* selected', county.office.get(address).text)
    county.do(county.bureau, "merge-branch", into=county.other, merged_on=ENDED)
    assert county.office.get(address).status_code == 200
    county.do(county.station, "subordinate-branch", parent="", subordinated_on=ENDED)
    assert not re.search(r'<option value="b-[^>]* selected', county.office.get(address).text)


def history(page: str) -> list[tuple[str, ...]]:
    """The rows of the history of parents, as they are read."""
    _, _, section = page.partition("<h2>历来上级单位</h2>")
    rows = re.findall(r"<tr>(<td>.*?)</tr>", section.partition("</section>")[0], re.DOTALL)
    return [
        tuple(re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", row))
        for row in rows
    ]


def test_the_page_tells_every_parent_from_when_to_when_and_who_stated_it(county: County) -> None:
    placed = county.system.log.position()
    assert history(county.page(county.bureau)) == [] and "历来上级单位" not in county.page(county.bureau)
    county.do(county.station, "subordinate-branch", parent=county.other, subordinated_on=ENDED)
    county.do(county.other, "rename-branch", unit_name="农林总局", branch_name="农林党支部", renamed_on=ENDED)
    moved = placed + 1
    assert history(county.page(county.station)) == [
        ("林业总局", PLACED, ENDED, f"ducha #{placed}"),
        ("农林总局", ENDED, "—", f"ducha #{moved}"),
    ]
    assert f'href="/events/{moved}"' in county.page(county.station)
    assert len(history(unescape(county.office.get(f"/units/{county.station}?at={placed}").text))) == 1
    county.do(county.station, "subordinate-branch", parent="", subordinated_on=ENDED)
    assert history(county.page(county.station)) == [("林业总局", PLACED, ENDED, f"ducha #{placed}")], (
        "of two statements of one day the later holds"
    )
    asked = county.office.get(f"/units/{county.station}?on={BEFORE}").text
    assert len(history(unescape(asked))) == 1, "whatever day is looked at"


def test_the_history_follows_a_merging_and_its_taking_back(county: County) -> None:
    stated = county.system.log.position()
    county.do(county.bureau, "merge-branch", into=county.other, merged_on=ENDED)
    assert history(county.page(county.station)) == [
        ("林业总局", PLACED, ENDED, f"ducha #{stated}"),
        ("农业总局随原上级单位并入", ENDED, "—", f"ducha #{stated}"),
    ]
    county.do(county.bureau, "restore-branch", because="误登")
    assert history(county.page(county.station)) == [("林业总局", PLACED, "—", f"ducha #{stated}")]
