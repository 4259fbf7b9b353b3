"""Marks of a course without its people: a file that other rules can be tried on, in a later term or in another course.

`marks_file` writes what the rules read of each student, a row each in an order that is drawn, and the grade that he had; there is no
name, user name, team, reason or instant in it. `read_marks` takes nothing from such a file that it does not know, and `tried` says what
other rules make of it. Lateness stands in whole minutes, rounded up, which is as fine as any rule reads it, and due times as their order.
"""
from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from autograder.course import Course
from autograder.ledger import Adjustment, Arrangement, Credit, ExternalMark, GradeRow, SubmissionRow, What
from autograder.model import CourseError, ProblemResult, Status, TestResult
from autograder.policy import near
from autograder.projects import Project, ProjectMark, worth
from autograder.scoring import points_of
from autograder.standing.facts import Facts, Work
from autograder.standing.rules import Rules
from autograder.standing.standings import standing_by
from autograder.standing.telling import shown
from autograder.words import text

FORMAT, VERSION = "autograder marks", 1
BYTES = 16 * 2**20
"""How large a file is taken: some five thousand students."""
MOST = 20_000                            # rows, and entries of anything else
LARGEST = 10**6                          # points
LATEST = 10 * 366 * 24 * 60              # minutes late
LONGEST = 200                            # letters of a name or a mark
TODAY = datetime(2000, 1, 1, tzinfo=UTC)
"""Where the clock stands while a file is graded: nothing in it says when it was written."""
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SHOWN = 20
"""How many of the largest changes are told."""


@dataclass(frozen=True)
class Kept:
    """What a project came to, in place of all that was done in it."""

    score: Fraction | None               # all lines of the rubric together; None: not marked
    late_by: timedelta | None            # None: nothing handed in
    to_come: bool
    provisional: bool

    def mark(self, project: Project, username: str, now: datetime) -> ProjectMark:
        """What it counts by other rules."""
        if self.to_come or self.late_by is None or self.score is None:
            percent = None if self.to_come else Fraction(0)
            return ProjectMark(percent, text("not marked yet") if self.to_come else text("nothing handed in by the deadline"), self.to_come)
        percent, said = worth(project, self.score, self.late_by)
        return ProjectMark(percent, said, provisional=text("not marked yet") if self.provisional else None, late_by=self.late_by)


@dataclass(frozen=True)
class Given:
    """The course grade of a student, as it was or would be."""

    shown: str                           # 82 (pass), or why there is none
    passed: bool
    raw: Fraction | None                 # percent, before the last rounding; None: no grade


@dataclass(frozen=True)
class Past:
    """A file of marks."""

    kinds: Mapping[str, str]             # what there are marks in -> "assignment", "outside" or "project"
    out_of: Mapping[str, Fraction]       # of what is not an assignment: how many points there were
    rows: tuple[tuple[Facts, Given], ...]


@dataclass(frozen=True)
class Moved:
    """A row whose grade would be another one."""

    row: int
    before: Given
    after: Given


@dataclass(frozen=True)
class Tried:
    """What other rules make of a file of marks."""

    before: tuple[Given, ...]            # by row
    after: tuple[Given, ...]
    rises: int
    falls: int
    stays: int
    largest: tuple[Moved, ...]           # the largest changes first
    unknown: tuple[str, ...]             # what there are marks in, and the rules do not count
    missing: tuple[str, ...]             # what the rules count, and there are no marks in


def tried(past: Past, rules: Rules, names: Mapping[str, str] | None = None) -> Tried:
    """What these rules make of the marks. `names`: what is called otherwise now: old -> new.

    CourseError where a name fits nothing, or where marks do not fit what they are now out of.
    """
    past = renamed(past, names or {})
    kinds = kinds_of(rules.course)
    for item, points in past.out_of.items():
        now_out_of = _out_of(rules.course).get(item, points)
        if kinds.get(item) == past.kinds[item] and now_out_of != points:
            raise CourseError(f"{item} was out of {float(points):g} points and is now out of {float(now_out_of):g}: give it another name "
                              "in the rules, or the old number while they are tried", key=item)
    counted = {item.slug for component in rules.course.components for item in component.items}
    before = tuple(given for _, given in past.rows)
    after = tuple(_given(rules, facts) for facts, _ in past.rows)
    changes = [Moved(number, was, now) for number, (was, now) in enumerate(zip(before, after, strict=True), 1)
               if was.shown != now.shown]
    rises = sum(_place(one.after) > _place(one.before) for one in changes)
    falls = sum(_place(one.after) < _place(one.before) for one in changes)
    largest = sorted(changes, key=lambda one: (-abs(_place(one.after)[0] - _place(one.before)[0]), one.row))
    return Tried(before, after, rises, falls, len(before) - rises - falls, tuple(largest[:SHOWN]),
                 tuple(sorted(item for item, kind in past.kinds.items() if item not in counted or kinds.get(item) != kind)),
                 tuple(sorted(item for item in counted if past.kinds.get(item) != kinds[item])))


def spread(found: Iterable[Given]) -> tuple[int, ...]:
    """How many grades lie in each ten percent; who has none is left out."""
    counts = [0] * 10
    for one in found:
        if one.raw is not None:
            counts[min(max(int(one.raw // 10), 0), 9)] += 1
    return tuple(counts)


def names_of(lines: str) -> dict[str, str]:
    """Lines "old = new" of what is called otherwise now. CourseError for a line that is none."""
    found: dict[str, str] = {}
    for number, line in enumerate(lines.splitlines(), 1):
        if not line.strip():
            continue
        old, equals, new = (part.strip() for part in line.partition("="))
        if not (old and equals and new) or old in found or new in found.values():
            raise CourseError(f"line {number}: {line.strip()[:LONGEST]!r} is not one old name, = and one new name: hw1 = homework-1")
        found[old] = new
    return found


def renamed(past: Past, names: Mapping[str, str]) -> Past:
    """With other names for what the marks are in. Also what was arranged about them is about the new names."""
    for old, new in names.items():
        if old not in past.kinds:
            raise CourseError(f"there are no marks in {old!r}{near(old, past.kinds)}")
        if new in past.kinds and new not in names:
            raise CourseError(f"{old!r} cannot become {new!r}: there are marks in that too")

    def called(table: Mapping[str, Any]) -> dict[str, Any]:
        return {names.get(name, name): value for name, value in table.items()}

    rows = tuple((replace(
        facts, work=called(facts.work), external=called(facts.external), projects=called(facts.projects),
        begun=frozenset(names.get(name, name) for name in facts.begun),
        arrangements=tuple(replace(one, item=names.get(one.item, one.item),
                                   value=names.get(one.value, one.value) if one.what is What.SITTING else one.value)
                           for one in facts.arrangements)), given) for facts, given in past.rows) if names else past.rows
    return Past(called(past.kinds), called(past.out_of), rows)


def kinds_of(course: Course) -> dict[str, str]:
    """What the marks of each item are made by."""
    kinds = {item.slug: "assignment" for component in course.components for item in component.items}
    return (kinds | {project.id: "project" for project in course.projects if project.id in kinds}
            | {external.id: "outside" for external in course.externals if external.id in kinds})


def _out_of(course: Course) -> dict[str, Fraction]:
    return ({project.id: project.out_of for project in course.projects}
            | {external.id: external.out_of for external in course.externals})


def _given(rules: Rules, facts: Facts, now: datetime = TODAY) -> Given:
    grade = standing_by(rules, facts, now).grade
    return Given(shown(grade), grade.status == "pass", grade.raw if grade.final is not None else None)


def _place(given: Given) -> tuple[Fraction, bool]:
    """By what grades are compared, on every scale: who has none is below all others, and of equals who failed."""
    return Fraction(-1) if given.raw is None else given.raw, given.passed


# ── writing ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def marks_file(rules: Rules, found: Iterable[Facts], now: datetime, shuffle: Callable[[list[Any]], None]) -> str:
    """The marks of a course as a file. `shuffle` draws the order of the rows."""
    everybody = list(found)
    shuffle(everybody)
    kinds = kinds_of(rules.course)
    out_of = _out_of(rules.course)
    begun = {name for facts in everybody for name in facts.begun}
    items: dict[str, dict[str, Any]] = {slug: {"kind": "assignment"} for facts in everybody for slug in facts.work}
    items |= {name: {"kind": kind, "out_of": str(out_of[name]), **({"begun": True} if name in begun else {})}
              for name, kind in kinds.items() if kind != "assignment"}
    items |= {slug: {"kind": "assignment"} for slug, kind in kinds.items() if kind == "assignment" and slug in items}
    rows = [_row(rules, facts, now, items) for facts in everybody]
    return json.dumps({"format": FORMAT, "version": VERSION, "items": items, "rows": rows}, indent=0, sort_keys=True) + "\n"


def _row(rules: Rules, facts: Facts, now: datetime, items: Mapping[str, Any]) -> dict[str, Any]:
    given = _given(rules, facts, now)
    order = _order([work.due for work in facts.work.values()], now)
    projects = {project.id: _project(project, facts.projects[project.id].mark(project, facts.student, now))
                for project in rules.course.projects if project.id in facts.projects and project.id in items}
    return {
        "then": {"shown": given.shown, "passed": given.passed, "raw": None if given.raw is None else str(given.raw)},
        "work": {slug: _work(work, order) for slug, work in facts.work.items() if items[slug]["kind"] == "assignment"},
        "outside": {name: mark.mark for name, mark in facts.external.items() if name in items},
        "projects": projects,
        "arranged": [[one.what.value, one.item, one.value] for one in facts.arrangements],
    }


def _order(dues: Iterable[datetime | None], now: datetime) -> dict[datetime, int]:
    """Due times as their order: below 0 what is over, above 0 what is still to come."""
    known = sorted({due for due in dues if due is not None})
    over = [due for due in known if due <= now]
    return ({due: number - len(over) for number, due in enumerate(over)}
            | {due: number for number, due in enumerate(known[len(over):], 1)})


def _work(work: Work, order: Mapping[datetime, int]) -> dict[str, Any]:
    said: dict[str, Any] = {"points": work.points, "shown": work.released}
    if work.due is not None:
        said["due"] = order[work.due]
    if work.adjustments:
        said["added"] = float(points_of(one.points for one in work.adjustments))
    credit = work.credit
    if credit is not None:
        said["late"] = math.ceil(credit.late_by / MINUTE)
        if credit.grade is not None:
            waiting = set(credit.awaiting)
            said["problems"] = {problem.id: _problem(problem, waiting) for problem in credit.problems}
    return said


def _problem(problem: ProblemResult, waiting: set[str]) -> dict[str, Any]:
    """Its points; what a person has yet to decide apart from the rest."""
    decided = [test for test in problem.tests if test.status is not Status.UNDECIDED]
    open_ones = [test for test in problem.tests if test.status is Status.UNDECIDED]
    said: dict[str, Any] = {"score": float(points_of(test.score for test in problem.tests)),
                            "of": float(points_of(test.max_score for test in decided))}
    if open_ones:
        said["open"] = float(points_of(test.max_score for test in open_ones))
    if any(test.id in waiting for test in decided):
        said["unsettled"] = True
    if problem.by_hand:
        said["by_hand"] = True
    return said


def _project(project: Project, mark: ProjectMark) -> dict[str, Any]:
    if mark.to_come:
        return {"to_come": True}
    score = sum((line.points for line in mark.lines if line.points is not None), Fraction(0))
    if mark.percent != worth(project, score, mark.late_by)[0]:
        return {}                        # nothing was handed in, whatever somebody wrote down
    return {"score": str(score), "late": math.ceil(mark.late_by / MINUTE), **({"provisional": True} if mark.provisional else {})}


# ── reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def read_marks(data: bytes) -> Past:
    """The marks of a file. CourseError that names the place for what is none."""
    if len(data) > BYTES:
        raise CourseError(f"the file has {len(data) / 1e6:.1f} MB; a file of marks has at most {BYTES / 1e6:.0f} MB")
    try:
        value = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as problem:
        raise CourseError(f"this is no file of marks: {str(problem)[:LONGEST]}") from None
    whole = _Said(value, "file")
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise CourseError(f"this is no file of marks: it does not begin with \"format\": {json.dumps(FORMAT)}")
    if value.get("version") != VERSION or isinstance(value["version"], bool):
        raise CourseError(f"this file of marks has version {str(value.get('version'))[:LONGEST]}; this autograder reads version {VERSION}")
    parts = whole.fields("format", "version", "items", "rows")
    items = {name: item.fields("kind", out_of=None, begun=False) for name, item in parts["items"].entries().items()}
    kinds = {name: item["kind"].one_of("assignment", "outside", "project") for name, item in items.items()}
    out_of = {name: item["out_of"].fraction() for name, item in items.items() if kinds[name] != "assignment"}
    for name, points in out_of.items():
        if points <= 0:
            raise items[name]["out_of"].wrong("must be more than 0")
    begun = frozenset(name for name, item in items.items() if item["begun"].flag())
    rows = tuple(_read_row(row, number, kinds, begun) for number, row in enumerate(parts["rows"].listed(), 1))
    if not rows:
        raise parts["rows"].wrong("there is no row")
    return Past(kinds, out_of, rows)


def _read_row(row: _Said, number: int, kinds: Mapping[str, str], begun: frozenset[str]) -> tuple[Facts, Given]:
    parts = row.fields("then", "work", "outside", "projects", "arranged")
    then = parts["then"].fields("shown", "passed", "raw")
    raw = None if then["raw"].value is None else then["raw"].fraction()
    given = Given(then["shown"].text(), then["passed"].flag(), raw)
    student = str(number)

    def of(part: str, kind: str) -> dict[str, _Said]:
        found = parts[part].entries()
        for name, said in found.items():
            if kinds.get(name) != kind:
                raise said.wrong(f"{name!r} is none of the items of this kind")
        return found

    work = {slug: _read_work(said, slug) for slug, said in of("work", "assignment").items()}
    external = {name: ExternalMark(name, student, said.mark(), "", "", TODAY) for name, said in of("outside", "outside").items()}
    projects = {name: _read_project(said) for name, said in of("projects", "project").items()}
    arranged = tuple(_read_arrangement(said, student) for said in parts["arranged"].listed())
    return Facts(student, work, external, begun, arranged, projects), given


def _read_work(said: _Said, slug: str) -> Work:
    parts = said.fields("points", "shown", due=None, added=None, late=None, problems=None)
    due = None if parts["due"].value is None else TODAY + parts["due"].whole(-MOST, MOST) * DAY
    added = () if parts["added"].value is None else (Adjustment(slug, "", parts["added"].number(-LARGEST), "", "", TODAY),)
    credit = None
    if parts["late"].value is not None:
        credit = _credit(slug, due, parts["late"].whole(0, LATEST) * MINUTE, parts["problems"])
    elif parts["problems"].value is not None:
        raise parts["problems"].wrong("nothing was handed in, so there is no result")
    return Work(slug, parts["points"].number(), due, credit, added, parts["shown"].flag())


def _credit(slug: str, due: datetime | None, late_by: timedelta, said: _Said) -> Credit:
    submission = SubmissionRow(0, "", slug, "", 1, "", (), "", 0, TODAY)
    if said.value is None:
        return Credit("", slug, "", submission, due, late_by, None, (), {}, ())
    problems, unsettled = [], []
    for name, one in said.entries().items():
        parts = one.fields("score", "of", open=0, unsettled=False, by_hand=False)
        score, possible, waiting = parts["score"].number(), parts["of"].number(), parts["open"].number()
        if score > possible:
            raise parts["score"].wrong(f"{score:g} points are more than {possible:g}")
        tests = [TestResult(name, score, possible, Status.OK)]
        if waiting:
            tests.append(TestResult(f"{name} open", 0.0, waiting, Status.UNDECIDED))
        if parts["unsettled"].flag():
            unsettled.append(name)
        most = float(points_of([possible, waiting]))
        problems.append(ProblemResult(name, name, score, most, Status.OK, tuple(tests), parts["by_hand"].flag()))
    grade = GradeRow("", slug, "", "", 1, (), sum(p.score for p in problems), sum(p.max_score for p in problems), Status.OK,
                     tuple(problems), "", "", "", TODAY)
    return Credit("", slug, "", submission, due, late_by, grade, tuple(problems), {}, (), tuple(unsettled))


def _read_project(said: _Said) -> Kept:
    parts = said.fields(score=None, late=None, to_come=False, provisional=False)
    if parts["score"].value is None or parts["late"].value is None:
        return Kept(None, None, parts["to_come"].flag(), False)
    return Kept(parts["score"].fraction(), parts["late"].whole(0, LATEST) * MINUTE, parts["to_come"].flag(), parts["provisional"].flag())


def _read_arrangement(said: _Said, student: str) -> Arrangement:
    entries = said.listed()
    if len(entries) != 3:
        raise said.wrong("an arrangement is what it is, what it is about and its value")
    what, item, value = entries
    return Arrangement(student, What(what.one_of(*What)), item.text(), value.text(), None, TODAY)


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, _ in pairs if sum(name == other for other, _ in pairs) > 1)
        raise ValueError(f"{twice[:LONGEST]!r} stands there twice")
    return found


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number")


@dataclass(frozen=True)
class _Said:
    """A value of a file with the place where it stands; each reader takes what it is for, and nothing else."""

    value: object
    place: str

    def wrong(self, what: str) -> CourseError:
        return CourseError(f"{self.place}: {what}; nothing was taken")

    def fields(self, *needed: str, **more: object) -> dict[str, _Said]:
        """The values of an object that has these, and may have `more`."""
        found = self.entries()
        if missing := [name for name in needed if name not in found]:
            raise self.wrong(f"there is no {missing[0]!r}")
        if strange := [name for name in found if name not in needed and name not in more]:
            raise self.wrong(f"{strange[0]!r} is not known here{near(strange[0], [*needed, *more])}")
        return {name: found.get(name) or _Said(more.get(name), f"{self.place}, {name}") for name in (*needed, *more)}

    def entries(self) -> dict[str, _Said]:
        if not isinstance(self.value, dict):
            raise self.wrong("this is no object")
        if len(self.value) > MOST or any(not 0 < len(name) <= LONGEST for name in self.value):
            raise self.wrong(f"an object has at most {MOST} names, each of 1 to {LONGEST} letters")
        return {name: _Said(value, f"{self.place}, {name}") for name, value in self.value.items()}

    def listed(self) -> list[_Said]:
        if not isinstance(self.value, list) or len(self.value) > MOST:
            raise self.wrong(f"this is no list of at most {MOST} entries")
        return [_Said(value, f"{self.place} {number}") for number, value in enumerate(self.value, 1)]

    def text(self) -> str:
        if not isinstance(self.value, str) or len(self.value) > LONGEST or not all(letter.isprintable() for letter in self.value):
            raise self.wrong(f"this is no text of at most {LONGEST} letters")
        return self.value

    def one_of(self, *known: str) -> str:
        if self.value not in known:
            raise self.wrong(f"this is none of {', '.join(known)}")
        return str(self.value)

    def mark(self) -> str:
        if not isinstance(self.value, str) or not re.fullmatch(r"\d{1,9}(\.\d{1,9})?|absent", self.value, flags=re.ASCII):
            raise self.wrong("this is no mark: a number as text, or absent")
        return self.value

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.wrong("this is neither true nor false")
        return self.value

    def number(self, least: float = 0) -> float:
        if isinstance(self.value, bool) or not isinstance(self.value, int | float) or not least <= self.value <= LARGEST:
            raise self.wrong(f"this is no number from {least:g} to {LARGEST}")
        return float(self.value)

    def whole(self, least: int, most: int) -> int:
        if isinstance(self.value, bool) or not isinstance(self.value, int) or not least <= self.value <= most:
            raise self.wrong(f"this is no whole number from {least} to {most}")
        return self.value

    def fraction(self) -> Fraction:
        if not isinstance(self.value, str) or not re.fullmatch(r"\d{1,100}(/[1-9]\d{0,100})?", self.value, flags=re.ASCII):
            raise self.wrong("this is no number as text, such as 81 or 163/2")
        value = Fraction(self.value)
        if value > LARGEST:
            raise self.wrong(f"this is more than {LARGEST}")
        return value
