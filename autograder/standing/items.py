"""What one item counts for one student, and how it came about, in words."""
from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from autograder.course import Course, External
from autograder.ledger import Adjustment, Credit
from autograder.model import CourseError, ProblemResult
from autograder.policy import Item, near, show
from autograder.projects import Project
from autograder.scoring import LateRule, exact, free_days_used, late_penalty, mark, passed, points_of
from autograder.standing.arranged import Differs
from autograder.standing.facts import Facts, Work
from autograder.standing.rules import Rules, unbuilt
from autograder.words import Listed, Sayable, Text, plural, text

ABSENT = "absent"                        # in place of a mark: he did not take it
FREE = LateRule()                        # costs nothing, however late
ZERO = Fraction(0)


@dataclass(frozen=True)
class ItemMark:
    """What one item counts for one student, and why."""

    item: str                            # policy.Item.key
    title: str
    mark: Fraction | None                # percent, lateness taken off; None: nothing handed in, or nothing decided
    text: Sayable                        # how it came about
    passed: bool | None = None           # items that only have to be passed; None elsewhere, and while undecided
    to_come: bool = False                # there may be a mark later
    provisional: Sayable = ""            # why it may still change


def free_days(course: Course, facts: Facts, differs: Differs) -> dict[str, int]:
    """How many of his free days each late assignment takes, in the order in which they were due for him."""
    late = sorted((work.due, slug, work.credit.late_by) for slug, work in facts.work.items()
                  if work.due is not None and work.credit is not None and work.credit.late_by
                  and not differs.free_of_lateness(slug))
    used = free_days_used([late_by for _, _, late_by in late], course.late)
    return {slug: days for (_, slug, _), days in zip(late, used, strict=True)}


def assignment_mark(course: Course, item: Item, facts: Facts, differs: Differs, now: datetime, *, adjust: bool,
                    free: int) -> ItemMark:
    """An assignment, or some of its problems. `adjust`: its adjustments count here, and nowhere else."""
    work = facts.work.get(item.slug)
    adjustments = work.adjustments if work is not None and adjust else ()
    added = points_of(adjustment.points for adjustment in adjustments)
    if work is not None and work.credit is None and adjustments:
        percent = mark(added, exact(work.points))
        parts = Listed([text("nothing handed in"), *map(_added, adjustments)], ", ")
        return ItemMark(item.key, work.title, percent, text("{parts} = {percent}", parts=parts, percent=show(percent)))
    if work is None or work.credit is None or work.credit.grade is None:
        return unmarked(item, work, now)
    credit = work.credit
    problems = [problem for problem in credit.problems if not item.problems or problem.id in item.problems]
    if missing := sorted(set(item.problems) - {problem.id for problem in problems}):
        raise CourseError(f"{item.slug} has no problem {missing[0]!r}"
                          f"{near(missing[0], [problem.id for problem in credit.problems])}", key="component.items")
    automatic = [test for problem in problems for test in problem.tests if not problem.by_hand]
    marked = [test for problem in problems for test in problem.tests if problem.by_hand]
    score = points_of(test.score for test in automatic) + item.by_hand * points_of(test.score for test in marked)
    possible = points_of(test.max_score for test in automatic) + item.by_hand * points_of(test.max_score for test in marked)
    rule = FREE if differs.free_of_lateness(item.slug) else course.late
    penalty = late_penalty(score, possible, credit.late_by, rule, free_days=free)
    percent = mark(score + added, possible, penalty)
    late = [_late_text(credit.late_by, rule, penalty, free)] if credit.late_by else []
    values = {"points": show(score), "possible": show(possible)}
    earned = text("{points} of {possible} points", **values) if not marked or item.by_hand == 1 else text(
        "{points} of {possible} points, where what a person gave counts {times} times", times=show(item.by_hand), **values)
    parts = Listed([earned, *late, *map(_added, adjustments)], ", ")
    return ItemMark(item.key, work.title, percent,
                    text("{parts} = {percent} ({submission})", parts=parts, percent=show(percent), submission=_submission(credit)),
                    provisional=_provisional(named(problems, credit.awaiting), work))


def gate_mark(rules: Rules, item: Item, facts: Facts, differs: Differs, now: datetime) -> ItemMark:
    """An item of a component that has to be passed."""
    work = facts.work.get(item.slug)
    if work is None or work.credit is None or work.credit.grade is None:
        return unmarked(item, work, now)
    if item.slug not in rules.passes:
        raise unbuilt(item.slug)
    credit = work.credit
    added = points_of(adjustment.points for adjustment in work.adjustments)
    closed = rules.course.late.closed(credit.late_by) and not differs.free_of_lateness(item.slug)
    verdict = False if closed else passed(rules.passes[item.slug], credit.problems, added)
    again = verdict is False and (work.due is None or now < work.due)
    values = {"score": show(points_of(problem.score for problem in credit.problems) + added),
              "possible": show(points_of(problem.max_score for problem in credit.problems)), "submission": _submission(credit)}
    if verdict is None:
        said = text("not decided yet, {score} of {possible} points ({submission})", **values)
    elif verdict:
        said = text("passed, {score} of {possible} points ({submission})", **values)
    else:
        said = text("not passed, {score} of {possible} points ({submission})", **values)
    return ItemMark(item.key, work.title, None, said, verdict, to_come=again,
                    provisional=_provisional(named(credit.problems, credit.awaiting) if verdict is None else (), work))


def unmarked(item: Item, work: Work | None, now: datetime) -> ItemMark:
    """An item without a grade: not out, not due, not handed in, or not graded."""
    if work is None:
        return ItemMark(item.key, item.slug, None, text("not released yet"), to_come=True)
    if work.credit is not None:
        return ItemMark(item.key, work.title, None,
                        text("handed in, not graded yet ({submission})", submission=_submission(work.credit)),
                        to_come=True, provisional=text("not graded yet"))
    if work.due is None or now < work.due:
        return ItemMark(item.key, work.title, None, text("not due yet"), to_come=True)
    return ItemMark(item.key, work.title, None, text("nothing handed in"), passed=False)


def outside_mark(item: Item, external: External, facts: Facts) -> ItemMark:
    """A mark that was given elsewhere. CourseError for one that is none."""
    row = facts.external.get(item.slug)
    if row is None:
        begun = item.slug in facts.begun
        return ItemMark(item.key, external.title, None, text("no mark") if begun else text("not marked yet"), to_come=not begun)
    if row.mark == ABSENT:
        return ItemMark(item.key, external.title, None, text("absent"))
    try:
        points = outside_points(row.mark, external)
    except ValueError as problem:
        raise CourseError(f"{row.username}'s mark from {row.source}: {problem}", key=external.id) from None
    percent = 100 * points / external.out_of
    said = show(points) if external.out_of == 100 else text(
        "{points} of {possible} = {percent}", points=show(points), possible=show(external.out_of), percent=show(percent))
    return ItemMark(item.key, external.title, percent, said)


def project_mark(item: Item, project: Project, facts: Facts, differs: Differs, now: datetime) -> ItemMark:
    """What a project counts, by its own rules."""
    if item.slug not in facts.projects:
        return ItemMark(item.key, project.title, None, text("not released yet"), to_come=True)
    late = FREE if differs.free_of_lateness(item.slug) else project.late
    found = facts.projects[item.slug].mark(replace(project, late=late), facts.student, now)
    return ItemMark(item.key, project.title, found.percent, found.said, to_come=found.to_come, provisional=found.provisional or "")


def void_mark(item: Item, title: str) -> ItemMark:
    """A sitting that is none for this student."""
    return ItemMark(item.key, title, None, text("does not count, because another sitting was arranged"))


def outside_points(said: str, external: External) -> Fraction:
    """A mark from outside as it is written; ValueError when it is none."""
    if not re.fullmatch(r"\d{1,9}(\.\d{1,9})?", said, flags=re.ASCII):
        raise ValueError(f"{said!r} is no mark: write a number such as 87.5, or {ABSENT}")
    points = exact(Decimal(said))
    if points > external.out_of:
        raise ValueError(f"{said} is more than the {show(external.out_of)} that {external.title} is out of")
    return points


def _added(adjustment: Adjustment) -> Text:
    return text("points added: {points} ({reason})", points=show(exact(adjustment.points)), reason=adjustment.reason)


def _late_text(late_by: timedelta, rule: LateRule, penalty: Fraction, free: int) -> Text:
    values: Mapping[str, object] = {"time": _duration(late_by), "points": show(penalty)}
    if rule is FREE:
        return text("{time} late, which costs nothing here", **values)
    if rule.closed(late_by):
        return text("{time} late, after closing: all points off", **values)
    if free:
        return plural("{time} late, {count} free day used, {points} points off",
                      "{time} late, {count} free days used, {points} points off", free, **values)
    return text("{time} late, {points} points off", **values)


def _duration(span: timedelta) -> Sayable:
    """1 day 3 h, 25 min."""
    days, minutes = span.days, span.seconds // 60
    parts = [plural("{count} day", "{count} days", days) if days else "",
             text("{number} h", number=minutes // 60) if minutes // 60 else "",
             text("{number} min", number=minutes % 60) if minutes % 60 else ""]
    return Listed([part for part in parts if part], " ") if any(parts) else text("less than a minute")


def named(problems: Iterable[ProblemResult], awaiting: Container[str]) -> tuple[str, ...]:
    """What a person has yet to decide, as students may read it: a hidden test by its problem, since not every course names such tests."""
    return tuple(dict.fromkeys(problem.id if test.hidden and not problem.by_hand else test.id
                               for problem in problems for test in problem.tests if test.id in awaiting))


def _provisional(waiting: Sequence[str], work: Work) -> Sayable:
    if waiting:
        return text("a person has yet to decide {tests}", tests=Listed(waiting, ", "))
    return "" if work.released else text("its feedback is not released yet")


def _submission(credit: Credit) -> Text:
    return text("{team}, submission {number}", team=credit.submission.team, number=credit.submission.number)
