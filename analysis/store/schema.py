"""The tables as queries see them; `migrations/` makes and changes them.

The owner is part of every primary key: two users may keep a team of the same id (one gave the other
a workspace file), and neither can tell. Times are milliseconds since 1970 in UTC, which both
databases keep and compare alike.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text

metadata = MetaData()

teams = Table(
    "teams",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),  # to name a team whose payload cannot be read
    Column("version", BigInteger, nullable=False),
    Column("size", Integer, nullable=False),  # of the payload [bytes]
    Column("payload", Text, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("deleted", BigInteger),
)

debriefs = Table(
    "debriefs",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("pair", Text, primary_key=True),
    Column("payload", Text, nullable=False),
    Column("changed", BigInteger, nullable=False),
)

workspaces = Table(
    "workspaces",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("payload", Text, nullable=False),
    Column("changed", BigInteger, nullable=False),
)
