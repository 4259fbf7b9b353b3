"""An assignment in figures: what `measures` says of the results that count, problem by problem and test by test.

A result is what counts of one team, marks in place, and counts once however many members it has: two partners are not two witnesses.
A problem that waits for a person is left out of that result, and a result that has not all the problems which others have decided is
left out of totals; both are counted. Pure functions; `insight` reads the ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from fractions import Fraction

from autograder.analysis import measures
from autograder.analysis.measures import Correlation, Distribution, Group, Slot
from autograder.model import Problem, ProblemResult, Status, TestResult
from autograder.scoring import exact


@dataclass(frozen=True)
class Result:
    """What counts of one team."""

    members: int
    attempts: int  # how often it handed in
    problems: tuple[ProblemResult, ...]


@dataclass(frozen=True)
class ProblemFigures:
    """One problem over all results in which it is decided."""

    id: str
    title: str
    points: float
    n: int
    difficulty: float | None  # mean share of its points; None about few
    discrimination: Correlation
    seconds: float | None  # half of the results took no longer, for all of its tests


@dataclass(frozen=True)
class TestFigures:
    """One test over all results in which it is decided."""

    __test__ = False

    id: str
    problem: str
    hidden: bool
    n: int
    failed: int
    statuses: Mapping[str, int]  # how the failures ended
    misconceptions: tuple[str, ...]  # of the wrong solutions in the bank that it was written to catch
    message: str  # what most of the failures were told; "" when fewer than FEW were told the same
    told: int  # how many were
    seconds: float | None

    @property
    def rate(self) -> float:
        """Share of the results that failed."""
        return self.failed / self.n if self.n else 0.0


@dataclass(frozen=True)
class Figures:
    """One assignment. With `withheld` there is a number of teams and nothing else."""

    slug: str
    title: str
    results: int
    students: int
    incomplete: int  # results that wait for a person
    counted: tuple[str, ...]  # problems that totals are made of
    withheld: bool
    scores: Distribution | None
    problems: tuple[ProblemFigures, ...]
    tests: tuple[TestFigures, ...]
    submissions: int
    late: int
    timeline: tuple[Slot, ...]
    attempts: tuple[Group, ...]


def figures(
    slug: str,
    title: str,
    results: Sequence[Result],
    *,
    problems: Sequence[Problem] = (),
    instants: Sequence[datetime] = (),
    due: datetime | None = None,
    zone: tzinfo,
    misconceptions: Mapping[str, tuple[str, ...]] | None = None,
) -> Figures:
    """All figures of an assignment.

    instants        of every submission, not only of those that count
    misconceptions  test -> what the wrong solutions show that it was written to catch
    """
    students = sum(result.members for result in results)
    if len(results) < measures.FEW:
        return Figures(slug, title, len(results), students, 0, (), True, None, (), (), len(instants), 0, (), ())
    titles = {problem.id: problem.title for problem in problems}
    decided = [{problem.id: problem for problem in result.problems if problem.status is not Status.UNDECIDED} for result in results]
    counted = tuple(dict.fromkeys(problem.id for result in results for problem in result.problems if any(problem.id in d for d in decided)))
    complete = [(result, one) for result, one in zip(results, decided, strict=True) if counted and all(name in one for name in counted)]
    points = [{name: float(one[name].score) for name in counted} for _, one in complete]
    possible = [sum((exact(one[name].max_score) for name in counted), Fraction(0)) for _, one in complete]
    percents = [
        float(100 * sum((exact(one[name].score) for name in counted), Fraction(0)) / whole) if whole else 0.0
        for (_, one), whole in zip(complete, possible, strict=True)
    ]
    return Figures(
        slug,
        title,
        len(results),
        students,
        len(results) - len(complete),
        counted,
        False,
        measures.distribution(percents),
        tuple(_problem(name, titles, [one[name] for one in decided if name in one], points) for name in counted),
        _tests(results, misconceptions or {}),
        len(instants),
        sum(due is not None and instant > due for instant in instants),
        measures.timeline(instants, due, zone) if len(instants) >= measures.FEW else (),
        measures.by_attempts([result.attempts for result, _ in complete], percents),
    )


def _problem(name: str, titles: Mapping[str, str], found: Sequence[ProblemResult], points: Sequence[Mapping[str, float]]) -> ProblemFigures:
    shares = [problem.score / problem.max_score for problem in found if problem.max_score]
    seconds = [sum(test.seconds for test in problem.tests) for problem in found if not problem.by_hand]
    return ProblemFigures(
        name,
        titles.get(name, found[0].title),
        found[0].max_score,
        len(found),
        sum(shares) / len(shares) if len(shares) >= measures.FEW else None,
        measures.discrimination(points, name),
        measures.quantile(seconds, 0.5) if len(seconds) >= measures.FEW else None,
    )


def _tests(results: Sequence[Result], misconceptions: Mapping[str, tuple[str, ...]]) -> tuple[TestFigures, ...]:
    by_test: dict[str, list[tuple[str, TestResult]]] = {}
    for result in results:
        for problem in result.problems:
            for test in problem.tests:
                if not problem.by_hand and test.max_score and test.status is not Status.UNDECIDED:
                    by_test.setdefault(test.id, []).append((problem.id, test))
    found = []
    for name, all_of_it in by_test.items():
        if len(all_of_it) < measures.FEW:
            continue
        tests = [test for _, test in all_of_it]
        failed = [test for test in tests if test.status is not Status.OK]
        said, told = next(iter(Counter(test.message for test in failed if test.message).most_common(1)), ("", 0))
        found.append(
            TestFigures(
                name,
                all_of_it[0][0],
                tests[0].hidden,
                len(tests),
                len(failed),
                dict(Counter(str(test.status) for test in failed).most_common()),
                misconceptions.get(name, ()),
                said if told >= measures.FEW else "",
                told if told >= measures.FEW else 0,
                measures.quantile([test.seconds for test in tests], 0.5),
            )
        )
    return tuple(sorted(found, key=lambda one: -one.rate))


@dataclass(frozen=True)
class CourseFigures:
    """The course grades of all students. With `withheld` there is their number and nothing else."""

    students: int
    withheld: bool
    totals: Distribution | None  # percent, of those who have a total
    statuses: Mapping[str, int]
    provisional: int


def course_figures(grades: Sequence[tuple[float | None, str, bool]]) -> CourseFigures:
    """Of (percent or None, status, provisional) of each student."""
    if len(grades) < measures.FEW:
        return CourseFigures(len(grades), True, None, {}, 0)
    totals = [percent for percent, _, _ in grades if percent is not None]
    statuses = Counter(status for _, status, _ in grades)
    return CourseFigures(
        len(grades), False, measures.distribution(totals), dict(statuses.most_common()), sum(provisional for _, _, provisional in grades)
    )
