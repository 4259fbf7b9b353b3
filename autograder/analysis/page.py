"""Figures as the body of a page, each picture with its table beside it, in the reader's language; and as plain values."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

from autograder.analysis.figures import CourseFigures, Figures
from autograder.analysis.measures import FEW, Distribution
from autograder.plots import Bar, columns, rows
from autograder.sheet import template
from autograder.words import Text, say, text

HERE = Path(__file__).parent / "templates"
SHOWN = 25
"""Tests in the picture; the table has all."""


def body(one: Figures, *, language: str = "en") -> Markup:
    """The figures of an assignment, from its second heading on: to be put into a page."""
    return Markup(
        template(HERE, "figures.html", language).render(one=one, few=FEW, plots=_plots(one, language), attempts_label=attempts_label)
    )


def course_body(course: CourseFigures, *, language: str = "en") -> Markup:
    """The figures of the course grades, likewise."""
    plot = _histogram(course.totals, "course", text("Course grades"), language) if course.totals else None
    return Markup(template(HERE, "course.html", language).render(course=course, few=FEW, plot=plot))


def as_json(one: Figures | CourseFigures) -> dict[str, Any]:
    """The figures in plain values."""

    def plain(value: Any) -> Any:
        if isinstance(value, Text):
            return str(value)
        if isinstance(value, datetime):
            return value.isoformat()
        if isinstance(value, dict):
            return {name: plain(each) for name, each in value.items()}
        return [plain(each) for each in value] if isinstance(value, list | tuple) else value

    values = asdict(one, dict_factory=lambda pairs: {name: "" if name == "why" and value is None else value for name, value in pairs})
    return {name: plain(value) for name, value in values.items()}


def _plots(one: Figures, language: str) -> dict[str, Markup | None]:
    """By name; None where there is nothing to draw."""
    name = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in one.slug)

    def said(sentence: Text) -> str:
        return say(sentence, language)

    hard = [
        Bar(problem.id, problem.difficulty, f"{100 * problem.difficulty:.0f} %")
        for problem in one.problems
        if problem.difficulty is not None
    ]
    apart = [
        Bar(p.id, p.discrimination.value, f"{p.discrimination.value:.2f}", low=p.discrimination.low, high=p.discrimination.high)
        for p in one.problems
        if p.discrimination.value is not None
    ]
    failed = [Bar(test.id, test.rate, f"{100 * test.rate:.0f} % ({test.failed} / {test.n})") for test in one.tests[:SHOWN] if test.failed]
    slots = [
        Bar(
            f"{slot.start:%d.%m.}" if _by_day(one) else f"{slot.start:%H}",
            slot.count,
            f"{slot.start:%d.%m. %H:%M}: {slot.count}",
            slot.late,
        )
        for slot in one.timeline
    ]
    attempts = [
        Bar(attempts_label(group.low, group.high), group.mean / 100, f"{group.mean:.0f} %")
        for group in one.attempts
        if group.mean is not None
    ]
    return {
        "scores": _histogram(one.scores, f"{name}-scores", text("Scores"), language) if one.scores else None,
        "difficulty": rows(
            hard,
            name=f"{name}-difficulty",
            title=said(text("Mean share of the points, by problem")),
            description=said(text("A long bar is an easy problem. The table has the same numbers.")),
        )
        if hard
        else None,
        "discrimination": rows(
            apart,
            name=f"{name}-discrimination",
            title=said(text("Discrimination, by problem")),
            description=said(text("From -1 to 1, with lines for the 95 % intervals. The table has the same numbers.")),
            least=-1.0,
        )
        if apart
        else None,
        "tests": rows(
            failed,
            name=f"{name}-tests",
            title=said(text("Share of the teams that failed, by test")),
            description=said(text("The most often failed test first. The table has the same numbers.")),
        )
        if failed
        else None,
        "timeline": columns(
            slots,
            name=f"{name}-timeline",
            title=said(text("Submissions over time")),
            description=said(text("What came after the due time has the other colour. The table has the same numbers.")),
        )
        if slots
        else None,
        "attempts": rows(
            attempts,
            name=f"{name}-attempts",
            title=said(text("Mean score by how often was handed in")),
            description=said(text("The table has the same numbers.")),
        )
        if attempts
        else None,
    }


def _by_day(one: Figures) -> bool:
    return len(one.timeline) < 2 or (one.timeline[1].start - one.timeline[0].start).total_seconds() > 3600


def attempts_label(low: int, high: int | None) -> str:
    """1, 3-5, 11+."""
    return str(low) if low == high else f"{low}+" if high is None else f"{low}-{high}"


def _histogram(found: Distribution, name: str, title: Text, language: str) -> Markup:
    bars = [Bar(f"{one.low:g}-{one.high:g}", one.count, f"{one.low:g}-{one.high:g} %: {one.count}") for one in found.bins]
    about = text(
        "{n} results; half of them lie between {low} and {high} percent.",
        n=found.n,
        low=f"{found.quartiles[0]:.0f}",
        high=f"{found.quartiles[2]:.0f}",
    )
    return columns(bars, name=name, title=say(title, language), description=say(about, language))
