"""A chapter of the ledger: lines of one kind with the verbs that add and read them.

`Ledger` holds the chapters as attributes (`ledger.requests`), over one database and one audit. A chapter writes with `writing`, one
transaction with its audit line, and reads with `reading`; what several chapters look up is in `lookups`.
"""
from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import Connection

from autograder.ledger.store import Store, Writing
from autograder.model import RuleError


class Chapter:
    """What every chapter can do."""

    def __init__(self, store: Store, *, blobs: Path) -> None:
        self._store, self._blobs = store, blobs

    def writing(self, actor: str) -> AbstractContextManager[Writing]:
        """All of the block or nothing. RuleError when nobody is said to act."""
        if not actor.strip():
            raise RuleError("Every line of the ledger says who wrote it; the actor is empty.", code="no-actor")
        return self._store.writing()

    def reading(self) -> AbstractContextManager[Connection]:
        """A consistent view."""
        return self._store.reading()
