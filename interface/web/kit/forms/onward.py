"""What is said of what was just done, and where one goes on from there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from application.input.reading import Written
from application.verb import Outcome
from application.verbs import VERBS
from domain.kernel.errors import Forbidden, Unknown
from domain.kernel.values import Choice, KeyOf, Text
from interface.web.kit.forms.of_verb import AnyVerb, address_of, own_key, state_of, title_of
from interface.web.kit.page.page import Page
from interface.web.kit.rendering import environment

EXPLAINS = {"because", "basis"}
"""What is said of each step anew."""


ShownAt = Callable[[Page, Outcome], str]
"""The address of the page that shows what was done. There is an event at least; of what decided nothing it is not asked."""


def address_after(page: Page, shown_at: ShownAt, verb: AnyVerb, outcome: Outcome, written: Written) -> str:
    """The address of the page that says what was done, too, or that nothing of it was new; and of what it was done, with what
    the counter-step asks for as well."""
    # Where nothing was decided no event tells a year or a pairing: the page that the form belongs to is what there is.
    address = shown_at(page, outcome) if outcome.events else page.way_back
    said = {"done": verb.name if outcome.events else "nothing"}
    if outcome.events and (verb.then or verb.undone_by):
        said["of"] = outcome.key
    if outcome.events and verb.undone_by:
        same = {
            each.name for each in VERBS[verb.undone_by].fields if isinstance(each.kind, KeyOf | Choice | Text)
        }
        again = {name: value for name, value in written.items() if name in same - EXPLAINS and value}
        said |= {"with": urlencode(again)} if again else {}
    path, hash_, part = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{urlencode(said)}{hash_}{part}"


@dataclass(frozen=True)
class Onward:
    """A link under what was just done: to what comes next, or to the step that takes it back (``undoes``)."""

    address: str
    title: str
    undoes: bool


def after_done(page: Page) -> list[Onward]:
    """Where the reader may go on from what was just done, as far as that is possible now."""
    verb, key = VERBS.get(page.asked("done")), page.asked("of")
    found: list[Onward] = []
    for name, undoes in (
        ((verb.then, False), (verb.undone_by, True)) if verb and key and not page.is_past else ()
    ):
        if not name:
            continue
        other = VERBS[name]
        try:
            own = own_key(page, other, key)
        except (Unknown, Forbidden):
            continue
        if other.guard(state_of(page, other, own), own) is None:
            address = address_of(other, own)
            if undoes and page.asked("with"):
                address += f"?{page.asked('with')}"
            found.append(Onward(address, title_of(page, other), undoes))
    return found


environment.globals["after_done"] = after_done
