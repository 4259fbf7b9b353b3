"""Requests to look at a grade again: who can ask, what an answer can give, and that nothing later takes it away."""
from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.ledger import Answer, Ledger, Outcome, Receipt, Request
from autograder.ledger.requests import LONGEST, Ground, answered, lacking, refusal
from autograder.model import ProblemResult, RuleError, Status, TestResult
from tests.ledger.conftest import DAY, START, Clock, pair, record, work

WEEK = timedelta(days=7)


def problem(name: str, *scores: float | None) -> ProblemResult:
    """Tests of 5 points each; None is undecided."""
    states = [Status.UNDECIDED if score is None else Status.OK if score == 5 else Status.WRONG for score in scores]
    tests = tuple(TestResult(f"{name}{n}", scores[n] or 0.0, 5.0, state) for n, state in enumerate(states))
    return ProblemResult(name, name, sum(score or 0.0 for score in scores), 5.0 * len(scores), Status.WRONG, tests)


OPEN = Request(1, "calc", "hw", "team-00001", "ab", "p2", "why?", "ann", START, ("ann", "ben"))
DECLINED = replace(OPEN, answer=Answer(Outcome.DECLINED, "No.", 0.0, (), "tina", START))
GROUND = Ground("hw", "team-00001", (problem("p1", 5, 5), problem("p2", 5, 0), problem("p3", 2), problem("p4", 5, None)), START, ())


# -------------------------------------------------------------------- the rules

@pytest.mark.parametrize(("ground", "name", "after", "window", "code"), [
    (GROUND, "p2", WEEK, WEEK, None),
    (GROUND, "p2", WEEK + timedelta(microseconds=1), WEEK, "too-late"),
    (GROUND, "p2", 1000 * DAY, None, None),
    (GROUND, "p1", DAY, WEEK, "full-marks"),
    (GROUND, "p4", DAY, WEEK, "undecided"),
    (GROUND, "p9", DAY, WEEK, "unknown-problem"),
    (replace(GROUND, released=None), "p2", DAY, WEEK, "no-feedback"),
    (replace(GROUND, problems=()), "p2", DAY, WEEK, "no-feedback"),
    (replace(GROUND, requests=(OPEN,)), "p2", DAY, WEEK, "open-request"),
    (replace(GROUND, requests=(OPEN,)), "p3", DAY, WEEK, None),
    (replace(GROUND, requests=(DECLINED,)), "p2", DAY, WEEK, None),
    (replace(GROUND, requests=(DECLINED, OPEN)), "p2", DAY, WEEK, "open-request"),
], ids=["last instant", "window over", "no window", "nothing lost", "waits", "no such problem", "feedback not out", "not graded",
        "one is open", "another problem", "after an answer", "again open"])
def test_who_can_ask(ground: Ground, name: str, after: timedelta, window: timedelta | None, code: str | None) -> None:
    refused = refusal(ground, name, START + after, window)
    assert (refused and refused[1]) == code
    assert refused is None or str(refused[0])


BOTH = {"ann": Fraction(5), "ben": Fraction(5)}


@pytest.mark.parametrize(("request_", "outcome", "words", "points", "only", "missing", "gets"), [
    (OPEN, Outcome.UPHELD, "Yes.", 5.0, None, BOTH, ("ann", "ben")),
    (OPEN, Outcome.UPHELD, "Yes.", 0.5, "ben", BOTH, ("ben",)),
    (OPEN, Outcome.UPHELD, "Yes, in the next grading.", 0.0, None, BOTH, ()),
    (OPEN, Outcome.DECLINED, "No.", 0.0, None, BOTH, ()),
    (OPEN, Outcome.UPHELD, "Yes.", 1.0, None, {"ben": Fraction(5)}, ("ben",)),
    (OPEN, Outcome.DECLINED, "No.", 1.0, None, BOTH, "bad-points"),
    (OPEN, Outcome.UPHELD, "Yes.", -1.0, None, BOTH, "bad-points"),
    (OPEN, Outcome.UPHELD, "Yes.", float("nan"), None, BOTH, "bad-points"),
    (OPEN, Outcome.UPHELD, "Yes.", float("inf"), None, BOTH, "bad-points"),
    (OPEN, Outcome.UPHELD, "Yes.", 5.1, None, BOTH, "too-many-points"),
    (OPEN, Outcome.UPHELD, "Yes.", 3.0, None, {"ann": Fraction(5), "ben": Fraction(2)}, "too-many-points"),
    (OPEN, Outcome.UPHELD, "Yes.", 3.0, "ann", {"ann": Fraction(5), "ben": Fraction(2)}, ("ann",)),
    (OPEN, Outcome.UPHELD, "", 1.0, None, BOTH, "no-words"),
    (OPEN, Outcome.UPHELD, "Yes.", 1.0, "cat", BOTH, "unknown-person"),
    (OPEN, Outcome.UPHELD, "Yes.", 1.0, None, {}, "superseded"),
    (OPEN, Outcome.UPHELD, "Yes.", 0.0, None, {}, ()),
    (DECLINED, Outcome.UPHELD, "Yes.", 1.0, None, BOTH, "answered"),
])
def test_who_gets_the_points_of_an_answer(request_: Request, outcome: Outcome, words: str, points: float, only: str | None,
                                          missing: dict[str, Fraction], gets: tuple[str, ...] | str) -> None:
    try:
        found: tuple[str, ...] | str = answered(request_, outcome, words, points, only, missing)
    except RuleError as refused:
        assert str(refused)
        found = refused.code
    assert found == gets


scores = st.lists(st.sampled_from([0.0, 0.1, 2.5, 4.9, 5.0]), min_size=1, max_size=6)


@given(scores=scores, granted=st.lists(st.sampled_from([0.1, 0.2, 1.0, 7.0]), max_size=5), points=st.floats(allow_nan=True))
def test_what_is_granted_never_makes_more_than_the_problem_has(scores: list[float], granted: list[float], points: float) -> None:
    left = lacking(problem("p2", *scores), granted)
    assert 0 <= left <= 5 * len(scores)
    try:
        gets = answered(OPEN, Outcome.UPHELD, "Yes.", points, None, {"ann": left})
    except RuleError:
        return
    assert not gets or 0 < points <= left
    if gets:
        assert lacking(problem("p2", *scores), [*granted, points]) < left


# -------------------------------------------------------------------- the chapter

@pytest.fixture
def graded_pair(course: Ledger) -> Receipt:
    """Ann and ben have 2 of 5 points in problem-a, all in problem-b; feedback is out."""
    pair(course)
    receipt = course.submit("calc", "hw", "ann", work("1"))
    record(course, receipt, {"a": 2, "b": 5})
    course.release_feedback("calc", "hw", {receipt["team"]: b"page"}, actor="tina")
    return receipt


def ask(book: Ledger, by: str = "ann", name: str = "problem-a", reason: str = "My proof holds.") -> Request:
    return book.requests.ask("calc", "hw", by, name, reason, window=WEEK)


def score(book: Ledger, username: str) -> float | None:
    credit = book.grade_for("calc", "hw", username)
    return credit and credit.score


def test_a_request_is_kept_with_its_reason_and_both_partners_see_it(course: Ledger, graded_pair: Receipt) -> None:
    made = ask(course)
    assert (made.by, made.problem, made.reason, made.team, made.members, made.answer) == (
        "ann", "problem-a", "My proof holds.", graded_pair["team"], ("ann", "ben"), None)
    assert course.requests.of("calc", "hw", "ben") == course.requests.of("calc", "hw", "ann") == (made,)
    assert course.requests.of("calc", "hw", "cat") == () and course.requests.all("calc") == (made,)


def test_an_upheld_request_gives_its_points_to_both_in_one_write(course: Ledger, graded_pair: Receipt) -> None:
    made = ask(course)
    before = len(course.audit("calc"))
    done = course.requests.answer("calc", made.id, upheld=True, words="It does.", points=1.5, actor="tina")
    assert done.answer == Answer(Outcome.UPHELD, "It does.", 1.5, ("ann", "ben"), "tina", START)
    assert (score(course, "ann"), score(course, "ben")) == (8.5, 8.5)
    assert [line.action for line in course.audit("calc")[before:]] == ["adjustment", "adjustment", "request end"]
    assert {a.reason for a in course.adjustments("calc", "hw")} == {f"#{made.id} problem-a: It does."}
    course.check_chain("calc")


def test_points_can_go_to_one_partner(course: Ledger, graded_pair: Receipt) -> None:
    course.requests.answer("calc", ask(course).id, upheld=True, words="Ann's part.", points=3, only="ann", actor="tina")
    assert (score(course, "ann"), score(course, "ben")) == (10, 7)


def test_neither_a_new_grade_nor_new_feedback_nor_a_mark_takes_the_points_away(course: Ledger, graded_pair: Receipt) -> None:
    course.requests.answer("calc", ask(course).id, upheld=True, words="Yes.", points=1, actor="tina")
    record(course, graded_pair, {"a": 0, "b": 5})
    course.release_feedback("calc", "hw", {graded_pair["team"]: b"other page"}, actor="tina")
    assert score(course, "ann") == 6
    course.mark("calc", "hw", graded_pair["team"], "a", 4, actor="tina")
    assert score(course, "ann") == 10


def test_what_is_said_twice_adds_nothing(course: Ledger, graded_pair: Receipt) -> None:
    made = ask(course)
    assert ask(course) == made
    done = course.requests.answer("calc", made.id, upheld=True, words="Yes.", points=1, actor="tina")
    lines = len(course.audit("calc"))
    assert course.requests.answer("calc", made.id, upheld=True, words="Yes.", points=1, actor="tina") == done
    assert len(course.audit("calc")) == lines
    for words, points, actor in (("Yes!", 1, "tina"), ("Yes.", 2, "tina"), ("Yes.", 1, "tom")):
        with pytest.raises(RuleError, match="no longer open"):
            course.requests.answer("calc", made.id, upheld=True, words=words, points=points, actor=actor)
    assert len(course.audit("calc")) == lines


def test_of_two_who_answer_at_once_one_is_heard(graded_pair: Receipt, course: Ledger) -> None:
    made = ask(course)

    def answer(actor: str) -> str:
        try:
            course.requests.answer("calc", made.id, upheld=True, words=f"Yes, says {actor}.", points=1, actor=actor)
            return "heard"
        except RuleError as refused:
            return refused.code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(answer, ("tina", "tom", "tim", "tess"))) == ["answered"] * 3 + ["heard"]
    assert score(course, "ann") == 8
    course.check_chain("calc")


def test_after_an_answer_a_new_request_is_another_one_and_gets_what_is_left(course: Ledger, graded_pair: Receipt) -> None:
    first = ask(course)
    course.requests.answer("calc", first.id, upheld=True, words="Half.", points=2, actor="tina")
    second = ask(course, "ben", reason="And the other half?")
    assert second.id != first.id and len(course.requests.all("calc", "hw")) == 2
    with pytest.raises(RuleError, match=r"lacks 1 points, fewer than 1\.5"):
        course.requests.answer("calc", second.id, upheld=True, words="Yes.", points=1.5, actor="tom")
    course.requests.answer("calc", second.id, upheld=True, words="Yes.", points=1, actor="tom")
    assert score(course, "ben") == 10 and course.requests.get("calc", first.id).answer != course.requests.get("calc", second.id).answer


def test_only_who_asked_takes_a_request_back_and_only_while_it_is_open(course: Ledger, graded_pair: Receipt) -> None:
    made = ask(course)
    with pytest.raises(RuleError, match="Only ann"):
        course.requests.withdraw("calc", made.id, by="ben")
    taken_back = course.requests.withdraw("calc", made.id, by="ann")
    assert taken_back.answer is not None and taken_back.answer.outcome is Outcome.WITHDRAWN
    assert course.requests.withdraw("calc", made.id, by="ann") == taken_back
    with pytest.raises(RuleError, match="taken back by ann"):
        course.requests.answer("calc", made.id, upheld=False, words="No.", actor="tina")
    other = ask(course)
    course.requests.answer("calc", other.id, upheld=False, words="No.", actor="tina")
    with pytest.raises(RuleError, match="was answered"):
        course.requests.withdraw("calc", other.id, by="ann")


@pytest.mark.parametrize(("by", "name", "reason", "code"), [
    ("cat", "problem-a", "why", "unknown-submission"), ("ann", "a", "why", "unknown-problem"), ("ann", "problem-b", "why", "full-marks"),
    ("ann", "problem-a", " \n\x00\x1b ", "no-reason"), ("ann", "problem-a", "x" * (LONGEST + 1), "too-long"),
])
def test_a_request_that_cannot_be_made_writes_nothing(course: Ledger, graded_pair: Receipt, by: str, name: str, reason: str,
                                                      code: str) -> None:
    lines = len(course.audit("calc"))
    with pytest.raises(RuleError) as refused:
        ask(course, by, name, reason)
    assert refused.value.code == code and len(course.audit("calc")) == lines


def test_the_window_begins_with_the_teams_own_newest_feedback(course: Ledger, graded_pair: Receipt, clock: Clock) -> None:
    clock.now = START + 8 * DAY
    with pytest.raises(RuleError, match="were taken until 2026-03-09 09:00 UTC"):
        ask(course)
    course.release_feedback("calc", "hw", {graded_pair["team"]: b"page"}, actor="tina")      # the same page is no news
    with pytest.raises(RuleError, match="were taken until"):
        ask(course)
    course.release_feedback("calc", "hw", {graded_pair["team"]: b"a corrected page"}, actor="tina")
    assert ask(course).at == clock.now


def test_without_feedback_nobody_asks(course: Ledger) -> None:
    pair(course)
    record(course, course.submit("calc", "hw", "ann", work("1")), {"a": 2})
    with pytest.raises(RuleError, match="not out yet"):
        ask(course)


def test_feedback_on_older_work_is_none_on_what_counts_now(course: Ledger, graded_pair: Receipt, clock: Clock) -> None:
    clock.now = START + DAY
    record(course, course.submit("calc", "hw", "ben", work("2")), {"a": 4, "b": 5})
    with pytest.raises(RuleError, match="not out yet"):
        ask(course)
    course.release_feedback("calc", "hw", {graded_pair["team"]: b"page on the new work"}, actor="tina")
    assert ask(course).sha256 != graded_pair["sha256"]


def test_a_page_can_say_what_can_be_asked_about(course: Ledger, graded_pair: Receipt) -> None:
    def askable(username: str) -> list[str] | None:
        ground = course.requests.ground("calc", "hw", username)
        return ground and [problem.id for problem in ground.problems if refusal(ground, problem.id, START, WEEK) is None]

    assert askable("ben") == ["problem-a"] and askable("cat") is None
    ask(course)
    assert askable("ben") == []


def test_work_that_no_longer_counts_gets_no_points(course: Ledger, graded_pair: Receipt) -> None:
    made = ask(course)
    record(course, course.submit("calc", "hw", "ben", work("2")), {"a": 4, "b": 5})
    with pytest.raises(RuleError, match="no longer counts"):
        course.requests.answer("calc", made.id, upheld=True, words="Yes.", points=1, actor="tina")
    course.requests.answer("calc", made.id, upheld=True, words="Yes; your new work has it.", actor="tina")
    assert score(course, "ann") == 9


def test_a_member_who_has_moved_on_gets_no_points_for_the_old_work(course: Ledger, graded_pair: Receipt) -> None:
    made = ask(course)
    course.assign_team("calc", "hw", ["ann", "cat"], actor="tina")
    course.submit("calc", "hw", "cat", work("3"))
    done = course.requests.answer("calc", made.id, upheld=True, words="Yes.", points=1, actor="tina")
    assert done.answer is not None and done.answer.members == ("ben",)


def test_who_gave_the_mark_is_known_so_that_another_can_look(course: Ledger, graded_pair: Receipt) -> None:
    course.mark("calc", "hw", graded_pair["team"], "a", 1, "Thin.", actor="tom")
    course.mark("calc", "hw", graded_pair["team"], "b", 5, actor="tina")
    weighed = course.requests.weighed(ask(course))
    assert weighed.markers == ("tom",) and weighed.left == {"ann": 4, "ben": 4}
    assert weighed.problem is not None and weighed.problem.score == 1


def test_hostile_words_are_kept_as_text(course: Ledger, graded_pair: Receipt) -> None:
    made = ask(course, reason="\x1b[31m<script>alert(1)</script>\x00\ud800 'x'; DROP TABLE request;\r\nשלמ")
    assert made.reason == "[31m<script>alert(1)</script>? 'x'; DROP TABLE request;\nשלמ"
    assert course.requests.get("calc", made.id) == made
    course.check_chain("calc")


def test_a_request_of_another_course_is_not_found(course: Ledger, graded_pair: Receipt) -> None:
    made = ask(course)
    for number, name in ((made.id, "algebra"), (made.id + 1, "calc")):
        with pytest.raises(RuleError, match="There is no request"):
            course.requests.get(name, number)
