"""Standings out of a real ledger: the demo's course, its eight students, and what happens to single ones of them."""
from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.course import Course, load_course
from autograder.imports import import_marks
from autograder.ledger import Ledger, Reason, What
from autograder.model import (
    Assignment,
    CourseError,
    Graded,
    Problem,
    ProblemResult,
    Role,
    RuleError,
    Status,
    TestCase,
    TestResult,
)
from autograder.scoring import graded_status
from autograder.standing import (
    Standing,
    as_json,
    explanation,
    grade_table,
    imagined,
    standing,
    standings,
)
from autograder.standing.items import named
from autograder.words import Sayable

COURSES = Path(__file__).parents[2] / "courses"
PAIRS = (("alice", "bob"), ("carol", "dan"), ("erin", "frank"), ("gina", "hugo"))
STUDENTS = tuple(name for pair in PAIRS for name in pair)
HW0, HW1, HW2 = "hw00-preflight", "hw03-eigen-svd", "hw08-mlp"
LATER = datetime(2027, 6, 1, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
PREFLIGHT = Assignment(HW0, "Preflight", "homework", 100, (
    Problem("p1", "p1", 60, ("p1",), (TestCase("p1_all", 60, True),)),
    Problem("p2", "p2", 40, ("p2",), (TestCase("p2_all", 40, True),))), {}, pass_score=50)


@dataclass
class Class:
    """The demo's course with everybody enrolled and paired; its clock stands where a test puts it."""

    folder: Path
    changes: Mapping[str, object] = field(default_factory=dict)
    now: datetime = LATER
    course: Course = field(init=False)
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        self.course = load_course(COURSES / "demo.toml", self.changes)
        self.ledger = Ledger(f"sqlite:///{self.folder}/ledger.db", clock=lambda: self.now, blobs=self.folder / "blobs",
                             key=b"k" * 32)
        for student in STUDENTS:
            self.ledger.enrol(self.course.id, student, Role.STUDENT, name=student.title(), actor="test")
        for schedule in self.course.schedules:
            assert schedule.team is not None
            self.ledger.publish(
                self.course.id, schedule.slug, title=schedule.slug, opens=None, due=schedule.due, pairs_lock=None,
                closes=schedule.closes, team=schedule.team, version="1", archive=b"zip", points=100, actor="test")
        for slug in (HW1, HW2):
            for pair in PAIRS:
                self.ledger.assign_team(self.course.id, slug, pair, actor="test")

    def due(self, slug: str) -> datetime:
        due = self.course.schedule(slug).due
        assert due is not None
        return due

    def hand_in(self, slug: str, student: str, *, late_by: timedelta = -DAY) -> None:
        cells = [{"cell_type": "code", "source": student, "metadata": {}, "outputs": [], "execution_count": None}]
        notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
        self.now = self.due(slug) + late_by
        self.ledger.submit(self.course.id, slug, student, {f"{slug}.ipynb": json.dumps(notebook).encode()})
        self.now = LATER

    def grade(self, slug: str, student: str, first: float | None, second: float | None = 0.0, *,
              release: bool = True) -> None:
        """Points of the two tests (of 60 and 40) of what the student's team handed in; None: undecided."""
        row = next(row for row in self.ledger.effective(self.course.id, slug) if student in row.members)
        problems = tuple(
            ProblemResult(name, name, points or 0.0, most, status, (
                TestResult(f"{name}_all", points or 0.0, most, status),))
            for name, points, most in (("p1", first, 60.0), ("p2", second, 40.0))
            for status in (Status.UNDECIDED if points is None else Status.OK if points == most else Status.WRONG,))
        graded = Graded(row.team, row.members, slug, sum(p.score for p in problems), 100.0, problems,
                        graded_status(problems), 1.0, "test", {}, row.sha256)
        self.ledger.record(self.course.id, graded, assignment_version="1", engine="test", actor="test")
        if release:
            self.ledger.release_feedback(self.course.id, slug, {row.team: b"page"}, actor="test")

    def all_homework(self, *, but: tuple[str, ...] = ()) -> None:
        """Everybody passes the first homework and has 80 in the two others, except in what is left out."""
        for student in STUDENTS:
            self.hand_in(HW0, student)
            self.grade(HW0, student, 60.0, 40.0)
        for slug in (HW1, HW2):
            for first, _ in PAIRS if slug not in but else ():
                self.hand_in(slug, first)
                self.grade(slug, first, 60.0, 20.0)

    def import_demo_marks(self) -> None:
        import_marks(self.course, self.ledger, (COURSES / "demo-marks.csv").read_bytes(), file="demo-marks.csv",
                     actor="prof")

    def arrange(self, student: str, what: What, item: str = "", value: str = "", *, expires: datetime | None = None) -> None:
        self.ledger.arrangements.arrange(self.course.id, student, what, item, value, reason=Reason.RESERVE_DUTY,
                                         note="in the north", expires=expires, actor="prof")

    def standing(self, student: str) -> Standing:
        return standing(self.course, self.ledger, student, assignments={HW0: PREFLIGHT}, now=self.now)

    def mark(self, student: str, slug: str) -> Fraction | None:
        return next(mark.mark for mark in self.standing(student).marks if mark.item == slug)


def said(texts: Iterable[Sayable]) -> list[str]:
    return [str(text) for text in texts]


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Class]:
    made = Class(tmp_path)
    yield made
    made.ledger.close()


@pytest.fixture
def finished(demo: Class) -> Class:
    """Everything handed in, graded and marked."""
    demo.all_homework()
    demo.import_demo_marks()
    return demo


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Class]:
    """The same once for all tests that only look at it."""
    made = Class(tmp_path_factory.mktemp("class"))
    made.all_homework()
    made.import_demo_marks()
    yield made
    made.ledger.close()


# ── the whole class ───────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("student", "raw", "final", "status", "rule"), [
    ("alice", "82.4", 82, "pass", "weighted"),           # without Homework 3, half of the bonus
    ("bob", "89.5", 90, "pass", "weighted"),             # exam 92.5 is recorded as 93
    ("carol", "54", 54, "fail", "lower-of-two"),         # exam 54, whatever the rest
    ("dan", "73.5", 74, "pass", "weighted"),             # exam 54.5 is recorded as 55
    ("erin", "63.9", 64, "pass", "weighted"),            # the whole bonus
    ("frank", "68.8", 69, "pass", "weighted"),           # a weak Homework 3 counts
    ("gina", "92.6", 93, "pass", "weighted"),
    ("hugo", "78.5", 79, "pass", "weighted")])
def test_the_demo_shows_every_rule(
        unchanged: Class, student: str, raw: str, final: int, status: str, rule: str) -> None:
    grade = unchanged.standing(student).grade
    assert (grade.raw, grade.final, grade.status, grade.rule) == (Fraction(raw), final, status, rule)


def test_the_class_is_read_as_each_of_its_students(unchanged: Class) -> None:
    everybody = standings(unchanged.course, unchanged.ledger, assignments={HW0: PREFLIGHT}, now=LATER)
    assert everybody == tuple(unchanged.standing(student) for student in STUDENTS)
    assert not any(standing.provisional for standing in everybody)


def test_the_table_has_a_column_for_each_component(unchanged: Class) -> None:
    table = grade_table(unchanged.course, [unchanged.standing("alice"), unchanged.standing("carol")])
    assert table == (
        ("student", "hw1", "hw2", "hw3", "project", "exam", "bonus", "total", "grade", "status", "rule", "provisional"),
        ("alice", "80", "80", "", "88", "78", "50", "82.4", "82", "pass", "weighted", ""),
        ("carol", "80", "80", "100", "95", "54", "100", "54", "54", "fail", "lower-of-two", ""))


def test_the_explanation_tells_every_step(unchanged: Class) -> None:
    assert explanation(unchanged.standing("alice")).splitlines() == [
        "alice: 82 (pass)",
        "Marks",
        "  hw00-preflight: passed, 100 of 100 points (team-00009, submission 1)",
        "  hw03-eigen-svd: 80 of 100 points = 80 (team-00001, submission 1)",
        "  hw08-mlp: 80 of 100 points = 80 (team-00005, submission 1)",
        "  Homework 3, on paper: no mark",
        "  Project: 88",
        "  Final exam: 78",
        "  Practice exercises: 6 of 12 = 50",
        "Course grade",
        "  Homework 0: passed",
        "  Homework 1: 80",
        "  Homework 2: 80",
        "  Homework 3: nothing handed in",
        "  Project: 88",
        "  Final exam: 78",
        "  Practice exercises: 50",
        "  Option: Homework 3 not submitted: Homework 3 0 %, Final exam 50 %",
        "  Weighted sum: 10 % of 80 (Homework 1) + 10 % of 80 (Homework 2) + 30 % of 88 (Project) "
        "+ 50 % of 78 (Final exam) = 81.4",
        "  Bonus: 50 % of 2 points (Practice exercises) = 1 more, up to 100 in all",
        "  Final grade: 82.4, half up 82, passed (the pass mark is 55)",
    ]


def test_other_marks_can_be_imagined(unchanged: Class) -> None:
    before = unchanged.standing("alice")
    told = imagined(unchanged.course, before, ["exam=20"])
    assert told.startswith("With 20 in Final exam you would have 20, failed\n") and "below 55" in told
    assert unchanged.standing("alice") == before
    assert imagined(unchanged.course, before, ["exam=?"]) == "At least 55 in Final exam is needed to pass"
    assert imagined(unchanged.course, before, ["exam=?", "project=40"]) == "No mark in Final exam is enough to pass"
    for said in ("exam", "exam=much", "exam=1e3", "quiz=70", "quiz=?"):
        with pytest.raises(CourseError, match=r"imagine"):
            imagined(unchanged.course, before, [said])
    with pytest.raises(CourseError, match="imagine marks for all but one of exam, project"):
        imagined(unchanged.course, before, ["exam=?", "project=?"])


def test_a_standing_can_be_written_as_json(unchanged: Class) -> None:
    written = json.loads(json.dumps(as_json(unchanged.standing("alice"))))
    assert (written["final"], written["raw"], written["status"], written["provisional"]) == (82, 82.4, "pass", False)
    assert written["components"]["hw3"] is None and written["components"]["exam"] == 78


# ── lateness ──────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("late_by", "mark"), [
    (timedelta(), 80), (MINUTE, 75), (DAY, 75), (DAY + MINUTE, 70), (9 * DAY, 60)])
def test_lateness_is_taken_off_before_the_policy(demo: Class, late_by: timedelta, mark: int) -> None:
    demo.hand_in(HW1, "alice", late_by=late_by)
    demo.grade(HW1, "alice", 60.0, 20.0)
    assert demo.mark("alice", HW1) == demo.mark("bob", HW1) == mark


def test_each_of_a_pair_pays_for_his_own_lateness(demo: Class) -> None:
    demo.ledger.extend(demo.course.id, HW1, "bob", until=demo.due(HW1) + 2 * DAY, reason="reserve duty", actor="prof")
    demo.hand_in(HW1, "alice", late_by=DAY + MINUTE)
    demo.grade(HW1, "alice", 60.0, 20.0)
    assert (demo.mark("alice", HW1), demo.mark("bob", HW1)) == (70, 80)
    assert "80 of 100 points, 1 day 1 min late, 10 points off = 70" in explanation(demo.standing("alice"))
    assert "late" not in explanation(demo.standing("bob"))


def test_free_days_go_to_what_was_due_first(tmp_path: Path) -> None:
    demo = Class(tmp_path, {"late": {"per_day": 5, "free_days": 3}})
    for slug, late_by in ((HW1, 2 * DAY), (HW2, 2 * DAY)):
        demo.hand_in(slug, "alice", late_by=late_by)
        demo.grade(slug, "alice", 60.0, 20.0)
    assert (demo.mark("alice", HW1), demo.mark("alice", HW2)) == (80, 75)
    told = explanation(demo.standing("alice"))
    assert "2 days late, 2 free days used, 0 points off = 80" in told
    assert "2 days late, 1 free day used, 5 points off = 75" in told
    demo.ledger.close()


def test_what_comes_after_closing_counts_nothing_but_was_submitted(tmp_path: Path) -> None:
    changes = {"late": {"per_day": 10, "close_after_days": 3}}
    demo = Class(tmp_path, changes)
    demo.ledger.reschedule(demo.course.id, HW1, closes=demo.due(HW1) + 30 * DAY, actor="prof", reason="by hand")
    demo.hand_in(HW1, "alice", late_by=4 * DAY)
    demo.grade(HW1, "alice", 60.0, 20.0)
    assert demo.mark("alice", HW1) == 0
    assert "4 days late, after closing: all points off = 0" in explanation(demo.standing("alice"))
    demo.ledger.close()


def test_an_extension_keeps_a_missing_homework_open(demo: Class) -> None:
    demo.now = demo.due(HW1) + DAY
    demo.ledger.extend(demo.course.id, HW1, "bob", until=demo.due(HW1) + 2 * DAY, reason="reserve duty", actor="prof")
    told = {name: next(mark for mark in demo.standing(name).marks if mark.item == HW1) for name in ("alice", "bob")}
    assert (str(told["alice"].text), told["alice"].to_come) == ("nothing handed in", False)
    assert (str(told["bob"].text), told["bob"].to_come) == ("not due yet", True)
    everybody = standings(demo.course, demo.ledger, assignments={HW0: PREFLIGHT}, now=demo.now)
    assert everybody[:2] == (demo.standing("alice"), demo.standing("bob"))


# ── what a person adds ────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_persons_mark_stands_in_place_of_the_test(finished: Class) -> None:
    team = next(team.id for team in finished.ledger.teams(finished.course.id, HW1) if "alice" in team.members)
    finished.ledger.mark(finished.course.id, HW1, team, "p2_all", 32.5, actor="ta")
    assert finished.mark("alice", HW1) == finished.mark("bob", HW1) == Fraction("92.5")


def test_an_adjustment_is_for_one_student_and_comes_after_the_penalty(demo: Class) -> None:
    demo.hand_in(HW1, "alice", late_by=MINUTE)
    demo.grade(HW1, "alice", 60.0, 20.0)
    demo.ledger.adjust(demo.course.id, HW1, "bob", 5, "the hub was down", actor="prof")
    assert (demo.mark("alice", HW1), demo.mark("bob", HW1)) == (75, 80)
    assert "5 points off, points added: 5 (the hub was down) = 80" in explanation(demo.standing("bob"))


def test_an_adjustment_counts_without_a_submission(demo: Class) -> None:
    demo.ledger.adjust(demo.course.id, HW1, "bob", 62.5, "told me by word of mouth", actor="prof")
    assert (demo.mark("alice", HW1), demo.mark("bob", HW1)) == (None, Fraction("62.5"))


def test_only_the_problems_of_an_item_count(tmp_path: Path) -> None:
    demo = Class(tmp_path, {"component.hw1.items": [{"slug": HW1, "problems": ["p2"]}],
                            "component.hw2.items": [{"slug": HW1, "problems": ["p1"]}]})
    demo.hand_in(HW1, "alice", late_by=MINUTE)
    demo.grade(HW1, "alice", 60.0, 30.0)
    demo.ledger.adjust(demo.course.id, HW1, "alice", 2, "a typing error of ours", actor="prof")
    assert demo.mark("alice", f"{HW1}[p2]") == Fraction(100 * (30 - 2 + 2), 40)      # 5 % of its 40 points, 2 added
    assert demo.mark("alice", f"{HW1}[p1]") == Fraction(100 * (60 - 3), 60)          # the 2 points count once
    demo.ledger.close()


def test_an_item_of_problems_that_do_not_exist_is_told(tmp_path: Path) -> None:
    demo = Class(tmp_path, {"component.hw1.items": [{"slug": HW1, "problems": ["p11"]}]})
    demo.hand_in(HW1, "alice")
    demo.grade(HW1, "alice", 60.0)
    with pytest.raises(CourseError, match=r"no problem 'p11'; did you mean 'p1'\?"):
        demo.standing("alice")
    demo.ledger.close()


# ── what is not final ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_before_anything_is_due_everything_is_to_come(demo: Class) -> None:
    demo.now = demo.due(HW0) - DAY
    early = demo.standing("alice")
    assert (early.grade.status, early.grade.final, early.provisional) == ("incomplete", None, True)
    assert {str(mark.text) for mark in early.marks} == {"not due yet", "not marked yet"}


def test_the_grade_so_far_is_that_of_the_components_that_are_there(demo: Class) -> None:
    demo.all_homework(but=(HW2,))
    demo.now = demo.due(HW2) - MINUTE
    assert demo.standing("alice").grade.so_far == 80


def test_an_undecided_hidden_test_is_named_by_its_problem_and_another_by_itself() -> None:
    both = tuple(TestResult(name, 0.0, 5.0, Status.UNDECIDED, hidden=hidden) for name, hidden in (("p1-secret", True), ("p1-open", False)))
    written = (TestResult("p2-proof", 0.0, 5.0, Status.UNDECIDED),)
    problems = (ProblemResult("p1", "One", 0.0, 10.0, Status.UNDECIDED, both),
                ProblemResult("p2", "Two", 0.0, 5.0, Status.UNDECIDED, written, by_hand=True))
    assert named(problems, ("p1-secret", "p1-open", "p2-proof")) == ("p1", "p1-open", "p2-proof")


def test_an_undecided_test_makes_the_grade_provisional_and_costs_nothing_yet_decided(finished: Class) -> None:
    finished.hand_in(HW2, "bob", late_by=-MINUTE)
    finished.grade(HW2, "bob", 60.0, None)
    told = finished.standing("bob")
    assert told.provisional and said(told.notes) == [f"{HW2}: a person has yet to decide p2"]
    assert finished.mark("bob", HW2) == 60
    assert "bob: 88 (pass, provisional)" in explanation(told)
    team = next(team.id for team in finished.ledger.teams(finished.course.id, HW2) if "bob" in team.members)
    finished.ledger.mark(finished.course.id, HW2, team, "p2_all", 40.0, actor="ta")
    assert not finished.standing("bob").provisional and finished.mark("bob", HW2) == 100


def test_a_submission_that_is_not_graded_leaves_the_grade_open(finished: Class) -> None:
    finished.hand_in(HW2, "bob", late_by=-MINUTE)
    told = finished.standing("alice")
    assert (told.grade.status, said(told.notes)) == ("incomplete", [f"{HW2}: not graded yet"])


def test_a_grade_is_provisional_until_feedback_is_released(demo: Class) -> None:
    demo.hand_in(HW1, "alice")
    demo.grade(HW1, "alice", 60.0, release=False)
    assert f"{HW1}: its feedback is not released yet" in said(demo.standing("alice").notes)
    demo.grade(HW1, "alice", 60.0, release=True)
    assert demo.standing("alice").notes == ()


# ── what has to be passed ─────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("first", "second", "status", "provisional"), [
    (60.0, 0.0, "pass", False), (0.0, 40.0, "hw0-not-passed", False), (None, 40.0, "pass", True),
    (60.0, None, "pass", False)])
def test_the_first_homework_is_passed_by_its_own_rule(
        finished: Class, first: float | None, second: float | None, status: str, provisional: bool) -> None:
    finished.hand_in(HW0, "alice", late_by=-MINUTE)
    finished.grade(HW0, "alice", first, second)
    told = finished.standing("alice")
    assert (told.grade.status, told.provisional) == (status, provisional)


def test_whoever_hands_in_no_first_homework_has_no_grade(finished: Class) -> None:
    finished.ledger.enrol(finished.course.id, "ivan", Role.STUDENT, name="Ivan", actor="test")
    finished.ledger.external_mark(finished.course.id, "exam", "ivan", "99", actor="prof", source="paper")
    assert finished.standing("ivan").grade.status == "hw0-not-passed"


def test_before_it_is_due_the_first_homework_can_still_be_passed(demo: Class) -> None:
    demo.hand_in(HW0, "alice")
    demo.grade(HW0, "alice", 0.0, 40.0)
    demo.now = demo.due(HW0) - MINUTE
    assert next(mark.to_come for mark in demo.standing("alice").marks if mark.item == HW0)


def test_points_added_by_a_person_help_to_pass(demo: Class) -> None:
    demo.hand_in(HW0, "alice")
    demo.grade(HW0, "alice", 0.0, 40.0)
    demo.ledger.adjust(demo.course.id, HW0, "alice", 10, "the statement was wrong", actor="prof")
    assert next(mark.passed for mark in demo.standing("alice").marks if mark.item == HW0)


def test_an_assignment_to_be_passed_must_be_built(unchanged: Class) -> None:
    with pytest.raises(CourseError, match="autograder build hw00-preflight"):
        standing(unchanged.course, unchanged.ledger, "alice", assignments={}, now=LATER)


# ── marks from outside, and what differs for one student ──────────────────────────────────────────────────────────────
def test_who_has_no_mark_was_absent_once_others_have_one(demo: Class) -> None:
    demo.all_homework()
    for name in ("project", "hw3"):
        demo.ledger.external_mark(demo.course.id, name, "bob", "80", actor="prof", source="list")
    assert demo.standing("alice").grade.status == "incomplete"
    demo.ledger.external_mark(demo.course.id, "exam", "bob", "80", actor="prof", source="list")
    assert demo.standing("alice").grade.status == "absent"


def test_absent_is_a_mark(finished: Class) -> None:
    finished.ledger.external_mark(finished.course.id, "exam", "bob", "absent", actor="prof", source="list")
    assert finished.standing("bob").grade.status == "absent"
    finished.ledger.external_mark(finished.course.id, "project", "gina", "absent", actor="prof", source="list")
    assert finished.standing("gina").grade.final == 0


@pytest.mark.parametrize("mark", ["pass", "101", "-1", "1e2"])
def test_a_mark_that_is_none_is_told_with_its_source(finished: Class, mark: str) -> None:
    finished.ledger.external_mark(finished.course.id, "exam", "bob", mark, actor="prof", source="list of June")
    with pytest.raises(CourseError, match="bob's mark from list of June"):
        finished.standing("bob")


def test_arrangements_of_one_student_act(demo: Class) -> None:
    demo.arrange("alice", What.EXCUSE, "hw1", "exam")
    demo.arrange("bob", What.POSTPONE, "project")
    demo.arrange("erin", What.KIND, "", "graduate")
    demo.all_homework(but=(HW1,))
    marks = (COURSES / "demo-marks.csv").read_text().replace("bob,project,88\n", "")
    import_marks(demo.course, demo.ledger, marks.encode(), file="marks.csv", actor="prof")
    assert demo.standing("alice").grade.raw == 8 + Fraction("26.4") + Fraction("46.8") + 1      # exam 60 %
    assert demo.standing("bob").grade.status == "incomplete"
    assert (demo.standing("erin").grade.rule, demo.standing("erin").grade.final) == ("lower-of-two", 57)


def test_a_stranger_has_no_standing(demo: Class) -> None:
    with pytest.raises(RuleError, match="no student 'mallory'"):
        demo.standing("mallory")


def test_an_import_with_an_error_changes_nothing_and_repeating_a_good_one_adds_nothing(demo: Class) -> None:
    with pytest.raises(CourseError, match="line 3, column username"):
        import_marks(demo.course, demo.ledger, b"username,item,mark\nalice,exam,70\nalicf,exam,70\n", file="m.csv",
                     actor="prof")
    assert demo.ledger.external_marks(demo.course.id) == ()
    demo.import_demo_marks()
    lines = len(demo.ledger.audit(demo.course.id))
    demo.import_demo_marks()
    assert len(demo.ledger.audit(demo.course.id)) == lines
