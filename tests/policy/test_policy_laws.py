"""Laws that every policy obeys, tried on random courses: a few hundred always, ten thousand in `make test-long`."""
from __future__ import annotations

import ast
import contextlib
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.errors import UnsatisfiedAssumption

import autograder.policy
from autograder.course import load_course, parse_course
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
    needed,
    weights_after,
    what_if,
)

marks_0_100 = st.one_of(st.integers(0, 100).map(Fraction),
                        st.fractions(0, 100, max_denominator=1000),
                        st.integers(0, 199).map(lambda halves: Fraction(halves, 2)))


@dataclass(frozen=True)
class Case:
    """A course, a student in it, and an item that has a mark (or "")."""

    policy: Policy
    marks: Marks
    item: str
    better: Fraction             # at least the mark of the item


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    shares = draw(st.lists(st.integers(1, 20), min_size=2, max_size=5))
    weights = [Fraction(100 * share, sum(shares)) for share in shares]
    exam = Component("exam", "Exam", _items(draw, "exam", 2), weights[-1], Kind.EXAM,
                     draw(st.sampled_from(Combine)), rounded=draw(st.booleans()))
    parts = []
    for number, weight in enumerate(weights[:-1]):
        kind = draw(st.sampled_from([Kind.HOMEWORK, Kind.HOMEWORK, Kind.PROJECT]))
        items = _items(draw, f"part{number}", 3)
        combine = draw(st.sampled_from(Combine))
        equal = len({item.share for item in items}) == 1 and combine is Combine.MEAN
        parts.append(Component(f"part{number}", f"Part {number}", items, weight, kind, combine,
                               draw(st.integers(0, len(items) - 1)) if equal else 0, rounded=draw(st.booleans())))
    names = [part.id for part in parts] + ["exam"]
    gates = [Gate("gate", tuple(draw(st.sets(st.sampled_from(names), min_size=1))), draw(st.sampled_from(Otherwise)),
                  draw(st.one_of(st.none(), st.integers(1, 100).map(Fraction))))] if draw(st.integers(0, 3)) else []
    options = [Option("option", "Left out", "part0", {"part0": Fraction(0), "exam": exam.weight + weights[0]})
               ] if draw(st.booleans()) else []
    points = draw(st.integers(1, 10).map(Fraction))
    bonus = [Component("bonus", "Bonus", (Item("bonus"),), kind=Kind.BONUS, points=points,
                       needs=("exam",) if draw(st.booleans()) else ())] if draw(st.integers(0, 3)) else []
    first = [Component("first", "First", (Item("first"),), kind=Kind.GATE)] if draw(st.booleans()) else []
    scale = draw(st.sampled_from(Scale))
    size = {Scale.POINTS: st.integers(1, 6), Scale.ECTS: st.just(5)}.get(scale, st.just(0))
    cuts = tuple(map(Fraction, sorted(draw(size.flatmap(lambda n: st.sets(st.integers(1, 100), min_size=n, max_size=n))))))
    return Policy((*first, *parts, exam, *bonus), cuts[0] if cuts else Fraction(draw(st.integers(1, 100))),
                  gates=tuple(gates), options=tuple(options), scale=scale, cuts=cuts, excused_to="exam")


def _items(draw: st.DrawFn, name: str, most: int) -> tuple[Item, ...]:
    shares = draw(st.one_of(st.lists(st.just(1), min_size=1, max_size=most),
                            st.lists(st.integers(1, 4), min_size=1, max_size=most)))
    return tuple(Item(f"{name}-{number}", share=Fraction(share)) for number, share in enumerate(shares))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    policy = draw(policies())
    marks: dict[str, Fraction | None] = {}
    for component in policy.components:
        for item in component.items:
            marks[item.key] = draw(marks_0_100 if component.kind is Kind.EXAM else st.one_of(marks_0_100, st.none()))
    free = [c for c in policy.components if c.weighed and c.id != "exam"
            and not any(c.id in gate.components for gate in policy.gates)]
    excusable = [c.id for c in free] + [item.key for c in free for item in c.items]
    excused = draw(st.dictionaries(st.sampled_from(excusable), st.sampled_from(To), max_size=3)) if excusable else {}
    try:
        policy.check_excuses(excused)
    except CourseError:                  # nothing would be left to take the weight
        excused = dict.fromkeys(excused, To.EXAM)
    item = draw(st.sampled_from([key for key, mark in marks.items() if mark is not None]))
    low = marks[item] or Fraction(0)
    better = low + (100 - low) * draw(st.fractions(0, 1, max_denominator=100))
    passed = {"first": True} if policy.components[0].kind is Kind.GATE else {}
    return Case(policy, Marks(marks, passed, excused=excused), item, better)


# ── the laws ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def a_better_mark_never_lowers_the_grade(case: Case) -> None:
    """Except that it may lead out of a gate whose rule is the lowest mark: there the course's rule itself is so."""
    before = course_grade(case.policy, case.marks)
    after = course_grade(case.policy, replace(case.marks, items={**case.marks.items, case.item: case.better}))
    left_the_gate = before.rule == "gate" != after.rule and case.policy.gates[0].otherwise is Otherwise.LOWEST
    assert left_the_gate or (before.final or 0) <= (after.final or 0)


def a_grade_stays_on_its_scale(case: Case) -> None:
    grade = course_grade(case.policy, case.marks)
    assert grade.raw is not None and grade.final is not None
    assert 0 <= grade.raw <= 100 and 0 <= grade.final <= (len(case.policy.cuts) or 100)
    assert grade.status in ("pass", "fail")


def a_bonus_never_helps_past_a_missed_gate(case: Case) -> None:
    grade = course_grade(case.policy, case.marks)
    assume(grade.rule == "gate" and "bonus" in case.marks.items)
    gate = case.policy.gates[0]
    for bonus in (None, Fraction(0), Fraction(100)):
        other = course_grade(case.policy, replace(case.marks, items={**case.marks.items, "bonus": bonus}))
        assert other.rule == "gate"
        if gate.otherwise is Otherwise.LOWEST:
            assert other.raw == grade.raw
        if gate.otherwise is Otherwise.FAIL:
            assert (other.final, other.status) == (0, "fail")
        if gate.otherwise is Otherwise.CAP:
            assert other.raw is not None and other.raw <= min(
                step.value or 0 for step in other.steps if step.about in [
                    case.policy.component(name).title for name in gate.components])


def behind_the_lowest_of_a_gate_nothing_else_counts(case: Case) -> None:
    grade = course_grade(case.policy, case.marks)
    assume(grade.rule == "gate" and case.policy.gates[0].otherwise is Otherwise.LOWEST)
    asked = {item.key for name in case.policy.gates[0].components for item in case.policy.component(name).items}
    taken = {item.key for item in case.policy.component("exam").items}
    others = {key: mark if key in asked | taken else Fraction(100) for key, mark in case.marks.items.items()}
    assert course_grade(case.policy, replace(case.marks, items=others)).final == grade.final


def weights_sum_to_one_hundred(case: Case) -> None:
    for left_out in ([], ["part0"]):
        weights = weights_after(case.policy, left_out, case.marks.excused)
        assert sum(weights.values()) == 100 and min(weights.values()) >= 0


def the_stored_text_gives_the_same_grade_again(case: Case) -> None:
    stored = parse_course(_as_text(case.policy), file="stored").policy
    assert stored == case.policy
    assert repr(course_grade(stored, case.marks)) == repr(course_grade(case.policy, case.marks))


def the_last_rounding_is_half_up_or_by_the_cuts(case: Case) -> None:
    grade = course_grade(case.policy, case.marks)
    assert grade.raw is not None
    assume(grade.rule == "weighted")
    if case.policy.cuts:
        assert grade.final == len([cut for cut in case.policy.cuts if cut <= grade.raw])
    else:
        assert grade.final == math.floor(2 * grade.raw + 1) // 2
        assert (grade.status == "pass") == (grade.final >= case.policy.pass_mark)


def every_number_is_an_exact_fraction(case: Case) -> None:
    grade = course_grade(case.policy, case.marks)
    assert all(type(step.value) in (Fraction, type(None)) for step in grade.steps) and type(grade.raw) is Fraction
    weights = weights_after(case.policy, (), case.marks.excused)
    assert {type(number) for number in (*weights.values(), *grade.recorded.values())} <= {Fraction, type(None)}


def what_is_excused_to_the_rest_leaves_the_exam_as_it_was(case: Case) -> None:
    to_rest = {name: to for name, to in case.marks.excused.items() if to is To.REST}
    usual = weights_after(case.policy, ())
    after = weights_after(case.policy, (), to_rest)
    assert after["exam"] == usual["exam"]
    homework = [c.id for c in case.policy.components if c.kind is Kind.HOMEWORK and after[c.id]]
    assert all(after[one] * usual[other] == after[other] * usual[one] for one in homework for other in homework)


def what_a_grade_would_be_is_what_it_is_with_that_mark(case: Case) -> None:
    assume(case.item != "first")
    told = what_if(case.policy, case.marks, {case.item: case.better})
    marks = replace(case.marks, items={**case.marks.items, case.item: case.better})
    assert repr(told.grade) == repr(course_grade(case.policy, marks))
    assert told.grade.shown in str(told.text) or case.policy.scale is Scale.PASS_FAIL


def what_is_needed_is_the_first_mark_that_passes(case: Case) -> None:
    assume(case.item != "first")
    told = needed(case.policy, case.marks, case.item)
    passes = [mark for mark in range(101)
              if what_if(case.policy, case.marks, {case.item: Fraction(mark)}).grade.status == "pass"]
    assert told.mark == (passes[0] if passes else None)


def whoever_passed_less_than_a_gate_would_have_given_is_told(case: Case) -> None:
    grade = course_grade(case.policy, case.marks)
    assume(grade.rule == "weighted" and any(gate.otherwise is Otherwise.LOWEST for gate in case.policy.gates))
    (gate,) = case.policy.gates
    missed = Fraction(math.ceil(gate.need(case.policy.pass_mark)) - 1)
    final = len([cut for cut in case.policy.cuts if cut <= missed]) if case.policy.cuts else missed
    assert ("Note: " in explain(grade)) == (final > (grade.final or 0))


LAWS: list[Callable[[Case], None]] = [
    a_better_mark_never_lowers_the_grade, a_grade_stays_on_its_scale, a_bonus_never_helps_past_a_missed_gate,
    behind_the_lowest_of_a_gate_nothing_else_counts, weights_sum_to_one_hundred,
    the_stored_text_gives_the_same_grade_again, the_last_rounding_is_half_up_or_by_the_cuts,
    every_number_is_an_exact_fraction, what_is_excused_to_the_rest_leaves_the_exam_as_it_was,
    what_a_grade_would_be_is_what_it_is_with_that_mark, what_is_needed_is_the_first_mark_that_passes,
    whoever_passed_less_than_a_gate_would_have_given_is_told]
every_law = pytest.mark.parametrize("law", LAWS, ids=[law.__name__ for law in LAWS])
patient = [HealthCheck.too_slow, HealthCheck.filter_too_much]
COURSES = 10_000


@every_law
@given(case=cases())
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=patient)
def test_a_law_holds(law: Callable[[Case], None], case: Case) -> None:
    law(case)


@pytest.mark.long
def test_every_law_holds_in_each_of_ten_thousand_courses() -> None:
    applied = Counter[str]()

    @given(case=cases())
    @settings(max_examples=COURSES, deadline=None, derandomize=True, database=None, suppress_health_check=patient)
    def every_law_in(case: Case) -> None:
        for law in LAWS:
            with contextlib.suppress(UnsatisfiedAssumption):     # the law says nothing about this course
                law(case)
                applied[law.__name__] += 1

    every_law_in()
    assert {law.__name__: applied[law.__name__] for law in LAWS if applied[law.__name__] < COURSES // 20} == {}


# ── the Technion's rules, written once more and differently ───────────────────────────────────────────────────────────
TECHNION = load_course(Path(__file__).parents[2] / "courses" / "technion.toml").policy
optional = st.one_of(st.none(), marks_0_100)


@given(h1=optional, h2=optional, h3=optional, project=optional, exam=marks_0_100, bonus=marks_0_100)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_the_technion_preset_is_its_published_rules(h1: Fraction | None, h2: Fraction | None, h3: Fraction | None,
                                                    project: Fraction | None, exam: Fraction, bonus: Fraction) -> None:
    e, p = math.floor(exam + Fraction(1, 2)), math.floor((project or 0) + Fraction(1, 2))
    if e < 55 or p < 55:
        expected = Fraction(min(e, p))
    else:
        three, written = (h3, 40) if h3 is not None else (Fraction(0), 50)
        homework = (h1 or 0) / Fraction(10) + (h2 or 0) / Fraction(10) + three / 10
        expected = min(Fraction(100), homework + Fraction(30 * p + written * e, 100) + bonus / 50)
    marks: dict[str, Fraction | None] = {item.key: mark for name, mark in (("hw1", h1), ("hw2", h2), ("hw3", h3))
                                         for item in TECHNION.component(name).items}
    quizzes = {item.key: bonus for item in TECHNION.component("bonus").items}
    grade = course_grade(TECHNION, Marks({**marks, "project": project, "exam-moed-b": exam, **quizzes}, {"hw00-preflight": True}))
    assert grade.raw == expected


def _as_text(policy: Policy) -> str:
    """The policy as course.toml would say it, every item a mark from outside except those that must be passed."""
    def share(number: Fraction) -> str:
        return f'"{number.numerator}/{number.denominator}"'

    rows = ['id = "stored"', 'title = "Stored"', 'timezone = "UTC"', "[policy]", 'excused_to = "exam"',
            f'scale = "{policy.scale}"',
            f"cuts = {[int(cut) for cut in policy.cuts]}" if policy.cuts else f"pass_mark = {policy.pass_mark}"]
    for component in policy.components:
        for item in component.items:
            rows += ["[[assignment]]", f'slug = "{item.slug}"'] if component.kind is Kind.GATE else [
                "[[external]]", f'id = "{item.slug}"']
        items = ", ".join(f'{{ slug = "{item.slug}", share = {item.share} }}' for item in component.items)
        rows += ["[[component]]", f'id = "{component.id}"', f'title = "{component.title}"', f"items = [{items}]",
                 f"weight = {share(component.weight)}", f'kind = "{component.kind}"',
                 f'combine = "{component.combine}"', f"drop_lowest = {component.drop_lowest}",
                 f"rounded = {str(component.rounded).lower()}", f"points = {component.points}",
                 f"needs = {list(component.needs)}"]
    for gate in policy.gates:
        at_least = '"pass mark"' if gate.at_least is None else gate.at_least
        rows += ["[[gate]]", f'id = "{gate.id}"', f"components = {list(gate.components)}", f"at_least = {at_least}",
                 f'otherwise = "{gate.otherwise}"']
    for option in policy.options:
        weights = ", ".join(f"{name} = {share(weight)}" for name, weight in option.weights.items())
        rows += ["[[option]]", f'id = "{option.id}"', f'title = "{option.title}"',
                 f'not_submitted = "{option.not_submitted}"', f"weights = {{ {weights} }}"]
    return "\n".join(rows)


def test_no_rule_computes_with_binary_floats() -> None:
    """Only `show`, which writes a number for a person, knows them."""
    found = []
    for path in sorted(Path(autograder.policy.__file__).parent.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {id(node) for function in ast.walk(tree) if isinstance(function, ast.FunctionDef) and function.name == "show"
                  for node in ast.walk(function)}
        found += [f"{path.name}:{node.lineno}" for node in ast.walk(tree) if id(node) not in inside and (
            (isinstance(node, ast.Constant) and type(node.value) is float)
            or (isinstance(node, ast.Name) and node.id in ("float", "round")))]
    assert not found
