"""Which cell runs where, and who owns which name: decided by the instructor's notebook alone.

Student cells (solution cells and the student's own) run in S. Test cells run in T. Given cells run in both, so that each side has the
imports, data and helpers; one that needs what students define runs in S only. A name belongs to whoever binds it last
before the test in the *instructor's* notebook: when a solution cell binds it, T forgets its own value and asks S.

In a notebook that was written for nbgrader alone ("stock") most given cells are plain ones, which a student may edit. They run in S as
the student left them. Of the instructor's own text of such a cell T takes the imports, the functions and the constants, so that no
library, helper or tolerance of a test is the student's to answer for; its other data and its classes it asks of S.
"""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from types import CodeType
from typing import Any, Literal

from autograder.execution.rebuild import Rebuilt, flag, grade_id, is_look, text_of
from autograder.model import Assignment, Needs, Problem
from autograder.syntax import parse

Where = Literal["student", "both", "tester", "test"]
NOWHERE = -1
"""The place of a step that is no cell of the rebuilt notebook."""


UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What the parser raises for a text that it cannot read; MemoryError for one that is nested too deeply."""
REMEMBERED = 500
"""Texts whose names are remembered: the author's cells are the same in every submission."""
SHORT = 20_000
"""Characters of a text that is remembered; an honest cell has a few thousand."""
MAX_READ = 200_000
"""Characters of a cell that is read for the names it binds: longer ones would take hundreds of megabytes."""


@dataclass(frozen=True)
class Step:
    """One code cell in running order.

    where    "student": S only. "both": S and T. "tester": T, without points (data and references). "test": T, with points
    forget   names that T no longer owns after this cell
    soft     a failure in T is passed over: its names are asked of S then
    needs    what a test needs besides the rules
    """

    index: int  # in the rebuilt cell list
    where: Where
    name: str  # grade_id, or empty
    text: str
    forget: tuple[str, ...] = ()
    by_student: bool = True  # whose text it is
    soft: bool = False
    needs: Needs = field(default_factory=Needs)
    valued: bool = False  # a number that its last line shows is partial credit, as in nbgrader

    def told(self, *, tested: bool) -> dict[str, Any]:
        """What T learns of it. A test that is not tested now runs for the names that it binds."""
        aside = self.where == "test" and not tested
        return {
            "where": "tester" if aside else self.where,
            "name": self.name,
            "text": self.text,
            "forget": self.forget,
            "by_student": self.by_student,
            "soft": self.soft or aside,
            "needs": vars(self.needs),
            "valued": self.valued and not aside,
        }


@dataclass(frozen=True)
class ProblemPlan:
    """The steps for the tests of one problem: S runs those before `start`, then it answers T, which runs the rest."""

    problem: Problem
    start: int  # position in the plan's steps of the problem's first test
    tests: tuple[Step, ...]
    hidden: Mapping[str, bool]  # test id -> has hidden lines
    uses: Mapping[str, tuple[str, ...]]  # test id -> earlier tests of the problem whose names it reads


@dataclass(frozen=True)
class Plan:
    """All steps of a rebuilt notebook, and the problems in the order of their first tests."""

    steps: tuple[Step, ...]
    problems: tuple[ProblemPlan, ...]


def plan(assignment: Assignment, rebuilt: Rebuilt) -> Plan:
    """What to run for a rebuilt notebook of this assignment."""
    steps = tuple(_stock_steps(assignment, rebuilt) if assignment.stock else _steps(assignment, rebuilt))
    problems = []
    for problem in assignment.problems:
        wanted = {test.id for test in problem.tests if not assignment.needs.get(test.id, Needs()).together}
        tests = tuple(step for step in steps if step.where == "test" and step.name in wanted)
        if tests:
            hidden = {t.id: t.hidden for t in problem.tests}
            problems.append(ProblemPlan(problem, steps.index(tests[0]), tests, hidden, _uses(tests)))
    problems.sort(key=lambda p: p.start)
    return Plan(steps, tuple(problems))


def _uses(tests: Sequence[Step]) -> dict[str, tuple[str, ...]]:
    """For each test the earlier ones that bind what it reads, directly or through another."""
    uses: dict[str, tuple[str, ...]] = {}
    for place, test in enumerate(tests):
        read = mentioned(test.text)
        near = [earlier.name for earlier in tests[:place] if bound(earlier.text) & read]
        uses[test.name] = tuple(dict.fromkeys(name for one in near for name in (*uses[one], one)))
    return uses


def _steps(assignment: Assignment, rebuilt: Rebuilt) -> Iterator[Step]:
    """The steps of a notebook in the author's format."""
    reference = {grade_id(c): str(c["source"]) for c in assignment.notebook["cells"] if grade_id(c)}
    students_names = _names_of_students(assignment)
    for index, cell in _code(rebuilt):
        name, text = grade_id(cell), str(cell["source"])
        if flag(cell, "grade") and not flag(cell, "solution"):
            points = cell["metadata"]["nbgrader"].get("points", 0)
            yield Step(index, "test" if points else "tester", name, text, needs=assignment.needs.get(name, Needs()))
        elif flag(cell, "solution"):
            yield Step(index, "student", name, text, tuple(sorted(bound(reference.get(name, "")))))
        elif flag(cell, "locked"):
            yield Step(index, "student" if loaded(text) & students_names else "both", name, text, by_student=False)
        else:
            yield Step(index, "student", "", text, by_student="autograder" in cell["metadata"])


def _stock_steps(assignment: Assignment, rebuilt: Rebuilt) -> Iterator[Step]:
    """The steps of a notebook that was written for nbgrader alone."""
    reference = {grade_id(c): text_of(c) for c in assignment.notebook["cells"] if grade_id(c)}
    students_names = _names_of_students(assignment)
    changing = _changing(assignment)
    plain: dict[str, list[Step]] = {}  # what T takes of the plain cells that follow a named one
    anchor = ""
    for cell in assignment.notebook["cells"]:
        anchor = grade_id(cell) or anchor
        if cell["cell_type"] == "code" and not grade_id(cell):
            plain.setdefault(anchor, []).append(_taken(text_of(cell), changing))
    yield from plain.get("", [])
    for index, cell in enumerate(rebuilt.cells):
        name, text = grade_id(cell), str(cell["source"])
        if cell["cell_type"] != "code":
            pass
        elif not name:
            yield Step(index, "student", "", text, by_student="autograder" in cell["metadata"])
        elif flag(cell, "solution"):
            taken = _taken(reference.get(name, ""))
            yield Step(index, "student", name, text, taken.forget)
            yield taken
        elif flag(cell, "grade"):
            yield Step(index, "test", name, text, needs=assignment.needs.get(name, Needs()), valued=True)
        elif loaded(text) & students_names:
            yield Step(index, "student", name, text, by_student=False)
            yield _taken(text, changing)
        else:
            yield Step(index, "both", name, text, by_student=False, soft=True)
            yield Step(NOWHERE, "tester", "", "", tuple(sorted(_classes(text))), by_student=False, soft=True)
        yield from plain.pop(name, []) if name else []


def _code(rebuilt: Rebuilt) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The cells that run, with their places."""
    for index, cell in enumerate(rebuilt.cells):
        if cell["cell_type"] == "code" and not is_look(cell) and str(cell["source"]).strip():
            yield index, cell


def _names_of_students(assignment: Assignment) -> set[str]:
    """What the solution cells bind in the instructor's notebook."""
    names: set[str] = set()
    for cell in assignment.notebook["cells"]:
        if cell["cell_type"] == "code" and flag(cell, "solution") and not flag(cell, "grade"):
            names |= bound(text_of(cell))
    return names


def _changing(assignment: Assignment) -> set[str]:
    """Globals that some function of the instructor's notebook binds anew."""
    texts = [text_of(cell) for cell in assignment.notebook["cells"] if cell["cell_type"] == "code"]
    declared = [line for text in texts for line in re.findall(r"^\s+global\s+(.+)$", text, re.MULTILINE)]
    return {name for line in declared for name in re.split(r"[\s,;#]+", line)}


def _taken(text: str, changing: Set[str] | None = None) -> Step:
    """What T runs of an instructor's cell that S runs in the student's form: its imports and, where it is not for the student to write,
    its functions and those constants that do not change. The other names of the cell are S's."""
    try:
        tree = parse(without_magics(text))
    except UNREADABLE:
        tree = ast.Module([], [])
    kept = "\n".join(ast.unparse(node) for node in tree.body if _is_taken(node, changing))
    return Step(NOWHERE, "tester", "", kept, tuple(sorted(bound(text) - bound(kept))), by_student=False, soft=True)


def _is_taken(node: ast.stmt, changing: Set[str] | None) -> bool:
    if changing is None:
        return isinstance(node, (ast.Import, ast.ImportFrom))
    if isinstance(node, ast.Assign):
        names = {target.id if isinstance(target, ast.Name) else "" for target in node.targets}
        constant = node.value.operand if isinstance(node.value, ast.UnaryOp) else node.value
        return "" not in names and not names & changing and isinstance(constant, ast.Constant)
    return isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef))


def _classes(text: str) -> set[str]:
    try:
        return {node.name for node in parse(without_magics(text)).body if isinstance(node, ast.ClassDef)}
    except UNREADABLE:
        return set()


def bound(text: str) -> frozenset[str]:
    """Names that a cell binds at its top level; empty for text that does not parse or is far too long."""
    if len(text) > MAX_READ:
        return frozenset()
    # What is remembered is kept: a batch of hostile cells must not be.
    return _bound(text) if len(text) <= SHORT else _bound.__wrapped__(text)


@lru_cache(REMEMBERED)
def _bound(text: str) -> frozenset[str]:
    try:
        table = symtable.symtable(without_magics(text), "<cell>", "exec")
    except UNREADABLE:
        return frozenset()
    return frozenset(s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported() or s.is_namespace())


@lru_cache(REMEMBERED)
def loaded(text: str) -> frozenset[str]:
    """Names that a cell reads when it is executed: at its top level, not inside the functions it only defines."""
    try:
        tree = parse(without_magics(text))
    except UNREADABLE:
        return frozenset()
    names: set[str] = set()
    waiting: list[Any] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            waiting += [
                *getattr(node, "decorator_list", []),
                *node.args.defaults,
                *(d for d in node.args.kw_defaults if d is not None),
            ]
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            names.add(node.id)
        waiting += ast.iter_child_nodes(node)
    return frozenset(names)


@lru_cache(REMEMBERED)
def mentioned(text: str) -> frozenset[str]:
    """Every name that stands in a cell, read or bound; empty for text that does not parse."""
    try:
        return frozenset(node.id for node in ast.walk(parse(without_magics(text))) if isinstance(node, ast.Name))
    except UNREADABLE:
        return frozenset()


def compiled(text: str, name: str) -> CodeType:
    """A cell of ours as code; `name` is the test's. Annotations are evaluated, as in a notebook, whatever this module says for itself."""
    return compile(without_magics(text), f"<{name or 'given'}>", "exec", dont_inherit=True)


def without_magics(text: str) -> str:
    """The cell's Python lines; lines of IPython's own syntax become comments."""
    return "\n".join("#" + line if line.lstrip().startswith(("%", "!", "?")) else line for line in text.split("\n"))
