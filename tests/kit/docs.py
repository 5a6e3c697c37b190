"""The pages of ``docs/`` that are made from the code: events, clauses, verbs, questions, and who may use what.

``python -m tests.kit.docs`` writes them, ``--check`` says which are not as the code is.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, get_args

import domain
from application.access import ROLES
from application.actors.actor import BOUNDED
from application.catalogue import CATALOGUE
from application.input.fields import Field, fields_of_row
from application.question import Question
from application.questions.answers import QUESTIONS
from application.questions.answers.duties.listing import PROCESSES
from application.verb import Verb
from application.verbs import VERBS
from application.verbs.attachments import add_attachment
from domain.account.role import Role
from domain.kernel.clause import Clause
from domain.kernel.event import Event
from domain.kernel.values import (
    LARGEST,
    Choice,
    Day,
    KeyOf,
    Kind,
    Many,
    Person,
    Points,
    Rows,
    Text,
    Tick,
    Whole,
    YesNo,
)
from interface.api import attachments
from interface.words import EVENTS, field_words, label, words_of
from interface.words.pages.questions import TITLES, question_words
from interface.words.phrase import FieldWords, Phrase
from interface.words.sources import source_of
from tests.kit.stories import entries, golden, read_book

DOCS = Path(__file__).parents[2] / "docs"
NOTICE = "由 `make docs` 从代码生成，请勿手改。 Made from the code by `make docs`; do not edit."
EVERY_EVENT = {each.name for each in fields(Event)}
OWN, ALL = "本", "●"
CALLED = {
    "account": "账号",
    "deputy": "代办",
    "activity": "活动",
    "appeal": "申诉",
    "assessment": "年度考核",
    "turn": "年度结转",
    "attachment": "附件",
    "branch": "联建单位",
    "burden": "村级负担",
    "burden_limit": "村级负担限额",
    "calendar": "工作日历",
    "case": "典型案例",
    "circular": "通报",
    "complaint": "投诉建议",
    "cut_off": "录入截止",
    "document": "文书",
    "evidence": "佐证",
    "finding": "问题",
    "livelihood": "需求和民生项目",
    "meeting": "现场会",
    "need": "需求",
    "nomination": "推荐案例",
    "pairing": "结对",
    "pairing_list": "年度结对名单",
    "person": "人员",
    "plan_template": "工作方案模板",
    "policy": "制度文件",
    "project": "民生项目",
    "proposal": "结对建议",
    "registry": "单位和村（社区）",
    "resource": "资源",
    "result_use": "结果运用",
    "results": "年度结果",
    "run": "年度核定",
    "samples": "佐证抽查",
    "scheme": "考核细则",
    "score_sheet": "自评与审核",
    "slip": "督查单",
    "supervision": "督查整改",
    "system": "记录系统",
    "work_plan": "工作方案",
    "village": "联建村（社区）",
}
"""What contexts and things are called in headings."""


def events() -> Iterator[str]:
    """Every event by context, with its sentence and its fields."""
    yield from _head("事件", "Events")
    yield (
        "日志里只有这些。每条另载 `reported_on`（填报日期 reported on）和 `known_by`（依据 how it is known）；"
        "**粗体**的一项是发生的日期。"
    )
    yield ""
    yield (
        "The log holds nothing else. Each also says `reported_on` and `known_by`; the field in **bold** is the day it happened."
    )
    for context, names in _by(lambda name: name.partition(".")[0], CATALOGUE).items():
        yield from ("", f"## {context}", "")
        yield from _row("事件 · event", "称谓 · called", "一句话 · sentence", "字段 · fields")
        for name in names:
            event, words = CATALOGUE[name], EVENTS[name]
            values = (
                _event_field(event, each.name) for each in fields(event) if each.name not in EVERY_EVENT
            )
            yield _line(f"`{name}`", _both(words.title), _told(words.sentence), "<br>".join(values))


def _event_field(event: type[Event], name: str) -> str:
    words = _both(label("field", name))
    return f"**`{name}`** {words}" if name == event.OCCURRED else f"`{name}` {words}"


def _told(sentence: Phrase) -> str:
    return "<br>".join(dict.fromkeys((sentence.zh, sentence.en)))


def clauses() -> Iterator[str]:
    """Every clause by context, with its source and its remedy."""
    yield from _head("规则", "Clauses")
    yield "每条规则要求什么、怎样改正、依据何在（[规则从哪里来](rules.md)）。"
    yield ""
    yield "What each clause demands, what would be right, and its source ([where rules come from](rules.md))."
    for context, found in _by(lambda each: each.id.partition(".")[0], all_clauses()).items():
        yield from ("", f"## {CALLED[context]} · {context}", "")
        yield from _row("规则 · clause", "要求 · demands", "改正 · remedy", "依据 · source")
        for each in found:
            demands, remedy = Phrase(each.zh, each.en), Phrase(each.remedy_zh, each.remedy_en)
            yield _line(f"`{each.id}`", _both(demands, "<br>"), _both(remedy, "<br>"), _both(source_of(each)))


def all_clauses() -> list[Clause]:
    """Every clause of every context, by its id."""
    found = {}
    for module in walk_packages(domain.__path__, "domain."):
        if "clauses" in module.name.split("."):
            values = vars(import_module(module.name)).values()
            found.update({each.id: each for each in values if isinstance(each, Clause)})
    return [found[name] for name in sorted(found)]


def refusals() -> Iterator[str]:
    """Every refusal with the steps that bring it about and those that carry its remedy out."""
    yield from _head("不能办理时", "When something is refused")
    yield (
        "每项拒绝怎样发生、怎样改正；每一步都由测试办过（[写法](../tests/refusals/README.md)）。"
        "标 `!` 的一步被拒绝，其后各步即改正办法。"
    )
    yield ""
    yield (
        "How each refusal comes about and how it is put right; a test takes every step ([how they are"
        " written](../tests/refusals/README.md)). The step marked `!` is refused, what follows it is the remedy."
    )
    book, said = read_book(), golden()
    named = {id(each): entry for entry, each in entries(book.refusals)}
    for file, found in _by(lambda each: each.file, [*book.stories.values(), *book.refusals]).items():
        yield from ("", f"## {file}")
        for each in found:
            entry = named.get(id(each), each.name)
            words = [_both(said[entry], "<br>")] if entry in said else [f"> {each.told}"] if each.told else []
            yield from ("", f"### {entry}", "", *words, *each.said, *[""] * bool(words or each.said))
            yield from ("```", f"# after {each.after}" if each.after else "# an empty county")
            yield from (step.written for step in each.steps)
            yield "```"


def verbs() -> Iterator[str]:
    """Every verb by thing: where it is, what it asks for, what is said when it is done."""
    yield from _head("办理", "Verbs")
    yield (
        "地址同时是页面（GET、POST）和接口（`/api/v1` 之后，POST）；命令是 `lianjian do <事项> <办理>`。谁能办："
        "[access.md](access.md)。*可不填*的字段写在括号里。"
    )
    yield ""
    yield (
        "The address is that of the page (GET, POST) and, after `/api/v1`, of the API (POST); the command is"
        " `lianjian do <thing> <verb>`. Who may: [access.md](access.md). A field in parentheses may be left out."
    )
    for kind, found in _by(lambda verb: verb.on.kind, VERBS.values()).items():
        yield from ("", f"## {CALLED[kind]} · {kind}", "")
        yield from _row("办理 · verb", "称谓 · called", "地址 · address", "字段 · fields", "办毕 · when done")
        for verb in found:
            words = words_of(verb.name)
            stated = _fields(verb.fields, lambda name, verb=verb: field_words(verb.name, name))  # type: ignore[misc]
            address = "页面自有 · a page of its own"
            if verb is add_attachment:
                address = f"`{attachments.PATH}`"
            elif not verb.beside_log:
                address = f"`{_address(verb)}`"
            yield _line(f"`{verb.name}`", _both(words.title), address, stated, _both(words.done, "<br>"))


def _address(verb: Verb[Any, Any]) -> str:
    step = verb.name.replace("_", "-")
    return f"{verb.on.path}/{step}" if verb.begins else f"{verb.on.path}/{{key}}/{step}"


def questions() -> Iterator[str]:
    """Every question: where it is asked, with what, and what the answer holds."""
    yield from _head("查询", "Questions")
    yield "在 `/api/v1` 之后以 GET 查询。谁能问：[access.md](access.md)。括号里的字段可不填。"
    yield ""
    yield (
        "Asked by GET after `/api/v1`. Who may: [access.md](access.md). A field in parentheses may be left out."
    )
    yield ""
    yield from _row("查询 · question", "称谓 · called", "地址 · address", "字段 · fields", "答复 · answer")
    for each in sorted(QUESTIONS.values(), key=lambda each: each.path):
        stated = _fields(each.fields, lambda name, each=each: question_words(each.name, name))  # type: ignore[misc]
        answer = "、".join(f"`{name}`" for name in _answered(each.answer_type))
        yield _line(f"`{each.name}`", _both(TITLES[each.name]), f"`{each.path}`", stated, answer)


def _answered(answer: Any) -> list[str]:
    """The members of an answer, those of a row where it is a page of a list."""
    kind = get_args(answer)[0] if get_args(answer) else answer
    return [each.name for each in fields(kind)] if is_dataclass(kind) else []


def access() -> Iterator[str]:
    """Who may use which verb and question on what: one row each, one column a role."""
    yield from _head("谁能办什么", "Who may do what")
    yield (
        f"{ALL} 都可以；{OWN} 只限本单位、本村、本乡镇各村的事项（不属任何单位和村的，都可以），清单里也只见这些；空白即不可以。"
        "一方提起的申诉，对方填报员不得办理。"
    )
    yield ""
    yield (
        f"{ALL} on everything; {OWN} only on what is the own unit's or village's, or of a village of the own township (on"
        " everything that is nobody's), and a list shows only that; empty: never. What one side of a pairing filed, the clerk"
        " of the other may not touch."
    )
    parts: Mapping[Phrase, Sequence[tuple[str, str, str, Iterable[Role]]]] = {
        Phrase("办理", "Verbs"): [
            (v.name, _both(words_of(v.name).title), f"`{v.on.kind}`", v.roles) for v in VERBS.values()
        ],
        Phrase("查询", "Questions"): [
            (q.name, _both(TITLES[q.name]), f"`{q.on.kind}`" if q.on else "", q.roles) for q in _asked()
        ],
        Phrase("页面和其余办理", "Pages, and what else is done there"): [
            (name, "", "", roles) for name, roles in ROLES.items() if name not in VERBS
        ],
    }
    for title, rows in parts.items():
        yield from ("", f"## {_both(title)}", "")
        roles = [_both(label("role", role.value), "<br>") for role in Role]
        yield from _row("名称 · name", "称谓 · called", "事项 · on", *roles)
        for name, called, on, allowed in sorted(rows, key=lambda row: (row[2], row[0])):
            marks = ["" if role not in allowed else OWN if role in BOUNDED else ALL for role in Role]
            yield _line(f"`{name}`", called, on, *marks)


def duties() -> Iterator[str]:
    """Of every process how a thing may stand, who does what then, and who follows it meanwhile."""
    yield from _head("待办事项", "Duties")
    yield (
        "每个事项处于某种情形时，只有一个角色、一个机构办理下一步；其间有关的人可以看到，有的还可以催办或提出异议。"
        "审计员不办理，只看已逾期的事项。"
    )
    yield ""
    yield (
        "While a thing stands so, one role in one office does the next step; those concerned see it meanwhile, and some may"
        " remind or object. An auditor does nothing and sees what is overdue."
    )
    for process in PROCESSES:
        yield from ("", f"## {_both(label('process', process.name))}", "")
        yield from _row(
            "情形 · stands", "由谁 · who", "下一步 · next step", "期限 · days", "其间 · meanwhile"
        )
        for each in process.table:
            who = f"{_both(label('role', each.role.value))}<br>{_both(label('seat', each.seat.value))}"
            yield _line(
                f"`{each.kind.value}` {_both(label('duty', each.kind.value))}",
                who,
                f"`{each.step}` {_both(words_of(each.step).title)}",
                _both(label("counted", each.counted.value)),
                "<br>".join(_meanwhile(role, step) for role, step in each.meanwhile.items()),
            )
        yield from ("", f"不再待办：{process.ended[0]}。", "", f"Waits no more: {process.ended[1]}.")


def _meanwhile(role: Role, step: str) -> str:
    return _both(label("role", role.value)) + (f" `{step}`" if step else "")


def _asked() -> Iterable[Question[..., Any]]:
    return QUESTIONS.values()


def _fields(stated: Iterable[Field], words: Callable[[str], FieldWords]) -> str:
    """Each field with its words and what it holds; in parentheses where it may be left out."""
    told = []
    for each in stated:
        said = words(each.name)
        hint = f"（{_both(said.hint)}）" if said.hint else ""
        one = f"`{each.name}` {_both(said.label)}{hint}：{_holds(each.kind)}"
        told.append(one if each.required else f"({one})")
    return "<br>".join(told)


def _holds(kind: Kind) -> str:
    match kind:
        case Text():
            pattern = f"，{_both(Phrase(kind.pattern.zh, kind.pattern.en))}" if kind.pattern else ""
            return f"≤ {kind.limit} 字 characters{pattern}"
        case Whole():
            return f"{kind.low} … {kind.high}" if kind.high < LARGEST else f"≥ {kind.low}"
        case Points():
            return f"{kind.low / 100:.2f} … {kind.high / 100:.2f}"
        case Day():
            return "YYYY-MM-DD"
        case Choice():
            return _choices(kind.kind)
        case YesNo() | Tick():
            return "yes/no"
        case Person():
            return f"姓名 a name, ≤ {kind.limit} 字 characters"
        case KeyOf():
            return f"`{kind.thing}`"
        case Many():
            return f"{kind.least} … {kind.most} × {_holds(kind.each)}"
        case Rows():
            columns = ", ".join(f"`{each.name}`" for each in fields_of_row(kind.row))
            return f"{kind.least} … {kind.most} × ({columns})"


def _choices(kind: type[Enum]) -> str:
    return " / ".join(f"`{each.value}`" for each in kind if each.value)


def _by(key: Callable[[Any], str], found: Iterable[Any]) -> dict[str, list[Any]]:
    """By the key in its order; within one key in the order they are found."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for each in found:
        groups[key(each)].append(each)
    return dict(sorted(groups.items()))


def _head(zh: str, en: str) -> Iterator[str]:
    yield from (f"# {zh} · {en}", "", NOTICE, "")


def _row(*titles: str) -> Iterator[str]:
    yield _line(*titles)
    yield "|" + "---|" * len(titles)


def _line(*cells: str) -> str:
    return "|" + "|".join(f" {each.replace('|', chr(92) + '|')} ".replace("  ", " ") for each in cells) + "|"


def _both(phrase: Phrase, between: str = " · ") -> str:
    return f"{phrase.zh}{between}{phrase.en}"


PAGES: Mapping[str, Callable[[], Iterator[str]]] = {
    "events.md": events,
    "clauses.md": clauses,
    "refusals.md": refusals,
    "verbs.md": verbs,
    "questions.md": questions,
    "access.md": access,
    "duties.md": duties,
}


def text_of(page: str) -> str:
    """A page as the code is now."""
    return "\n".join(PAGES[page]()) + "\n"


def outdated(folder: Path = DOCS) -> list[str]:
    """The pages that are not as the code is."""

    def written(page: str) -> str:
        path = folder / page
        return path.read_text(encoding="utf-8") if path.exists() else ""

    return [page for page in PAGES if written(page) != text_of(page)]


def main(arguments: Sequence[str]) -> int:
    if list(arguments) == ["--check"]:
        wrong = outdated()
        if wrong:
            print(f"not as the code is: {', '.join(f'docs/{page}' for page in wrong)}. Run: make docs")
        return 1 if wrong else 0
    for page in PAGES:
        (DOCS / page).write_text(text_of(page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
