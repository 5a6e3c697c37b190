"""A draft as a form over its tree, without script: each button takes along what was typed; the text is the truth."""

from __future__ import annotations

import difflib
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from fastapi import FastAPI

from application.look import look_of
from application.system import System
from application.things import SCHEME
from domain.assessment.scheme_file.moving_on import moved_on
from domain.assessment.scheme_file.schema import FILE, SHARED
from domain.assessment.scheme_file.scheme_text import parse_scheme
from domain.assessment.schemes import scheme_text
from interface.web.schemes.scheme_form import key_words, words_of_key
from interface.web.schemes.scheme_tree import FIXED
from interface.words import LABELS
from tests.kit.serving import Visitor

NEXT = moved_on(scheme_text(2025), 2025, 2026)
PREVIEW = "/schemes/2026/draft/preview"
Fields = dict[str, list[str]]


class Typed(HTMLParser):
    """What a browser would send from the editor on a page, but for its buttons."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: Fields = {}
        self._name, self._text, self._first = "", "", False
        self.feed(html[html.index('<form class="editor"') :].split("</form>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        if tag in ("select", "textarea"):
            self._name, self._text, self._first = of["name"], "", tag == "select"
        elif tag == "option" and (self._first or "selected" in of):
            self.fields[self._name], self._first = [of["value"]], False
        elif tag == "input" and (of.get("type") != "checkbox" or "checked" in of):
            self.fields.setdefault(of["name"], []).append(of.get("value", ""))

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.fields.setdefault(self._name, []).append(self._text.removeprefix("\n"))


class Editor:
    """An assessor at the form of a draft that was never saved."""

    def __init__(self, app: FastAPI, opened: str = "") -> None:
        self.visitor = Visitor(app, "kaohe")
        self.page = self.visitor.get(f"/schemes/2026/draft?start=previous&open={opened}").text
        self.fields = Typed(self.page).fields

    def press(self, do: str, **typed: str | list[str]) -> Editor:
        """Type into fields, by path, and press a button."""
        for path, value in typed.items():
            assert f"at:{path}" in self.fields or path.startswith("kind:"), path
            name = path if path.startswith("kind:") else f"at:{path}"
            self.fields[name] = [value] if isinstance(value, str) else value
        self.page = self._sent(PREVIEW, do=do)
        self.fields = Typed(self.page).fields
        return self

    def _sent(self, path: str, **more: str) -> str:
        fields = {name: values for name, values in self.fields.items() if name != "csrf"}
        answer = self.visitor.post(path, **{**fields, **more})
        assert answer.status_code == 200, answer.text
        return answer.text

    @property
    def text(self) -> str:
        return self.fields["text"][0]

    @property
    def changes(self) -> list[str]:
        """The lines taken away and added since the beginning."""
        lines = difflib.unified_diff(NEXT.split("\n"), self.text.split("\n"), n=0, lineterm="")
        return [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]


@pytest.fixture(scope="module")
def app(county: tuple[System, FastAPI]) -> FastAPI:
    return county[1]


def test_opening_one_node_after_another_changes_no_letter(app: FastAPI) -> None:
    part = "groups[{}].indicators[{}].parts[{}]"
    nodes = ["general", "groups[3]", "groups[0].indicators[0]", "veto", "grades[0]"]
    nodes += [part.format(*each) for each in ((0, 0, 0), (3, 0, 0), (4, 1, 0), (6, 0, 1))]
    editor = Editor(app, nodes[0])
    for before, after in pairwise(nodes):
        assert editor.fields["open"] == [before]
        assert len([name for name in editor.fields if name.startswith("at:")]) > 2, before
        editor.press(f"open {after}")
        assert editor.text == NEXT, before


def test_points_words_dates_and_caps_are_changed_where_they_stand(app: FastAPI) -> None:
    editor = Editor(app, "groups[1].indicators[0].parts[0]")
    rule = "groups[1].indicators[0].parts[0]"
    editor.press("open general", **{f"{rule}.rule.each": "4", f"{rule}.title.zh": "集中培训"})
    editor.press("keep general", cut_off="2027-01-15")
    assert editor.changes == [
        "-cut_off = 2027-01-10",
        "+cut_off = 2027-01-15",
        '-title = { zh = "集中培训、专题讲座", en = "Trainings and lectures" }',
        '+title = { zh = "集中培训", en = "Trainings and lectures" }',
        '-rule = { kind = "each", each = 2, at_most = 8 }',
        '+rule = { kind = "each", each = 4, at_most = 8 }',
    ]
    scheme = parse_scheme(editor.text)
    assert (
        scheme.indicator("B1").parts[0].title.zh == "集中培训" and scheme.cut_off.isoformat() == "2027-01-15"
    )


def test_what_cannot_be_meant_is_kept_and_said_beside_its_field(
    app: FastAPI, county: tuple[System, FastAPI]
) -> None:
    editor = Editor(app, "groups[0]")
    position = county[0].log.position()
    editor.press("keep groups[0]", **{"groups[0].max": "二十"})
    assert editor.fields["at:groups[0].max"] == ["二十"]
    beside = editor.page.split('id="fault-at:groups[0].max">')[1].split("<")[0]
    assert beside.startswith("&#34;二十&#34; 不是分值"), beside
    assert "1 处错误" in editor.page and "须更正" in editor.page
    editor.press("keep groups[0]", **{"groups[0].max": "20", "groups[0].title.en": ""})
    assert "缺少这一项" in editor.page.split('id="fault-at:groups[0].title.en">')[1].split("<")[0]
    assert county[0].log.position() == position, "nothing is saved"


def test_an_indicator_is_added_from_a_kind_filled_in_moved_and_removed(app: FastAPI) -> None:
    editor = Editor(app, "groups[0]")
    editor.press("add groups[0].indicators", **{"kind:groups[0].indicators": "threshold"})
    new = "groups[0].indicators[3]"
    assert editor.fields["open"] == [new] and editor.fields[f"at:{new}.code"] == ["A4"]
    assert "缺少这一项" in editor.page
    words = {
        "title.zh": "新指标",
        "title.en": "New",
        "clause.number": "二.A4",
        "clause.text.zh": "甲",
        "clause.text.en": "a",
    }
    editor.press(f"open {new}.parts[0]", **{f"{new}.{key}": value for key, value in words.items()})
    part = f"{new}.parts[0]"
    assert {f"at:{part}.rule.at_least", f"at:{part}.rule.otherwise"} <= set(editor.fields)
    editor.press(f"keep {part}", **{f"{part}.rule.kind": "of_total"})
    assert f"at:{part}.rule.at_full" in editor.fields and f"at:{part}.rule.at_least" not in editor.fields
    editor.press(f"up {new}")
    assert editor.text.index('"A4"') < editor.text.index('code = "A3"')
    editor.press("drop groups[0].indicators[2]")
    assert editor.text == NEXT


def test_rows_are_added_moved_and_removed_within_a_node(app: FastAPI) -> None:
    part = "groups[2].indicators[0].parts[0]"
    editor = Editor(app, part)
    editor.press(f"add {part}.rule.steps")
    assert editor.fields["open"] == [part]
    editor.press(
        f"up {part}.rule.steps[4]", **{f"{part}.rule.steps[4].from": "3", f"{part}.rule.steps[4].points": "1"}
    )
    assert "{ from = 3, points = 1 }, { from = 1, points = 2 }]" in editor.text
    editor.press(f"drop {part}.rule.steps[3]")
    assert editor.text == NEXT


def test_types_are_ticked_and_optional_terms_come_and_go(app: FastAPI) -> None:
    of = "groups[1].indicators[0]"
    editor = Editor(app, f"{of}.parts[0]")
    editor.press(f"open {of}", **{f"{of}.parts[0].measure.types": ["", "training"]})
    assert '+types = ["training"]' in editor.changes
    editor.press(
        f"keep {of}",
        **{
            f"{of}.evidence.demand": "required",
            f"{of}.evidence.text.zh": "签到表",
            f"{of}.evidence.text.en": "list",
        },
    )
    assert parse_scheme(editor.text).indicator("B1").evidence.text is not None
    empty = {f"{of}.evidence.{key}": "" for key in ("demand", "text.zh", "text.en")}
    editor.press(f"keep {of}", **empty)
    assert "evidence" not in editor.text


def test_the_form_saves_what_was_typed_and_the_text_holds_its_comments(
    county: tuple[System, FastAPI],
) -> None:
    system, app = county
    editor = Editor(app, "groups[1]")
    editor.fields["at:groups[1].title.zh"] = ["队伍共同管理"]
    page = editor._sent("/schemes/2026/draft-scheme?open=groups[1]", because="改名")
    saved = SCHEME.state(look_of(system), "2026").draft_text
    assert saved == NEXT.replace("队伍共管", "队伍共同管理", 1) and "# ---" in saved
    assert Typed(page).fields["open"] == ["groups[1]"] and "草稿已保存" in page


def test_a_text_that_is_no_toml_is_shown_as_text(app: FastAPI) -> None:
    editor = Editor(app)
    editor.fields["text"] = ["year = "]
    editor.press("open general")
    assert editor.text == "year = " and "还不能显示为表单" in editor.page


@pytest.mark.parametrize(
    "fields",
    [
        {"open": ["cases"], "do": ["keep"]},
        {"open": ["groups["], "do": ["keep"]},
        {"do": ["add groups[0].nope.indicators"]},
        {"text": ["a = " + "[" * 3000], "do": ["open general"]},
    ],
)
def test_what_is_no_node_is_not_opened(app: FastAPI, fields: dict[str, list[str]]) -> None:
    editor = Editor(app)
    before = editor.text
    do = fields.pop("do")[0]
    editor.fields |= fields
    editor.press(do)
    assert editor.text == fields.get("text", [before])[0]


def test_every_key_and_every_word_of_the_format_has_its_words() -> None:
    missing: set[str] = set()

    def look(schema: dict[str, object], path: str) -> None:
        schema = SHARED[str(schema["$ref"]).rpartition("/")[2]] if "$ref" in schema else schema
        if isinstance(known := schema.get("enum"), list):
            group = "activity_kind" if path.endswith("types") else words_of_key(path)
            kinds = [each for each in known if not path.endswith("types")]
            missing.update(f"{group}:{each}" for each in kinds if str(each) not in LABELS.get(group, {}))
        for each in schema.get("oneOf", []):  # type: ignore[attr-defined]
            look(each, path)
        if "items" in schema:
            look(schema["items"], path)  # type: ignore[arg-type]
        for key, each in schema.get("properties", {}).items():  # type: ignore[attr-defined]
            own = f"{path}.{key}".lstrip(".")
            if own in FIXED or own == "cases":
                continue
            if key not in ("groups", "indicators", "parts", "grades", "veto", "vetoes") or path.endswith(
                "rule"
            ):
                missing.update([] if key_words(own).zh != key else [own])
            look(each, own)

    look(FILE, "")
    assert missing == set()
