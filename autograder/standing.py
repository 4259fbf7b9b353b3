"""Where each student stands: what the ledger holds for him, taken through the course's policy, every step in words.

An assignment counts with the points of its tests, a person's marks and adjustments, minus what lateness costs each
member himself; a mark from outside counts as a share of what it is out of. What is not due, not graded or not marked
yet is still to come, and a standing that could change for such a reason is provisional. The reading of the ledger is
thin (`standing`, `standings`); what follows from it is `standing_of`, from values to a value. The clock is an
argument.
"""
from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from autograder.course import Arrangement, Course, External
from autograder.ledger import Adjustment, Credit, ExternalMark, Ledger
from autograder.model import Assignment, CourseError, Role, RuleError
from autograder.policy import CourseGrade, Item, Kind, Marks, To, course_grade, explain, near, show, what_if
from autograder.scoring import exact, free_days_used, late_penalty, mark, passed
from autograder.words import ENGLISH, say

ABSENT = "absent"                        # in place of a mark: he did not take it
ZERO = Fraction(0)


# ── what comes out ────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class ItemMark:
    """What one item counts for one student, and why."""

    item: str                            # policy.Item.key
    title: str
    mark: Fraction | None                # percent, lateness taken off; None: nothing handed in, or nothing decided
    text: str                            # how it came about
    passed: bool | None = None           # items that only have to be passed; None elsewhere, and while undecided
    to_come: bool = False                # there may be a mark later
    provisional: str = ""                # why it may still change


@dataclass(frozen=True)
class Standing:
    """One student in the course."""

    student: str
    marks: tuple[ItemMark, ...]          # in the order of the policy
    grade: CourseGrade
    provisional: bool
    notes: tuple[str, ...]               # why it is provisional
    given: Marks                         # what the policy was given: to try other ones


def explanation(standing: Standing, language: str = ENGLISH) -> str:
    """The whole derivation as text: marks, late penalties, weights, option, gate, bonus, rounding."""
    grade = standing.grade
    final = grade.shown or "no grade"
    lines = [f"{standing.student}: {final} ({grade.status}{', provisional' if standing.provisional else ''})", "Marks"]
    lines += [f"  {mark.title}: {mark.text}" for mark in standing.marks]
    lines += ["Course grade", *(f"  {line}" for line in explain(grade, language).splitlines())]
    if standing.notes:
        lines += ["Provisional, because", *(f"  {note}" for note in standing.notes)]
    return "\n".join(lines)


def imagined(course: Course, standing: Standing, said: Sequence[str], language: str = ENGLISH) -> str:
    """What the grade would be with other marks, as "item=mark" in percent, and how it would come about. CourseError for what is none."""
    values = {}
    for one in said:
        name, equals, value = one.partition("=")
        if not equals or not re.fullmatch(r"\d{1,3}(\.\d{1,9})?", value.strip(), flags=re.ASCII):
            raise CourseError(f"{one!r} imagines no mark: write an item and percent, such as exam=70", key="what-if")
        values[name.strip()] = exact(Decimal(value.strip()))
    told = what_if(course.policy, standing.given, values, {mark.item: mark.title for mark in standing.marks})
    return "\n".join([say(told.text, language), *(f"  {line}" for line in explain(told.grade, language).splitlines())])


def grade_table(course: Course, standings: Sequence[Standing]) -> tuple[tuple[str, ...], ...]:
    """Rows of text for a table or a CSV, headings first: a column per component, then total, grade and status."""
    weighed = [component for component in course.components if component.kind is not Kind.GATE]
    rows = [("student", *(component.id for component in weighed), "total", "grade", "status", "rule", "provisional")]
    for standing in standings:
        grade = standing.grade
        marks = [grade.recorded[component.id] for component in weighed]
        rows.append((standing.student, *("" if mark is None else show(mark) for mark in marks),
                     "" if grade.raw is None else show(grade.raw), grade.shown,
                     grade.status, grade.rule, "yes" if standing.provisional else ""))
    return tuple(rows)


def as_json(standing: Standing) -> dict[str, Any]:
    """The standing in plain values; numbers are rounded to floats here and only here."""
    def plain(number: Fraction | None) -> float | None:
        return None if number is None else float(number)
    grade = standing.grade
    return {
        "student": standing.student, "final": grade.final, "shown": grade.shown, "raw": plain(grade.raw), "status": grade.status,
        "rule": grade.rule, "so_far": plain(grade.so_far), "provisional": standing.provisional,
        "notes": list(standing.notes),
        "marks": [{"item": mark.item, "title": mark.title, "mark": plain(mark.mark), "passed": mark.passed,
                   "to_come": mark.to_come, "text": mark.text} for mark in standing.marks],
        "components": {name: plain(value) for name, value in grade.recorded.items()},
        "steps": [{"about": str(step.about), "text": str(step.text), "value": plain(step.value)} for step in grade.steps]}


# ── what goes in ──────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Work:
    """A published assignment and what one student has in it."""

    title: str
    points: float                        # of the whole assignment
    due: datetime | None                 # his own, with his extension
    credit: Credit | None                # None: nothing handed in
    adjustments: tuple[Adjustment, ...]
    released: bool                       # its feedback is out


@dataclass(frozen=True)
class Facts:
    """What the ledger holds for one student."""

    student: str
    work: Mapping[str, Work]                                     # published assignments by slug
    external: Mapping[str, ExternalMark] = field(default_factory=dict)       # his own, by item
    begun: frozenset[str] = frozenset()                          # items for which anybody has a mark from outside


def standing(course: Course, ledger: Ledger, student: str, *, assignments: Mapping[str, Assignment],
             now: datetime) -> Standing:
    """Where one student stands. `assignments` by slug; of them only those that have to be passed are needed.

    RuleError for somebody who is no student of the course.
    """
    if ledger.role_of(course.id, student) is not Role.STUDENT:
        raise RuleError(f"There is no student {student!r} in {course.id}.", code="unknown-person")
    work = {published.slug: Work(
        published.title, published.points, ledger.due_for(course.id, published.slug, student),
        ledger.grade_for(course.id, published.slug, student),
        tuple(row for row in ledger.adjustments(course.id, published.slug) if row.username == student),
        ledger.feedback_released(course.id, published.slug) is not None) for published in ledger.published(course.id)}
    external = ledger.external_marks(course.id)
    return standing_of(course, Facts(student, work, {row.item: row for row in external if row.username == student},
                                     frozenset(row.item for row in external)), assignments=assignments, now=now)


def standings(course: Course, ledger: Ledger, *, assignments: Mapping[str, Assignment],
              now: datetime) -> tuple[Standing, ...]:
    """Where everybody stands, by user name; the ledger is read once for each assignment, not for each student."""
    external = ledger.external_marks(course.id)
    begun = frozenset(row.item for row in external)
    work: dict[str, dict[str, Work]] = {person.username: {} for person in ledger.people(course.id, Role.STUDENT)}
    for published in ledger.published(course.id):
        credit = {credit.username: credit for credit in ledger.credits(course.id, published.slug)}
        until = {extension.username: extension.until for extension in ledger.extensions(course.id, published.slug)}
        adjustments = ledger.adjustments(course.id, published.slug)
        released = ledger.feedback_released(course.id, published.slug) is not None
        for student, his in work.items():
            due = published.due if published.due is None else max(published.due, until.get(student, published.due))
            added = tuple(row for row in adjustments if row.username == student)
            his[published.slug] = Work(published.title, published.points, due, credit.get(student), added, released)
    return tuple(
        standing_of(course, Facts(student, his, {row.item: row for row in external if row.username == student}, begun),
                    assignments=assignments, now=now)
        for student, his in work.items())


def standing_of(course: Course, facts: Facts, *, assignments: Mapping[str, Assignment], now: datetime) -> Standing:
    """What follows from the facts. CourseError for a mark from outside that is none."""
    externals = {external.id: external for external in course.externals}
    marks: list[ItemMark] = []
    free = _free_days(course, facts)
    adjusted: set[str] = set()           # an adjustment counts once, with the assignment's first item
    for component in course.components:
        for item in component.items:
            if item.slug in externals:
                marks.append(_external(item, externals[item.slug], facts))
            elif component.kind is Kind.GATE:
                marks.append(_binary(course, item, facts, assignments, now))
            else:
                marks.append(_assignment(course, item, facts, now, adjust=item.slug not in adjusted,
                                         free=free.get(item.slug, 0)))
            adjusted.add(item.slug)
    arrangement = course.students.get(facts.student, Arrangement())
    gates = {item.key for component in course.components if component.kind is Kind.GATE for item in component.items}
    given = Marks(
        items={mark.item: mark.mark for mark in marks if mark.item not in gates},
        passed={mark.item: mark.passed for mark in marks if mark.item in gates},
        kind=arrangement.kind, excused=dict.fromkeys(arrangement.excused, To.EXAM),
        to_come=frozenset([*arrangement.postponed, *(mark.item for mark in marks if mark.to_come)]))
    grade = course_grade(course.policy, given)
    notes = tuple(f"{mark.title}: {mark.provisional}" for mark in marks if mark.provisional)
    return Standing(facts.student, tuple(marks), grade, bool(notes) or grade.status == "incomplete", notes, given)


# ── one item ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def _free_days(course: Course, facts: Facts) -> dict[str, int]:
    """How many of his free days each late assignment takes, in the order in which they were due for him."""
    late = sorted((work.due, slug, work.credit.late_by) for slug, work in facts.work.items()
                  if work.due is not None and work.credit is not None and work.credit.late_by)
    used = free_days_used([late_by for _, _, late_by in late], course.late)
    return {slug: days for (_, slug, _), days in zip(late, used, strict=True)}


def _assignment(course: Course, item: Item, facts: Facts, now: datetime, *, adjust: bool, free: int) -> ItemMark:
    work = facts.work.get(item.slug)
    adjustments = work.adjustments if work is not None and adjust else ()
    added = sum((exact(adjustment.points) for adjustment in adjustments), ZERO)
    reasons = [f"{show(exact(adjustment.points))} points added ({adjustment.reason})" for adjustment in adjustments]
    if work is not None and work.credit is None and adjustments:
        percent = mark(added, exact(work.points))
        return ItemMark(item.key, work.title, percent,
                        f"{', '.join(['nothing handed in', *reasons])} = {show(percent)}")
    if work is None or work.credit is None or work.credit.grade is None:
        return _unmarked(item, work, now)
    credit = work.credit
    problems = [problem for problem in credit.problems if not item.problems or problem.id in item.problems]
    if missing := sorted(set(item.problems) - {problem.id for problem in problems}):
        raise CourseError(f"{item.slug} has no problem {missing[0]!r}"
                          f"{near(missing[0], [problem.id for problem in credit.problems])}", key="component.items")
    tests = [test for problem in problems for test in problem.tests]
    score = sum((exact(test.score) for test in tests), ZERO)
    possible = sum((exact(test.max_score) for test in tests), ZERO)
    penalty = late_penalty(score, possible, credit.late_by, course.late, free_days=free)
    percent = mark(score + added, possible, penalty)
    closed = course.late.closed(credit.late_by)
    spent = f", {free} free {'day' if free == 1 else 'days'} used" if free else ""
    late = [f"{_late(credit.late_by)} late{spent}, {'after closing: all' if closed else show(penalty)} points off"
            ] if credit.late_by else []
    text = ", ".join([f"{show(score)} of {show(possible)} points", *late, *reasons])
    return ItemMark(item.key, work.title, percent, f"{text} = {show(percent)} ({_submission(credit)})",
                    provisional=_provisional([test.id for test in tests if test.id in credit.awaiting], work))


def _binary(course: Course, item: Item, facts: Facts, assignments: Mapping[str, Assignment],
            now: datetime) -> ItemMark:
    """An item of a component that has to be passed."""
    work = facts.work.get(item.slug)
    if work is None or work.credit is None or work.credit.grade is None:
        return _unmarked(item, work, now)
    if item.slug not in assignments:
        raise CourseError(f"{item.slug} has to be passed, but it is not built, so nobody knows how: "
                          f"run autograder build {item.slug}", key="component.items")
    credit = work.credit
    added = sum((exact(adjustment.points) for adjustment in work.adjustments), ZERO)
    verdict = False if course.late.closed(credit.late_by) else passed(assignments[item.slug], credit.problems, added)
    again = verdict is False and (work.due is None or now < work.due)
    score = sum((exact(problem.score) for problem in credit.problems), added)
    possible = sum((exact(problem.max_score) for problem in credit.problems), ZERO)
    words = {True: "passed", False: "not passed", None: "not decided yet"}[verdict]
    return ItemMark(item.key, work.title, None,
                    f"{words}, {show(score)} of {show(possible)} points ({_submission(credit)})", verdict,
                    to_come=again, provisional=_provisional(credit.awaiting if verdict is None else (), work))


def _unmarked(item: Item, work: Work | None, now: datetime) -> ItemMark:
    """An item without a grade: not out, not due, not handed in, or not graded."""
    if work is None:
        return ItemMark(item.key, item.slug, None, "not released yet", to_come=True)
    if work.credit is not None:
        return ItemMark(item.key, work.title, None, f"handed in, not graded yet ({_submission(work.credit)})",
                        to_come=True, provisional="not graded yet")
    if work.due is None or now < work.due:
        return ItemMark(item.key, work.title, None, "not due yet", to_come=True)
    return ItemMark(item.key, work.title, None, "nothing handed in", passed=False)


def _external(item: Item, external: External, facts: Facts) -> ItemMark:
    row = facts.external.get(item.slug)
    if row is None:
        begun = item.slug in facts.begun
        return ItemMark(item.key, external.title, None, "no mark" if begun else "not marked yet", to_come=not begun)
    if row.mark == ABSENT:
        return ItemMark(item.key, external.title, None, "absent")
    try:
        points = outside_points(row.mark, external)
    except ValueError as problem:
        raise CourseError(f"{row.username}'s mark from {row.source}: {problem}", key=external.id) from None
    percent = 100 * points / external.out_of
    text = show(points) if external.out_of == 100 else f"{show(points)} of {show(external.out_of)} = {show(percent)}"
    return ItemMark(item.key, external.title, percent, text)


def _provisional(waiting: Sequence[str], work: Work) -> str:
    if waiting:
        return f"a person has yet to decide {', '.join(waiting)}"
    return "" if work.released else "its feedback is not released yet"


def _submission(credit: Credit) -> str:
    return f"{credit.submission.team}, submission {credit.submission.number}"


def _late(by: timedelta) -> str:
    """Two units are enough: 1 day 3 h, 25 min."""
    days, minutes = by.days, by.seconds // 60
    parts = [(days, "day" if days == 1 else "days"), (minutes // 60, "h"), (minutes % 60, "min")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "less than a minute"


def outside_points(text: str, external: External) -> Fraction:
    """A mark from outside as it is written; ValueError when it is none."""
    if not re.fullmatch(r"\d{1,9}(\.\d{1,9})?", text, flags=re.ASCII):
        raise ValueError(f"{text!r} is no mark: write a number such as 87.5, or {ABSENT}")
    points = exact(Decimal(text))
    if points > external.out_of:
        raise ValueError(f"{text} is more than the {show(external.out_of)} that {external.title} is out of")
    return points
