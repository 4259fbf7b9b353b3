"""A full course on a ledger of its own: by default 1,000 students, 20 assignments and 10,000 submissions of real notebooks.

The assignments are those of this repository. Everything else is drawn from one seed, so that every run measures the same; dates are
told from `now`. Lines are written as the ledger writes them, each with its audit line, but many in one transaction; blobs lie where the
ledger looks for them, written without waiting for the disk each time.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder import feedback
from autograder.authoring import load_assignment, release_archive
from autograder.grading import as_graded
from autograder.hub.site import Site
from autograder.ledger import Ledger, Reason, What, fingerprint, pack, schema
from autograder.ledger.store import Writing
from autograder.model import Assignment, ProblemResult, Role, Status, Submission, TeamRule, TestResult

ROOT = Path(__file__).resolve().parent.parent
COURSE = "full"
PROJECT = "project"
SEED = 2027
DAY = timedelta(days=1)
ENGINE = "drawn"
TAS = tuple(f"ta{number:02}" for number in range(8))
INSTRUCTORS = ("instructor0", "instructor1")
KINDS = 25
"""Different sets of results and notebooks that are drawn for an assignment; a submission takes one of each and is unlike all others."""
PICTURE = "iVBORw0KGgo" * 1500
"""What a notebook of real size carries as output."""


@dataclass(frozen=True)
class Size:
    """How much of everything there is."""

    students: int = 1000
    assignments: int = 20
    submissions: int = 10_000
    requests: int = 200
    extensions: int = 200

    @property
    def usernames(self) -> tuple[str, ...]:
        """Of the students."""
        return tuple(f"student{number:04}" for number in range(self.students))

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        """The assignments in the order of their due times; all but the last are over."""
        built = [folder.name for folder in sorted((ROOT / "assignments").iterdir()) if (folder / "assignment.toml").is_file()]
        homework, others = [s for s in built if s.startswith("hw")], [s for s in built if not s.startswith("hw")]
        return tuple([*homework[:1], *others, *homework[1:]][-self.assignments :] if self.assignments < len(built) else built)

    @property
    def open(self) -> str:
        """The assignment that is not due yet: nobody has handed it in."""
        return self.slugs[-1]


def course_text(size: Size, now: datetime) -> str:
    """course.toml: homework, quizzes, a project in stages, an exam with two sittings, lateness and a bonus."""
    homework = [slug for slug in size.slugs if slug.startswith("hw")]
    quizzes = [slug for slug in size.slugs if not slug.startswith("hw")]
    assignments = "".join(f'[[assignment]]\nslug = "{slug}"\ndue = {_due(size, slug, now):%Y-%m-%dT%H:%M:%SZ}\n' for slug in size.slugs)
    bonus = f'[[component]]\nid = "bonus"\nkind = "bonus"\npoints = 2\nneeds = ["exam"]\nitems = {json.dumps(quizzes)}\n' if quizzes else ""
    return f"""\
id = "{COURSE}"
title = "A full course"
term = "Winter"
timezone = "Asia/Jerusalem"
[late]
per_day = 5
at_most = 20
{assignments}[[external]]
id = "exam-a"
[[external]]
id = "exam-b"
[[project]]
id = "{PROJECT}"
title = "Project"
[[project.stage]]
id = "proposal"
title = "Proposal"
kind = "approval"
files = ["proposal.pdf"]
[[project.stage]]
id = "final"
title = "Final hand-in"
kind = "hand-in"
files = ["README.md", "*.py"]
[[project.rubric]]
id = "method"
points = 100
text = "The method fits the question"
[policy]
pass_mark = 55
[[component]]
id = "homework"
weight = 30
items = {json.dumps(homework)}
[[component]]
id = "project"
kind = "project"
weight = 20
items = ["{PROJECT}"]
[[component]]
id = "exam"
kind = "exam"
weight = 50
combine = "last"
items = ["exam-a", "exam-b"]
{bonus}"""


def build(site: Site, size: Size, now: datetime) -> None:
    """The course folder and its full ledger, where the site says."""
    root = site.folders.root
    root.mkdir(parents=True, exist_ok=True)
    for name in ("assignments", "source", "release"):
        (root / name).symlink_to(ROOT / name)
    site.course_file.write_text(course_text(size, now), encoding="utf-8")
    site.prepare()
    clock = [now - 200 * DAY]
    with site.ledger(clock=lambda: clock[0]) as ledger:
        _Filling(ledger, site, size, now, clock, random.Random(SEED)).all()


@dataclass(frozen=True)
class _Filling:
    """The making of one ledger; `clock` holds the instant that the ledger takes for now."""

    ledger: Ledger
    site: Site
    size: Size
    now: datetime
    clock: list[datetime]
    draw: random.Random

    def all(self) -> None:
        """Everything, in the order of a term."""
        self._people()
        assignments = {slug: load_assignment(self.site.folders.assignments / slug) for slug in self.size.slugs}
        self._publish(assignments)
        self.ledger.policies.adopt(COURSE, course_text(self.size, self.now), {}, effective=self.now - 100 * DAY, reason="as announced",
                                   actor=INSTRUCTORS[0])  # fmt: skip
        over = self.size.slugs[:-1]
        for place, slug in enumerate(over):
            count = self.size.submissions * (place + 1) // len(over) - self.size.submissions * place // len(over)
            _Work(self, assignments[slug], _due(self.size, slug, self.now), count).all()
        self.clock[0] = self.now - DAY
        with self.ledger.history.writing("bench") as entry:
            self._teams(entry, self.size.open, self.now - 3 * DAY)
            self._outside(entry)
        self._arrange()

    def _people(self) -> None:
        people = [(name, Role.STUDENT) for name in self.size.usernames]
        people += [(name, Role.TA) for name in TAS] + [(name, Role.INSTRUCTOR) for name in INSTRUCTORS]
        with self.ledger.history.writing("bench") as entry:
            run = entry.connection.execute
            run(schema.person.insert(), [{"username": u, "name": f"{u.title()} Surname", "email": f"{u}@uni.example"} for u, _ in people])
            run(schema.membership.insert(), [{"course": COURSE, "username": u, "role": role.value} for u, role in people])
            entry.note_all(COURSE, "bench", [("enrol", {"username": u, "role": role.value}) for u, role in people])

    def _publish(self, assignments: Mapping[str, Assignment]) -> None:
        for slug, one in assignments.items():
            due = _due(self.size, slug, self.now)
            self.ledger.publish(COURSE, slug, title=one.title, opens=due - 14 * DAY, due=due, pairs_lock=due - DAY, team=TeamRule(2),
                                version=one.version, archive=release_archive(self.site.folders.release, slug), points=one.points,
                                files=one.files, written=one.written, closes=due + 14 * DAY, actor="bench")  # fmt: skip
        self.ledger.projects.publish(COURSE, self.site.course().projects[0], archive=b"", actor="bench")

    def _teams(self, entry: Writing, slug: str, at: datetime) -> tuple[tuple[int, tuple[str, str]], ...]:
        """Everybody in teams of two, drawn anew for each assignment: (number, members)."""
        names = list(self.size.usernames)
        self.draw.shuffle(names)
        teams = []
        for pair in zip(names[::2], names[1::2], strict=True):
            key = entry.connection.execute(schema.team.insert().values(course=COURSE, slug=slug, made_at=at)).inserted_primary_key
            assert key is not None
            teams.append((int(key[0]), pair))
        members = [(team, name) for team, pair in teams for name in pair]
        entry.connection.execute(schema.team_member.insert(), [
            {"course": COURSE, "slug": slug, "team_id": team, "username": name, "joined_at": at} for team, name in members])  # fmt: skip
        entry.note_all(COURSE, "bench", [("team", {"slug": slug, "team": team, "members": list(pair)}) for team, pair in teams])
        return tuple(teams)

    def _outside(self, entry: Writing) -> None:
        names = self.size.usernames
        marks = [("exam-a", name) for name in names] + [("exam-b", name) for name in names[::5]]
        rows = [{"item": item, "username": name, "mark": f"{self.draw.randint(40, 100)}", "source": "list"} for item, name in marks]
        entry.append_all(schema.external_mark, COURSE, "bench", rows)

    def _arrange(self) -> None:
        for name in self.size.usernames[::25]:
            self.ledger.arrangements.arrange(COURSE, name, What.EXCUSE, self.draw.choice(self._homework), "rest",
                                             reason=Reason.RESERVE_DUTY, actor=INSTRUCTORS[0])  # fmt: skip

    @property
    def _homework(self) -> tuple[str, ...]:
        return tuple(slug for slug in self.size.slugs if slug.startswith("hw"))


@dataclass(frozen=True)
class _Work:
    """One assignment that is over: handed in, graded, mostly marked, with feedback, requests and extensions."""

    filling: _Filling
    assignment: Assignment
    due: datetime
    count: int

    def all(self) -> None:
        """In one transaction, but for what has its own."""
        filling, draw, slug = self.filling, self.filling.draw, self.assignment.slug
        notebook = json.loads((filling.site.folders.release / slug / self.assignment.notebook_name).read_text(encoding="utf-8"))
        kinds = [results(self.assignment, draw) for _ in range(KINDS)]
        filling.clock[0] = self.due + 10 * DAY
        with filling.ledger.history.writing("bench") as entry:
            teams = filling._teams(entry, slug, self.due - 7 * DAY)
            again = draw.sample(teams, max(self.count - len(teams), 0) % (len(teams) + 1))
            rows = [(team, pair, 1) for team, pair in teams[: self.count]] + [(team, pair, 2) for team, pair in again]
            shas = [self._blob(f"{team}.{number}", notebook) for team, _, number in rows]
            for (team, pair, number), sha256 in zip(rows, shas, strict=True):
                entry.now = self.due + draw.choice((-2, -1, -1, -1, -1, 1)) * DAY - timedelta(minutes=draw.randint(0, 600))
                entry.append(schema.submission, COURSE, draw.choice(pair), slug=slug, team_id=team, number=number,
                             members=json.dumps(sorted(pair)), sha256=sha256, size=60_000)  # fmt: skip
            entry.now = self.due + 9 * DAY
            chosen = [(team, sha256, draw.choice(kinds)) for (team, _, _), sha256 in zip(rows, shas, strict=True) if draw.random() < 0.97]
            members = {team: pair for team, pair, _ in rows}
            entry.append_all(schema.grade, COURSE, ENGINE, [
                {"slug": slug, "team_id": team, "sha256": sha256, "score": sum(p.score for p in problems),
                 "max_score": sum(p.max_score for p in problems), "status": "ok", "version": self.assignment.version, "engine": ENGINE,
                 "problems": json.dumps([dataclasses.asdict(p) for p in problems])} for team, sha256, problems in chosen])  # fmt: skip
            entry.append_all(schema.mark, COURSE, draw.choice(TAS), [
                {"slug": slug, "team_id": team, "sha256": sha256, "test": test.id, "comment": "", "answer": sha256,
                 "points": float(draw.randint(0, int(test.max_score)))}
                for team, sha256, problems in chosen for p in problems if p.by_hand
                for test in p.tests if draw.random() < 0.9])  # fmt: skip
            page = self._page(notebook, kinds[0])
            entry.append_all(schema.feedback_page, COURSE, "bench", [
                {"slug": slug, "team_id": team, "blob": page} for team in dict.fromkeys(team for team, _, _ in chosen)])  # fmt: skip
            self._afterwards(entry, members, chosen)

    def _afterwards(self, entry: Writing, members: Mapping[int, tuple[str, str]], chosen: list[tuple[int, str, Any]]) -> None:
        draw, size, slug = self.filling.draw, self.filling.size, self.assignment.slug
        over, pairs = len(size.slugs) - 1, list(members.values())
        entry.append_all(schema.extension, COURSE, TAS[0], [
            {"slug": slug, "username": draw.choice(pairs)[0], "until": self.due + draw.randint(1, 5) * DAY, "reason": "illness"}
            for _ in range(size.extensions // over)])  # fmt: skip
        whose = [draw.choice(pairs)[1] for _ in range(5)]
        entry.append_all(schema.adjustment, COURSE, TAS[0], [
            {"slug": slug, "username": name, "points": 1.0, "reason": "A slip in the statement."} for name in whose])  # fmt: skip
        asked = draw.sample(chosen, min(size.requests // over, len(chosen)))
        for team, sha256, problems in asked:
            entry.append(schema.request, COURSE, members[team][0], slug=slug, team_id=team, sha256=sha256, problem=problems[0].id,
                         reason="The second test asks for something else than the statement.")  # fmt: skip

    def _blob(self, name: str, notebook: Mapping[str, Any]) -> str:
        files = {self.assignment.notebook_name: filled(notebook, name)}
        return _lay(self.filling.site.folders.blobs, pack(files), fingerprint(files))

    def _page(self, notebook: Mapping[str, Any], problems: tuple[ProblemResult, ...]) -> str:
        """A feedback page; the teams of an assignment share it."""
        files = {self.assignment.notebook_name: filled(notebook, "page")}
        submission = Submission(self.assignment.slug, "team-00001", ("a", "b"), files, fingerprint(files))
        graded = as_graded(self.assignment, submission, problems, engine=ENGINE)
        page = feedback.page(self.assignment, graded, team="team-00001", members=("a", "b"), number=1, submitted_at=self.due, marks={})
        folder = self.filling.site.folders.blobs
        content = page.encode()
        return _lay(folder, content, hashlib.sha256(content).hexdigest())


def results(assignment: Assignment, draw: random.Random) -> tuple[ProblemResult, ...]:
    """What grading might have said about one submission."""
    found = []
    for problem in assignment.problems:
        if problem.by_hand:
            test = TestResult(problem.solutions[0], 0.0, problem.points, Status.UNDECIDED)
            found.append(ProblemResult(problem.id, problem.title, 0.0, problem.points, Status.UNDECIDED, (test,), by_hand=True))
            continue
        tests = []
        for test_case in problem.tests:
            right = draw.random() < 0.75
            message = "" if right else "The shape is (3, 2), but it should be (2, 3)."
            points, status = (test_case.points, Status.OK) if right else (0.0, Status.WRONG)
            tests.append(TestResult(test_case.id, points, test_case.points, status, message, 0.25, test_case.hidden))
        score = sum(test.score for test in tests)
        status = Status.OK if all(test.status is Status.OK for test in tests) else Status.WRONG
        found.append(ProblemResult(problem.id, problem.title, score, sum(test.max_score for test in tests), status, tuple(tests)))
    return tuple(found)


def filled(notebook: Mapping[str, Any], name: str, *, picture: str = "") -> bytes:
    """A release as somebody hands it in: his own line in every solution cell, and a picture where one is asked for."""
    cells: list[dict[str, Any]] = []
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
            cell = {**cell, "source": f"{source}\n# {name}" if cell["cell_type"] == "code" else f"{source}\n\nAnswer of {name}."}
        cells.append(cell)
    if picture:
        output = {"output_type": "display_data", "data": {"image/png": picture}, "metadata": {}}
        place = next(place for place, cell in enumerate(cells) if cell["cell_type"] == "code")
        cells[place] = {**cells[place], "outputs": [output]}
    return json.dumps({**notebook, "cells": cells}).encode()


def _lay(folder: Path, content: bytes, sha256: str) -> str:
    """A blob where the ledger looks for it."""
    place = folder / sha256[:2]
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    (place / sha256).write_bytes(content)
    return sha256


def _due(size: Size, slug: str, now: datetime) -> datetime:
    """One a week; the last one is due when tomorrow ends."""
    return (now + DAY - 7 * DAY * (len(size.slugs) - 1 - size.slugs.index(slug))).replace(microsecond=0)
