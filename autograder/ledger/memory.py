"""What was worked out from the book, kept in this process for as long as what it was worked out from is what it was.

Whoever keeps something says by what it is known to hold still (`mark`): the newest number in the tables that it came from, since lines are
only ever added, or what `Store.stamp` says, which every write changes, whoever wrote.
"""
from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


class Memory:
    """One value for each thing that is kept: the newest. Threads may share it."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[Any, Any]] = {}
        self._locks: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def known(self, what: Hashable, mark: Any) -> Any:
        """What was made when `mark` was the same; None when it would have to be made."""
        kept = self._kept.get(what)
        return kept[1] if kept is not None and kept[0] == mark else None

    def kept(self, what: Hashable, mark: Any, make: Callable[[], T]) -> T:
        """What was made when `mark` was the same, else what is made now. Who asks for it meanwhile waits, and makes nothing twice."""
        with self._lock:
            lock = self._locks.setdefault(what, Lock())
        with lock:
            known = self._kept.get(what)
            # The newest mark is kept also when it equals the one before: what is the very same is compared at once.
            known = self._kept[what] = (mark, known[1] if known is not None and known[0] == mark else make())
        value: T = known[1]
        return value
