"""Reading assignment.toml strictly: every key is asked for by name and type, and what nobody asked for is an error.

A misspelt `secnds = 2` must not silently become the default; so a table counts what was asked for, and `close` names
the key that is left over together with the nearest one that exists.
"""
from __future__ import annotations

import difflib
import math
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NoReturn

from ..model import AssignmentError

_REQUIRED: Any = object()


def nearest(name: str, known: Iterable[str]) -> str:
    """A clause for a message: `; did you mean "points"?`, or what there is."""
    known = sorted(known)
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    if close:
        return f'; did you mean "{close[0]}"?'
    return f"; there are {', '.join(known)}" if known else "; there are none"


class Table:
    """One TOML table. `path` is its place for messages, such as `[[problem]] p1`."""

    def __init__(self, values: Mapping[str, Any], *, file: str, path: str = "") -> None:
        self._values, self._file, self._path = values, file, path
        self._asked: set[str] = set()

    def fail(self, message: str) -> NoReturn:
        """Raise an AssignmentError that names this table."""
        raise AssignmentError(f"{self._path}: {message}" if self._path else message, file=self._file)

    def has(self, key: str) -> bool:
        """Whether the author gave this key."""
        self._asked.add(key)
        return key in self._values

    def text(self, key: str, default: str = _REQUIRED, *, among: Collection[str] = ()) -> str:
        """A string that is not empty, one of `among` if given."""
        value = self._get(key, default)
        if not isinstance(value, str) or not (value.strip() or value is default):
            self.fail(f"{key} = {value!r} must be a text in quotes")
        if among and value not in among:
            self.fail(f"{key} = {value!r} is none of {', '.join(map(repr, among))}")
        return value

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of different strings."""
        value = self._get(key, default)
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) and item.strip() for item in value):
            self.fail(f'{key} = {value!r} must be a list of texts, such as ["a", "b"]')
        twice = sorted({item for item in value if value.count(item) > 1})
        if twice:
            self.fail(f"{key} names {', '.join(twice)} twice")
        return tuple(value)

    def number(self, key: str, default: float = _REQUIRED, *, above: float = -math.inf) -> float:
        """A finite number greater than `above`."""
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.fail(f"{key} = {value!r} must be a number")
        if not value > above:
            self.fail(f"{key} = {value!r} must be greater than {above:g}")
        return value

    def whole(self, key: str, default: int = _REQUIRED, *, above: int = 0) -> int:
        """A whole number greater than `above`."""
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value <= above:
            self.fail(f"{key} = {value!r} must be a whole number greater than {above}")
        return value

    def yes(self, key: str, default: bool = _REQUIRED) -> bool:
        """true or false."""
        value = self._get(key, default)
        if not isinstance(value, bool):
            self.fail(f"{key} = {value!r} must be true or false")
        return value

    def table(self, key: str) -> Table:
        """The table `[key]`, empty when it is not there."""
        value = self._get(key, {})
        if not isinstance(value, dict):
            self.fail(f"{key} = {value!r} must be a table, such as [{key}] with keys below it")
        return Table(value, file=self._file, path=f"{self._path}.{key}".lstrip("."))

    def tables(self, key: str) -> tuple[Table, ...]:
        """The tables `[[key]]`, in order."""
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.fail(f"{key} must be given as [[{key}]] tables")
        return tuple(
            Table(item, file=self._file, path=f"[[{key}]] {item.get('id', item.get('test', number))}")
            for number, item in enumerate(value, 1)
        )

    def pairs(self, key: str) -> dict[str, tuple[float, float]]:
        """A table of pairs of numbers, such as `{ name = [0.98, 0.005] }`."""
        inner = self.table(key)
        for name, value in inner._values.items():
            if not (isinstance(value, list) and len(value) == 2
                    and all(isinstance(x, int | float) and not isinstance(x, bool) for x in value)):
                inner.fail(f"{name} = {value!r} must be [mean, sd]")
        return {name: (value[0], value[1]) for name, value in inner._values.items()}

    def close(self) -> None:
        """Call last: an error for every key that was not asked for."""
        for key in self._values:
            if key not in self._asked:
                self.fail(f'unknown key "{key}"{nearest(key, self._asked)}')

    def _get(self, key: str, default: Any) -> Any:
        self._asked.add(key)
        if key in self._values:
            return self._values[key]
        if default is _REQUIRED:
            misspelt = difflib.get_close_matches(key, self._values, n=1, cutoff=0.75)
            self.fail(f'"{key}" is missing' + (f'; is "{misspelt[0]}" a misspelling of it?' if misspelt else ""))
        return default
