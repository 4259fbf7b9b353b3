"""One graded submission as a page for its students: what passed, what did not, where to look first.

The page shows what students may see and nothing else: the test's name and the words that the released notebook has
about it, points, one message per problem, their own cells, marks and comments. It never reads a test cell of the graded
notebook, nor `TestResult.detail`. When a submission could not be read, the graded notebook holds the author's cells;
they are recognised and left out.

What is kept of it (`kept`) is in no language and holds everything: the page is made when it is read (`shown`), since the
partners of a team may read different ones, and the course may tell more about hidden tests later, or less. What authors,
checkers and people wrote is shown as they wrote it.
"""
from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache
from pathlib import Path
from typing import Any, SupportsFloat

import jinja2
from babel.dates import format_datetime
from markupsafe import Markup, escape

from ..authoring.cells import MarkerError, find_regions, released, visible_lines
from ..model import EVERYTHING, Assignment, Disclosure, Graded, Level, Problem, ProblemResult, Status, TestResult
from ..words import ENGLISH, RIGHT_TO_LEFT, say, text
from .disclosure import OPEN, told
from .markup import LONGEST, render_code, render_line, render_markdown

HERE = Path(__file__).parent
EVER = datetime.max.replace(tzinfo=UTC)
Marks = Mapping[str, tuple[SupportsFloat, str]]     # test id (of a written answer: its cell's id) -> points, comment


# ---------------------------------------------------------------- what is kept

@dataclass(frozen=True)
class TestView:
    """One row. `state` is a word of the stylesheet: passed, failed, undecided, waiting or marked."""

    __test__ = False                    # not a pytest class

    name: str
    about: Markup
    state: str
    decided: bool                       # a person overruled the machine
    points: float
    possible: float
    message: str
    comment: Markup
    hidden: bool                        # has lines that students do not receive; a written answer has none


@dataclass(frozen=True)
class AnswerView:
    """A cell that the student filled in."""

    html: Markup
    is_code: bool
    lacks: str                          # why there is nothing, or not all, to see: unread, empty, unchanged, cut; or nothing


@dataclass(frozen=True)
class ProblemView:
    """One section."""

    id: str
    title: Markup
    points: float
    possible: float
    open: float                         # points that a person still decides
    all_passed: bool
    tests: tuple[TestView, ...]
    statement: Markup
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True)
class View:
    """All that a page says of one submission, in no language yet."""

    title: Markup
    plain_title: str
    team: str
    members: tuple[str, ...]
    number: int
    submitted_at: str | None            # ISO 8601
    points: float
    possible: float
    open: float
    problems: tuple[ProblemView, ...]


HTML = ("about", "comment", "html", "statement", "title")
"""The fields above that are markup."""


def kept(assignment: Assignment, graded: Graded, *, team: str, members: Sequence[str], number: int,
         submitted_at: datetime | None, marks: Marks) -> bytes:
    """What is kept of one submission's feedback when it is given: everything that `shown` needs, the same bytes for the
    same results.

    members       names, as the reader should see them
    submitted_at  an aware datetime; None when it is not known
    marks         what a person decided: points and comment by test id (of a written answer: its cell's id)
    """
    problems = tuple(_problem(assignment, graded, result, marks) for result in graded.problems)
    view = View(
        title=render_line(assignment.title), plain_title=assignment.title, team=team, members=tuple(members), number=number,
        submitted_at=submitted_at.isoformat() if submitted_at else None, points=sum(problem.points for problem in problems),
        possible=graded.max_score, open=sum(problem.open for problem in problems), problems=problems,
    )
    return json.dumps(asdict(view), ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")


def shown(content: bytes, disclosure: Disclosure, now: datetime, *, for_staff: bool = False, language: str = ENGLISH, zone: tzinfo = UTC,
          static: str = "static/") -> str:
    """The HTML page of what was kept, for a reader of this language.

    disclosure  what students are told about hidden tests; `now` says how much of it is told already
    for_staff   the reader sees everything, and what students see of it
    zone        in which times are shown
    static      URL of the folder with our style, fonts and scripts, ending in "/"; relative to the page by default
    """
    level = disclosure.at(now)
    more_from = None if disclosure.from_ is None or level is disclosure.level else disclosure.from_.astimezone(zone)
    about = {"static": static, "level": level, "more": disclosure.level, "more_from": more_from, "for_staff": for_staff}
    if not content.startswith(b"{"):    # given by a version that kept the page itself, in English: there is no telling its parts apart
        everything = for_staff or level is Level.MESSAGES
        return content.decode() if everything else _template("withheld.html", language).render(about)
    view = told(json.loads(content, object_hook=_marked), Level.MESSAGES if for_staff else level)
    at = datetime.fromisoformat(view["submitted_at"]).astimezone(zone) if view["submitted_at"] else None
    return _template("feedback.html", language).render({**view, **about, "at": at})


def page(assignment: Assignment, graded: Graded, *, language: str = ENGLISH, zone: tzinfo = UTC, static: str = "static/",
         **about: Any) -> str:
    """The HTML of one submission's feedback as it is where everything is told: `kept`, and `shown` at once."""
    return shown(kept(assignment, graded, **about), EVERYTHING, EVER, language=language, zone=zone, static=static)


def _marked(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: Markup(value) if name in HTML else value for name, value in fields.items()}


# ---------------------------------------------------------------- graded -> views

def _problem(assignment: Assignment, graded: Graded, result: ProblemResult, marks: Marks) -> ProblemView:
    problem = next((p for p in assignment.problems if p.id == result.id), None)
    solutions = problem.solutions if problem else ()
    tests = tuple(_test(assignment, test, result, len(solutions) > 1, marks)
                  for test in result.tests if test.max_score > 0)
    return ProblemView(
        id=result.id, title=render_line(result.title),
        points=sum(test.points for test in tests), possible=result.max_score,
        open=sum(test.possible for test in tests if test.state in OPEN),
        all_passed=bool(tests) and all(test.state == "passed" for test in tests),
        tests=tests,
        statement=_statement(assignment, problem) if problem else Markup(""),
        answers=tuple(_answer(assignment, graded, solution) for solution in solutions),
    )


def _test(assignment: Assignment, test: TestResult, result: ProblemResult, several: bool, marks: Marks) -> TestView:
    solution, _, property_name = test.id.partition("-")
    name = (property_name or solution).replace("_", " ")
    if several and property_name:
        name = f"{solution}: {name}"
    points, comment, state = 0.0, "", "failed"
    if test.id in marks:
        worth, comment = marks[test.id]
        points, state = float(worth), "marked"
    elif result.by_hand:
        state = "waiting"
    elif test.status is Status.OK:
        points, state = test.score, "passed"
    elif test.status is Status.UNDECIDED:
        state = "undecided"
    return TestView(name, Markup("") if result.by_hand else _about(assignment, test.id), state,
                    state == "marked" and not result.by_hand, points, test.max_score, test.message[:LONGEST],
                    render_markdown(comment) if comment.strip() else Markup(""),
                    test.hidden and not result.by_hand)


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
    return Markup("").join(render_markdown(one) for one in texts)


def _answer(assignment: Assignment, graded: Graded, solution: str) -> AnswerView:
    cell, original = _cell(graded.notebook, solution), _cell(assignment.notebook, solution)
    is_code = (cell or original or {}).get("cell_type") == "code"
    source = str(cell["source"]) if cell else ""
    if cell and original and source and (source == original["source"] or _has_markers(source, cell["cell_type"])):
        return AnswerView(Markup(""), is_code, "unread")
    if not source.strip():
        return AnswerView(Markup(""), is_code, "empty")
    if original and source == released(original["source"], original["cell_type"]):
        return AnswerView(Markup(""), is_code, "unchanged")
    html = render_code(source) if is_code else render_markdown(source)
    return AnswerView(html, is_code, "cut" if len(source) > LONGEST else "")


def _has_markers(source: str, kind: str) -> bool:
    """Whether a cell has an author's regions: then it is not, or not only, the student's."""
    try:
        return bool(find_regions(source, "code" if kind == "code" else "markdown"))
    except MarkerError:
        return True


# ---------------------------------------------------------------- template

@cache
def _template(name: str, language: str) -> jinja2.Template:
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True,
                                     undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["number"] = _number
    environment.filters["when"] = lambda at: f"{format_datetime(at, 'EEE d MMM y HH:mm', locale=language)} {at:%Z}"
    environment.globals |= {
        "_": lambda template, /, **values: Markup(say(text(template, **values), language, quote=escape)),
        "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
    }
    return environment.get_template(name)


def _number(value: float) -> str:
    """Points as people write them: 3, 3.5, 0.33."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
