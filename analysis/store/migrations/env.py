"""What Alembic runs to apply the steps, on the connection that `migrating.py` hands over."""

from __future__ import annotations

from alembic import context

from analysis.store.schema import metadata


def run_migrations() -> None:
    """Apply the steps inside the transaction that the connection is in."""
    context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "env_py":  # the name under which Alembic loads this file; any other is an import
    run_migrations()
