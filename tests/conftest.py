"""Fixtures for all tests."""

from tests.kit.browser import browser
from tests.kit.databases import database, postgres_server

__all__ = ["browser", "database", "postgres_server"]
