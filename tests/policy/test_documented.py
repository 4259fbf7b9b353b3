"""The derivation in docs/grading-policy.md is what the rules give, in every language."""
from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.course import load_course
from autograder.policy import CourseGrade, Marks, To, course_grade, explain
from autograder.words import LANGUAGES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "grading-policy.md").read_text(encoding="utf-8")
QUIZZES = sorted(path.name for path in (ROOT / "assignments").glob("quiz*"))
GIVEN = {"hw06-single-neuron": 40, "hw07-autodiff": 20, "hw12-sequences": 30, "hw13-training-methods": 15, "project": "54.5",
         "exam-moed-a": 45, "exam-moed-b": 58}


def example() -> CourseGrade:
    policy = load_course(ROOT / "courses" / "technion.toml").policy
    marks = Marks({name: Fraction(mark) for name, mark in GIVEN.items()}, {"hw00-preflight": True}, excused={"hw2": To.REST})
    return course_grade(policy, marks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_the_derivation_of_its_example(language: str) -> None:
    told = re.sub("[\u2068\u2069\u200f]", "", explain(example(), language))      # what keeps the directions is not seen
    assert f"```text\n{told}\n```" in PAGE


def test_the_example_is_the_corner_where_less_would_have_been_more() -> None:
    grade = example()
    assert (grade.final, grade.status) == (45, "fail")
    assert "with 54 in Final exam or Project the final grade would have been 54" in explain(grade)
