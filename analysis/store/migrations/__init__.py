"""How the tables came to be, one step a file in `versions/`, run by Alembic.

A step that was released is never changed: a new one follows it, and `HEAD` in `migrating.py` and
the tables in `schema.py` change with it. A step's file imports nothing of Parley, since that
changes and the step must not.
"""
