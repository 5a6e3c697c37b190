"""Whether a log may be begun: a lost one is found or restored, never replaced in silence by a new one with new keys."""

from __future__ import annotations

from sqlalchemy import inspect

from application.settings import Settings
from application.stores.databases import open_engine

MADE_OF_A_LOG = {"views": "projection_stamp", "vault": "person"}
"""What is made after a log was begun, never before: database and one of its tables."""


class NoLog(Exception):
    """There is no log where one is asked for; the text says where, and what to do. Nothing was made."""


def missing(settings: Settings) -> NoLog:
    """The error where a command needs a log and there is none."""
    return NoLog(
        f"there is no log in {where(settings)}: check --data and LIANJIAN_DATA, LIANJIAN_DATABASE_URL. A new one is begun "
        "by serve, import, demo, restore or account add --first"
    )


def where(settings: Settings) -> str:
    """The place of the log, without a password."""
    if settings.database_url is None:
        return str(settings.folder)
    return f"the database {settings.database_url.rpartition('@')[2].removeprefix('postgresql://')}"


def demand_new(settings: Settings) -> None:
    """Raise ``NoLog`` where what is there was made of a log that is there no more."""
    for name, table in MADE_OF_A_LOG.items():
        if settings.database_url is None and not (settings.folder / f"{name}.sqlite3").exists():
            continue
        engine = open_engine(settings, name)
        left = inspect(engine).has_table(table)
        engine.dispose()
        if left:
            raise NoLog(
                f"there is no log in {where(settings)}, but what was made of one (table {table}): it was lost. Find it, or "
                "restore a backup with lianjian restore; a new log takes an empty folder or database"
            )
