"""The log: the one place that knows the event-sourcing library."""

from eventsourcing.persistence import PersistenceError as StorageError

from application.eventlog.batch import Batch
from application.eventlog.log import EventLog, Log
from application.eventlog.mapper import Mapper

__all__ = ["Batch", "EventLog", "Log", "Mapper", "StorageError"]
