"""Policies on pages: the text of a day, what changed, what cites it, and the pages that show it in place."""

from __future__ import annotations

import re

import httpx2 as httpx
from fastapi import FastAPI

from application.system import System
from tests.kit.serving import Visitor

TITLE = "支部联建工作管理办法"
FIRST = "第一条 结对每年确定一次。\n第二条 活动每月至少一次。\n第三条 需求由村提出。"
SECOND = "第一条 结对每年确定一次。\n第二条 活动每季至少一次。"


def issue(office: Visitor, title: str = TITLE, text: str = FIRST, **stated: str) -> str:
    said = {
        "title": title,
        "document_no": "联建〔2025〕1号",
        "policy_kind": "measures",
        "issuing_body": "县联建办",
        "issued_on": "2025-01-08",
        "valid_from": "2025-01-15",
        "valid_until": "",
        "text": text,
        **stated,
    }
    made = office.post("/policies/issue-policy", **said)
    found = re.search(r"/policies/po-[0-9a-f]+", str(made.url))
    assert found is not None, made.text
    return found[0]


def revise(office: Visitor, at: str, valid_from: str) -> None:
    said = {"title": TITLE, "document_no": "", "issuing_body": "县联建办", "text": SECOND}
    days = {"issued_on": "2025-06-01", "valid_from": valid_from, "valid_until": ""}
    office.post(f"{at}/revise-policy", **said, **days, because="减轻负担")


def scan(visitor: Visitor, at: str, content: bytes) -> httpx.Response:
    token = re.search(r'name="csrf" value="([^"]+)"', visitor.get(at).text)
    assert token is not None
    return visitor.http.post(
        f"/attachments/policy/{at.rpartition('/')[2]}",
        data={"csrf": token[1]},
        files={"file": ("扫描件.pdf", content, "application/pdf")},
    )


def test_policies_are_found_and_go_out_as_a_file(county: tuple[System, FastAPI]) -> None:
    _, app = county
    office = Visitor(app, "ducha")
    title = "走访接待制度"
    at = issue(office, title, "第一章 总则\n第一条 每月走访一次。", document_no="联建〔2025〕77号")
    gone = issue(office, "误登的接待制度", document_no="")
    office.post(f"{gone}/void-policy", because="登记有误")
    # Everybody who may search finds it: by its title, in pinyin, by its number, by an article of it.
    for who in ("ducha", "danwei", "cun", "xiangzhen", "shenji"):
        visitor = Visitor(app, who)
        for q in ("走访接待", "zfjd", "联建[2025]77", f"{title} 第一条", f"{title} 总则"):
            text = visitor.get(f"/search/suggestions?q={q}").text
            assert f'href="{at}"' in text and gone not in text, (who, q)
        assert visitor.get(f"/search?q={title}").url.path == at, "the one that is named is shown at once"
    assert "/data/exports/policies?format=xlsx" in Visitor(app, "cun").get("/policies").text
    assert "/data/exports/policies" not in Visitor(app, "guanli").get("/policies").text, "it has no data"
    answer = Visitor(app, "cun").get("/data/exports/policies?format=csv&q=接待")
    assert answer.status_code == 200
    heading, *rows = answer.text.strip().splitlines()
    assert heading.lstrip("\ufeff").startswith("状态,名称,文号,类别,印发机关")
    (row,) = rows
    assert row.split(",")[:5] == ["现行有效", title, "联建〔2025〕77号", "办法", "县联建办"]
    voided = Visitor(app, "ducha").get("/data/exports/policies?format=csv&q=接待&state=voided").text
    assert "误登的接待制度" in voided and title not in voided.replace("误登的接待制度", "")


def test_the_text_of_a_day_what_changed_and_where_it_is_shown(county: tuple[System, FastAPI]) -> None:
    _, app = county
    office, village, admin = Visitor(app, "ducha"), Visitor(app, "cun"), Visitor(app, "guanli")
    assert "依据 《" not in village.get("/needs?year=2025").text
    at = issue(office)
    office.post(f"{at}/place-policy", policy_area="needs", article="3")
    office.post(f"{at}/place-policy", policy_area="activities", article="2")
    shown = village.get("/needs?year=2025").text
    assert f"依据 《{TITLE}》第三条" in shown
    assert "需求由村提出。" in shown
    revise(office, at, "2025-07-01")
    # An article that is gone is not shown, and the page of the policy says so.
    assert "依据 《" not in village.get("/needs?year=2025").text
    assert "活动每季至少一次。" in village.get("/activities?year=2025").text
    page = admin.get(at).text
    assert "最新文本无此条，不再显示" in page
    assert "<del>月</del><ins>季</ins>" in page
    assert "第 1 版" in page
    old = admin.get(f"{at}?on=2025-03-01").text
    assert "需求由村提出。" in old[: old.index("经过")]
    assert "尚未施行" in village.get("/policies?on=2025-01-10").text
    assert "现行有效" in village.get(f"{at}?on=2025-01-15").text
    assert village.get(f"{at}/revise-policy").status_code == 403
    # Who keeps it attaches its scan; a clerk, whose it is no more than anybody's, does not.
    assert scan(office, at, b"%PDF-1.4 one").status_code == 200
    assert "扫描件.pdf" in village.get(at).text
    assert scan(village, at, b"%PDF-1.4 other").status_code == 403


def test_a_number_and_a_last_day_that_a_policy_never_had_are_taken_back(
    county: tuple[System, FastAPI],
) -> None:
    _, app = county
    office = Visitor(app, "ducha")
    at = issue(office, "无号办法", document_no="联建〔2025〕41号", valid_until="2025-02-28")
    form = office.get(f"{at}/correct-policy").text
    assert 'name="without_document_no"' in form and 'name="without_valid_until"' in form
    wrong = {"version": "1", "document_no": "联建〔2025〕42号", "because": "附件的文号"}
    both = office.post(f"{at}/correct-policy", **wrong, without_document_no="1")
    assert both.status_code == 409 and 'value="联建〔2025〕42号"' in both.text and "checked" in both.text
    none = {"without_document_no": "1", "without_valid_until": "1"}
    done = office.post(f"{at}/correct-policy", version="1", because="附件的文号", **none)
    assert done.status_code == 200, done.text
    text, _, history = done.text.partition("经过")
    assert "已失效" not in text and "联建〔2025〕41号" not in text
    assert "原文号 联建〔2025〕41号 撤回，原有效期至 2025-02-28 撤回" in history
    assert "its number 联建〔2025〕41号 is taken back" in office.get(f"{at}?lang=en").text


def test_a_version_is_corrected_and_the_newest_one_voided(county: tuple[System, FastAPI]) -> None:
    _, app = county
    office, unit = Visitor(app, "ducha"), Visitor(app, "danwei")
    at = issue(office, "更正办法", FIRST.replace("每月", "毎月"), document_no="联建〔2025〕31号")
    slip = {
        "version": "1",
        "wrong": "毎月",
        "right": "每月",
        "title": "",
        "document_no": "联建〔2025〕32号",
        "valid_from": "2025-01-16",
        "valid_until": "",
        "because": "录入错别字",
    }
    assert unit.post(f"{at}/correct-policy", **slip).status_code == 403
    twice = office.post(f"{at}/correct-policy", **{**slip, "wrong": "第"})
    assert twice.status_code in (409, 422) and "3 ×" in twice.text, "which of them it is cannot be said"
    assert office.post(f"{at}/correct-policy", **slip).status_code == 200
    page = unit.get(at).text
    text, _, history = page.partition("经过")
    assert "活动每月至少一次" in text and "毎月" not in text and "联建〔2025〕32号" in text
    assert "录入错别字" in history and "联建〔2025〕31号" in history and "毎月" in history
    assert "尚未施行" in unit.get(f"{at}?on=2025-01-15").text, "its right first day"
    # A version entered in error goes; the one before holds on, also on the days that had been the other's.
    revise(office, at, "2025-07-01")
    office.post(f"{at}/place-policy", policy_area="pairings", article="2")
    assert "活动每季至少一次" in unit.get(at).text
    assert unit.post(f"{at}/void-policy-version", because="误登").status_code == 403
    assert "活动每月至少一次" in office.post(f"{at}/void-policy-version", because="尚未印发").text
    page = unit.get(at).text
    assert "尚未印发" in page and "第 2 版" not in page.partition("经过")[0]
    assert "活动每月至少一次" in unit.get(f"{at}?on=2025-07-01").text
    assert "活动每月至少一次" in unit.get("/pairings?year=2025").text
    only = office.post(f"{at}/void-policy-version", because="再作废")
    assert only.status_code == 409
    assert f'href="{at}/void-policy-version"' not in office.get(at).text
    # The next one is version 3: a number is not given twice.
    revise(office, at, "2025-08-01")
    assert "第 3 版" in unit.get(at).text


def test_a_policy_is_taken_off_the_pages_that_show_it(county: tuple[System, FastAPI]) -> None:
    _, app = county
    office, unit = Visitor(app, "ducha"), Visitor(app, "danwei")
    at = issue(office, "撤下办法", document_no="")
    for article in ("", "3"):
        office.post(f"{at}/place-policy", policy_area="projects", article=article)
    shown = unit.get("/projects?year=2025").text
    assert "《撤下办法》第三条" in shown
    assert "take-policy-off" not in unit.get(at).text
    assert unit.post(f"{at}/take-policy-off", policy_area="projects", article="3").status_code == 403
    ways = re.findall(rf'href="({at}/take-policy-off\?[^"]+)"', office.get(at).text)
    assert len(ways) == 2
    form = office.get(ways[1].replace("&amp;", "&")).text
    assert "哪类页面</dt><dd>民生项目</dd><dt>第几条</dt><dd>3</dd>" in form, "nobody types what was pressed"
    assert office.post(f"{at}/take-policy-off", policy_area="needs", article="3").status_code == 409
    assert office.post(f"{at}/take-policy-off", policy_area="projects", article="3").status_code == 200
    shown = unit.get("/projects?year=2025").text
    assert "《撤下办法》第三条" not in shown and "《撤下办法》" in shown, "the whole is shown still"
    office.post(f"{at}/take-policy-off", policy_area="projects", article="")
    assert "撤下办法" not in unit.get("/projects?year=2025").text
    page = office.get(at).text
    assert "没有在页面上显示" in page
    assert "“民生项目”页面不再显示：第三条" in page and "“民生项目”页面不再显示：整件" in page
    # And placed again.
    office.post(f"{at}/place-policy", policy_area="projects", article="3")
    assert "《撤下办法》第三条" in unit.get("/projects?year=2025").text


def test_a_citation_leads_to_the_article_in_force_and_says_what_is_the_matter(
    county: tuple[System, FastAPI],
) -> None:
    _, app = county
    office = Visitor(app, "ducha")
    at = issue(office, "联建办法")
    text = "第一条 根据《联建办法》第三条和《联建办法》第九条，制定本制度。"
    other = issue(office, "清单制度", text)
    page = office.get(other).text
    assert re.search(rf'href="{at}\?on=[0-9-]+#article-3">《联建办法》第三条</a>和', page)
    assert page.count("当日文本无此条") == 1
    assert page.count("当日无效") == 0
    cited = office.get(at).text
    assert "其他制度文件" in cited
    assert other in cited
    office.post(f"{at}/repeal-policy", repealed_from="2025-06-01", because="另有规定")
    assert office.get(other).text.count("当日无效") == 2
    # On a day before the repeal it was in force, and is still read so.
    assert office.get(f"{other}?on=2025-05-31").text.count("当日无效") == 0
    assert "已失效或废止" in office.get(at).text
    assert "现行有效" in office.post(f"{at}/restore-policy", because="不再废止").text
    office.post(f"{at}/void-policy", because="误登", confirmed="yes")
    assert f"{at}?on=" not in office.get(other).text
    assert at not in office.get("/policies").text
    assert at in office.get("/policies?state=voided").text
