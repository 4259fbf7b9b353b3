"""Solutions with a known result: what `qualification` tries the tests on.

A case is one Python file in `bank/correct/` or `bank/wrong/`. Its docstring says in one sentence what it shows, then

    replaces: svd_thin
    fails: svd_thin-small_values svd_thin-rank_deficient

The file takes the place of the solution cell that `replaces` names; of several cells, all of one problem, the file
takes the place of the first and the others become empty. `fails` is the exact set of tests that must fail, the most
important one first; a test that notices the mistake for some hidden inputs only stands in `sometimes` instead.
"""
from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from ..model import Assignment, AssignmentError
from ..syntax import parse
from .assignment import load_assignment
from .strict import nearest

FIELD = re.compile(r"([a-z]+):(.*)")
FIELDS = ("replaces", "fails", "sometimes")


@dataclass(frozen=True)
class BankCase:
    """One solution with a known result."""

    name: str                           # "wrong/svd_gram"
    correct: bool
    title: str                          # what it shows
    replaces: tuple[str, ...]           # solution cells
    fails: tuple[str, ...]              # exactly these tests; none when correct
    source: str
    sometimes: tuple[str, ...] = ()     # these may fail as well, as the hidden inputs fall

    @property
    def cells(self) -> dict[str, str]:
        """grade_id -> source, to be put over the reference's solution cells."""
        first, *others = self.replaces
        return {first: self.source} | {name: "" for name in others}


def bank(folder: Path, assignment: Assignment | None = None) -> tuple[BankCase, ...]:
    """All cases of an assignment folder, the correct ones first, by name."""
    assignment = assignment or load_assignment(folder)
    for path in sorted((folder / "bank").glob("*")):
        if path.name not in ("correct", "wrong"):
            raise AssignmentError("bank/ holds the folders correct/ and wrong/ only", file=str(path))
    return tuple(bank_case(path, assignment)
                 for kind in ("correct", "wrong") for path in sorted((folder / "bank" / kind).glob("*.py")))


def bank_case(path: Path, assignment: Assignment | None = None) -> BankCase:
    """The case in a file `assignments/<slug>/bank/<correct|wrong>/<name>.py`.

    Without `assignment`, the folder's own is loaded. Raises AssignmentError when the header does not fit it.
    """
    file = str(path)
    kind = path.parent.name
    if kind not in ("correct", "wrong"):
        raise AssignmentError("a bank case stands in bank/correct/ or bank/wrong/", file=file)
    assignment = assignment or load_assignment(path.parents[2])
    source = path.read_text(encoding="utf-8")
    title, fields = _header(source, file)
    replaces, fails, sometimes = (fields.get(name, ()) for name in FIELDS)
    _check(assignment, kind == "correct", replaces, fails, sometimes, file)
    return BankCase(f"{kind}/{path.stem}", kind == "correct", title, replaces, fails, source, sometimes)


def _header(source: str, file: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    try:
        text = ast.get_docstring(parse(source)) or ""
    except SyntaxError as error:
        raise AssignmentError(f"does not compile: {error.msg}", file=file, line=error.lineno or 0) from None
    title, fields, last = "", {}, ""
    for number, line in enumerate(text.split("\n")):
        if number == 0:
            title = line.strip()
        elif field := FIELD.fullmatch(line.strip()):
            last = field[1]
            if last not in FIELDS:
                raise AssignmentError(f'unknown line "{last}:" in the docstring{nearest(last, FIELDS)}', file=file)
            if last in fields:
                raise AssignmentError(f'"{last}:" stands twice in the docstring', file=file)
            fields[last] = _names(field[2])
        elif line.strip() and last:             # a list may go on in the next line
            fields[last] += _names(line)
    if not title:
        raise AssignmentError("the docstring must begin with one sentence that says what the case shows", file=file)
    return title, fields


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def _check(assignment: Assignment, correct: bool, replaces: tuple[str, ...], fails: tuple[str, ...],
           sometimes: tuple[str, ...], file: str) -> None:
    if not replaces:
        raise AssignmentError('the docstring must say "replaces: <solution>"', file=file)
    owners = {solution: problem for problem in assignment.problems if not problem.by_hand
              for solution in problem.solutions}
    for name in replaces:
        if name not in owners:
            raise AssignmentError(f'replaces "{name}", which is no tested solution cell{nearest(name, owners)}',
                                  file=file)
    problems = {owners[name].id for name in replaces}
    if len(problems) > 1:
        raise AssignmentError(f"replaces cells of several problems ({', '.join(sorted(problems))}); write one case "
                              "for each", file=file)
    tests = {test.id: test.points for test in owners[replaces[0]].tests}
    for name in (*fails, *sometimes):
        if name not in tests:
            raise AssignmentError(f'names "{name}", which is no test of problem {problems.pop()}{nearest(name, tests)}',
                                  file=file)
    for names in (replaces, (*fails, *sometimes)):
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise AssignmentError(f"names {', '.join(twice)} twice", file=file)
    if correct and (fails or sometimes):
        raise AssignmentError(f"is in bank/correct but fails {', '.join(fails + sometimes)}; move it to bank/wrong", file=file)
    if not correct and not any(tests[name] for name in fails):
        raise AssignmentError('is in bank/wrong but says no test with points that it fails; add "fails: <test>"',
                              file=file)
