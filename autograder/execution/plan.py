"""Which cell runs where, and who owns which name: decided by the instructor's notebook alone.

Student cells (solution cells and the student's own) run in S. Test cells run in T. Given cells run in both, so that each side has the
imports, data and helpers; one that needs what students define runs in S only. A name belongs to whoever binds it last
before the test in the *instructor's* notebook: when a solution cell binds it, T forgets its own value and asks S.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from autograder.execution.rebuild import Rebuilt, flag, grade_id, is_look
from autograder.model import Assignment, Problem

Where = Literal["student", "both", "tester", "test"]


@dataclass(frozen=True)
class Step:
    """One code cell in running order.

    where    "student": S only. "both": S and T. "tester": T, without points (data and references). "test": T, with points
    forget   names that T no longer owns after this cell
    """

    index: int  # in the rebuilt cell list
    where: Where
    name: str  # grade_id, or empty
    text: str
    forget: tuple[str, ...] = ()
    by_student: bool = True  # whose text it is


@dataclass(frozen=True)
class ProblemPlan:
    """The steps for the tests of one problem: S runs those before `start`, forks, and the fork and T do the rest."""

    problem: Problem
    start: int  # position in the plan's steps of the problem's first test
    tests: tuple[Step, ...]
    hidden: Mapping[str, bool]  # test id -> has hidden lines


@dataclass(frozen=True)
class Plan:
    """All steps of a rebuilt notebook, and the problems in the order of their first tests."""

    steps: tuple[Step, ...]
    problems: tuple[ProblemPlan, ...]


def plan(assignment: Assignment, rebuilt: Rebuilt) -> Plan:
    """What to run for a rebuilt notebook of this assignment."""
    reference = {grade_id(c): str(c["source"]) for c in assignment.notebook["cells"] if grade_id(c)}
    students_names: set[str] = set()
    for cell in assignment.notebook["cells"]:
        if cell["cell_type"] == "code" and flag(cell, "solution") and not flag(cell, "grade"):
            students_names |= bound(str(cell["source"]))
    steps: list[Step] = []
    for index, cell in enumerate(rebuilt.cells):
        if cell["cell_type"] != "code" or is_look(cell) or not str(cell["source"]).strip():
            continue
        name, text = grade_id(cell), str(cell["source"])
        if flag(cell, "grade") and not flag(cell, "solution"):
            points = cell["metadata"]["nbgrader"].get("points", 0)
            steps.append(Step(index, "test" if points else "tester", name, text))
        elif flag(cell, "solution"):
            steps.append(Step(index, "student", name, text, tuple(sorted(bound(reference.get(name, ""))))))
        elif flag(cell, "locked"):
            steps.append(Step(index, "student" if loaded(text) & students_names else "both", name, text, by_student=False))
        else:
            steps.append(Step(index, "student", "", text, by_student="autograder" in cell["metadata"]))
    problems = []
    for problem in assignment.problems:
        wanted = {test.id for test in problem.tests}
        tests = tuple(step for step in steps if step.where == "test" and step.name in wanted)
        if tests:
            problems.append(ProblemPlan(problem, steps.index(tests[0]), tests, {t.id: t.hidden for t in problem.tests}))
    problems.sort(key=lambda p: p.start)
    return Plan(tuple(steps), tuple(problems))


def bound(text: str) -> set[str]:
    """Names that a cell binds at its top level; empty for text that does not parse."""
    try:
        table = symtable.symtable(without_magics(text), "<cell>", "exec")
    except (SyntaxError, ValueError, RecursionError):
        return set()
    return {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported() or s.is_namespace()}


def loaded(text: str) -> set[str]:
    """Names that a cell reads when it is executed: at its top level, not inside the functions it only defines."""
    try:
        tree = ast.parse(without_magics(text))
    except (SyntaxError, ValueError, RecursionError):
        return set()
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
    return names


def without_magics(text: str) -> str:
    """The cell's Python lines; lines of IPython's own syntax become comments."""
    return "\n".join("#" + line if line.lstrip().startswith(("%", "!", "?")) else line for line in text.split("\n"))
