"""The table of topics: every topic of every course, who asks it, and what is open; it is fresh, and no tag is misspelt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from autograder.authoring import Syllabus, as_markdown, coverage, load_assignment, syllabi
from autograder.model import Assignment, AssignmentError, Problem

ROOT = Path(__file__).parents[2]
COURSES = (Syllabus("a", "Course A", ("Norms", "Angles")), Syllabus("b", "Course B", ("Norms",)))


def asks(slug: str, **topics: tuple[str, ...]) -> Assignment:
    problems = tuple(Problem(name, f"About {name}", 1.0, (), (), topics=tags) for name, tags in topics.items())
    return Assignment(slug, "Title", "homework", 1.0, problems, {"cells": []})


def test_every_topic_is_listed_with_who_asks_it() -> None:
    found = coverage([asks("one", p1=("a: Norms", "b: Norms"), p2=("a: Norms",)), asks("two", p1=("a: Norms",))], COURSES)
    assert [(one.course, one.topic, one.problems) for one in found] == [
        ("a", "Norms", ("one p1", "one p2", "two p1")),
        ("a", "Angles", ()),
        ("b", "Norms", ("one p1",)),
    ]
    text = as_markdown(found, COURSES, [])
    assert "| Norms | one p1, p2; two p1 |" in text and "| Angles | **open** |" in text and "1 of 2 topics" in text


def test_a_part_that_is_marked_by_hand_counts_as_its_problem() -> None:
    one = asks("one", p1=("a: Norms",))
    proof = replace(one.problems[0], id="p1-proof", title="About p1: proof", by_hand=True)
    (norms, _, _) = coverage([replace(one, problems=(*one.problems, proof))], COURSES)
    assert norms.problems == ("one p1",)


def test_a_misspelt_topic_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(AssignmentError, match=r'one/assignment.toml: p1 has the topic "a: Norm"; did you mean "a: Norms"\?'):
        coverage([asks("one", p1=("a: Norm",))], COURSES)


@pytest.mark.parametrize("text", ["[a", '[a]\ntitle = "A"\ntopic = []\n'], ids=["no TOML", "an unknown key"])
def test_a_broken_list_is_an_error_that_names_the_file(text: str, tmp_path: Path) -> None:
    (tmp_path / "topics.toml").write_text(text)
    with pytest.raises(AssignmentError, match=r"topics\.toml"):
        syllabi(tmp_path / "topics.toml")


def test_the_document_is_fresh() -> None:
    courses = syllabi(ROOT / "assignments" / "topics.toml")
    assignments = [load_assignment(path.parent) for path in sorted((ROOT / "assignments").glob("*/assignment.toml"))]
    made = as_markdown(coverage(assignments, courses), courses, assignments)
    assert (ROOT / "docs" / "curriculum.md").read_text() == made, "run: autograder topics --write docs/curriculum.md"
