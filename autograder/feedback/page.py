"""One graded submission as a page for its students: what passed, what did not, where to look first.

The page shows what students may see and nothing else: the test's name and the words that the released notebook has
about it, points, one message per problem, their own cells, marks and comments. It never reads a test cell of the graded
notebook, nor `TestResult.detail`. When a submission could not be read, the graded notebook holds the author's cells;
they are recognised and left out.
"""
from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Any, SupportsFloat

import jinja2
from markupsafe import Markup

from ..authoring.cells import MarkerError, find_regions, released, visible_lines
from ..model import Assignment, Graded, Problem, ProblemResult, Status, TestResult
from .markup import LONGEST, render_code, render_line, render_markdown
from .words import Words, direction, words

HERE = Path(__file__).parent
Marks = Mapping[str, tuple[SupportsFloat, str]]     # test id (of a written answer: its cell's id) -> points, comment


@dataclass(frozen=True)
class TestView:
    """One row. `state` is a word of the stylesheet: passed, failed, undecided, waiting or marked."""

    __test__ = False                    # not a pytest class

    name: str
    about: Markup
    state: str
    label: str
    note: str
    points: float
    possible: float
    message: str
    comment: Markup


@dataclass(frozen=True)
class AnswerView:
    """A cell that the student filled in."""

    label: str
    html: Markup
    is_code: bool
    note: str                           # why there is nothing, or not all, to see


@dataclass(frozen=True)
class ProblemView:
    """One section."""

    id: str
    title: Markup
    points: float
    possible: float
    open: float                         # points that a person still decides
    tests: tuple[TestView, ...]
    first: TestView | None              # the test whose message is shown
    statement: Markup
    answers: tuple[AnswerView, ...]

    @property
    def all_passed(self) -> bool:
        """Whether every test passed."""
        return bool(self.tests) and all(test.state == "passed" for test in self.tests)


def page(assignment: Assignment, graded: Graded, *, team: str, members: Sequence[str], number: int,
         submitted_at: datetime | None, marks: Marks, language: str = "en", zone: tzinfo = UTC,
         static: str = "static/") -> str:
    """The HTML of one submission's feedback.

    members       names, as the reader should see them
    submitted_at  an aware datetime, shown in `zone`; None when it is not known
    marks         what a person decided: points and comment by test id (of a written answer: its cell's id)
    static        URL of the folder with our style, fonts and scripts, ending in "/"; relative to the page by default
    """
    said = words(language)
    problems = tuple(_problem(assignment, graded, result, marks, said) for result in graded.problems)
    return _template().render(
        said=said, direction=direction(language), static=static, title=render_line(assignment.title),
        plain_title=assignment.title, team=team, members=members, number=number,
        submitted_at=submitted_at.astimezone(zone) if submitted_at else None, problems=problems,
        points=sum(problem.points for problem in problems), possible=graded.max_score,
        open=sum(problem.open for problem in problems),
    )


# ---------------------------------------------------------------- graded -> views

def _problem(assignment: Assignment, graded: Graded, result: ProblemResult, marks: Marks, said: Words) -> ProblemView:
    problem = next((p for p in assignment.problems if p.id == result.id), None)
    solutions = problem.solutions if problem else ()
    tests = tuple(_test(assignment, test, result, len(solutions) > 1, marks, said)
                  for test in result.tests if test.max_score > 0)
    waiting = ("undecided", "waiting")
    return ProblemView(
        id=result.id, title=render_line(result.title),
        points=sum(test.points for test in tests), possible=result.max_score,
        open=sum(test.possible for test in tests if test.state in waiting),
        tests=tests,
        first=next((test for test in tests if test.message and test.state in ("failed", "undecided")), None),
        statement=_statement(assignment, problem) if problem else Markup(""),
        answers=tuple(_answer(assignment, graded, solution, said) for solution in solutions),
    )


def _test(assignment: Assignment, test: TestResult, result: ProblemResult, several: bool, marks: Marks,
          said: Words) -> TestView:
    solution, _, property_name = test.id.partition("-")
    name = (property_name or solution).replace("_", " ")
    if several and property_name:
        name = f"{solution}: {name}"
    points, comment, note = test.score, "", ""
    if test.id in marks:
        worth, comment = marks[test.id]
        points, state, label = float(worth), "marked", said.marked
        if not result.by_hand:
            label = said.decided
    elif result.by_hand:
        points, state, label, note = 0.0, "waiting", said.waiting, said.waiting_means
    elif test.status is Status.OK:
        state, label = "passed", said.passed
    elif test.status is Status.UNDECIDED:
        points, state, label, note = 0.0, "undecided", said.undecided, said.undecided_means
    else:
        points, state, label = 0.0, "failed", said.failed
    return TestView(name, Markup("") if result.by_hand else _about(assignment, test.id), state, label, note, points,
                    test.max_score, test.message[:LONGEST], render_markdown(comment) if comment.strip() else Markup(""))


def _cell(notebook: Mapping[str, Any], grade_id: str) -> Mapping[str, Any] | None:
    return next((cell for cell in notebook["cells"]
                 if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id), None)


def _about(assignment: Assignment, test_id: str) -> Markup:
    """What the released notebook says about a test: the comment at the top of its cell."""
    cell = _cell(assignment.notebook, test_id)
    if cell is None:
        return Markup("")
    comments = []
    for line in visible_lines(cell["source"], "code"):
        if not line.startswith("#"):
            break
        comments.append(line.lstrip("#").strip())
    if comments and comments[0].startswith(f"{test_id}, "):
        del comments[0]
    return render_line(re.sub(r"^Hidden:\s*", "", " ".join(comments)))


def _statement(assignment: Assignment, problem: Problem) -> Markup:
    """The text above the problem's cells, and what the author wrote into a written one.

    It reaches back to the last heading, answer, test or drawing; given code may stand in between.
    """
    texts: list[str] = []
    run: list[str] = []
    for cell in assignment.notebook["cells"]:
        told = cell["metadata"].get("nbgrader", {"solution": False, "grade": False, "grade_id": ""})
        if cell["cell_type"] == "markdown" and not told["grade_id"]:
            run = [*([] if cell["source"].startswith(("# ", "## ")) else run), cell["source"]]
        elif told["solution"] or told["grade"] or "look" in cell["metadata"].get("tags", ()):
            if told["grade_id"] in problem.solutions:
                texts += run
                if cell["cell_type"] == "markdown":
                    texts.append("\n".join(visible_lines(cell["source"], "markdown")))
            run = []
    return Markup("").join(render_markdown(text) for text in texts)


def _answer(assignment: Assignment, graded: Graded, solution: str, said: Words) -> AnswerView:
    cell, original = _cell(graded.notebook, solution), _cell(assignment.notebook, solution)
    is_code = (cell or original or {}).get("cell_type") == "code"
    label = said.your_code if is_code else said.your_answer
    text = str(cell["source"]) if cell else ""
    if cell and original and text and (text == original["source"] or _has_markers(text, cell["cell_type"])):
        return AnswerView(label, Markup(""), is_code, said.not_shown)
    if not text.strip():
        return AnswerView(label, Markup(""), is_code, said.empty)
    if original and text == released(original["source"], original["cell_type"]):
        return AnswerView(label, Markup(""), is_code, said.unchanged)
    html = render_code(text) if is_code else render_markdown(text)
    return AnswerView(label, html, is_code, said.cut if len(text) > LONGEST else "")


def _has_markers(text: str, kind: str) -> bool:
    """Whether a cell has an author's regions: then it is not, or not only, the student's."""
    try:
        return bool(find_regions(text, "code" if kind == "code" else "markdown"))
    except MarkerError:
        return True


# ---------------------------------------------------------------- template

@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True,
                                     undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["number"] = _number
    return environment.get_template("feedback.html")


def _number(value: float) -> str:
    """Points as people write them: 3, 3.5, 0.33."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
