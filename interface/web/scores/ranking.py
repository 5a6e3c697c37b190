"""The list of all sheets, for those who assess; never public."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.question import ALL
from application.questions.answers.scoring.score_list import Risk, ScoresShown, list_scores
from application.questions.results.standing import StandingResults
from interface.web.kit.asking import answer_of
from interface.web.kit.exporting import exported
from interface.web.kit.listing import Chip, Filter, ListView
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.web.kit.pictures.band_strip import band_strip, bands_of
from interface.web.kit.pictures.picture import said
from interface.web.kit.rendering import render
from interface.web.kit.standing import PROVISIONAL, standing
from interface.web.scores.tabs import tabs
from interface.words import label
from projections.scores.scores import scores_csv, table_names

router = APIRouter()


@router.get("/ranking")
def ranking(page: Annotated[Page, Depends(allow("read_ranking"))]) -> Response:
    """By place; vetoed pairings last. Published results once there are any; ``?provisional=1`` for what is computed."""
    year = year_of(page)
    stands = standing(page, year)
    listing = _listing(page, stands)
    answer = _found(page, year, listing, listing.limit)
    listing.filters = _filters(page, answer)
    return render(
        page,
        "scores/ranking.html",
        year=year,
        stands=stands,
        answer=answer,
        listing=listing,
        tabs=tabs(page, year),
        chips=_chips(page, answer),
        bands=band_strip(
            bands_of(stands.scheme, page.language, page.link, among="/ranking"),
            [each.result.sheet.total / 100 for each in stands.graded],
            page.t,
            of_points=lambda points: page.link("/ranking", year=year, points=points),
        ),
    )


@router.get("/ranking/export")
def export_ranking(page: Annotated[Page, Depends(allow("read_ranking"))]) -> Response:
    """All rows of the same list as a workbook or a table."""
    year = year_of(page)
    stands = standing(page, year)
    answer = _found(page, year, _listing(page, stands), ALL)
    groups = [group.code for group in stands.scheme.groups]
    heading = [page.t("名次"), page.t("联建村（社区）"), page.t("乡镇"), page.t("联建单位"), *groups]
    heading += [page.t("总分"), page.t("等次"), page.t("一票否决"), page.t("超期问题")]
    rows = (
        (
            *(each.place, each.village_name, each.township, each.unit_name),
            *(figure.points for figure in each.groups),
            *(
                each.points,
                said(each.grade_name, page.language),
                page.t("是") if each.vetoed else "",
                each.overdue,
            ),
        )
        for each in answer.rows
    )
    return exported(page, f"scores-{year}", [heading, *rows])


@router.get("/ranking.csv")
def ranking_csv(page: Annotated[Page, Depends(allow("read_ranking"))]) -> Response:
    """Every line of every sheet as CSV, as ``lianjian scores`` prints it."""
    year = year_of(page)
    stands = standing(page, year)
    results = [each.result for each in stands.graded]
    text = scores_csv(
        stands.scheme,
        results,
        table_names(page.connection, year, results, stands.at),
        {each.result.pairing: each.label for each in stands.graded},
    )
    name = f"scores-{year}-{stands.run.run_no if stands.run else f'at-{page.at}'}.csv"
    return Response(
        "\ufeff" + text,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _listing(page: Page, stands: StandingResults) -> ListView:
    return ListView(page, sorts=("place", "total", *(group.code for group in stands.scheme.groups)))


def _found(page: Page, year: int, listing: ListView, limit: int) -> ScoresShown:
    provisional = page.asked(PROVISIONAL) == "1"
    return answer_of(
        page,
        list_scores,
        year=year,
        provisional=provisional,
        sort=listing.sort,
        limit=limit,
    )


def _filters(page: Page, answer: ScoresShown) -> list[Filter]:
    risks = [(each.value, page.t(label("risk", each.value))) for each in Risk]
    points = page.asked("points")
    narrowed = [Filter("points", page.t("总分（整数部分）"), points)] if points else []
    return [
        Filter("q", page.t("村或单位"), page.asked("q")),
        Filter(
            "township", page.t("乡镇"), page.asked("township"), [(each, each) for each in answer.townships]
        ),
        Filter("risk", page.t("风险"), page.asked("risk"), risks),
        *narrowed,
    ]


def _chips(page: Page, answer: ScoresShown) -> list[Chip]:
    grade, risk = page.asked("grade"), page.asked("risk")

    def here(**query: object) -> str:
        return page.here(**{"after": None, "done": None, **query})

    every = Chip(page.t("全部"), answer.narrowed, here(grade=None, risk=None), not grade and not risk)
    grades = [
        Chip(said(each.name, page.language), each.count, here(grade=each.grade), grade == each.grade)
        for each in answer.grades
    ]
    at_risk = Chip(
        page.t(label("risk", Risk.ANY.value)),
        answer.at_risk,
        here(risk=Risk.ANY.value),
        risk == Risk.ANY.value,
        "yellow",
    )
    return [every, at_risk, *grades]
