"""The same attacks on nbgrader's own `autograde`, for the table in docs/security.md.

    python -m tests.attacks.stock              measures the cases that have no result yet, and writes it into their case.toml
    python -m tests.attacks.stock NAME …       measures these again
    python -m tests.attacks.stock --table      only writes the table anew

Each attack has a throw-away course of its own: the author's notebook, a gradebook, and after it in the alphabet an honest student. A
batch is graded as a TA would do it, within bubblewrap, so that an attack that succeeds does so on a copy: read-only files, processes,
network and home of its own. nbgrader itself has no such thing; to it, all within is the grader's account.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from autograder.authoring import build
from autograder.execution.rebuild import grade_id
from autograder.model import Assignment
from tests.attacks.planted import WORD, planted
from tests.golden.cases import SIX, Case, base, golden, read_cases

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "security.md"
MARKS = ("<!-- attacks: made by python -m tests.attacks.stock --table -->", "<!-- end of attacks -->")
SECONDS = 240
"""For a batch of two; nbgrader stops a cell after 30 s, and there are twelve tests."""
MEMORY = 12 * 2**20
"""KiB of address space of a process, as `ulimit -v` takes it."""
FILE = 2 * 2**20
"""KiB of a file."""
SCORES = """
    SELECT student.id, SUM(COALESCE(grade.manual_score, grade.auto_score)), SUM(grade.auto_score IS NULL AND grade.manual_score IS NULL)
    FROM grade JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
    JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
    JOIN student ON submitted_assignment.student_id = student.id GROUP BY student.id
"""
FAMILIES = {
    "runtime": "IPython and the kernel",
    "machinery": "What the tests are made of",
    "notebook": "The notebook file",
    "stealing": "Looking for answers",
    "laundering": "Results that only look right",
    "values": "Values that lie or harm",
    "protocol": "The channel to the tester",
    "resources": "More than is there",
    "system": "The machine",
    "files": "Files beside the notebook",
}


def make_course(course: Path, assignment: Assignment) -> None:
    """A course with the released golden notebook and an honest student, whose name comes last."""
    build(SIX, source=course / "source", release=course / "release")
    (course / "source" / assignment.slug / assignment.notebook_name).write_text(json.dumps(planted(assignment).notebook))
    shutil.rmtree(course / "release")
    honest = course / "submitted" / "honest" / assignment.slug
    honest.mkdir(parents=True)
    (honest / assignment.notebook_name).write_text(json.dumps(base(assignment, "reference")))
    confined(course, "generate_assignment", assignment.slug)


def confined(course: Path, *verb: str) -> str:
    """Run one of nbgrader's commands in the course; what it said, or that it had to be stopped."""
    command = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc",
               "--tmpfs", "/tmp", "--tmpfs", "/root", "--tmpfs", "/home", "--tmpfs", "/dev/shm", "--bind", str(course), "/srv",
               "--chdir", "/srv", "--setenv", "HOME", "/home",
               "bash", "-c", f'ulimit -v {MEMORY} -f {FILE}; exec "$@"', "-", sys.executable, "-m", "nbgrader", *verb]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment)
    try:
        return process.communicate(timeout=SECONDS)[0].decode(errors="replace")
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return "stopped"


def measure(case: Case, course: Path, assignment: Assignment) -> str:
    """What nbgrader gives for an attack, in a few words."""
    case.write(assignment, course / "submitted" / "attacker" / assignment.slug)
    said = confined(course, "autograde", assignment.slug)
    try:
        with sqlite3.connect(course / "gradebook.db") as book:
            scores = {name: (points or 0.0, unscored) for name, points, unscored in book.execute(SCORES)}
    except sqlite3.Error as error:
        return f"the gradebook is lost: {error}"
    words = [_score(scores.get("attacker"))]
    if _leaks(course / "autograded" / "attacker" / assignment.slug / assignment.notebook_name):
        words.append("shows hidden tests or solutions")
    if scores.get("honest") != (12.0, 0):
        honest = _score(scores.get("honest"))
        words.append(f"the next student: {honest}")
    if said == "stopped":
        words.append(f"stopped by hand after {SECONDS} s")
    return "; ".join(words)


def _score(found: tuple[float, int] | None) -> str:
    if found is None:
        return "not graded"
    points, unscored = found
    return f"{points:g}" if not unscored else "no score" if not points else f"{points:g}, {unscored} tests without a score"


def _leaks(notebook: Path) -> bool:
    """Whether the graded notebook shows the planted word where the student's code wrote it."""
    if not notebook.exists():
        return False
    for cell in json.loads(notebook.read_text())["cells"]:
        for output in cell.get("outputs", []):
            test = "-" in grade_id(cell)
            if WORD in json.dumps(output) and not (test and output["output_type"] == "error"):
                return True
    return False


def record(case: Case, result: str) -> None:
    """Write the measured result into the case."""
    path = case.folder / "case.toml"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("stock = ")]
    at = next((i for i, line in enumerate(lines) if not line.strip()), len(lines))
    lines.insert(at, f"stock = {json.dumps(result)}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def table(cases: Iterable[Case]) -> str:
    """The part of docs/security.md between its marks."""
    listed = sorted(cases, key=lambda case: ([*FAMILIES, case.family].index(case.family), case.name))
    lines: list[str] = []
    family = ""
    for case in listed:
        if case.family != family:
            family = case.family
            title = FAMILIES.get(family, family.capitalize())
            lines += ["", f"### {title}", "", "| attack | what it tries | nbgrader | here |", "|---|---|---|---|"]
        here = f"{sum(case.deserves.values()):g}" + (" · open" if case.hole else "")
        lines.append(f"| {case.name.partition('-')[2].replace('-', ' ')} | {case.tries} | {case.stock or '?'} | {here} |")
    return "\n".join(lines).strip("\n")


def page(text: str, cases: Iterable[Case]) -> str:
    """The page with its table made anew."""
    begin, end = MARKS
    if begin not in text or end not in text:
        raise ValueError(f"{PAGE.name} has no marks for the table: {begin} … {end}")
    return re.sub(f"{re.escape(begin)}.*{re.escape(end)}", lambda _: f"{begin}\n\n{table(cases)}\n\n{end}", text, flags=re.DOTALL)


def main() -> None:
    """Measure what is asked for, then write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--table", action="store_true")
    told = parser.parse_args()
    cases = read_cases(HERE)
    if unknown := set(told.names) - {case.name for case in cases}:
        sys.exit(f"There is no case {', '.join(sorted(unknown))} in {HERE}.")
    wanted = [] if told.table else [case for case in cases if case.name in told.names or (not told.names and not case.stock)]
    assignment = golden()
    with tempfile.TemporaryDirectory() as folder:
        if wanted:
            make_course(Path(folder) / "course", assignment)
        for case in wanted:
            if case.stock.startswith("not run"):
                print(f"{case.name}: {case.stock}")
                continue
            course = Path(folder) / case.name
            shutil.copytree(Path(folder) / "course", course)
            result = measure(case, course, assignment)
            record(case, result)
            print(f"{case.name}: {result}", flush=True)
            shutil.rmtree(course)
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), read_cases(HERE)), encoding="utf-8")


if __name__ == "__main__":
    main()
