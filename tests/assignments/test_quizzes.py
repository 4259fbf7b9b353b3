"""The quizzes for any `attempt`: a student may practise with all of them, so all of them have to work, not only the one that is verified.

Here the notebooks run in this process, cell by cell; whether their tests hold against a student's process, qualification asks.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from autograder.authoring import bank, load_assignment
from autograder.authoring.bank import BankCase
from autograder.checks import CheckFailed
from autograder.model import Assignment

FOLDERS = sorted((Path(__file__).parents[2] / "assignments").glob("quiz*"))
ATTEMPTS = range(1, 201)
FEWER = range(1, 41)
"""For what takes longer and can hardly depend on the numbers."""


class Quiz:
    """A quiz whose cells can be run one by one."""

    def __init__(self, folder: Path) -> None:
        self.assignment: Assignment = load_assignment(folder)
        self.cases: tuple[BankCase, ...] = bank(folder, self.assignment)
        self.names = [problem.solutions[0] for problem in self.assignment.problems]
        self.cells = {cell["id"]: cell["source"] for cell in self.assignment.notebook["cells"] if cell["cell_type"] == "code"}
        self.code = {name: compile(source, name, "exec") for name, source in self.cells.items()}
        self.given: dict[str, Any] = {}
        for name in ("setup", "numbers", *(name for name in self.cells if name.endswith("-slips"))):
            exec(self.code[name], self.given)

    def namespace(self, attempt: Any) -> dict[str, Any]:
        return {**self.given, "attempt": attempt}

    def asked(self, name: str, attempt: Any) -> dict[str, Any]:
        return dict(self.given[f"{name}_numbers"](attempt))

    def answered(self, answer: CodeType, name: str, attempt: Any) -> str:
        """What the test says of an answer; nothing when it passes."""
        there = self.namespace(attempt)
        exec(answer, there)
        try:
            exec(self.code[f"{name}-value"], there)
        except CheckFailed as failed:
            return str(failed)
        return ""

    def reference(self, name: str, attempt: int) -> Any:
        there = self.namespace(attempt)
        exec(self.code[name], there)
        return there[name]

    def several(self, name: str) -> bool:
        """Whether any number of options may be right."""
        return "several=True" in self.cells[f"{name}-value"]


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def quiz(request: pytest.FixtureRequest) -> Iterator[Quiz]:
    yield Quiz(request.param)


def test_there_is_one_for_each_week_with_five_questions_of_two_points() -> None:
    assert [folder.name[:6] for folder in FOLDERS] == [f"quiz{week:02}" for week in range(1, 13)]
    for folder in FOLDERS:
        assignment = load_assignment(folder)
        assert [problem.points for problem in assignment.problems] == [2] * 5
        assert (assignment.kind, assignment.team.size) == ("quiz", 1)


def test_it_mixes_kinds_of_answers(quiz: Quiz) -> None:
    tests = " ".join(quiz.cells[f"{name}-value"] for name in quiz.names)
    kinds = set(re.findall(r"checks\.(number|integer|choice|choices|formula)\(", tests))
    assert kinds & {"choice", "choices"} and kinds & {"number", "integer"} and len(kinds) >= 3


def test_the_bank_has_other_right_answers_and_the_usual_mistakes(quiz: Quiz) -> None:
    assert sum(case.correct for case in quiz.cases) >= 2 * 5 - 2 and sum(not case.correct for case in quiz.cases) >= 8
    for name in quiz.names:
        assert any(case.correct and "attempt = " in case.source for case in quiz.cases if case.replaces == (name,))


def test_every_attempt_has_its_numbers_and_they_come_again(quiz: Quiz) -> None:
    for name in quiz.names:
        seen = [repr(quiz.asked(name, attempt)) for attempt in ATTEMPTS]
        assert seen == [repr(quiz.asked(name, attempt)) for attempt in ATTEMPTS]
        assert len(set(seen)) >= 5


def test_the_reference_is_right_for_every_attempt(quiz: Quiz) -> None:
    for name in quiz.names:
        for attempt in ATTEMPTS:
            assert quiz.answered(quiz.code[name], name, attempt) == "", (name, attempt)
            answer = quiz.reference(name, attempt)
            assert isinstance(answer, str) or math.isfinite(answer)


def test_options_differ_and_one_letter_is_right_or_some_but_not_all(quiz: Quiz) -> None:
    for name in quiz.names:
        for attempt in ATTEMPTS:
            options = quiz.asked(name, attempt).get("options")
            if options is None:
                continue
            assert len(set(options.values())) == len(options) >= 4
            right = [letter for letter in options if quiz.answered(compile(f"{name} = {letter!r}", "", "exec"), name, attempt) == ""]
            answer = quiz.reference(name, attempt)
            if quiz.several(name):
                assert 1 <= len(answer) < len(options)
            else:
                assert right == [answer]


def test_no_mistake_of_the_bank_is_right_for_another_attempt(quiz: Quiz) -> None:
    """Of several options a mistaken set may be the right one by chance: that is left to the attempt that is verified."""
    for case in quiz.cases:
        (name,) = case.replaces
        if case.correct or quiz.several(name):
            continue
        answer = compile(case.source, case.name, "exec")
        passed = [attempt for attempt in ATTEMPTS if quiz.answered(answer, name, attempt) == ""]
        assert passed == [], case.name


def test_right_answers_in_other_forms_are_right_for_other_attempts(quiz: Quiz) -> None:
    for case in quiz.cases:
        (name,) = case.replaces
        if case.correct:
            answer = compile(case.source, case.name, "exec")
            assert [a for a in FEWER if quiz.answered(answer, name, a) != ""] == [], case.name


def test_the_message_names_a_slip_and_never_the_answer(quiz: Quiz) -> None:
    for case in quiz.cases:
        (name,) = case.replaces
        if case.correct or "name_slip" not in quiz.cells[f"{name}-value"]:
            continue
        for attempt in FEWER:
            said = quiz.answered(compile(case.source, case.name, "exec"), name, attempt)
            assert said and not re.search(rf"(?<![\d.]){re.escape(str(quiz.reference(name, attempt)))}(?![\d.])", said)


class Everything(int):
    """A number that would pass for any."""

    def __eq__(self, other: object) -> bool:
        return True

    def __le__(self, other: object) -> bool:
        return True

    def __ge__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


@pytest.mark.parametrize("attempt", [0, -1, 1001, 10**400, 1.0, True, None, "1", "7" * 9, [1], float("nan"), Everything(7)], ids=repr)
def test_an_attempt_that_is_none_fails_every_question_with_a_sentence(quiz: Quiz, attempt: Any) -> None:
    for name in quiz.names:
        there = quiz.namespace(attempt)
        with pytest.raises(CheckFailed, match="attempt should be a whole number from 1 to 1000"):
            exec(compile(f"{name} = 'a'", "", "exec"), there)
            exec(quiz.code[f"{name}-value"], there)


def test_the_last_attempt_works_too(quiz: Quiz) -> None:
    for name in quiz.names:
        assert quiz.answered(quiz.code[name], name, 1000) == ""


def test_numbers_are_shown_as_they_are_read(quiz: Quiz) -> None:
    for name in quiz.names:
        shown = quiz.given["show"](quiz.asked(name, 3)).data
        assert "np." not in shown and "array" not in shown
        for key in quiz.asked(name, 3).keys() - {"options"}:
            assert f"`{key}` = " in shown
        for letter, text in quiz.asked(name, 3).get("options", {}).items():
            assert f"**{letter}.** {text}" in shown
