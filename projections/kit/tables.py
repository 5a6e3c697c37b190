"""The one MetaData of all read models."""

from sqlalchemy import MetaData

metadata = MetaData()
