"""A synthetic term on a ledger of its own: 500 students in pairs, 20 components, 3 versions of the rules, 200 extensions.

Everything is drawn from one seed, so that every run measures the same. Lines are written as the ledger writes them, each with its
audit line, but many in one transaction, and the work itself is left out: course grades never open it.
"""

from __future__ import annotations

import dataclasses
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from autograder.course import Course, parse_course
from autograder.ledger import Ledger, Reason, What, schema
from autograder.ledger.store import Writing
from autograder.model import ProblemResult, Role, Status, TeamRule, TestResult
from autograder.scoring import PassRule

STUDENTS = 500
HOMEWORK = tuple(f"hw{number:02}" for number in range(1, 17))
GATE = "hw00"
PROBLEMS, TESTS = 5, 3
START = datetime(2027, 1, 3, 6, tzinfo=UTC)
END = START + timedelta(days=200)
DAY = timedelta(days=1)
PASSES = {GATE: PassRule(GATE, 40)}


def course_text(bonus: int) -> str:
    """The rules: a gate, sixteen homeworks, a project, an exam with two sittings, a bonus."""
    slugs = (GATE, *HOMEWORK)
    assignments = "".join(f'[[assignment]]\nslug = "{slug}"\ndue = {_due(slug):%Y-%m-%dT%H:%M:%S}Z\n' for slug in slugs)
    externals = "".join(f'[[external]]\nid = "{name}"\n' for name in ("project", "exam-a", "exam-b", "quizzes"))
    homework = "".join(f'[[component]]\nid = "{slug}"\nweight = "5/2"\nitems = ["{slug}"]\n' for slug in HOMEWORK)
    return f"""\
id = "term"
title = "A synthetic term"
timezone = "Asia/Jerusalem"
[late]
per_day = 5
at_most = 40
free_days = 2
{assignments}{externals}
[policy]
pass_mark = 55
pass_marks = {{ graduate = 65 }}
[[component]]
id = "hw00"
kind = "gate"
items = ["hw00"]
{homework}
[[component]]
id = "project"
kind = "project"
weight = 20
items = ["project"]
[[component]]
id = "exam"
kind = "exam"
weight = 40
combine = "last"
items = ["exam-a", "exam-b"]
[[component]]
id = "bonus"
kind = "bonus"
points = {bonus}
needs = ["exam"]
items = ["quizzes"]
[[gate]]
id = "lower-of-two"
components = ["exam", "project"]
otherwise = "lowest"
[[option]]
id = "without-hw16"
not_submitted = "hw16"
weights = {{ hw16 = 0, exam = "85/2" }}
"""


@contextmanager
def term(folder: Path) -> Iterator[tuple[Course, Ledger]]:
    """The course and its full ledger."""
    clock = [START]
    with Ledger(f"sqlite:///{folder}/ledger.db", clock=lambda: clock[0], blobs=folder / "blobs", key=b"k" * 32) as ledger:
        course = parse_course(course_text(2), file="course.toml")
        _fill(ledger, course, clock, random.Random(2027))
        clock[0] = END
        yield course, ledger


def students() -> tuple[str, ...]:
    """Their user names."""
    return tuple(f"student{number:03}" for number in range(STUDENTS))


def _due(slug: str) -> datetime:
    return START + (7 + 7 * int(slug[2:])) * DAY


def _fill(ledger: Ledger, course: Course, clock: list[datetime], draw: random.Random) -> None:
    for number, bonus in enumerate((1, 2, 2)):
        clock[0] = START + number * DAY
        ledger.policies.adopt(course.id, course_text(bonus) + "\n" * number, PASSES, effective=clock[0], reason="bench", actor="bench")
    for schedule in course.schedules:
        ledger.publish(course.id, schedule.slug, title=schedule.slug.upper(), opens=None, due=schedule.due, pairs_lock=None, closes=None,
                       team=TeamRule(2), version="1", archive=b"zip", points=100, actor="bench")  # fmt: skip
    _people(ledger, course)
    clock[0] = END - DAY
    with ledger.history.writing("bench") as entry:
        for slug in (GATE, *HOMEWORK):
            for pair in range(STUDENTS // 2):
                members = students()[2 * pair : 2 * pair + 2]
                if draw.random() < 0.97:
                    _work(entry, course.id, slug, members, draw)
        for item in ("project", "exam-a", "quizzes"):
            for name in students():
                mark = f"{draw.randint(40, 100)}" if draw.random() < 0.97 else "absent"
                entry.append(schema.external_mark, course.id, "bench", item=item, username=name, mark=mark, source="list")
        for name in students()[::5]:
            mark = f"{draw.randint(40, 100)}"
            entry.append(schema.external_mark, course.id, "bench", item="exam-b", username=name, mark=mark, source="list")
        for number in range(200):
            slug = draw.choice(HOMEWORK)
            until = _due(slug) + draw.randint(1, 10) * DAY
            entry.append(schema.extension, course.id, "bench", slug=slug, username=students()[number], until=until, reason="illness")
    for name in students()[::10]:
        ledger.arrangements.arrange(course.id, name, What.EXCUSE, draw.choice(HOMEWORK), draw.choice(["exam", "rest"]),
                                    reason=Reason.RESERVE_DUTY, actor="bench")  # fmt: skip


def _people(ledger: Ledger, course: Course) -> None:
    with ledger.history.writing("bench") as entry:
        for name in students():
            entry.connection.execute(schema.person.insert().values(username=name, name=name.title(), email=""))
            entry.connection.execute(schema.membership.insert().values(course=course.id, username=name, role=Role.STUDENT.value))
            entry.note(course.id, "bench", "enrol", {"username": name, "role": Role.STUDENT.value})


def _work(entry: Writing, course: str, slug: str, members: tuple[str, ...], draw: random.Random) -> None:
    """A team with one or two submissions of one assignment, graded, some with a person's points."""
    team = entry.connection.execute(schema.team.insert().values(course=course, slug=slug, made_at=START)).inserted_primary_key[0]
    for name in members:
        entry.connection.execute(schema.team_member.insert().values(course=course, slug=slug, team_id=team, username=name, joined_at=START))
    submissions = draw.choice((1, 1, 1, 2))
    for number in range(1, 1 + submissions):
        sha256 = f"{draw.getrandbits(256):064x}"
        late = draw.choice((-2, -1, -1, -1, 0, 1)) * DAY - timedelta(hours=number)
        entry.now = _due(slug) + late
        entry.append(schema.submission, course, members[0], slug=slug, team_id=team, number=number, members=json.dumps(sorted(members)),
                     sha256=sha256, size=1000)  # fmt: skip
        problems = [_problem(f"p{place}", draw) for place in range(PROBLEMS)]
        entry.append(schema.grade, course, "bench", slug=slug, team_id=team, sha256=sha256, score=sum(p.score for p in problems),
                     max_score=100.0, status="ok", problems=json.dumps([dataclasses.asdict(p) for p in problems]), version="1",
                     engine="bench")  # fmt: skip
        if slug == HOMEWORK[0] and submissions == 1:
            entry.append(schema.mark, course, "bench", slug=slug, team_id=team, sha256=sha256, test="p0_0", points=draw.choice((2.5, 5.0)),
                         comment="", answer=sha256)  # fmt: skip
    entry.append(schema.feedback_page, course, "bench", slug=slug, team_id=team, blob="0" * 64)


def _problem(name: str, draw: random.Random) -> ProblemResult:
    tests = []
    for number in range(TESTS):
        status = draw.choice((Status.OK, Status.OK, Status.OK, Status.WRONG))
        points = 7.0 if number else 6.0
        score = points if status is Status.OK else 0.0
        tests.append(TestResult(f"{name}_{number}", score, points, status, message="As told.", seconds=0.125))
    score = sum(test.score for test in tests)
    return ProblemResult(name, name, score, sum(test.max_score for test in tests), Status.OK if score == 20 else Status.WRONG, tuple(tests))
