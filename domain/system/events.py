"""What can happen to the log as a whole. Its first event is leaf 0 of the tree; that leaf's hash is the log's fingerprint."""

from __future__ import annotations

from datetime import date

from domain.kernel.event import Event


class SystemEvent(Event, context="system"):
    """Base of the events about the log itself."""


class LogOpened(SystemEvent, occurred="opened_on"):
    """A log begins. ``log_id`` is 128 random bits in hex; ``key`` a C2SP verifier key that bears the origin as its name."""

    log_id: str
    origin: str
    leaf_format: str
    digests: tuple[str, ...]
    key: str
    zone: str
    software: str
    opened_on: date


class LogKeyChanged(SystemEvent, occurred="changed_on"):
    """Checkpoints are signed with another key from here on. ``signature`` is the old key's line over ``handing_over``."""

    key: str
    signature: str
    because: str
    changed_on: date


class WitnessNamed(SystemEvent, occurred="named_on"):
    """Another office holds the leaf hashes and cosigns checkpoints with ``key`` (C2SP tlog-cosignature)."""

    key: str
    office: str
    named_on: date


class LogRestored(SystemEvent, occurred="restored_on"):
    """The log goes on from a backup of ``size`` leaves; what was signed beyond it is lost, and a new epoch begins.

    ``lost_note`` is the last checkpoint signed before, ``key`` the key of the new epoch (its name is the new origin),
    ``signature`` the old key's line over ``handing_over``.
    """

    epoch: int
    origin: str
    size: int
    root: str
    lost_note: str
    key: str
    signature: str
    because: str
    restored_on: date


class PersonalDataErased(SystemEvent, occurred="erased_on"):
    """The name behind ``ref`` is deleted from the vault and must stay forgotten, also after a restore of the vault.

    ``blanked``: the kept workbooks that had the name, by digest, each with the digest of the copy without it that is kept
    from then on instead of the workbook.
    """

    ref: str
    ground: str
    decided_by: str
    erased_on: date
    blanked: tuple[tuple[str, str], ...] = ()


class EvidencePackaged(SystemEvent, occurred="packaged_on"):
    """An evidence package was handed out; that cannot be called back. ``kind`` is appeal, finding or score."""

    kind: str
    about: str
    packaged_on: date


class CalendarImported(SystemEvent, occurred="imported_on"):
    """The working days of a year, as the State Council's notice arranges them; a later version replaces them for what is
    reckoned from then on and moves no date that was fixed before.

    ``off_days`` are the holidays, ``work_days`` the weekend days on which one works.
    """

    year: int
    version: int
    off_days: tuple[date, ...]
    work_days: tuple[date, ...]
    source: str
    imported_by: str
    imported_on: date
