"""A folder `assignments/<slug>/` to a `model.Assignment`: notebook.py and assignment.toml, checked against each other.

A `[[problem]]` names the cells that the student fills in (`solutions`, by default the one called like the problem); its
tests are those whose id begins with one of these names. Written cells are marked one by one, so in the model a Problem
is either tested or one written answer. A problem that has both is split here:

    [[problem]] p7, solutions = ["rate", "proof"]   ->   Problem "p7" with the tests of rate,
                                                         Problem "p7-proof", by_hand, with the points of its cell

and a problem of several written cells becomes `p7-first`, `p7-second`. A problem that is one written answer keeps its
id. The part before the hyphen is therefore always the id in assignment.toml (`problem_of`).
"""
from __future__ import annotations

import ast
import hashlib
import json
import math
import os
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..model import Assignment, AssignmentError, Limits, Problem, TeamRule, TestCase, WrittenPart
from ..syntax import parse
from .mutants import skipped
from .rubric import rubrics
from .strict import Table, nearest
from .text import PLAIN_ID, read_author_text

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
KINDS = ("homework", "exam", "quiz")
PERMITS = ("yes", "by permit", "no")
BY_HAND = "by hand"
SIGMAS = 6.0                        # distance of a threshold from the reference: one wrong verdict in 10^9 if normal
MB = 2**20
MOST_MEGABYTES = 18                 # of a PDF: the notebook needs room in the same submission
NOTHING_ELSE = {".ipynb_checkpoints", "__pycache__"}     # what editors and Python leave behind


@dataclass(frozen=True)
class Threshold:
    """A measured limit in a test cell: `argument=value`, with the reference's mean and sd per run."""

    test: str
    argument: str
    value: float
    runs_averaged: int
    mean: float
    sd: float
    others: Mapping[str, tuple[float, float]]

    @property
    def sigmas(self) -> float:
        """How far the value lies on the safe side of the mean, in sd of the averaged score; negative: wrong side."""
        side = {"at_least": 1.0, "at_most": -1.0}.get(self.argument)
        distance = abs(self.mean - self.value) if side is None else side * (self.mean - self.value)
        sd = self.sd / math.sqrt(self.runs_averaged)
        return distance / sd if sd else math.copysign(math.inf, distance) if distance else 0.0


def load_assignment(folder: Path) -> Assignment:
    """The assignment in a folder, with everything validated; its slug is the folder's name.

    Raises AssignmentError naming file, cell or key, and what to do.
    """
    slug = folder.name
    if not SLUG.fullmatch(slug):
        raise AssignmentError(f'"{slug}" is no slug: small letters, digits and single hyphens, such as '
                              '"hw03-eigen-svd"; rename the folder', file=str(folder))
    text, settings = _required(folder / "notebook.py"), _required(folder / "assignment.toml")
    notebook = read_author_text(text, file=str(folder / "notebook.py"))
    return _assignment(slug, notebook, settings, data_files(folder), str(folder / "assignment.toml"))


def loaded(folder: Path) -> Assignment:
    """The same, read anew only when a file in the folder has changed: for programs that stay and ask again and again."""
    return _loaded(folder, edition(folder))


def edition(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Differs whenever a file in the folder was written: names, sizes and times."""
    found = []
    for where, _, names in os.walk(folder):
        for path in (os.path.join(where, name) for name in names):
            with suppress(FileNotFoundError):     # a link to nothing
                told = os.stat(path)
                found.append((path, told.st_size, told.st_mtime_ns))
    return tuple(sorted(found))


@lru_cache(maxsize=128)
def _loaded(folder: Path, edition: tuple[tuple[str, int, int], ...]) -> Assignment:
    return load_assignment(folder)


def problem_of(problem_id: str) -> str:
    """The id in assignment.toml of a model Problem: "p7-proof" is a part of "p7"."""
    return problem_id.partition("-")[0]


def data_files(folder: Path) -> dict[str, bytes]:
    """The files below `data/` that every student receives, as relative POSIX path -> content."""
    found = {}
    for path in sorted((folder / "data").rglob("*")):
        name = path.relative_to(folder).as_posix()
        if NOTHING_ELSE & set(path.parts):
            continue
        if path.is_symlink():
            raise AssignmentError("is a link; put the file itself here, so that a release is complete", file=str(path))
        if path.suffix == ".ipynb":
            raise AssignmentError("an assignment has one notebook, notebook.py; rename this file", file=str(path))
        if path.is_file():
            found[name] = path.read_bytes()
    return found


def _required(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise AssignmentError(f"there is no {path.name}; an assignment folder holds notebook.py and assignment.toml",
                              file=str(path)) from None
    except UnicodeDecodeError as error:
        raise AssignmentError(f"is not UTF-8 text: byte {error.start} is {error.object[error.start]:#x}",
                              file=str(path)) from None


# ---------------------------------------------------------------- assignment.toml

def _assignment(slug: str, notebook: dict[str, Any], settings: str, data: Mapping[str, bytes], file: str) -> Assignment:
    try:
        table = Table(tomllib.loads(settings), file=file)
    except tomllib.TOMLDecodeError as error:
        raise AssignmentError(f"is not valid TOML: {error}", file=file) from None
    cells = {told["grade_id"]: (told, cell["source"]) for cell in notebook["cells"]
             if (told := cell["metadata"].get("nbgrader"))}
    title = table.text("title")
    kind = table.text("kind", "homework", among=KINDS)
    points = table.number("points", above=0)
    team = _team(table.table("team"))
    table.texts("requires")                 # for the reader and for the machine's image; nothing here depends on it
    limits, limit_factor = _limits(table.table("limits"))
    problems = _problems(table, cells)
    _check_sum(table, points, problems)
    for inner in table.tables("threshold"):
        _check_threshold(inner, _threshold(inner), cells)
    pass_score, pass_problems = _pass(table, problems)
    written = _written(table, problems, {cell["id"] for cell in notebook["cells"] if cell["cell_type"] == "markdown"})
    files = _files(table, slug, written)
    marking = table.table("marking")
    tolerance = marking.number("tolerance", Assignment.tolerance, above=-1e-300)
    marking.close()
    untried = skipped(table.table("mutants"), [name for problem in problems if not problem.by_hand for name in problem.solutions])
    table.close()
    version = _version(notebook, problems, limits, limit_factor, points, data)
    assignment = Assignment(
        slug=slug, title=title, kind=kind, points=points, problems=problems, notebook=notebook, limits=limits,
        limit_factor=limit_factor, team=team, files=files, pass_score=pass_score, pass_problems=pass_problems,
        version=version, untried=untried, written=written, tolerance=tolerance,
    )
    rubrics(assignment, file=str(Path(file).with_name("notebook.py")))       # an error in one stops here
    return assignment


def _team(table: Table) -> TeamRule:
    usual = TeamRule()
    rule = TeamRule(table.whole("size", usual.size), table.text("alone", usual.alone, among=PERMITS),
                    table.text("three", usual.three, among=PERMITS))
    table.close()
    return rule


def _limits(table: Table) -> tuple[Limits, float]:
    usual = Limits()

    def megabytes(key: str, default: int) -> int:
        return int(table.number(key, default / MB, above=0) * MB)

    limits = Limits(
        cpu=table.number("cpu_seconds", usual.cpu, above=0),
        wall=table.number("wall_seconds", usual.wall, above=0),
        memory=megabytes("memory_mb", usual.memory),
        processes=table.whole("processes", usual.processes),
        file_size=megabytes("file_size_mb", usual.file_size),
        scratch=megabytes("scratch_mb", usual.scratch),
        printed=megabytes("printed_mb", usual.printed),
        open_files=table.whole("open_files", usual.open_files),
    )
    factor = table.number("limit_factor", 5.0, above=1)
    table.close()
    return limits, factor


def _written(table: Table, problems: Sequence[Problem], prose: Collection[str]) -> WrittenPart | None:
    """The PDF beside the notebook: `[written]`, or the flag `pdf_for_written_part` for one with the usual rules."""
    usual, by_hand = WrittenPart(), tuple(name for problem in problems if problem.by_hand for name in problem.solutions)
    inner = table.table("written")
    if not table.has("written") and not table.table("flags").yes("pdf_for_written_part", False):
        return None
    if not by_hand:
        inner.fail("a PDF answers a written problem, and there is none; leave it out, or add a cell with manual=\"…\"")
    rule = WrittenPart(
        file=inner.text("file", usual.file), pages=inner.whole("pages", usual.pages),
        megabytes=inner.number("megabytes", usual.megabytes, above=0), text=inner.yes("text", usual.text),
        required=inner.yes("required", usual.required),
        answers=inner.texts("answers", tuple(name for name in by_hand if name in prose)))
    if not FILE_NAME.fullmatch(rule.file) or not rule.file.endswith(".pdf"):
        inner.fail(f'file = "{rule.file}" must be the name of a PDF without folders, such as "{usual.file}"')
    if rule.megabytes > MOST_MEGABYTES:
        inner.fail(f"megabytes = {rule.megabytes:g} is more than the {MOST_MEGABYTES} that a submission may have")
    for name in rule.answers:
        if name not in by_hand:
            inner.fail(f'answers names "{name}", which is no written answer{nearest(name, by_hand)}')
    inner.close()
    return rule


def _files(table: Table, slug: str, written: WrittenPart | None) -> tuple[str, ...]:
    files = table.texts("files")
    for name in files:
        if not FILE_NAME.fullmatch(name) or name.endswith((".py", ".ipynb")):
            table.fail(f'files: "{name}" is not possible; name single files such as "report.pdf" or "weights.npz", '
                       f"without folders, and no Python: code belongs into {slug}.ipynb")
    if written is not None and written.file not in files:
        files += (written.file,)
    flags = table.table("flags")
    flags.has("pdf_for_written_part")
    if flags.yes("keep_best_submission", False):
        flags.fail("keep_best_submission = true is not possible: the newest submission counts")
    if not flags.yes("show_points_per_test", True):
        flags.fail("show_points_per_test = false is not possible here: what feedback tells about hidden tests stands in course.toml, "
                   'disclosure = { level = "points" } with the assignment')
    flags.close()
    return files


def _pass(table: Table, problems: Sequence[Problem]) -> tuple[float | None, tuple[str, ...]]:
    if not table.has("pass"):
        return None, ()
    inner = table.table("pass")
    score = inner.number("score", above=0)
    if score > 100:
        inner.fail(f"score = {score:g} is a percentage of the points, at most 100")
    needed, known = inner.texts("problems"), {problem.id for problem in problems}
    for name in needed:
        if name not in known:
            inner.fail(f'problems names "{name}"{nearest(name, known)}')
    inner.close()
    return score, needed


# ---------------------------------------------------------------- problems

Cells = Mapping[str, tuple[Mapping[str, Any], str]]         # grade_id -> nbgrader's metadata, source


def _problems(table: Table, cells: Cells) -> tuple[Problem, ...]:
    found: list[Problem] = []
    owner: dict[str, str] = {}                              # solution cell -> problem
    for inner in table.tables("problem"):
        parts = _problem(inner, cells, owner)
        if problem_of(parts[0].id) in map(problem_of, (other.id for other in found)):
            inner.fail(f'the id "{problem_of(parts[0].id)}" is used twice')
        found += parts
    if not found:
        table.fail("there are no problems; add a [[problem]] for each solution cell")
    for name, (told, _) in cells.items():
        if told["solution"] and name not in owner:
            table.fail(f'no [[problem]] has the cell "{name}"; add [[problem]] id = "{name}", '
                       f'or name it in the solutions of another one')
    return tuple(found)


def _problem(table: Table, cells: Cells, owner: dict[str, str]) -> tuple[Problem, ...]:
    name = table.text("id")
    if not PLAIN_ID.fullmatch(name):
        table.fail(f'id = "{name}" must be a name of letters, digits and underscores, such as "p1"')
    title, points = table.text("title"), table.number("points", above=0)
    seconds = table.number("seconds", Problem("", "", 0, (), ()).seconds, above=0)
    topics = table.texts("topics")
    solutions = table.texts("solutions", (name,))
    known = [grade_id for grade_id, (told, _) in cells.items() if told["solution"]]
    for solution in solutions:
        if solution not in known:
            hint = "" if table.has("solutions") else '; or say which cells it has with solutions = ["…"]'
            table.fail(f'there is no solution cell "{solution}"{nearest(solution, known)}{hint}')
        if solution in owner:
            table.fail(f'the cell "{solution}" already belongs to problem {owner[solution]}')
        owner[solution] = name
    written = tuple(s for s in solutions if cells[s][0]["grade"])
    tested = tuple(s for s in solutions if s not in written)
    tests = tuple(
        TestCase(grade_id, told["points"], "### BEGIN HIDDEN TESTS" in source)
        for grade_id, (told, source) in cells.items()
        if told["grade"] and not told["solution"] and grade_id.partition("-")[0] in tested
    )
    _check_marked(table, written, tested)
    for solution in tested:
        if not any(test.points and test.id.startswith(f"{solution}-") for test in tests):
            table.fail(f'no test with points belongs to "{solution}"; add a cell with test="{solution}-…" points=…')
    automatic = math.fsum(test.points for test in tests)
    by_hand = {solution: cells[solution][0]["points"] for solution in written}
    total = automatic + math.fsum(by_hand.values())
    if not math.isclose(total, points):
        table.fail(f"points = {points:g}, but its cells add up to {total:g} ({_sum(tests, by_hand)})")
    table.close()
    parts = [Problem(name, title, automatic, tested, tests, seconds, topics)] if tested else []
    alone = not tested and len(written) == 1
    for solution, worth in by_hand.items():
        parts.append(Problem(
            name if alone else f"{name}-{solution}",
            title if alone else f"{title}: {solution.replace('_', ' ')}",
            worth, (solution,), (), seconds, topics, by_hand=True,
        ))
    return tuple(parts)


def _check_marked(table: Table, written: tuple[str, ...], tested: tuple[str, ...]) -> None:
    said = table.has("marked") and table.text("marked", among=(BY_HAND,))
    if said and tested:
        table.fail(f'marked = "{BY_HAND}", but "{tested[0]}" is a cell with tests; leave marked out: '
                   "of a problem with both, tests and written answers are counted apart")
    if not said and not tested:
        table.fail(f'"{written[0]}" is a written answer; add marked = "{BY_HAND}"')


def _sum(tests: Sequence[TestCase], by_hand: Mapping[str, float]) -> str:
    worth = {test.id: test.points for test in tests if test.points} | dict(by_hand)
    return " + ".join(f"{name} {points:g}" for name, points in worth.items())


def _check_sum(table: Table, points: float, problems: Sequence[Problem]) -> None:
    listed = math.fsum(problem.points for problem in problems)
    if not math.isclose(listed, points):
        each = " + ".join(f"{problem.id} {problem.points:g}" for problem in problems)
        table.fail(f"points = {points:g}, but the problems add up to {listed:g} ({each})")


# ---------------------------------------------------------------- thresholds

def _threshold(table: Table) -> Threshold:
    threshold = Threshold(
        test=table.text("test"), argument=table.text("argument"), value=table.number("value"),
        runs_averaged=table.whole("runs_averaged", 1), mean=table.number("mean"), sd=table.number("sd", above=-1e-300),
        others=table.pairs("others"),
    )
    table.close()
    return threshold


def _check_threshold(table: Table, threshold: Threshold, cells: Cells) -> None:
    tests = [name for name, (told, _) in cells.items() if told["grade"] and not told["solution"]]
    if threshold.test not in tests:
        table.fail(f'there is no test "{threshold.test}"{nearest(threshold.test, tests)}')
    passed = [ast.literal_eval(node.value) for node in ast.walk(parse(cells[threshold.test][1]))
              if isinstance(node, ast.keyword) and node.arg == threshold.argument and _is_number(node.value)]
    said = f"{threshold.argument}={threshold.value:g}"
    if threshold.value not in passed:
        there = (", ".join(f"{threshold.argument}={value:g}" for value in passed)
                 or f"no {threshold.argument} with a number")
        table.fail(f"{said} does not stand in the cell {threshold.test} (there is {there}); the two must be one number")
    if not threshold.sigmas >= SIGMAS:      # not "<": nan must fail
        table.fail(f"{said} lies {threshold.sigmas:.1f} sd from the reference's mean {threshold.mean:g}, less than "
                   f"{SIGMAS:g}; move it, or average over more runs")
    right_side = threshold.mean > threshold.value
    for name, (mean, _) in threshold.others.items():
        verdict = re.search(r"_(pass|fail)(es|s)?$", name)
        if verdict is None:
            table.fail(f'others: "{name}" must end in _passes or _fails')
        if ((mean > threshold.value) == right_side) != (verdict[1] == "pass"):
            table.fail(f"others: {name} has mean {mean:g}, but {said} says the opposite")


def _is_number(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


# ---------------------------------------------------------------- version

def _version(notebook: Mapping[str, Any], problems: Sequence[Problem], limits: Limits, limit_factor: float,
             points: float, data: Mapping[str, bytes]) -> str:
    """sha256 over what a score can depend on; a corrected sentence in the text leaves it as it is."""
    code = [(cell["id"], cell["source"]) for cell in notebook["cells"]
            if cell["cell_type"] == "code" and "look" not in cell["metadata"].get("tags", ())]
    parts = {
        "code": code,
        "problems": [(p.id, p.points, p.solutions, [asdict(test) for test in p.tests], p.seconds, p.by_hand)
                     for p in problems],
        "limits": asdict(limits), "limit_factor": limit_factor, "points": points,
        "data": {name: hashlib.sha256(content).hexdigest() for name, content in data.items()},
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
