"""Write docs/checkers.md: every checker with what it asks, and how often it was wrong on drawn right and wrong answers.

    python -m tests.checks.page            write the page
    python -m tests.checks.page --check    say whether it is fresh
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from autograder import checks
from tests.checks.rates import RATES, Rate, refused

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "checkers.md"
HEAD = """# The checkers

What test cells call: `from autograder import checks`. A checker raises `CheckFailed` with the message that the student reads, or returns
nothing; `checks.svd.verdict(…)` returns the verdict in both cases. The whole story of each, with shapes, limits, error analysis and
source, is its docstring: `help(checks.svd)`.

Made by `python -m tests.checks.page`; a test says when it is stale. *Refused* counts drawn answers that were refused, of as many as
stand there: right ones that differ from ours, and wrong ones close to right. No right answer may be refused and no wrong one accepted.
"""


def names() -> dict[str, str]:
    """Every public checker, and the module that it stands in."""
    found = {}
    for name in sorted(vars(checks)):
        value = getattr(checks, name)
        if hasattr(value, "verdict") and not isinstance(value, (type, ModuleType)):
            found[name] = value.__module__
    return found


def page() -> str:
    """The page's text."""
    measured: dict[str, list[Rate]] = {}
    for rate in RATES:
        measured.setdefault(rate.checker, []).append(rate)
    by_module: dict[str, list[str]] = {}
    for name, module in names().items():
        by_module.setdefault(module, []).append(name)
    lines = [HEAD.rstrip()]
    for module in sorted(by_module):
        lines += ["", f"## {module.rpartition('.')[2].capitalize()}", "", first_sentence(sys.modules[module].__doc__)]
        lines += ["", "| checker | asks | right refused | wrong refused |", "|---|---|---|---|"]
        for name in by_module[module]:
            lines += rows(name, measured.get(name, []))
    return "\n".join(lines) + "\n"


def rows(name: str, rates: list[Rate]) -> Iterator[str]:
    """One row for each kind of wrong answers; a checker that is not measured says so."""
    asks = first_sentence(inspect.getdoc(getattr(checks, name)))
    if not rates:
        yield f"| `{name}` | {asks} | | |"
    for number, rate in enumerate(rates):
        counts = f"{refused(rate.right, rate.draws)} of {rate.draws} | {refused(rate.wrong, rate.draws)} of {rate.draws}: {rate.mistake}"
        yield f"| `{name}` | {asks} | {counts} |" if number == 0 else f"| | | {counts} |"


def first_sentence(text: str | None) -> str:
    """The first paragraph's first sentence, on one line."""
    paragraph = " ".join((text or "").strip().split("\n\n")[0].split())
    sentence, stop, _ = paragraph.partition(". ")
    return (sentence + "." * bool(stop)).replace("|", "\\|")


if __name__ == "__main__":
    made = page()
    if sys.argv[1:] == ["--check"]:
        sys.exit(0 if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == made else f"{PAGE} is stale: run python -m tests.checks.page")
    PAGE.write_text(made, encoding="utf-8")
