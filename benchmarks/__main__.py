"""`python -m benchmarks [part …]`: measure and print; all parts together also write benchmarks/results.json."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.parts import PARTS, WrongScores
from benchmarks.table import Row, header, line, write

RESULTS = Path(__file__).resolve().parent / "results.json"


def main(names: list[str]) -> int:
    """Run the named parts, all when none is named; exit code 1 when one could not be measured."""
    if unknown := [name for name in names if name not in PARTS]:
        print(f"benchmarks: there is no part {', '.join(unknown)}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    rows: list[Row] = []
    failed = 0
    print(header(), flush=True)
    for name in names or PARTS:
        try:
            for row in PARTS[name]():
                rows.append(row)
                print(line(row), flush=True)
        except WrongScores as error:
            print(f"benchmarks: {name}: {error}", file=sys.stderr)
            failed = 1
    if not names and not failed:
        write(RESULTS, rows, date=datetime.now(UTC))
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
