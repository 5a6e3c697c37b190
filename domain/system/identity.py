"""Who the log is: its origin, its keys in their order, its witnesses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.kernel.decisions import demand
from domain.system import clauses
from domain.system.events import LogKeyChanged, LogOpened, LogRestored, SystemEvent, WitnessNamed

STREAM = "log"
LEAF_FORMAT = "lianjian/leaf/v1"


def handing_over(origin: str, key: str) -> str:
    """The text that the old key signs so that ``key`` may follow it."""
    return f"lianjian/key/v1\n{origin}\n{key}\n"


@dataclass(frozen=True)
class Identity:
    """``origin`` is empty until the log is opened; ``keys`` the newest last; ``witnesses`` key and office."""

    log_id: str = ""
    origin: str = ""
    epoch: int = 1
    keys: tuple[str, ...] = ()
    witnesses: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """The key that signs now."""
        return self.keys[-1] if self.keys else ""

    def origin_of_epoch(self, epoch: int) -> str:
        """The origin that checkpoints of another epoch bear."""
        base = self.origin.removesuffix(f"/e{self.epoch}") if self.epoch > 1 else self.origin
        return base if epoch == 1 else f"{base}/e{epoch}"

    def open_log(
        self,
        *,
        log_id: str,
        origin: str,
        key: str,
        digests: tuple[str, ...],
        zone: str,
        software: str,
        opened_on: date,
    ) -> LogOpened:
        """Begin the log."""
        demand(not self.origin, clauses.OPENED_ONCE, self.origin)
        return LogOpened(
            log_id=log_id,
            origin=origin,
            leaf_format=LEAF_FORMAT,
            digests=digests,
            key=key,
            zone=zone,
            software=software,
            opened_on=opened_on,
        )

    def change_key(self, *, key: str, signature: str, because: str, changed_on: date) -> LogKeyChanged:
        """Sign with ``key`` from here on."""
        self._demand_new(key, because)
        return LogKeyChanged(key=key, signature=signature, because=because, changed_on=changed_on)

    def name_witness(self, *, key: str, office: str, named_on: date) -> WitnessNamed:
        """Let another office cosign."""
        demand(bool(self.origin), clauses.OPENED_FIRST)
        demand(bool(office.strip()), clauses.REASON_GIVEN, "office")
        known = {*self.keys, *(each for each, _ in self.witnesses)}
        demand(key not in known, clauses.WITNESSED_BY_ANOTHER, key)
        return WitnessNamed(key=key, office=office, named_on=named_on)

    def restore_log(
        self,
        *,
        size: int,
        root: str,
        lost_note: str,
        key: str,
        signature: str,
        because: str,
        restored_on: date,
    ) -> LogRestored:
        """Go on from a backup, in a new epoch."""
        self._demand_new(key, because)
        return LogRestored(
            epoch=self.epoch + 1,
            origin=self.origin_of_epoch(self.epoch + 1),
            size=size,
            root=root,
            lost_note=lost_note,
            key=key,
            signature=signature,
            because=because,
            restored_on=restored_on,
        )

    def _demand_new(self, key: str, because: str) -> None:
        demand(bool(self.origin), clauses.OPENED_FIRST)
        demand(bool(because.strip()), clauses.REASON_GIVEN)
        demand(key not in self.keys, clauses.KEY_IS_NEW, key)

    def after(self, event: SystemEvent) -> Identity:
        match event:
            case LogOpened():
                return replace(self, log_id=event.log_id, origin=event.origin, keys=(event.key,))
            case LogKeyChanged():
                return replace(self, keys=(*self.keys, event.key))
            case WitnessNamed():
                return replace(self, witnesses=(*self.witnesses, (event.key, event.office)))
            case LogRestored():
                return replace(self, origin=event.origin, epoch=event.epoch, keys=(*self.keys, event.key))
        return self
