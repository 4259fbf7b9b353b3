"""`python -m benchmarks [part …]`: measure and print; all parts together also write benchmarks/results.json."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.parts import PARTS, Wrong
from benchmarks.table import Row, header, line, write

RESULTS = Path(__file__).resolve().parent / "results.json"


def main(names: list[str]) -> int:
    """Run the named parts, all when none is named; exit code 1, and nothing is written, when a score was wrong."""
    if unknown := [name for name in names if name not in PARTS]:
        print(f"benchmarks: there is no part {', '.join(unknown)}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    rows: list[Row] = []
    failed = 0
    print(header(), flush=True)
    for name in names or PARTS:
        for found in PARTS[name]():
            if isinstance(found, Wrong):
                print(f"benchmarks: {found.said}", file=sys.stderr, flush=True)
                failed = 1
            else:
                rows.append(found)
                print(line(found), flush=True)
    if not names and not failed:
        write(RESULTS, rows, date=datetime.now(UTC))
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
