"""Rows of the table: printed one by one as they are measured, and written for programs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import autograder

COMMAND = "make bench"
WIDTHS = (42, 10, 17, 8)


@dataclass(frozen=True)
class Row:
    """One number. `bar` is what it should reach, in the direction that is better; `note` what else must be known to read it."""

    name: str
    value: float | None  # None: could not be measured, `note` says why
    unit: str
    better: Literal["lower", "higher"]
    note: str = ""
    bar: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether it reaches its bar; None without one."""
        if self.bar is None or self.value is None:
            return None
        return self.value <= self.bar if self.better == "lower" else self.value >= self.bar


def header() -> str:
    """The table's first line."""
    return _line(("what", "value", "unit", "bar"), "note")


def line(row: Row) -> str:
    """A row as text."""
    value = "—" if row.value is None else f"{row.value:.3g}" if row.value < 1000 else f"{row.value:.0f}"
    bar = "" if row.bar is None else f"{'≤' if row.better == 'lower' else '≥'} {row.bar:g}"
    return _line((row.name, value, row.unit, bar), ("MISSED. " if row.met is False else "") + row.note)


def _line(cells: Sequence[str], note: str) -> str:
    name, value, unit, bar = cells
    return f"{name:<{WIDTHS[0]}} {value:>{WIDTHS[1]}} {unit:<{WIDTHS[2]}} {bar:<{WIDTHS[3]}} {note}".rstrip()


def versions() -> dict[str, str]:
    """What the numbers depend on."""
    return {
        "autograder": autograder.__version__,
        "python": sys.version.split()[0],
        **{name: version(name) for name in ("nbgrader", "numpy", "torch")},
        "cores": str(os.cpu_count()),
        "linux": os.uname().release,
    }


def write(path: Path, rows: Sequence[Row], *, date: datetime, command: str = COMMAND) -> None:
    """All rows of a run, in place of those of the run before. What other commands have measured stays, but for rows of the same name."""
    told = {"command": command, "versions": versions(), "date": date.isoformat(timespec="seconds")}
    listed: list[dict[str, Any]] = [
        {"name": row.name, "value": None if row.value is None else round(row.value, 5), "unit": row.unit, "better": row.better}
        | ({} if row.bar is None else {"bar": row.bar})
        | ({"note": row.note} if row.note else {})
        | told
        for row in rows
    ]
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    new = {row["name"] for row in listed}
    listed += [row for row in before if row["command"] != command and row["name"] not in new]
    path.write_text(json.dumps(listed, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
