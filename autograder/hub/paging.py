"""Long tables a page at a time, with a search: what a class of a thousand fills is neither made nor read as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
ROWS = 50
"""Rows of a page."""


@dataclass(frozen=True)
class Paged(Generic[T]):
    """One page of the rows that were looked for."""

    rows: Sequence[T]
    find: str  # what was looked for; "" for everything
    number: int  # of the page, from 1
    first: int  # number of its first row, from 1; 0 when there is none
    found: int  # rows that fit
    every: int  # all rows

    @property
    def last(self) -> int:
        """Number of its last row."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def is_part(self) -> bool:
        """Whether there is something to leaf through or to look for."""
        return self.every > ROWS


def paged(rows: Sequence[T], words: Callable[[T], Iterable[str]], *, find: str = "", number: str = "1") -> Paged[T]:
    """The page with this number, of the rows that have what is looked for in one of their `words`. A number that there is not leads to
    the nearest page."""
    sought = " ".join(find.split()).casefold()
    fit = [row for row in rows if any(sought in word.casefold() for word in words(row))] if sought else rows
    pages = max(1, -(-len(fit) // ROWS))
    page = min(max(int(number), 1), pages) if number.isascii() and number.isdigit() and len(number) < 10 else 1
    begin = (page - 1) * ROWS
    shown = fit[begin : begin + ROWS]
    return Paged(shown, find.strip(), page, begin + 1 if shown else 0, len(fit), len(rows))
