"""What of a kept page its reader is told about hidden tests.

Elsewhere it is said of each test or of everything: Gradescope gives each test a visibility (visible, hidden, after the due date, after
publishing), Otter hides or shows all hidden tests of an assignment together (`show_hidden`), and PrairieLearn's access rules open or close
the view of a whole assessment, and of its score, by date. Here it is one word for an assignment, with the instant from which it holds, kept
in the ledger and applied when somebody reads. A word for all tests, because students compare pages: one message that is told about one test
explains the one that is not told beside it. An instant, because "after the due date" is too early where an extension still runs, a partner
hands in again or another group has the same exam tomorrow. And when it is read, because the course may think again: whoever wants to use
the tests next year says less about pages that are long out, and nobody has to render them anew. Points are always told, since a grade that
nobody can check is none; visible tests, written answers and what a person wrote are no secrets of the tests, so they stay on every level.
"""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..model import Level

OPEN = ("undecided", "waiting")
"""States in which a person still decides."""


def told(view: Mapping[str, Any], level: Level) -> dict[str, Any]:
    """A kept page with what this level tells, and nothing else of its hidden tests."""
    return {**view, "problems": [_problem(problem, level) for problem in view["problems"]]}


def _problem(problem: Mapping[str, Any], level: Level) -> dict[str, Any]:
    """`together`: what the hidden tests earn, where they are not named; `first`: the test whose message is shown."""
    tests = [test for test in problem["tests"] if level is not Level.POINTS or not _is_hidden(test)]
    if level is not Level.MESSAGES:
        tests = [{**test, "message": ""} if _is_hidden(test) else test for test in tests]
    unnamed = [test for test in problem["tests"] if _is_hidden(test)] if level is Level.POINTS else []
    return {**problem, "tests": tests, "together": _together(unnamed) if unnamed else None,
            "first": next((test for test in tests if test["message"] and test["state"] in ("failed", "undecided")), None)}


def _together(tests: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"points": sum(test["points"] for test in tests), "possible": sum(test["possible"] for test in tests),
            "open": sum(test["possible"] for test in tests if test["state"] in OPEN),
            "comments": [test["comment"] for test in tests if test["comment"]]}


def _is_hidden(test: Mapping[str, Any]) -> bool:
    """Pages from before this was kept do not say it: there every test is taken for hidden, and only written answers are not."""
    by_hand = test["state"] == "waiting" or (test["state"] == "marked" and not test["decided"])
    return bool(test.get("hidden", not by_hand))
