"""Why a request does not come to its page: sign in first, send again, change the password."""

from __future__ import annotations

from datetime import date

from domain.kernel.errors import Forbidden


class SignInFirst(Exception):
    """Nobody is signed in; the page to come back to."""

    def __init__(self, then: str) -> None:
        super().__init__(then)
        self.then = then


class SendAgain(Exception):
    """A form of an earlier session of the same account: ``draft`` is what was typed, to be looked at and sent again."""

    def __init__(self, draft: str) -> None:
        super().__init__(draft)
        self.draft = draft


class NotTheirForm(Forbidden):
    """A form that carries another account's token, or none of ours."""

    def __init__(self) -> None:
        super().__init__("post", "the form's token is not the session's; load the page anew")


class BeforeRecords(Exception):
    """A moment before anything was recorded is asked for; ``first``: the first day with records."""

    def __init__(self, first: date) -> None:
        super().__init__(first.isoformat())
        self.first = first


class NoRole(Exception):
    """The password was right, but the account has no role (yet)."""


class ChangePasswordFirst(Exception):
    """The password was somebody else's to know; nothing else is done before it is changed."""
