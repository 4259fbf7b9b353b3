"""What single rules do, how they are told to a person, and which policies are refused with which reason."""
from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from autograder.model import CourseError
from autograder.policy import (
    Combine,
    Component,
    Gate,
    Item,
    Kind,
    Marks,
    Option,
    Otherwise,
    Policy,
    Scale,
    To,
    course_grade,
    explain,
    half_up,
    needed,
    show,
    weights_after,
    what_if,
)

HOMEWORK = Component("hw", "Homework", (Item("a"), Item("b"), Item("c")), Fraction(30))
PROJECT = Component("project", "Project", (Item("project"),), Fraction(20), Kind.PROJECT, rounded=True)
EXAM = Component("exam", "Final exam", (Item("june"), Item("july")), Fraction(50), Kind.EXAM, Combine.LAST,
                 rounded=True)
POLICY = Policy((HOMEWORK, PROJECT, EXAM), Fraction(55), excused_to="exam")


def with_parts(*components: Component, **others: Any) -> Policy:
    return Policy(components, others.pop("pass_mark", Fraction(55)), **others)


def marks(**items: Any) -> Marks:
    """Everything 80, except what is given."""
    usual: dict[str, Any] = {"a": 80, "b": 80, "c": 80, "project": 80, "june": 80} | items
    return Marks({key: None if mark is None else Fraction(mark) for key, mark in usual.items()})


# ── single rules ──────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("number", "integer"), [
    ("72.5", 73), ("58.5", 59), ("38.5", 39), ("0", 0), ("0.5", 1), ("99.4999999999999999999", 99), ("54.5", 55),
    ("54.4", 54)])
def test_halves_are_rounded_upwards(number: str, integer: int) -> None:
    assert half_up(Fraction(number)) == integer


@pytest.mark.parametrize(("combine", "june", "july", "counts"), [
    (Combine.LAST, 90, 60, 60), (Combine.BEST, 90, 60, 90), (Combine.LAST, 90, None, 90), (Combine.BEST, None, 60, 60),
    (Combine.MEAN, 90, 60, 75), (Combine.MEAN, 90, None, 45)])
def test_of_two_sittings_the_last_or_the_best_counts(combine: Combine, june: Any, july: Any, counts: int) -> None:
    policy = with_parts(HOMEWORK, PROJECT, replace(EXAM, combine=combine))
    assert course_grade(policy, marks(june=june, july=july)).raw == Fraction(30 * 80 + 20 * 80 + 50 * counts, 100)


def test_an_imagined_mark_takes_the_place_of_what_is_there_or_still_to_come() -> None:
    waiting = replace(marks(june=None), to_come=frozenset({"june", "july"}))
    assert course_grade(POLICY, waiting).status == "incomplete"
    assert what_if(POLICY, waiting, {"june": Fraction(70)}).grade.final == 75
    assert what_if(POLICY, waiting, {"june": Fraction(70), "a": Fraction(50)}).grade.final == 72
    assert what_if(POLICY, marks(), {"july": Fraction(40)}).grade.raw == course_grade(POLICY, marks(july=40)).raw
    assert what_if(POLICY, replace(waiting, to_come=frozenset({"exam"})), {"july": Fraction(70)}).grade.final == 75
    assert what_if(POLICY, waiting, {"a": Fraction(100)}).grade.status == "incomplete"


@pytest.mark.parametrize(("imagined", "to_come", "sentence"), [
    ({"june": 70}, ("june",), "With 70 in Final exam (june) you would have 75, passed"),
    ({"project": 70, "a": "62.5"}, (), "With 70 in Project and 62.5 in a you would have 76, passed"),
    ({"june": 0}, ("june",), "With 0 in Final exam (june) you would have 40, failed"),
    ({"a": 100}, ("june",), "With 100 in a you would have 84 so far, and no final grade yet"),
    ({"a": 100}, (), "With 100 in a you would have no final grade: none, because Final exam was not taken")])
def test_other_marks_are_answered_with_a_sentence(imagined: dict[str, Any], to_come: tuple[str, ...],
                                                  sentence: str) -> None:
    given = replace(marks(june=80 if "project" in imagined else None), to_come=frozenset(to_come))
    told = what_if(POLICY, given, {key: Fraction(mark) for key, mark in imagined.items()}, {"a": "a"})
    assert str(told.text) == sentence


@pytest.mark.parametrize(("given", "mark", "sentence"), [
    (marks(june=None), 29, "At least 29 in Final exam (june) is needed to pass"),
    (marks(june=None, a=100, b=100, c=100, project=100), 9, "At least 9 in Final exam (june) is needed to pass"),
    (marks(june=None, a=0, b=0, c=0, project=0), None, "No mark in Final exam (june) is enough to pass"),
    (replace(marks(june=None, project=None), to_come=frozenset({"june", "project"})), None,
     "What Final exam (june) needs cannot be said yet, because of Project")])
def test_the_smallest_mark_that_passes_is_found(given: Marks, mark: int | None, sentence: str) -> None:
    told = needed(POLICY, given, "june")
    assert (told.mark, str(told.text)) == (mark, sentence)


def test_any_mark_may_be_enough_and_a_better_one_may_not_be() -> None:
    policy = replace(POLICY, pass_mark=Fraction(50), gates=(Gate("most", ("exam",), Otherwise.LOWEST, Fraction(60)),))
    weak = marks(a=0, b=0, c=0, project=70, june=None)
    told = needed(policy, weak, "june", {"june": "the exam"})
    assert told.mark == 50 and course_grade(policy, replace(weak, items={**weak.items, "june": Fraction(60)})).final == 44
    assert str(told.text) == "At least 50 in the exam is needed to pass, but not every mark above it is enough"
    assert str(needed(POLICY, marks(), "a").text) == "Any mark in Homework (a) is enough to pass, even 0"


@pytest.mark.parametrize(("name", "mark", "said"), [
    ("agust", 70, "there is no mark 'agust' to imagine"), ("june", 101, "101 is no mark; imagine one from 0 to 100")])
def test_what_cannot_be_imagined_is_said(name: str, mark: int, said: str) -> None:
    with pytest.raises(CourseError, match=said):
        what_if(POLICY, marks(), {name: Fraction(mark)})


def test_an_item_that_was_not_handed_in_is_zero() -> None:
    assert course_grade(POLICY, marks(c=None)).raw == Fraction(30 * 160, 300) + 16 + 40


def test_the_lowest_items_can_be_left_out() -> None:
    policy = with_parts(replace(HOMEWORK, drop_lowest=1), PROJECT, EXAM)
    grade = course_grade(policy, marks(b=None, c=60))
    assert grade.raw == 21 + 16 + 40
    assert "without the lowest (b)" in explain(grade)


def test_items_count_by_their_share() -> None:
    halves = replace(HOMEWORK, items=(Item("a"), Item("b", share=Fraction(1, 2)), Item("c", share=Fraction(1, 2))))
    assert course_grade(with_parts(halves, PROJECT, EXAM), marks(a=100, b=0, c=50)).raw == Fraction(75, 4) + 16 + 40


def test_an_excused_item_moves_its_share_of_the_weight_to_the_exam() -> None:
    grade = course_grade(POLICY, replace(marks(a=100, b=40, c=0, june=60), excused={"c": To.EXAM}))
    assert grade.raw == Fraction(20 * 70 + 20 * 80 + 60 * 60, 100)
    assert "Excused: c: the weight moves to Final exam, now 60 %" in explain(grade)


ONE, TWO, THREE = (Component(f"h{n}", f"Homework {n}", (Item(f"h{n}-a"), Item(f"h{n}-b")), Fraction(n)) for n in (10, 20, 30))
THREEFOLD = Policy((ONE, TWO, THREE, replace(EXAM, weight=Fraction(40))), Fraction(55), excused_to="exam")


@pytest.mark.parametrize(("excused", "weights"), [
    ({}, (10, 20, 30, 40)),
    ({"h10": To.REST}, (0, 24, 36, 40)),
    ({"h10": To.EXAM}, (0, 20, 30, 50)),
    ({"h10": To.REST, "h20": To.EXAM}, (0, 0, 40, 60)),
    ({"h10": To.REST, "h20": To.REST}, (0, 0, 60, 40)),
    ({"h10-a": To.REST}, (10, 20, 30, 40)),
    ({"h10-a": To.EXAM}, (5, 20, 30, 45)),
    ({"h10-a": To.REST, "h10-b": To.EXAM}, (0, 22, 33, 45)),
    ({"h10-a": To.REST, "h10-b": To.REST}, (0, 24, 36, 40)),
    ({"h30-a": To.EXAM, "h20": To.REST}, (18, 0, 27, 55)),
    ({"h30": To.EXAM, "h30-a": To.REST}, (15, 30, 0, 55)),
    ({"h10": To.EXAM, "h20": To.EXAM, "h30": To.EXAM}, (0, 0, 0, 100)),
])
def test_the_weight_of_what_is_excused_goes_to_the_exam_or_to_the_rest(excused: dict[str, To],
                                                                       weights: tuple[Any, ...]) -> None:
    after = weights_after(THREEFOLD, (), excused)
    assert tuple(after.values()) == weights and sum(after.values()) == 100


def test_thirds_are_exact() -> None:
    policy = replace(THREEFOLD, components=(replace(ONE, weight=Fraction(30)), TWO, replace(THREE, weight=Fraction(10)),
                                            THREEFOLD.components[3]))
    after = weights_after(policy, (), {"h20": To.REST})
    assert after == {"h10": 45, "h20": 0, "h30": 15, "exam": 40}
    assert weights_after(policy, (), {"h30": To.REST})["h10"] == 36


def test_an_item_excused_to_the_rest_leaves_its_share_to_the_rest_of_its_component() -> None:
    grade = course_grade(POLICY, replace(marks(a=100, b=40, c=0, june=60), excused={"c": To.REST}))
    assert grade.raw == Fraction(30 * 70 + 20 * 80 + 50 * 60, 100)
    assert "Excused: c: the rest of Homework counts in its place" in explain(grade)


def test_the_other_sitting_has_the_whole_weight_when_one_is_excused() -> None:
    twice = replace(PROJECT, items=(Item("paper"), Item("again")), combine=Combine.BEST)
    policy = with_parts(HOMEWORK, twice, EXAM, excused_to="exam")
    for to in To:
        assert weights_after(policy, (), {"paper": to}) == {"hw": 30, "project": 20, "exam": 50}
        items = {name: Fraction(80) for name in ("a", "b", "c", "again", "june")}
        assert "the rest of Project counts" in explain(course_grade(policy, Marks(items, excused={"paper": to})))


def test_a_component_excused_to_the_rest_is_told_with_the_weights() -> None:
    mine = {f"h{n}-{half}": Fraction(80) for n in (10, 20, 30) for half in "ab"} | {"june": Fraction(80)}
    grade = course_grade(THREEFOLD, Marks(mine, excused={"h10": To.REST, "h30-a": To.EXAM}))
    assert grade.raw == 80
    assert [line for line in explain(grade).splitlines() if line.startswith("Excused")] == [
        "Excused: Homework 10: the weight moves to the rest of the homework, now Homework 20 ≈25.71 %, Homework 30 ≈19.29 %",
        "Excused: h30-a: the weight moves to Final exam, now 55 %"]


def test_where_an_option_has_taken_the_rest_of_the_homework_the_exam_takes_the_weight() -> None:
    policy = replace(POLICY, components=(replace(HOMEWORK, id="h1", title="One", items=(Item("a"),), weight=Fraction(10)),
                                         replace(HOMEWORK, id="h2", title="Two", items=(Item("b"),)), PROJECT,
                                         replace(EXAM, weight=Fraction(40))),
                     options=(Option("o", "O", "h2", {"h2": Fraction(0), "exam": Fraction(70)}),))
    left_out = Marks({"a": None, "b": None, "project": Fraction(80), "june": Fraction(60)}, excused={"h1": To.REST})
    grade = course_grade(policy, left_out)
    assert grade.raw == 16 + 48 and "Excused: One: the weight moves to Final exam, now 80 %" in explain(grade)
    with pytest.raises(CourseError, match="no homework is left"):
        course_grade(replace(policy, excused_to=""), left_out)


@pytest.mark.parametrize(("excused", "reason"), [
    ({"exam": To.EXAM}, "has to be taken by everybody"), ({"project": To.REST}, "has to be taken by everybody"),
    ({"exma": To.EXAM}, "did you mean 'exam'?"), ({"hw": To.REST}, "no other homework is left"),
    ({"a": To.REST, "b": To.REST, "c": To.REST}, "no other homework is left")])
def test_what_cannot_be_excused_is_refused_with_the_reason(excused: dict[str, To], reason: str) -> None:
    policy = replace(POLICY, gates=(Gate("pass", ("exam", "project"), Otherwise.LOWEST),))
    with pytest.raises(CourseError, match=reason.replace("?", r"\?")):
        course_grade(policy, replace(marks(), excused=excused))


def test_nothing_can_be_excused_to_an_exam_where_none_takes_the_weight() -> None:
    with pytest.raises(CourseError, match="excused_to"):
        course_grade(replace(POLICY, excused_to=""), replace(marks(), excused={"a": To.EXAM}))
    assert course_grade(replace(POLICY, excused_to=""), replace(marks(), excused={"a": To.REST})).raw == 80


@pytest.mark.parametrize("to_come", [frozenset(), frozenset({"q2", "q3"})], ids=["due", "to come"])
def test_of_several_quizzes_the_bonus_is_the_part_that_is_there(to_come: frozenset[str]) -> None:
    bonus = Component("bonus", "Quizzes", tuple(map(Item, ("q1", "q2", "q3"))), kind=Kind.BONUS, points=Fraction(2))
    marks = {**dict.fromkeys(("a", "b", "c", "project", "june"), Fraction(70)), "q1": Fraction(90)}
    with_one = course_grade(with_parts(HOMEWORK, PROJECT, EXAM, bonus), Marks(marks, to_come=to_come))
    assert (with_one.raw, with_one.recorded["bonus"]) == (70 + Fraction(2 * 30, 100), 30)


def test_a_bonus_with_a_condition_counts_only_when_that_is_passed() -> None:
    bonus = Component("bonus", "Quizzes", (Item("quiz"),), kind=Kind.BONUS, points=Fraction(2), needs=("exam",))
    policy = with_parts(HOMEWORK, PROJECT, EXAM, bonus)
    assert course_grade(policy, marks(june=55, quiz=50)).raw == Fraction(135, 2) + 1
    failed = course_grade(policy, marks(june=54, quiz=50))
    assert failed.raw == 67
    assert "Quizzes counts only when Final exam is passed" in explain(failed)


def test_of_several_gates_the_first_that_is_missed_decides() -> None:
    policy = replace(POLICY, gates=(Gate("half", ("project",), Otherwise.FAIL, Fraction(50)),
                                    Gate("exam", ("exam",), Otherwise.LOWEST)))
    assert course_grade(policy, marks(project=49, june=54)).rule == "half"
    assert course_grade(policy, marks(project=50, june=54)).rule == "exam"


def test_a_gate_compares_the_recorded_mark() -> None:
    policy = replace(POLICY, gates=(Gate("exam", ("exam",), Otherwise.LOWEST),))
    assert course_grade(policy, marks(june="54.5")).rule == "weighted"
    assert course_grade(policy, marks(june="54.4")).rule == "exam"


@pytest.mark.parametrize(("june", "homework", "raw"), [(50, 100, 50), (50, 0, 41), (55, 100, Fraction("73.5"))])
def test_a_cap_only_lowers(june: int, homework: int, raw: Fraction) -> None:
    policy = replace(POLICY, gates=(Gate("exam", ("exam",), Otherwise.CAP),))
    assert course_grade(policy, marks(a=homework, b=homework, c=homework, june=june)).raw == raw


def test_who_is_excused_from_a_component_has_not_left_it_out() -> None:
    policy = replace(POLICY, options=(
        Option("no-hw", "No homework", "hw", {"hw": Fraction(0), "project": Fraction(50)}),))
    nothing = marks(a=None, b=None, c=None, june=60)
    assert course_grade(policy, nothing).raw == 40 + 30                                  # the project takes the weight
    assert course_grade(policy, replace(nothing, excused={"hw": To.EXAM})).raw == 16 + 48      # the exam does


def test_each_kind_of_student_has_a_pass_mark() -> None:
    policy = replace(POLICY, pass_marks={"graduate": Fraction(65)})
    sixty = marks(a=60, b=60, c=60, project=60, june=60)
    assert course_grade(policy, sixty).status == "pass"
    assert course_grade(policy, replace(sixty, kind="graduate")).status == "fail"
    with pytest.raises(CourseError, match="did you mean 'graduate'"):
        course_grade(policy, replace(sixty, kind="gradute"))


# ── marks that are still to come ──────────────────────────────────────────────────────────────────────────────────────
def test_a_postponed_mark_leaves_the_grade_incomplete() -> None:
    grade = course_grade(POLICY, replace(marks(project=None), to_come=frozenset({"project"})))
    assert (grade.status, grade.final, grade.so_far) == ("incomplete", None, 80)
    assert "because of Project" in explain(grade)


def test_a_postponement_is_over_when_the_mark_is_there() -> None:
    assert course_grade(POLICY, replace(marks(), to_come=frozenset({"project"}))).status == "pass"


def test_the_second_sitting_is_not_awaited_by_those_who_took_the_first() -> None:
    assert course_grade(POLICY, replace(marks(), to_come=frozenset({"july"}))).status == "pass"
    assert course_grade(POLICY, replace(marks(june=None), to_come=frozenset({"july"}))).status == "incomplete"


def test_homework_that_is_not_due_yet_does_not_pull_down_the_grade_so_far() -> None:
    grade = course_grade(POLICY, replace(marks(c=None, june=None), to_come=frozenset({"c", "exam"})))
    assert (grade.status, grade.so_far) == ("incomplete", 80)


def test_an_option_is_not_taken_before_the_work_is_due() -> None:
    policy = replace(POLICY, options=(Option("no-hw", "No homework", "hw", {"hw": Fraction(0), "exam": Fraction(80)}),))
    nothing = marks(a=None, b=None, c=None)
    assert course_grade(policy, nothing).raw == 80
    assert course_grade(policy, replace(nothing, to_come=frozenset({"a"}))).status == "incomplete"


def test_an_undecided_pass_does_not_hold_back_the_grade() -> None:
    policy = with_parts(Component("hw0", "Homework 0", (Item("zero"),), kind=Kind.GATE), HOMEWORK, PROJECT, EXAM)
    assert course_grade(policy, replace(marks(), passed={"zero": None})).status == "pass"
    assert course_grade(policy, replace(marks(), passed={"zero": False})).status == "hw0-not-passed"
    assert course_grade(policy, marks()).status == "hw0-not-passed"


@pytest.mark.parametrize(("given", "message"), [
    (Marks({"aa": Fraction(1)}), "no 'aa'"), (Marks({"a": Fraction(101)}), "is 101, not 0 to 100"),
    (Marks({}, to_come=frozenset({"projet"})), "did you mean 'project'")])
def test_marks_that_do_not_belong_to_the_policy_are_refused(given: Marks, message: str) -> None:
    with pytest.raises(CourseError, match=message):
        course_grade(POLICY, given)


# ── what a person reads ───────────────────────────────────────────────────────────────────────────────────────────────
def test_the_derivation_reads_line_by_line() -> None:
    hw3 = Component("hw3", "Homework 3", (Item("d"),), Fraction(10))
    bonus = Component("bonus", "Quizzes", (Item("quiz"),), kind=Kind.BONUS, points=Fraction(2), needs=("exam",))
    policy = with_parts(replace(HOMEWORK, weight=Fraction(20)), hw3, PROJECT, EXAM, bonus, options=(
        Option("no-hw3", "Homework 3 not submitted", "hw3", {"hw3": Fraction(0), "exam": Fraction(60)}),))
    assert explain(course_grade(policy, marks(a=100, b="92.5", june="77.5", quiz=75))).splitlines() == [
        "Homework: ≈90.83, the mean of a 100, b 92.5, c 80",
        "Homework 3: nothing handed in",
        "Project: 80",
        "Final exam: 77.5, recorded as 78",
        "Quizzes: 75",
        "Option: Homework 3 not submitted: Homework 3 0 %, Final exam 60 %",
        "Weighted sum: 20 % of ≈90.83 (Homework) + 20 % of 80 (Project) + 60 % of 78 (Final exam) = ≈80.97",
        "Bonus: 75 % of 2 points (Quizzes) = 1.5 more, up to 100 in all",
        "Final grade: ≈82.47, half up 82, passed (the pass mark is 55)",
    ]


def test_the_lower_of_two_is_told_with_both_marks() -> None:
    policy = replace(POLICY, gates=(Gate("lower", ("exam", "project"), Otherwise.LOWEST),))
    text = explain(course_grade(policy, marks(june=54, project=50)))
    assert ("Rule: Final exam 54 and Project 50 below 55, so the final grade is the lowest of Final exam and Project "
            "and nothing else counts: 50") in text
    assert "Weighted sum" not in text and "Note" not in text


def test_where_less_would_have_been_more_the_derivation_says_so() -> None:
    policy = replace(POLICY, gates=(Gate("lower", ("exam", "project"), Otherwise.LOWEST),))
    weak = marks(a=0, b=0, c=0, june=55)
    grade = course_grade(policy, weak)
    assert grade.final == 44
    assert explain(grade).splitlines()[-1] == (
        "Note: all that has to be passed is passed, yet with 54 in Final exam or Project the final grade would have been "
        "54, because below 55 nothing else counts. The rules are applied as they are written.")
    for item in ("june", "project"):
        assert what_if(policy, weak, {item: Fraction(54)}).grade.final == 54
    assert "Note" not in explain(course_grade(policy, marks(june=55)))


def test_a_grade_by_cuts_names_the_cuts() -> None:
    policy = with_parts(HOMEWORK, PROJECT, EXAM, pass_mark=Fraction(50), cuts=(Fraction(50), Fraction(75)),
                        scale=Scale.POINTS)
    assert explain(course_grade(policy, marks())).endswith("Final grade: 2, passed (1 to 2 from 50, 75 percent)")


FIVE = tuple(map(Fraction, (50, 60, 70, 80, 90)))


@pytest.mark.parametrize(("scale", "mark", "shown", "status", "told"), [
    (Scale.PERCENT, "54.5", "55", "pass", "54.5, half up 55, passed (the pass mark is 55)"),
    (Scale.PASS_FAIL, "54.5", "pass", "pass", "54.5, half up 55, passed (the pass mark is 55)"),
    (Scale.PASS_FAIL, "54.4", "fail", "fail", "54.4, half up 54, failed (the pass mark is 55)"),
    (Scale.POINTS, "49.99", "0", "fail", "0, failed (1 to 5 from 50, 60, 70, 80, 90 percent)"),
    (Scale.POINTS, "50", "1", "pass", "1, passed (1 to 5 from 50, 60, 70, 80, 90 percent)"),
    (Scale.ECTS, "49.99", "F", "fail", "F, failed (E from 50, D from 60, C from 70, B from 80, A from 90 percent)"),
    (Scale.ECTS, "69.999", "D", "pass", "D, passed (E from 50, D from 60, C from 70, B from 80, A from 90 percent)"),
    (Scale.ECTS, "90", "A", "pass", "A, passed (E from 50, D from 60, C from 70, B from 80, A from 90 percent)"),
    (Scale.ECTS, "100", "A", "pass", "A, passed (E from 50, D from 60, C from 70, B from 80, A from 90 percent)")])
def test_each_scale_shows_the_grade_in_its_own_way(scale: Scale, mark: str, shown: str, status: str, told: str) -> None:
    cuts = FIVE if scale in (Scale.POINTS, Scale.ECTS) else ()
    exam = replace(EXAM, weight=Fraction(100), rounded=False)
    policy = with_parts(exam, pass_mark=cuts[0] if cuts else Fraction(55), cuts=cuts, scale=scale)
    grade = course_grade(policy, Marks({"june": Fraction(mark)}))
    assert (grade.shown, grade.status, str(grade.steps[-1].text)) == (shown, status, told)
    absent = course_grade(policy, Marks({}))
    assert (absent.shown, absent.final) == ("", None)
    sentence = "With 91 in Final exam (june) the course would be passed" if scale is Scale.PASS_FAIL else (
        f"With 91 in Final exam (june) you would have { {Scale.PERCENT: '91', Scale.POINTS: '5'}.get(scale, 'A')}, passed")
    assert str(what_if(policy, Marks({}), {"june": Fraction(91)}).text) == sentence


@pytest.mark.parametrize(("number", "text"), [
    (Fraction(80), "80"), (Fraction(0), "0"), (Fraction(100), "100"), (Fraction(157, 2), "78.5"),
    (Fraction(1, 10000), "0.0001"), (Fraction(250, 3), "≈83.33"), (Fraction(10, 3), "≈3.33")])
def test_numbers_are_shown_exactly_or_marked_as_rounded(number: Fraction, text: str) -> None:
    assert show(number) == text


# ── policies that cannot work ─────────────────────────────────────────────────────────────────────────────────────────
SEVENTY = replace(EXAM, weight=Fraction(70))
BONUS = Component("bonus", "Bonus", (Item("quiz"),), kind=Kind.BONUS, points=Fraction(2))


@pytest.mark.parametrize(("components", "others", "key", "reason"), [
    ((HOMEWORK, EXAM), {}, "component", "the weights must sum to 100, and hw 30 + exam 50 is 80"),
    ((), {}, "component", "and nothing is 0"),
    ((HOMEWORK, HOMEWORK), {}, "component[1].id", "two components 'hw'"),
    ((replace(HOMEWORK, items=()), SEVENTY), {}, "component[0].items", "has no items"),
    ((replace(HOMEWORK, items=(Item("a"), Item("a"))), SEVENTY), {}, "component[0].items", "a already counts in hw"),
    ((HOMEWORK, replace(SEVENTY, items=(Item("a", ("p1",)),))), {}, "component[1].items", "a[p1] already counts in hw"),
    ((replace(HOMEWORK, items=(Item("a", ("p1",)), Item("a", ("p2", "p1")))), SEVENTY), {}, "component[0].items",
     "a[p2,p1] already counts"),
    ((replace(HOMEWORK, items=(Item("a", share=Fraction(0)),)), SEVENTY), {}, "component[0].items", "never counts"),
    ((replace(HOMEWORK, weight=Fraction(-30)), SEVENTY), {}, "component[0].weight", "0 to 100, not -30"),
    ((HOMEWORK, SEVENTY, replace(PROJECT, weight=Fraction(0))), {}, "component[2].weight", "project never counts"),
    ((HOMEWORK, SEVENTY, replace(BONUS, weight=Fraction(2))), {}, "component[2].weight", "carries no weight"),
    ((HOMEWORK, SEVENTY, replace(BONUS, points=Fraction(0))), {}, "component[2].points", "never helps"),
    ((HOMEWORK, SEVENTY, replace(BONUS, needs=("exma",))), {}, "component[2].needs", "did you mean 'exam'?"),
    ((HOMEWORK, replace(SEVENTY, points=Fraction(1))), {}, "component[1].points", "are for a bonus"),
    ((replace(HOMEWORK, drop_lowest=3), SEVENTY), {}, "component[0].drop_lowest", "hw has 3"),
    ((HOMEWORK, replace(SEVENTY, drop_lowest=1)), {}, "component[1].drop_lowest", 'combine = "mean"'),
    ((replace(HOMEWORK, items=(Item("a"), Item("b", share=Fraction(2))), drop_lowest=1), SEVENTY), {},
     "component[0].drop_lowest", "equal shares"),
    ((HOMEWORK, SEVENTY), {"pass_mark": Fraction(0)}, "policy.pass_mark", "more than 0"),
    ((HOMEWORK, SEVENTY), {"pass_marks": {"graduate": Fraction(101)}}, "policy.pass_marks.graduate", "not 101"),
    ((HOMEWORK, SEVENTY), {"cuts": (Fraction(60), Fraction(50)), "scale": Scale.POINTS}, "policy.cuts", "must rise"),
    ((HOMEWORK, SEVENTY), {"cuts": (Fraction(60),), "scale": Scale.POINTS}, "policy.pass_mark", "the first of the cuts is what passes"),
    ((HOMEWORK, SEVENTY), {"cuts": (Fraction(55),)}, "policy.cuts", "cuts never apply on the scale percent"),
    ((HOMEWORK, SEVENTY), {"cuts": (Fraction(55),), "scale": Scale.PASS_FAIL}, "policy.cuts", "never apply"),
    ((HOMEWORK, SEVENTY), {"scale": Scale.POINTS}, "policy.cuts", "the scale points needs cuts"),
    ((HOMEWORK, SEVENTY), {"scale": Scale.ECTS}, "policy.cuts", "the scale ects needs cuts"),
    ((HOMEWORK, SEVENTY), {"cuts": (Fraction(55), Fraction(65)), "scale": Scale.ECTS}, "policy.cuts",
     "the letters E, D, C, B, A need 5 cuts in this order, and there are 2"),
    ((HOMEWORK, SEVENTY), {"cuts": (Fraction(55),), "scale": Scale.POINTS, "pass_marks": {"graduate": Fraction(65)}},
     "policy.pass_mark", "leave pass_mark and pass_marks out"),
    ((HOMEWORK, SEVENTY), {"excused_to": "hw"}, "policy.excused_to", "moves to an exam"),
    ((HOMEWORK, SEVENTY), {"excused_to": "exma"}, "policy.excused_to", "did you mean 'exam'?"),
    ((HOMEWORK, SEVENTY), {"gates": (Gate("g", (), Otherwise.FAIL),)}, "gate[0].components", "never applies"),
    ((HOMEWORK, SEVENTY), {"gates": (Gate("g", ("exam",), Otherwise.FAIL, Fraction(0)),)}, "gate[0].at_least",
     "never applies"),
    ((HOMEWORK, SEVENTY), {"gates": (Gate("g", ("exam",), Otherwise.FAIL, Fraction(101)),)}, "gate[0].at_least",
     "always applies"),
    ((HOMEWORK, SEVENTY, BONUS), {"gates": (Gate("g", ("bonus",), Otherwise.FAIL),)}, "gate[0].components",
     "'bonus' is no component with a mark"),
    ((HOMEWORK, SEVENTY), {"gates": (Gate("weighted", ("exam",), Otherwise.FAIL),)}, "gate[0].id", "taken"),
    ((HOMEWORK, SEVENTY), {"gates": (Gate("g", ("exam", "hw"), Otherwise.FAIL),
                                     Gate("h", ("exam",), Otherwise.FAIL, Fraction(40)))}, "gate[1]",
     "whoever misses it has already missed g"),
    ((HOMEWORK, SEVENTY), {"options": (Option("o", "O", "hw", {"hw": Fraction(0)}),)}, "option o",
     "must sum to 100, and exam 70 is 70"),
    ((HOMEWORK, SEVENTY), {"options": (Option("o", "O", "exam", {"hw": Fraction(100), "exam": Fraction(0)}),)},
     "option[0].not_submitted", "never applies"),
    ((HOMEWORK, SEVENTY), {"options": (Option("o", "O", "hw", {"hw": Fraction(30)}),)}, "option[0].weights",
     "never does anything"),
    ((HOMEWORK, SEVENTY), {"options": (Option("o", "O", "exma", {}),)}, "option[0].not_submitted",
     "did you mean 'exam'?"),
    ((HOMEWORK, SEVENTY), {"options": (Option("o", "O", "hw", {"hw": Fraction(-30)}),)}, "option[0].weights.hw",
     "0 to 100"),
    ((HOMEWORK, PROJECT, EXAM), {"options": (
        Option("o", "O", "hw", {"hw": Fraction(0), "exam": Fraction(80)}),
        Option("p", "P", "project", {"project": Fraction(0), "exam": Fraction(70)}))}, "option o with p",
     "must sum to 100, and exam 70 is 70"),
    ((HOMEWORK, PROJECT, EXAM), {"options": (
        Option("o", "O", "hw", {"hw": Fraction(0), "exam": Fraction(80)}),
        Option("p", "P", "hw", {"hw": Fraction(20), "exam": Fraction(60)}))}, "option[1].not_submitted",
     "an earlier option"),
])
def test_a_policy_that_cannot_work_is_refused_with_the_reason(
        components: tuple[Component, ...], others: dict[str, Any], key: str, reason: str) -> None:
    with pytest.raises(CourseError) as refused:
        with_parts(*components, **others)
    assert refused.value.key == key
    assert reason in str(refused.value)
