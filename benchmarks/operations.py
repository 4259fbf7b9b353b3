"""docs/operations.md and its picture, written from the rows that `make bench ARGS=hub` measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

PICTURE = "operations.svg"
PAGE = "hub.page."
SLOW = 100.0  # ms: what a page should stay below


def document(rows: Sequence[Mapping[str, Any]]) -> str:
    """The page; `rows` are those of results.json."""
    by_name = {row["name"]: row for row in rows}
    one = by_name["hub.mixture.p95"]
    versions, day = one["versions"], datetime.fromisoformat(one["date"])
    pages = _pages(rows)
    over = [row for row in pages if row["value"] > SLOW]
    said = [
        f"| {row['name'].removeprefix(PAGE).replace('|', '')} | {row['value']:.0f} | {row['note']} |"
        for row in sorted(pages, key=lambda row: -row["value"])
    ]
    missed = "Every page stays below it." if not over else f"{len(over)} of {len(pages)} do not; they stand first in the table below."
    return f"""\
# In operation: load

Written by `make bench ARGS=hub`; a test holds it to `benchmarks/results.json`. Measured on {day:%Y-%m-%d} with {versions["cores"]} cores,
Linux {versions["linux"]}, Python {versions["python"]}; the requests come from the same machine.

## What is there and what is asked

{by_name["hub.course"]["note"]}: real notebooks, grades, marks, feedback, extensions and requests, drawn from one seed, on a ledger in
SQLite. The hub, its proxy and the service are those of `autograder serve`. A request is sent at an instant that was fixed before, and its
time counts from then, so waiting behind a slow one counts as well.

## A minute of everything

{by_name["hub.mixture.p95"]["note"]}.

| | ms |
|---|---|
| half of all answers within | {by_name["hub.mixture.p50"]["value"]:.0f} |
| 95 of 100 within (wanted: {SLOW:.0f}) | {by_name["hub.mixture.p95"]["value"]:.0f} |
| 99 of 100 within | {by_name["hub.mixture.p99"]["value"]:.0f} |
| the slowest | {by_name["hub.mixture.max"]["value"]:.0f} |
| answers that were no page (wanted: 0) | {by_name["hub.mixture.failed"]["value"]:.0f} |

## The storm before a deadline

{by_name["hub.storm.p99"]["note"]}.

| | |
|---|---|
| half of all receipts within | {by_name["hub.storm.p50"]["value"]:.0f} ms |
| 99 of 100 within (wanted: 1000 ms) | {by_name["hub.storm.p99"]["value"]:.0f} ms |
| refused or without an answer (wanted: 0) | {by_name["hub.storm.refused"]["value"]:.0f} |
| receipts whose bytes or signature are not there (wanted: 0) | {by_name["hub.storm.lost"]["value"]:.0f} |
| gaps, doubles, and submissions that nobody was told of (wanted: 0) | {by_name["hub.storm.wrong"]["value"]:.0f} |

## Each page by itself

The same rate, one page or call at a time, by whom it is asked. Wanted: 95 of 100 answers within {SLOW:.0f} ms. {missed}

![95 of 100 answers within so many milliseconds]({PICTURE})

| page or call | 95 of 100 within, ms | ms |
|---|---|---|
{chr(10).join(said)}

## How to read it

- The service is one process: while it works out one page, others wait. What takes long is worked out once and kept until the book
  changes: the first answer after a change is the slowest of a row.
- The audit is checked from its first line to its last after each change, so that a line that was changed behind the ledger's back is seen.
- Absolute times say something about the machine. Measure on yours before a large course: `make bench ARGS=hub` takes some ten minutes.

## What can fail

| what happens | what is so afterwards |
|---|---|
| the service is killed | whoever got a receipt is in the book with the same bytes; the hub starts the service again within a minute |
| the hub is killed | it takes proxy, services and servers along; started again, every receipt is there |
| PostgreSQL ends at once and comes back | what comes meanwhile is refused; every receipt is in the book; nobody meets a dead connection |
| the disk is full | what is handed in is refused and nothing of it is kept; reading goes on; with room again all goes on by itself |
| the service cannot start | the hub's log says why in one sentence |

Each of these is a test in `tests/hub/test_failures.py`.
"""


def picture(rows: Sequence[Mapping[str, Any]]) -> str:
    """How many pages answer how fast: each page a dot, on a scale of powers of ten."""
    import math

    values = sorted(row["value"] for row in _pages(rows))
    width, height, left, bottom = 640, 240, 46, 34

    def x(ms: float) -> float:
        return left + (width - left - 10) * (math.log10(max(ms, 1)) / 4)

    def y(place: int) -> float:
        return height - bottom - (height - bottom - 14) * (place + 1) / max(len(values), 1)

    dots = Markup("").join(Markup('<circle cx="{:.1f}" cy="{:.1f}" r="2.5"/>').format(x(ms), y(place)) for place, ms in enumerate(values))
    ticks = Markup("").join(
        Markup('<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(x(ms), height - 14, escape(f"{ms} ms"))
        for ms in (1, 10, 100, 1000, 10000)
    )
    return str(Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" font-family="sans-serif" font-size="12" fill="#555">'
        '<rect width="{w}" height="{h}" fill="#fff"/>'
        '<line x1="{bar:.1f}" x2="{bar:.1f}" y1="8" y2="{base}" stroke="#b3541e" stroke-dasharray="4 3"/>'
        '<line x1="{left}" x2="{w}" y1="{base}" y2="{base}" stroke="#999"/>{ticks}'
        '<text x="4" y="20">{count} pages</text><g fill="#1f5fa8">{dots}</g></svg>\n'
    ).format(w=width, h=height, bar=x(SLOW), base=height - bottom, left=left, ticks=ticks, count=len(values), dots=dots))  # fmt: skip


def _pages(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [row for row in rows if row["name"].startswith(PAGE)]
