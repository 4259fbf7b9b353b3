"""What the test cells of a stock notebook need to run in two processes: read from the instructor's text, then tried with the
instructor's own solutions.

Tests that were written for one process sometimes lean on it: a function reads a global that the test binds, a test looks at what
happened to its argument, a later cell reads a name of a test. `analysed` finds in the text what can be found there, and the tests that
must not or cannot run apart. `calibrated` runs the solutions both ways, once per version of an assignment; a cell whose score differs gets
what makes it the same, at the last its place in the student's process ("together"), where its result is less to be trusted.
Nothing here reads a submission: what a student writes does not choose how he is tested.
"""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from autograder.execution.credit import credit, shown_value
from autograder.execution.engine import Engine, Outcome
from autograder.execution.plan import bound, without_magics
from autograder.execution.rebuild import flag, grade_id, rebuild_stock, text_of
from autograder.execution.together import Ran, Together
from autograder.model import Assignment, Needs, Problem, Status, TestCase
from autograder.syntax import parse

KEY = bytes(32)
"""The key of the trial runs."""
ENVIRONMENT = {"NBGRADER_EXECUTION": "autograde"}
"""By which a cell can know that nbgrader grades it."""
HIDDEN = "BEGIN HIDDEN TESTS"
HARMLESS = re.compile(r"\s*%(matplotlib|load_ext|reload_ext|autoreload|config|precision|pylab)\b")
"""Lines of IPython's own syntax that a test can do without."""
CLOCKS = {"perf_counter", "perf_counter_ns", "process_time", "monotonic", "timeit", "default_timer"}
RUNS_TEXT = {"eval", "exec", "compile", "__import__", "sympify", "parse_expr", "read_pickle", "import_module", "run_path", "run_module"}
"""Calls that make code of data: in T, data of the student's."""
RUNNERS = {"pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal", "subprocess", "runpy", "imp", "yaml"}
FILES = {"open", "read_text", "read_bytes", "load", "loadtxt", "genfromtxt", "fromfile", "read_csv", "read_json", "exists", "isfile"}
FILES |= {"listdir", "glob", "write_text", "write_bytes", "save", "savetxt", "savez", "to_csv", "dump", "remove", "unlink", "mkdir"}
FILES |= {"mkdtemp", "mkstemp", "TemporaryDirectory", "NamedTemporaryFile", "rmtree", "makedirs", "chdir"}


def score_cells(notebook: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The cells that a program scores: grade cells with code that are not answers as well."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and flag(cell, "grade") and not flag(cell, "solution"):
            yield cell


def problems_of(notebook: Mapping[str, Any], needs: Mapping[str, Needs], *, seconds: float) -> tuple[Problem, ...]:
    """A stock notebook's problems: the answers up to the next tests, with those tests. Each manual answer and task is one of its own.

    Tests that give a name to a later cell of the student's stay in one problem with what follows it. `seconds` is for each test.
    """
    problems: list[Problem] = []
    solutions: list[str] = []
    tests: list[TestCase] = []
    exporting = False

    def close() -> None:
        if tests:
            name = solutions[0] if solutions else tests[0].id
            points = float(sum(test.points for test in tests))
            problems.append(Problem(name, name, points, tuple(solutions), tuple(tests), seconds * len(tests)))
        solutions.clear()
        tests.clear()

    for cell in notebook["cells"]:
        name = grade_id(cell)
        if not name:
            continue
        points = float(cell["metadata"]["nbgrader"].get("points", 0) or 0)
        if flag(cell, "task") or (flag(cell, "grade") and (flag(cell, "solution") or cell["cell_type"] != "code")):
            problems.append(Problem(name, name, points, (name,), (), by_hand=True))
        elif flag(cell, "grade"):
            tests.append(TestCase(name, points, HIDDEN in text_of(cell)))
            exporting = exporting or bool(needs.get(name, Needs()).export)
        elif flag(cell, "solution"):
            if tests and not exporting:
                close()
            solutions.append(name)
    close()
    return tuple(problems)


# ---------------------------------------------------------------- from the text


def analysed(notebook: Mapping[str, Any], beside: Mapping[str, bytes]) -> dict[str, Needs]:
    """What the text alone says of each test; `export` is left for the trial, since most of its candidates need nothing."""
    functions = _free_names(text_of(c) for c in notebook["cells"] if c["cell_type"] == "code" and not flag(c, "grade"))
    given = [text_of(c) for c in notebook["cells"] if c["cell_type"] == "code" and not flag(c, "solution") and not flag(c, "grade")]
    imported = {module.partition(".")[0] for c in notebook["cells"] if c["cell_type"] == "code" for module in _modules(_parsed(text_of(c)))}
    given += [content.decode("utf-8", "replace") for name, content in beside.items() if _module_name(name) in imported]
    unsafe = next((found for text in given if (found := _makes_code(_parsed(text)))), "")
    binders: dict[str, str] = {}  # name -> the test that bound it last, or nothing
    needs: dict[str, Needs] = {}
    scored = {grade_id(cell) for cell in score_cells(notebook)}
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        name, text = grade_id(cell), text_of(cell)
        if name not in scored:
            binders.update(dict.fromkeys(bound(text), ""))
            continue
        tree, here = _parsed(text), bound(text)
        direct = {binders[read] for read in (_read(text) - here) | _read_first(tree) if binders.get(read)}
        uses = direct | {far for near in direct for far in needs[near].uses}
        defined = {n.name for n in tree.body if isinstance(n, (ast.FunctionDef, ast.ClassDef))} if tree else set()
        imports = [n for n in ast.walk(tree) if isinstance(n, (ast.Import, ast.ImportFrom))] if tree else []
        libraries = {(alias.asname or alias.name).partition(".")[0] for n in imports for alias in n.names}
        why = _apart_is_impossible(text, tree) or (unsafe and f"a given cell or module {unsafe}")
        if replaced := sorted(defined & functions):
            why = why or f"it puts its own {replaced[0]} in the place of what the student's functions call"
        push = tuple(sorted((here & functions) - defined - libraries))
        needs[name] = Needs(push=push, uses=tuple(sorted(uses)), files=_called(tree) & FILES != set(), together=why)
        binders.update(dict.fromkeys(here, name))
    return needs


def exports(notebook: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Names that each test binds and a later cell of the student's may read."""
    found: dict[str, tuple[str, ...]] = {}
    later: set[str] = set()
    scored = {grade_id(cell) for cell in score_cells(notebook)}
    for cell in reversed(notebook["cells"]):
        if cell["cell_type"] != "code":
            continue
        if grade_id(cell) in scored:
            if names := bound(text_of(cell)) & later:
                found[grade_id(cell)] = tuple(sorted(names))
        else:
            later |= _read(text_of(cell))
    return found


def free_names(text: str) -> set[str]:
    """Globals that the functions of a cell read."""
    return _free_names([text])


def _apart_is_impossible(text: str, tree: ast.Module | None) -> str:
    """Why a test cannot run in a process of its own, or must not: what the reference would not show."""
    if any(re.match(r"\s*[%!?]", line) and not HARMLESS.match(line) for line in text.split("\n")):
        return "it uses commands of IPython"
    if tree is None:
        return "it is not plain Python"
    if makes := _makes_code(tree):
        return f"it {makes}"
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} | _attributes(tree)
    modules = _modules(tree)
    if names & CLOCKS or "timeit" in modules or ("time" in modules | names and "time" in _called(tree)):
        return "it measures time"
    if modules & {"mock", "unittest.mock"} or names & {"mock", "monkeypatch", "MagicMock", "Mock"}:
        return "it replaces objects in the student's process"
    if "get_ipython" in names:
        return "it asks IPython"
    return ""


def _makes_code(tree: ast.Module | None) -> str:
    """What in a text of the instructor's could run data as code: not in T, where the data may be a student's."""
    if tree is None:
        return ""
    calls = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    if risky := (calls | (_called(tree) - {"eval", "exec", "compile"})) & RUNS_TEXT:
        return f"runs data as code ({min(risky)})"
    if risky := {m.partition(".")[0] for m in _modules(tree)} & RUNNERS:
        return f"runs data as code ({min(risky)})"
    attributes = {(n.value.id, n.attr) for n in ast.walk(tree) if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name)}
    if ("torch", "load") in attributes or "allow_pickle" in {k.arg for n in ast.walk(tree) if isinstance(n, ast.Call) for k in n.keywords}:
        return "unpickles data"
    return "runs programs (os)" if attributes & {("os", "system"), ("os", "popen")} else ""


def _parsed(text: str) -> ast.Module | None:
    try:
        return parse(without_magics(text))
    except (SyntaxError, ValueError, RecursionError):
        return None


def _module_name(file: str) -> str:
    """What a file is imported as: its own name, or that of its package."""
    return file.partition("/")[0].removesuffix(".py") if file.endswith(".py") else ""


def _modules(tree: ast.Module | None) -> set[str]:
    if tree is None:
        return set()
    found = {alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
    return found | {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}


def _attributes(tree: ast.Module) -> set[str]:
    return {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}


def _called(tree: ast.Module | None) -> set[str]:
    """Names of the functions and methods that a text calls."""
    calls = [n.func for n in ast.walk(tree) if isinstance(n, ast.Call)] if tree else []
    return {f.id for f in calls if isinstance(f, ast.Name)} | {f.attr for f in calls if isinstance(f, ast.Attribute)}


def _tables(text: str) -> Iterator[symtable.SymbolTable]:
    try:
        waiting = [symtable.symtable(without_magics(text), "<cell>", "exec")]
    except (SyntaxError, ValueError, RecursionError):
        return
    while waiting:
        table = waiting.pop()
        yield table
        waiting += table.get_children()


def _read(text: str) -> set[str]:
    """Globals that a cell reads, in its functions as well."""
    return {
        s.get_name()
        for table in _tables(text)
        for s in table.get_symbols()
        if s.is_referenced() and (table.get_type() == "module" or s.is_global())
    }


def _read_first(tree: ast.Module | None) -> set[str]:
    """Names that a cell reads and then binds anew: `x = x + 1`, `score += 1`."""
    found: set[str] = set()
    known: set[str] = set()
    for statement in tree.body if tree else []:
        inner = [n for c in ast.walk(statement) if isinstance(c, ast.comprehension) for n in ast.walk(c.target)]
        local = {n.id for n in inner if isinstance(n, ast.Name)}
        names = [n for n in ast.walk(statement) if isinstance(n, ast.Name) and n.id not in local]
        stored = {n.id for n in names if not isinstance(n.ctx, ast.Load)}
        if isinstance(statement, (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Delete, ast.Assert)):
            found |= {n.id for n in names if isinstance(n.ctx, ast.Load)} - known
            found |= stored - known if isinstance(statement, ast.AugAssign) else set()
        known |= stored | bound(ast.unparse(statement))
    return found


def _free_names(texts: Iterable[str]) -> set[str]:
    return {
        s.get_name()
        for text in texts
        for table in _tables(text)
        if table.get_type() != "module"
        for s in table.get_symbols()
        if s.is_referenced() and s.is_global()
    }


# ---------------------------------------------------------------- by trial


def calibrated(assignment: Assignment, engine: Engine, *, seconds: float) -> Assignment:
    """The assignment with what its tests need, so that its own solutions score the same apart as in one process.

    seconds  that one cell may take
    """
    notebook, full = assignment.notebook, {grade_id(c): _points(c) for c in score_cells(assignment.notebook)}
    ran = together(assignment, engine, notebook, seconds=seconds)
    alone = {name: _told(*verdict(ran[name], points)[:2]) for name, points in full.items() if name in ran}
    needs = analysed(notebook, assignment.beside)
    for name, points in full.items():
        if alone.get(name) != _told(Status.OK, points) and not needs[name].together:
            earned = alone.get(name, "nothing")
            needs[name] = replace(needs[name], together=f"the author's own solutions earn {earned} of {points:g} points")
    tried = _with(assignment, needs, seconds)
    differ = _differ(tried, engine, alone)
    if differ:
        needs = {name: replace(need, copy_back=need.copy_back or name in differ) for name, need in needs.items()}
        differ, before = _differ(tried := _with(assignment, needs, seconds), engine, alone), differ
        needs = {name: replace(need, copy_back=need.copy_back and name in before - differ) for name, need in needs.items()}
    if differ and (given := exports(notebook)):
        with_exports = {name: replace(need, export=given.get(name, ())) for name, need in needs.items()}
        left = _differ(_with(assignment, with_exports, seconds), engine, alone)
        needs, differ = (with_exports, left) if len(left) < len(differ) else (needs, differ)
    for _ in range(len(full)):
        if not differ:
            break
        for name in differ:
            needs[name] = replace(needs[name], together="the author's own solutions score otherwise when it runs apart")
        differ = _differ(_with(assignment, needs, seconds), engine, alone)
    return _with(assignment, needs, seconds)


def together(
    assignment: Assignment, engine: Engine, notebook: Mapping[str, Any], *, seconds: float, files: Mapping[str, bytes] | None = None
) -> dict[str, Ran]:
    """Run a whole notebook, tests included, in one process; how each named code cell went."""
    ran: dict[str, Ran] = {}
    with Together(engine, assignment.limits, assignment.beside if files is None else files, environment=ENVIRONMENT) as process:
        for number, cell in enumerate(notebook["cells"]):
            if cell["cell_type"] == "code" and text_of(cell).strip():
                ran[grade_id(cell) or f"#{number}"] = process.run(text_of(cell), seconds)
    return ran


def verdict(ran: Ran, points: float) -> tuple[Status, float, str]:
    """(status, score, message) of a test that ran in one process with what it tests."""
    if ran.overdue:
        return Status.TIMEOUT, 0.0, f"The test was stopped after {ran.seconds:.0f} s."
    if ran.lost:
        return Status.CRASHED, 0.0, ran.lost
    errors = [output for output in ran.outputs if output["output_type"] == "error"]
    if errors or ran.error is not None:
        told = ran.error or errors[0]
        status = Status.WRONG if told["ename"] == "AssertionError" else Status.ERROR
        return status, 0.0, f"{told['ename']}: {told['evalue']}"[:500]
    return credit(shown_value(ran.outputs), points)


def decided(outcome: Outcome, points: float) -> tuple[Status, float, str]:
    """(status, score, message) of a test that ran apart."""
    if outcome.status is not Status.OK:
        return outcome.status, 0.0, outcome.message
    return credit(outcome.shown, points)


def _points(cell: Mapping[str, Any]) -> float:
    return float(cell["metadata"]["nbgrader"].get("points", 0) or 0)


def _told(status: Status, score: float) -> str:
    return f"{score:g}" if status in (Status.OK, Status.WRONG) and (score or status is Status.OK) else "nothing"


def _with(assignment: Assignment, needs: dict[str, Needs], seconds: float) -> Assignment:
    """The assignment with these needs. A test that reads names of one that runs together does so as well: that one must not run in T."""
    for name, need in needs.items():  # in the notebook's order
        if not need.together and (shared := next((used for used in need.uses if needs[used].together), "")):
            needs[name] = replace(need, together=f"it reads names of {shared}, which does not run apart")
    return replace(assignment, needs=dict(needs), problems=problems_of(assignment.notebook, needs, seconds=seconds))


def _differ(assignment: Assignment, engine: Engine, alone: Mapping[str, str]) -> set[str]:
    """Tests of the reference whose score apart is not that in one process."""
    rebuilt = rebuild_stock(assignment.notebook, assignment.notebook)
    runs = engine.outcomes(assignment, rebuilt, key=KEY, files=assignment.beside)
    points: dict[str, float] = {test.id: test.points for problem in assignment.problems for test in problem.tests}
    outcomes: Sequence[Outcome] = [outcome for run in runs for outcome in run.outcomes]
    return {o.id for o in outcomes if _told(*decided(o, points[o.id])[:2]) != alone.get(o.id)}
