"""What is said to whoever is refused, in both languages: the same words at the API and on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from application.acting import Stale
from application.input.reading import Fault, Malformed
from application.system import System
from domain.kernel.clause import Clause
from domain.kernel.errors import Conflict, Forbidden, Rejected, Unknown
from interface.locales import translate
from interface.words import label
from interface.words.choices import choice_words
from interface.words.phrase import Phrase
from interface.words.sources import source_of
from projections.boards.called import called


@dataclass(frozen=True)
class Problem:
    """``kind``: its name in an address. ``clause``: the rule that refuses, where one does; ``faults``: by field, what cannot
    be read."""

    kind: str
    title: Phrase
    detail: Phrase
    clause: Clause | None = None
    faults: Mapping[str, Fault] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The members of a problem detail: in Chinese, and in English beside."""
        found: dict[str, Any] = {
            "type": f"urn:lianjian:problem:{self.kind}",
            "title": self.title.zh,
            "detail": self.detail.zh,
            "en": {"title": self.title.en, "detail": self.detail.en},
        }
        if self.clause is not None:
            clause, source = self.clause, source_of(self.clause)
            found["clause"] = {
                "id": clause.id,
                "zh": clause.zh,
                "en": clause.en,
                "remedy": {"zh": clause.remedy_zh, "en": clause.remedy_en},
                "source": {"zh": source.zh, "en": source.en},
            }
        if self.faults:
            found["faults"] = [
                {"field": name, "code": fault.code.value, "zh": fault.zh, "en": fault.en}
                for name, fault in self.faults.items()
            ]
        return found


INNER = (Rejected, Unknown, Forbidden, Conflict, Malformed)
"""What the inner layers refuse with."""


def problem_of(system: System, error: Exception) -> Problem:
    """The words of an error of the inner layers. Raises ``TypeError`` for any other."""
    match error:
        case Malformed():
            wrong = len(error.faults)
            entries = "1 entry" if wrong == 1 else f"{wrong} entries"
            detail = Phrase(f"有 {wrong} 项填写有误。", f"{entries} cannot be read.")
            return Problem("malformed", translated("填写有误"), detail, faults=error.faults)
        case Rejected():
            return Problem(
                "rejected", translated("不能这样办理"), _because(system, error), clause=error.clause
            )
        case Unknown():
            word = label("thing", error.kind)
            detail = Phrase(f"{word.zh} {error.key}", f"{word.en} {error.key}")
            return Problem("unknown", translated("没有这一项"), detail)
        case Forbidden():
            return Problem("forbidden", translated("无权办理"), translated("您的角色不能查看或办理此事项。"))
        case Stale():
            detail = Phrase(
                f"此项已是第 {error.now} 版，不是您看到的第 {error.seen} 版；请重新查看后再办。",
                f"it is at version {error.now}, not at {error.seen} as you saw it; look again and decide anew.",
            )
            return Problem("stale", Phrase("此项已有变动", "It has changed"), detail)
        case Conflict():
            return Problem("conflict", translated("有人同时在办理"), translated("请重新载入页面后再办。"))
    raise TypeError(type(error))


def not_of_the_token(name: str) -> Problem:
    """The role may, and the token was issued for less."""
    return Problem(
        "forbidden",
        Phrase("令牌不能用于此项", "Not what the token is for"),
        Phrase(
            f"这个令牌签发时限定了用途，不含 {name}；请用签发时包含此项的令牌。",
            f"This token was issued for less than its role may do, without {name}; use one that is good for it.",
        ),
    )


def value_of(connection: Connection, error: Rejected) -> Phrase:
    """The value that was refused, as people know it."""
    if error.choice is not None:
        return choice_words(error.choice)
    return Phrase(
        called(connection, error.because, error.unseen), called(connection, error.because_en, error.unseen)
    )


def _because(system: System, error: Rejected) -> Phrase:
    """The clause with the value that was refused."""
    with system.reading() as connection:
        value = value_of(connection, error)
    zh, en = value.zh, value.en
    return Phrase(error.clause.zh + (f"（{zh}）" if zh else ""), error.clause.en + (f" ({en})" if en else ""))


def translated(zh: str) -> Phrase:
    """A text of the catalogue in both languages."""
    return Phrase(zh, translate("en", zh))
