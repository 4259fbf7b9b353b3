"""`python -m benchmarks [part …]`: measure and print. All parts together also write benchmarks/results.json; the part `hub`, which is
about the whole system, does so by itself as well. Where the hub was measured, docs/operations.md is written from what stands there."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import operations
from benchmarks.parts import PARTS, Found, Wrong
from benchmarks.table import COMMAND, Row, header, line, write

RESULTS = Path(__file__).resolve().parent / "results.json"
DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "operations.md"


def main(names: Sequence[str], parts: Mapping[str, Callable[[], Found]], results: Path, now: datetime, document: Path = DOCUMENT) -> int:
    """Run the named parts, all when none is named. The exit code is 1, and nothing is written, when a grader gave a wrong score."""
    if unknown := [name for name in names if name not in parts]:
        print(f"benchmarks: there is no part {', '.join(unknown)}; there are {', '.join(parts)}", file=sys.stderr)
        return 2
    rows: list[Row] = []
    wrong = False
    print(header(), flush=True)
    for name in names or parts:
        for found in parts[name]():
            if isinstance(found, Wrong):
                print(f"benchmarks: {found.said}", file=sys.stderr, flush=True)
                wrong = True
            else:
                rows.append(found)
                print(line(found), flush=True)
    if not wrong and (not names or list(names) == ["hub"]):
        write(results, rows, date=now, command=" ".join([COMMAND, *(f"ARGS={name}" for name in names)]))
        if "hub" in (names or parts):
            write_document(json.loads(results.read_text(encoding="utf-8")), document)
    return int(wrong)


def write_document(rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    """The page about the hub under load, and the picture beside it."""
    path.write_text(operations.document(rows), encoding="utf-8")
    path.with_name(operations.PICTURE).write_text(operations.picture(rows), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], PARTS, RESULTS, datetime.now(UTC)))
