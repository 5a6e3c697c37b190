"""The tables of passwords and sessions, which change: no part of the log."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, MetaData, String, Table

from projections.kit.columns import UtcDateTime

metadata = MetaData()
credentials = Table(
    "account",
    metadata,
    Column("username", String(60), primary_key=True),
    Column("password_hash", String(200), nullable=False),
    Column("display_name", String(80), nullable=False),
    Column("must_change", Boolean, nullable=False),
)
sessions = Table(
    "session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("id", String(20), nullable=False, unique=True),
    Column("username", String(60), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("address", String(60), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
)
