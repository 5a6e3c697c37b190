"""Fixtures for all tests."""

from tests.kit.databases import database, postgres_server

__all__ = ["database", "postgres_server"]
