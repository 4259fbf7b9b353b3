"""From outcomes to points, as exact arithmetic: tests make a problem, problems make an assignment, lateness takes off.

To change what lateness costs, edit `[late]` in course.toml; to change how it is counted, `late_penalty` below. A test
earns all of its points or none; partial credit is several tests. What we could not decide stays undecided and waits for
a person; it is never a zero that somebody chose. Nothing here knows a ledger, a clock or a student. Whatever is divided
or compared is a `Fraction`, made from the decimal digits that a person wrote (`exact`), so that 0.1 point is a tenth.
"""
from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from autograder.model import Assignment, AssignmentError, MachineryError, Problem, ProblemResult, Status, TestResult

Number = int | float | str | Decimal | Fraction
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def exact(number: Number) -> Fraction:
    """The fraction that the digits mean: `exact(0.1)` is 1/10, not the nearest binary number.

    Raises ValueError for what is no finite number.
    """
    try:
        return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)
    except (ValueError, OverflowError) as problem:
        raise ValueError(f"{number!r} is not a finite number") from problem


# ── lateness ──────────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class LateRule:
    """What handing in late costs. The default costs nothing, however late."""

    grace: timedelta = timedelta()          # after the due time, without cost
    per_day: Fraction = Fraction(0)         # percent of the assignment's points, for every day begun after the grace
    per_hour: Fraction = Fraction(0)        # likewise for every hour begun; of the two, one is 0
    at_most: Fraction = Fraction(100)       # percent; never more than this is taken off
    close_after: timedelta | None = None    # later than this after the due time counts nothing; None: never closes
    free_days: int = 0                      # days that each student may be late in the whole course without cost

    def closed(self, late_by: timedelta) -> bool:
        """Whether work that late no longer counts at all."""
        return self.close_after is not None and late_by > self.close_after

    def days_begun(self, late_by: timedelta) -> int:
        """Days begun after the grace."""
        return math.ceil(max(late_by - self.grace, timedelta()) / DAY)


def free_days_used(late_by: Sequence[timedelta], rule: LateRule) -> tuple[int, ...]:
    """How many of a student's free days each of his assignments takes, in the order in which they were due.

    Whole days, until none are left; work that no longer counts takes none.
    """
    left, used = rule.free_days, []
    for late in late_by:
        used.append(0 if rule.closed(late) else min(rule.days_begun(late), left))
        left -= used[-1]
    return tuple(used)


def late_penalty(score: Fraction, max_score: Fraction, late_by: timedelta, rule: LateRule, *, free_days: int = 0) -> Fraction:
    """Points taken off for lateness; never more than were earned. `free_days` of it cost nothing."""
    if not late_by:
        return Fraction(0)
    if rule.closed(late_by):
        return score
    late = late_by - free_days * DAY
    hours = math.ceil(max(late - rule.grace, timedelta()) / HOUR)
    percent = rule.days_begun(late) * rule.per_day + hours * rule.per_hour
    return min(score, min(percent, rule.at_most) / 100 * max_score)


def points_of(numbers: Iterable[float]) -> Fraction:
    """Their sum, exactly. Most points are eighths, which floats add without error and fractions slowly."""
    parts = tuple(numbers)
    eighths = [8.0 * number for number in parts]
    if all(map(float.is_integer, eighths)) and max(map(abs, eighths), default=0) < 1e9:
        return Fraction(int(sum(eighths)), 8)
    return sum(map(exact, parts), Fraction(0))


def mark(score: Fraction, max_score: Fraction, penalty: Fraction = Fraction(0)) -> Fraction:
    """What is left of the score, in percent of all points, 0 to 100; more points than there are make 100."""
    if max_score <= 0:
        raise ValueError(f"a mark needs points to be out of, not {max_score}")
    return min(max(100 * (score - penalty) / max_score, Fraction(0)), Fraction(100))


# ── tests → problem → assignment ──────────────────────────────────────────────────────────────────────────────────────
def problem_result(problem: Problem, tests: Sequence[TestResult]) -> ProblemResult:
    """The tests of one problem together, in notebook order.

    A problem has the status of its first test that is not ok. Points follow from the status alone: a score that came
    with a result is not believed. A test without a result is undecided, and so is a written answer until it is marked.
    Raises MachineryError for a result that belongs to no test of the problem, or twice to the same one.
    """
    found = {test.id: test for test in tests}
    if problem.by_hand:
        (written,) = tests or (_waiting(problem.solutions[0] if problem.solutions else problem.id, problem.points),)
        complete: tuple[TestResult, ...] = (replace(written, score=0.0, max_score=problem.points),)
    else:
        stray = [test.id for test in tests if test.id not in {case.id for case in problem.tests}]
        if stray or len(found) < len(tests):
            raise MachineryError(f"Problem {problem.id} got results that do not fit its tests: "
                                 f"{', '.join(stray) or 'one test twice'}. Grade this submission again.")
        complete = tuple(
            replace(found.get(case.id, _waiting(case.id, case.points)), max_score=case.points, hidden=case.hidden,
                    score=case.points if case.id in found and found[case.id].status is Status.OK else 0.0)
            for case in problem.tests)
    score, max_score = _sum(test.score for test in complete), _sum(test.max_score for test in complete)
    status = next((test.status for test in complete if test.status is not Status.OK), Status.OK)
    return ProblemResult(problem.id, problem.title, score, max_score, status, complete, problem.by_hand)


def graded_status(problems: Sequence[ProblemResult]) -> Status:
    """Undecided while an automatic test is; written answers wait for their marker without holding this up."""
    automatic = [test for problem in problems if not problem.by_hand for test in problem.tests]
    return Status.UNDECIDED if any(test.status is Status.UNDECIDED for test in automatic) else Status.OK


def total(problems: Sequence[ProblemResult]) -> tuple[float, float]:
    """(score, max_score) of all problems, written answers included."""
    return _sum(problem.score for problem in problems), _sum(problem.max_score for problem in problems)


@dataclass(frozen=True)
class PassRule:
    """What passes an assignment, apart from the assignment itself: a course's rules keep it."""

    slug: str
    pass_score: float | None                # percent needed
    pass_problems: tuple[str, ...] = ()     # problems that need more than nothing

    @classmethod
    def of(cls, assignment: Assignment) -> PassRule:
        """As the assignment says it now."""
        return cls(assignment.slug, assignment.pass_score, assignment.pass_problems)


def passed(assignment: Assignment | PassRule, problems: Sequence[ProblemResult], added: Fraction = Fraction(0)) -> bool | None:
    """Whether a binary assignment is passed: enough percent, and more than nothing in the problems that it lists.

    `added` are points besides the problems' own. None while it depends on what a person has yet to decide.
    AssignmentError when the assignment does not say what passes.
    """
    if assignment.pass_score is None:
        raise AssignmentError(f"{assignment.slug} has to be passed, but nothing says how: "
                              "write pass_score = 80 (percent) in its assignment.toml")
    need, possible = exact(assignment.pass_score), exact(total(problems)[1])

    def enough(waiting: bool) -> bool:
        """With nothing (or everything) for the tests that still wait."""
        scores = {problem.id: sum((exact(test.max_score if waiting and test.status is Status.UNDECIDED else test.score)
                                   for test in problem.tests), Fraction(0)) for problem in problems}
        return (possible > 0 and 100 * sum(scores.values(), added) >= need * possible
                and all(scores.get(name, 0) > 0 for name in assignment.pass_problems))

    return True if enough(waiting=False) else None if enough(waiting=True) else False


def _waiting(test_id: str, points: float) -> TestResult:
    return TestResult(test_id, 0.0, points, Status.UNDECIDED)


def _sum(points: Iterable[float]) -> float:
    """Without float error: three tenths make 0.3."""
    return float(points_of(points))
