"""What a test cell is worth that was written for nbgrader alone: all of its points when it ends without an error, or the number that its
last line shows.

nbgrader reads the number from the text of the output, and so does this: `1.5` is partial credit, `'1.5'`, `True` or an array are not
numbers, and the cell earns everything. Where nbgrader's rule has a fault this one differs (docs/nbgrader.md): a number that is not one
(nan) or is negative earns nothing instead of everything, and one above the cell's points waits for a person instead of ending the run.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from autograder.model import Status


def credit(shown: str | None, points: float) -> tuple[Status, float, str]:
    """(status, score, message) of a cell that ended without an error and showed this text as its value."""
    number = _number(shown)
    if number is None or points == 0 or number == points:
        return Status.OK, points, ""
    if number > points:
        return Status.UNDECIDED, 0.0, f"The test gave {number:g} of {points:g} points. A person will look; it does not count against you."
    score = max(number, 0.0) if math.isfinite(number) else 0.0
    return Status.WRONG, score, f"The test gave {score:g} of {points:g} points."


def shown_value(outputs: Iterable[Mapping[str, Any]]) -> str | None:
    """The text of the value that a cell's last line showed; None when it showed none."""
    for output in outputs:
        if output["output_type"] == "execute_result":
            text = output.get("data", {}).get("text/plain")
            return "".join(text) if isinstance(text, list) else text
    return None


def _number(shown: str | None) -> float | None:
    try:
        return None if shown is None else float(shown)
    except ValueError:
        return None
