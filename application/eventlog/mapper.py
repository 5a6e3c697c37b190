"""Event and envelope <-> stored bytes: deterministic JSON that a person can read, decoded strictly by type."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, cast

import msgspec

from application.eventlog.upcasts import UPCASTS, Upcast
from domain.kernel.event import Catalogue, Event
from domain.kernel.recorded import By, Recorded


class _Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    at: datetime
    by: By
    event: msgspec.Raw


@cache
def _decoder(event: Any) -> msgspec.json.Decoder[Any]:
    """Put together once for every log of a process: that of all events takes as long as opening a database."""
    return msgspec.json.Decoder(event, strict=True)


class Mapper:
    """Knows how every event of ``catalogue`` is written and read."""

    def __init__(self, catalogue: Catalogue, upcasts: Mapping[str, Upcast] = UPCASTS) -> None:
        self._catalogue = catalogue
        self._upcasts = upcasts
        self._encode = msgspec.json.Encoder(order="sorted").encode
        self._by: tuple[By | None, msgspec.Raw] = None, msgspec.Raw()
        self._envelope = msgspec.json.Decoder(_Envelope).decode
        self._decoders: dict[str, msgspec.json.Decoder[Any]] = {
            name: _decoder(cast(Any, catalogue[name])) for name in catalogue
        }

    def to_bytes(self, event: Event, by: By, recorded_at: datetime) -> bytes:
        """JSON with sorted keys: ``{"at": ..., "by": {...}, "event": {...}}``; the name is stored beside it."""
        known = self._by
        if by is not known[0]:
            # An import says the same of many events.
            known = self._by = by, msgspec.Raw(self._encode(_said(by)))
        return self._encode({"at": recorded_at, "by": known[1], "event": event})

    def recorded_at(self, state: bytes) -> datetime:
        """The time of recording in stored bytes. Raises ``msgspec.ValidationError``."""
        return self._envelope(state).at

    def to_recorded(self, position: int, stream: str, version: int, name: str, state: bytes) -> Recorded:
        """The recorded event; old names and shapes are brought to today's by ``upcasts``.

        Raises ``msgspec.ValidationError`` where the bytes do not have the declared shape, ``KeyError`` for a name
        nobody declared.
        """
        envelope = self._envelope(state)
        event: Event
        if name in self._upcasts:
            today, change = self._upcasts[name]
            raw = change(msgspec.json.decode(envelope.event))
            event = msgspec.convert(raw, self._catalogue[today], strict=True, str_keys=True)
        else:
            event = self._decoders[name].decode(envelope.event)
        return Recorded(
            position=position,
            stream=stream,
            version=version,
            recorded_at=envelope.at,
            by=envelope.by,
            event=event,
        )


def _said(by: By) -> By | dict[str, Any]:
    """A digest is written where there is one, and whom a deputy acts for where a deputy acts."""
    if by.source.digest and by.acting_for:
        return by
    said: dict[str, Any] = msgspec.to_builtins(by)
    if not by.source.digest:
        said["source"].pop("digest", None)
    if not by.acting_for:
        said.pop("acting_for", None)
    return said
