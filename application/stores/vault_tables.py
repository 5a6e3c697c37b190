"""The tables of the vault: what names persons and must be able to forget them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Integer, LargeBinary, MetaData, String, Table, UniqueConstraint

from projections.kit.columns import UtcDateTime

metadata = MetaData()
persons = Table(
    "person",
    metadata,
    Column("ref", String(40), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("scope", String(120), nullable=False),
    Column("salt", LargeBinary(16), nullable=False),
    UniqueConstraint("name", "scope"),
)
workbooks = Table(
    "workbook",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""Imported ledgers, which name persons: by the SHA-256 they had when they were imported."""
batches = Table(
    "import_batch",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("state", String(12), nullable=False),
    Column("begun_at", UtcDateTime, nullable=False, index=True),
    Column("uploaded_by", String(60), nullable=False),
    Column("office", String(120), nullable=False),
    Column("recorded_by", String(60), nullable=False, default=""),
    Column("ended_at", UtcDateTime),
    Column("year", Integer),
    Column("answers", JSON, nullable=False, default=dict),
    Column("counts", JSON, nullable=False, default=dict),
    Column("outcome", JSON(none_as_null=True)),
    Column("digest", String(64), nullable=False, default=""),
    Column("position", Integer, nullable=False, default=0),
    Column("returned", LargeBinary),
    Column("note", String(40), nullable=False, default=""),
    Column("runner", String(40), nullable=False, default=""),
    Column("beat_at", UtcDateTime),
    Column("done", Integer, nullable=False, default=0),
    Column("total", Integer, nullable=False, default=0),
)
"""Imports: ``outcome`` says what one came to, ``counts`` only how many; ``digest`` and ``position``: of the preview."""
batch_files = Table(
    "import_file",
    metadata,
    Column("batch", String(40), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("content", LargeBinary),
)
"""The files of an import; their bytes until it has ended: what events cite is kept as a workbook."""
