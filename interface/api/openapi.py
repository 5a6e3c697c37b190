"""The description of the API (OpenAPI 3.1), made of what verbs, questions and words say of themselves."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

import msgspec

from application.acting import DOABLE, Deed
from application.input.fields import Field
from application.input.reading import FaultCode
from application.question import Question
from application.questions.answers import QUESTIONS
from application.things import BEARERS
from application.verb import ID, Verb
from application.verbs.attachments import add_attachment
from domain.account.role import Role
from domain.attachment.attachments import LONGEST_NAME
from domain.kernel.values import Day
from interface.api import attachments
from interface.api.problems import MEDIA, STATUS
from interface.api.schema import Schema, body_of, described, description, schema_of
from interface.api.verbs import path_of
from interface.words import field_words, label, words_of
from interface.words.pages.examples import KEYS, example
from interface.words.pages.questions import TITLES, question_words
from interface.words.phrase import FieldWords, Phrase, field

KEY = field(
    "编号",
    "Key",
    "清单给出的标识，或者年度、用户名；按编号查找用 GET /numbers",
    "its id as lists give it, or its year or user name; GET /numbers finds what bears a number",
)
_OF_QUESTIONS = (400, 401, 403, 404, 408, 422, 429, 500, 503)
_OF_VERBS = tuple(sorted({*STATUS.values()} - {405}))


def description_of_api(at: str) -> dict[str, Any]:
    """The document. ``at``: the path where the API begins."""
    answers = {each.name: each.answer_type for each in QUESTIONS.values()}
    schemas, components = msgspec.json.schema_components(
        [*answers.values(), Deed], ref_template="#/components/schemas/{name}"
    )
    shown = dict(zip(answers, schemas, strict=False))
    paths: dict[str, dict[str, Any]] = {}
    for question in QUESTIONS.values():
        paths.setdefault(question.path, {})["get"] = _get(question, shown[question.name])
    for verb in DOABLE.values():
        paths.setdefault(path_of(verb), {})["post"] = _post(verb)
    paths[attachments.PATH] = {"post": _attach()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "联建 / lianjian",
            "version": version("lianjian"),
            "summary": "每项办理一个 POST，每项查询一个 GET。Every verb by POST, every question by GET.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": at}],
        "security": [{"token": []}],
        "tags": [{"name": each} for each in dict.fromkeys(_tag(path) for path in paths)],
        "paths": paths,
        "components": {
            "schemas": {**components, "Problem": PROBLEM},
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "lianjian token issue",
                }
            },
        },
    }


def _tag(path: str) -> str:
    return path.split("/")[1]


def _both(said: Phrase) -> str:
    return f"{said.zh} / {said.en}"


def _roles(roles: Iterable[Role]) -> str:
    words = [label("role", each.value) for each in Role if each in roles]
    return _both(Phrase("、".join(each.zh for each in words), ", ".join(each.en for each in words)))


def _get(question: Question[..., Any], answer: Schema) -> dict[str, Any]:
    title = TITLES[question.name]
    key = [_key(schema_of(question.on.key if question.on else ID), question.path)] if question.keyed else []
    return {
        "operationId": question.name,
        "summary": _both(title),
        "description": f"{question.answer.__doc__}\n\n{_roles(question.roles)}",
        "tags": [_tag(question.path)],
        "parameters": [
            *key,
            *(_asked(each, question_words(question.name, each.name)) for each in question.fields),
        ],
        "responses": {
            "200": {"description": _both(title), "content": {"application/json": {"schema": answer}}},
            **_problems(_OF_QUESTIONS),
        },
    }


def _post(verb: Verb[Any, Any]) -> dict[str, Any]:
    words = words_of(verb.name)

    def of_field(name: str) -> FieldWords:
        return field_words(verb.name, name)

    wanted = any(each.required for each in verb.fields)
    sent = {each.name: example(each, of_field(each.name)) for each in verb.fields}
    done = {"application/json": {"schema": {"$ref": "#/components/schemas/Deed"}}}
    tried = {"description": "试算 / dry run", "content": done}
    success: dict[str, Any] = {"200": {"description": _both(words.done), "content": done}}
    if verb.begins:
        success = {"201": {"description": _both(words.done), "content": done}, "200": tried}
    return {
        "operationId": verb.name,
        "summary": _both(words.title),
        "description": f"{_both(words.done)}\n\n{_roles(verb.roles)}",
        "tags": [_tag(verb.on.path)],
        "parameters": [
            *([] if verb.begins else [_key(schema_of(verb.on.key), verb.on.path), _IF_MATCH]),
            *_OF_POST,
        ],
        "requestBody": {
            "required": wanted,
            "content": {"application/json": {"schema": body_of(verb.fields, of_field), "example": sent}},
        },
        "responses": {**success, **_problems(_OF_VERBS)},
    }


def _attach() -> dict[str, Any]:
    words = words_of(add_attachment.name)
    done = {"application/json": {"schema": {"$ref": "#/components/schemas/Deed"}}}
    kind = {"type": "string", "enum": [*BEARERS]}
    name = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}
    return {
        "operationId": add_attachment.name,
        "summary": _both(words.title),
        "description": f"{_both(words.done)}\n\n{_roles(add_attachment.roles)}",
        "tags": [_tag(attachments.PATH)],
        "parameters": [
            {"name": "kind", "in": "path", "required": True, "description": _both(_KIND), "schema": kind},
            _key({"type": "string"}, attachments.PATH),
            {
                "name": "name",
                "in": "query",
                "required": True,
                "description": _both(_NAME),
                "schema": name,
                "example": "现场照片.jpg",
            },
        ],
        "requestBody": {
            "required": True,
            "description": _both(_FILE),
            "content": {"application/octet-stream": {"schema": {}}},
        },
        "responses": {"201": {"description": _both(words.done), "content": done}, **_problems(_OF_VERBS)},
    }


_KIND = Phrase("附于何事项", "what kind of thing it is attached to")
_NAME = Phrase("文件名，以扩展名说明类型", "the file's name; its ending tells the type")
_FILE = Phrase(
    "文件内容：PDF、图片或 Office 文档，至多 20 MB；同一文件在一个事项上只附一次",
    "the file itself: PDF, a picture or an Office document, at most 20 MB; a thing takes the same file once",
)


def _key(schema: Schema, path: str) -> dict[str, Any]:
    kind = _tag(path).removesuffix("s")
    example_of = {"example": KEYS[kind]} if kind in KEYS else {}
    return {
        "name": "key",
        "in": "path",
        "required": True,
        "description": description(KEY),
        "schema": schema,
        **example_of,
    }


def _asked(field_: Field, words: FieldWords) -> dict[str, Any]:
    """A field in an address: what need not be stated is left out, so that nothing is ``null``."""
    schema = described(Field(field_.name, field_.kind, True), words)
    example_of = schema.pop("examples")[0]
    if field_.name == "known_at":
        number = {name: schema.pop(name) for name in ("type", "minimum", "maximum")}
        schema["anyOf"] = [number, {"type": "string", "format": "date"}]
    return {
        "name": field_.name,
        "in": "query",
        "required": field_.required,
        "description": schema.pop("description"),
        "schema": schema,
        # What leads elsewhere in a list is an example of nothing that everybody finds.
        **(
            {}
            if field_.name in ("after", "known_at") or isinstance(field_.kind, Day)
            else {"example": example_of}
        ),
    }


def _problems(statuses: Iterable[int]) -> dict[str, Any]:
    kinds: dict[int, list[str]] = {}
    for kind, status in STATUS.items():
        kinds.setdefault(status, []).append(kind)
    content = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {str(status): {"description": ", ".join(kinds[status]), "content": content} for status in statuses}


_BOTH: Schema = {
    "type": "object",
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
    "required": ["zh", "en"],
}
PROBLEM: Schema = {
    "type": "object",
    "description": "RFC 9457, in Chinese; the same in English under en.",
    "properties": {
        "type": {"type": "string", "enum": [f"urn:lianjian:problem:{kind}" for kind in STATUS]},
        "title": {"type": "string"},
        "status": {"type": "integer", "enum": sorted(set(STATUS.values()))},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "en": {
            "type": "object",
            "properties": {"title": {"type": "string"}, "detail": {"type": "string"}},
            "required": ["title", "detail"],
        },
        "clause": {
            "type": "object",
            "description": "该条规定、补救办法和出处 / the rule that refuses, its remedy and its source",
            "properties": {
                "id": {"type": "string"},
                "zh": {"type": "string"},
                "en": {"type": "string"},
                "remedy": _BOTH,
                "source": _BOTH,
            },
            "required": ["id", "zh", "en", "remedy", "source"],
        },
        "faults": {
            "type": "array",
            "description": "逐项 / by field",
            "items": {
                "type": "object",
                "properties": {
                    "field": {"type": "string"},
                    "code": {"type": "string", "enum": [each.value for each in FaultCode]},
                    "zh": {"type": "string"},
                    "en": {"type": "string"},
                },
                "required": ["field", "code", "zh", "en"],
            },
        },
    },
    "required": ["type", "title", "status", "detail", "instance", "en"],
}
_OF_POST: list[dict[str, Any]] = [
    {
        "name": "dry_run",
        "in": "query",
        "description": "只试算，不作记录 / judge everything, record nothing",
        "schema": {"type": "boolean", "default": False},
    },
    {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "同一键同一内容只办一次，一天内有效 / the same input under one key is done once, for a day",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    },
]
_IF_MATCH: dict[str, Any] = {
    "name": "If-Match",
    "in": "header",
    "description": "查看时的 ETag；已有变动则不办（412） / the ETag that was seen; refused (412) where it has changed",
    "schema": {"type": "string", "pattern": '^("[0-9]{1,18}"|\\*)$'},
}
