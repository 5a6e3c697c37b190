"""Who stood behind accounts, for decisions that want two or three people."""

from __future__ import annotations

from application.eventlog.log import Log
from domain.account.register import STREAM, AccountRegister
from domain.kernel.person import Persons


def persons_of(log: Log) -> Persons:
    """Who ever stood behind each account, from the log."""
    return log.state(STREAM, AccountRegister()).persons
