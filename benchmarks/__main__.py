"""`python -m benchmarks [part …]`: measure and print; all parts together also write benchmarks/results.json."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.parts import PARTS, Found, Wrong
from benchmarks.table import Row, header, line, write

RESULTS = Path(__file__).resolve().parent / "results.json"


def main(names: Sequence[str], parts: Mapping[str, Callable[[], Found]], results: Path, now: datetime) -> int:
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
    if not names and not wrong:
        write(results, rows, date=now)
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], PARTS, RESULTS, datetime.now(UTC)))
