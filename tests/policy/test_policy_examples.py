"""The golden examples of examples.json, each computed through a preset as its staff would set it up.

An example names a course and its inputs. What it changes in the rules becomes a change of the preset's own keys, and
what it changes for one student becomes that student's marks: nothing here knows how a grade is computed.
"""
from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from autograder.course import load_course
from autograder.policy import CourseGrade, Marks, Policy, To, course_grade

COURSES = Path(__file__).parents[2] / "courses"
EXAMPLES = json.loads((Path(__file__).parent / "examples.json").read_text(), parse_float=Decimal)


def policy(course: str, changes: Mapping[str, object]) -> Policy:
    return load_course(COURSES / f"{course}.toml", changes).policy


def percent(mark: Any) -> Fraction | None:
    return None if mark is None else Fraction(mark)


def technion(hw0: bool, homework: list[Any], project: Any, exam: Any, bonus: Any = 0, *, winter2024: bool = True,
             optout3: bool = False, pass_mark: int = 55, reserve: Mapping[str, list[str]] | None = None) -> CourseGrade:
    rules = policy("technion", {} if winter2024 else {"option": []})
    assert not optout3 or homework[2] is None, "the option is taken by handing nothing in, not by a form"
    marks: dict[str, Fraction | None] = {
        item.key: percent(mark) for name, mark in zip(("hw1", "hw2", "hw3"), homework, strict=True)
        for item in rules.component(name).items}
    marks |= {"project": percent(project), "exam-moed-a": percent(exam)}
    marks |= {item.key: 100 * Fraction(bonus) for item in rules.component("bonus").items}
    excused = {name.replace("h", "hw"): To.EXAM for name in (reserve or {}).get("excuse", ())}
    return course_grade(rules, Marks(marks, {"hw00-preflight": hw0}, {55: "", 65: "graduate"}[pass_mark], excused))


def bgu(assignments: list[Any], exam: Any, *, exam_gate: bool = False) -> CourseGrade:
    slugs = [f"hw{number}" for number in range(len(assignments))]
    changes: dict[str, object] = {"assignment": [{"slug": slug} for slug in slugs],
                                  "component.assignments.items": slugs}
    if exam_gate:
        changes["gate"] = [{"id": "exam-must-be-passed", "components": ["exam"], "otherwise": "cap"}]
    marks = {slug: percent(mark) for slug, mark in zip(slugs, assignments, strict=True)}
    return course_grade(policy("bgu", changes), Marks({**marks, "exam-moed-a": percent(exam)}))


def oulu(points: Any, out_of: int = 100, *, gates: Sequence[list[int]] = ()) -> CourseGrade:
    changes: dict[str, object] = {"external": [{"id": "exam"}], "gate": []}
    marks: dict[str, Fraction | None] = {}
    for number, (mark, at_least) in enumerate(gates):
        changes |= {f"external.part{number}": {"id": f"part{number}"},
                    f"component.part{number}": {"id": f"part{number}", "items": [f"part{number}"]},
                    "gate": [{"id": "gate", "components": [f"part{number}"], "at_least": at_least,
                              "otherwise": "fail"}]}
        marks[f"part{number}"] = percent(mark)
    rules = policy("oulu", changes)
    for name in ("assignments", "exam"):
        marks |= {item.key: 100 * Fraction(points) / out_of for item in rules.component(name).items}
    return course_grade(rules, Marks(marks))


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["id"] for example in EXAMPLES])
def test_the_grade_is_that_of_the_example(example: dict[str, Any]) -> None:
    grade = {"technion": technion, "bgu": bgu, "oulu": oulu}[example["fn"]](*example["args"], **example["kw"])
    expected = example["out"]
    raw = expected.get("raw", expected.get("pct"))
    assert (grade.final, grade.status) == (expected["final"], expected["status"])
    assert (grade.raw is None) == (raw is None)
    if raw is not None:
        assert abs(grade.raw - Fraction(raw)) < Fraction(1, 10**13)      # 47.9166… was written down as a float
    assert grade.rule == expected.get("rule", grade.rule)


def test_there_are_fifty_examples() -> None:
    assert len({example["id"] for example in EXAMPLES}) == len(EXAMPLES) == 50
