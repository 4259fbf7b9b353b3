"""A whole course in a few minutes: real notebooks, a real hub, eight students, one grade table.

Nothing is simulated but the students' thinking: their answers come from the banks of the assignments. Ann instructor verifies and
releases; the students log in to the hub with their own passwords, start their servers, pair up, fetch, work in their own homes and hand
in; the TA collects, grades, marks the written parts and gives feedback; the course's policy makes the grades. Two pairs solve everything,
one makes typical mistakes and hands in late, one tries to cheat.

Everything that is made stays in state/demo. Running it again starts from an empty course; what was verified stays verified.
"""

from __future__ import annotations

import fcntl
import io
import json
import re
import shutil
import signal
import time
import zipfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from autograder import imports, jobs, standing
from autograder.authoring import BankCase, bank, solution_cells, stub_cells
from autograder.course import Folders
from autograder.execution.rebuild import grade_id
from autograder.hub.authenticator import add_passwords, reset_password
from autograder.hub.client import Client
from autograder.hub.running import Hub, Site, free_port, running_hub
from autograder.ledger import Ledger
from autograder.model import Assignment, AssignmentError, MachineryError, Role
from autograder.policy import show
from autograder.scoring import exact, late_penalty

SLUGS = ("hw00-preflight", "hw03-eigen-svd", "hw08-mlp")
STAFF = {"noa": (Role.INSTRUCTOR, "Noa Levi"), "tal": (Role.TA, "Tal Mizrahi")}
STUDENTS = {
    "alice": "Alice Abel",
    "bob": "Bob Baum",
    "carol": "Carol Cohen",
    "dan": "Dan Dror",
    "erin": "Erin Eliav",
    "frank": "Frank Fuchs",
    "gina": "Gina Gal",
    "hugo": "Hugo Harel",
}
PAIRS = (("alice", "bob"), ("carol", "dan"), ("erin", "frank"), ("gina", "hugo"))
SERVERS_AT_ONCE = 2
LOCK = "demo.lock"
MARKS = "courses/demo-marks.csv"
# What the TA gives each pair for its written answers, as a share of the points.
WRITTEN = {
    "alice": (1.0, "Complete."),
    "carol": (1.0, "Complete; a second way would be by projections."),
    "erin": (0.5, "The idea is right; the last step is missing."),
    "gina": (0.0, "No answer."),
}

# Typical mistakes, by the names that the banks give them; everything else of the third pair is right.
MISTAKES = {
    "hw00-preflight": ("wrong/dists_no_clip", "wrong/quiz_again"),
    "hw03-eigen-svd": ("wrong/power_fixed_loops", "wrong/svd_gram", "wrong/pca_divides_by_n", "wrong/swap_order"),
    "hw08-mlp": ("wrong/mlp_penalised_biases", "wrong/init_fan_out", "wrong/rescale_no_bias", "wrong/symmetry_signs"),
}
# Borrowed solutions and code that goes for the grader instead of the problem.
BORROWED = {
    "hw00-preflight": ("wrong/dists_peek", "wrong/one_hot_peek"),
    "hw03-eigen-svd": ("wrong/svd_lib_alias", "wrong/eigh_lib_getattr", "wrong/power_peek", "wrong/pinv_lib_torch"),
    "hw08-mlp": ("wrong/mlp_lib", "wrong/train_stored", "wrong/train_fake_history"),
}
TRICKS = '''
import ast, builtins, gc, glob, json, os, sys

class Blank(ast.NodeTransformer):                       # asserts become nothing
    def visit_Assert(self, node): return ast.Pass()
get_ipython().ast_transformers.append(Blank())
sys.displayhook(100.0)                                  # a number as the cell's result

for place in ("/home", "/srv", os.getcwd(), os.path.expanduser("~")):    # the solutions, perhaps
    for path in glob.glob(place + "/**/*.ipynb", recursive=True)[:20]:
        if "BEGIN SOLUTION" in open(path, errors="ignore").read():
            exec(open(path).read())

import autograder.checks as checks                      # checkers that never fail
for name in dir(checks):
    if callable(getattr(checks, name)) and not name.startswith("_"):
        setattr(checks, name, lambda *a, **k: None)

class Anything:                                         # equal to every expected value
    def __eq__(self, other): return True
    def __call__(self, *a, **k): return self
    def __getattr__(self, name): return self
'''


@dataclass(frozen=True)
class Answers:
    """What somebody hands in: solution cells, written answers, and cells of his own."""

    cells: Mapping[str, str]
    own: tuple[str, ...] = ()


Advance = Callable[..., None]


@dataclass
class Stage:
    """Says what happens: a bar on a terminal, a line when a step is done."""

    console: Console
    start: float = field(default_factory=time.monotonic)

    def step(self, title: str, of: int, work: Callable[[Advance], str]) -> None:
        """Do a step of some parts; `work` gets a function to call after each part (with what is to say, and how many parts there
        are when only now known), and answers what became of it."""
        done = 0
        with Progress(
            TextColumn("  {task.description}"),
            BarColumn(),
            TextColumn("{task.completed:.0f}/{task.total:.0f}"),
            TimeElapsedColumn(),
            console=self.console,
            transient=True,
            disable=not self.console.is_terminal,
        ) as bar:
            task = bar.add_task(title, total=of)

            def advance(said: str = "", of: int = of) -> None:
                nonlocal done
                done += 1
                bar.update(task, completed=done, total=of, description=f"{title}: {said}" if said else title)

            said = work(advance)
        self.console.print(f"[dim]{time.monotonic() - self.start:5.0f} s[/dim]  {title}: {said}")


def run(root: Path, state: Path, *, stay: bool, console: Console) -> None:
    """Play the demo with the assignments of this checkout.

    state  where everything is made; what an earlier run left there is removed, but for what was verified
    stay   keep the hub up until Ctrl-C
    """
    folders = Folders(root.resolve(), state.resolve())
    folders.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(folders.state / LOCK, "w") as held:
        try:  # two demos in one folder would take each other's passwords away
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise MachineryError(f"Another demo is running in {folders.state}. End it first, with Ctrl-C where it runs.") from None
        _empty(folders.state)
        _run(folders, stay=stay, console=console)


def _run(folders: Folders, *, stay: bool, console: Console) -> None:
    root = folders.root
    course_file = folders.state / "course.toml"
    course_file.write_text(_course_text(root / "courses" / "demo.toml", datetime.now(UTC)), encoding="utf-8")
    site = Site(folders, course_file, free_port())
    stage = Stage(console)
    console.print(f"A small course, from the author's text to the course grade. Everything stays in {folders.state}.\n")
    for slug in SLUGS:
        stage.step(f"verify {slug}", 1, lambda advance, slug=slug: _verify(folders, slug, advance))  # type: ignore[misc]
    with jobs.workplace(folders, course_file) as work, ExitStack() as running:
        passwords = _enrol(work.ledger, work.course.id, site)
        hub: Hub = _started(running, stage, site)
        people = {name: Client(hub.url, name, password) for name, password in passwords.items()}
        _play(stage, work, people)
        text = results(work)
        (folders.state / "grades.txt").write_text(text, encoding="utf-8")
        console.print(f"\n{text}", markup=False)
        console.print(_explained(work, "erin"), markup=False)
        _where_to_look(console, hub, passwords, folders)
        if stay:
            console.print("\nThe hub stays up. Ctrl-C ends it.")
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            try:
                signal.pause()
            except KeyboardInterrupt:
                console.print("Stopping the hub …")


# ---------------------------------------------------------------- before the hub


def _empty(state: Path) -> None:
    """Forget the last run but for what was verified."""
    for path in state.iterdir():
        if path.name not in ("verified", LOCK):
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def _course_text(preset: Path, now: datetime) -> str:
    """The preset with the dates of a course that runs now: open since yesterday, pairs until in an hour, due in two."""
    def at(hours: int) -> str:
        return (now + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S+00:00")

    text = re.sub(r"(?m)^pairs_lock = .*\n", "", preset.read_text(encoding="utf-8"))
    text = re.sub(r"(?m)^opens = .*$", f"opens = {at(-24)}", text)
    text = re.sub(r"(?m)^due = .*$", f"due = {at(2)}\npairs_lock = {at(1)}", text)
    return text


def _verify(folders: Folders, slug: str, advance: Advance) -> str:
    if jobs.is_verified(folders, slug):
        return "verified before, unchanged since"
    result = jobs.verify(folders, slug, seeds=1, workers=2, progress=lambda done, of, trial: advance(of=of) if trial else None)
    if not result.ok:
        worst = ", ".join(sorted({f"{t.problem}: {t.case}" for t in result.surprises} | {name for name, *_ in result.slow}))
        raise AssignmentError(f"the tests of {slug} do not do what its bank says ({worst}); run: autograder verify {slug}")
    cases = {trial.case for trial in result.trials}
    kinds = [sum(case.startswith(kind) for case in cases) for kind in ("correct/", "wrong/")]
    return f"reference 100 %, release 0, {kinds[0]} alternatives accepted, {kinds[1]} mistakes rejected"


def _enrol(ledger: Ledger, course: str, site: Site) -> dict[str, str]:
    for name, (role, full) in STAFF.items():
        ledger.enrol(course, name, role, name=full, actor="demo")
    for name, full in STUDENTS.items():
        ledger.enrol(course, name, Role.STUDENT, name=full, actor="demo")
    site.prepare()
    names = [*STAFF, *STUDENTS]
    made = add_passwords(site.passwords, names)
    return {name: made.get(name) or reset_password(site.passwords, name) for name in names}


def _started(stack: ExitStack, stage: Stage, site: Site) -> Hub:
    hubs: list[Hub] = []

    def start(advance: Advance) -> str:
        hubs.append(stack.enter_context(running_hub(site, log=site.folders.state / "hub.log")))
        return f"{hubs[0].url} with its proxy, the course service and formgrader"

    stage.step("start the hub", 1, start)
    return hubs[0]


# ---------------------------------------------------------------- the course


def _play(stage: Stage, work: jobs.Workplace, people: Mapping[str, Client]) -> None:
    """Release, pair up, hand in, grade, mark, give feedback."""
    noa, assignments = people["noa"], work.assignments()

    def release(advance: Advance) -> str:
        for slug in SLUGS:
            noa.course("POST", f"assignments/{slug}/release")
            advance(slug)
        return f"{len(SLUGS)} assignments, by noa through the hub"

    def start_servers(advance: Advance) -> str:
        def one(name: str) -> None:
            people[name].start_server()
            advance(name)

        with ThreadPoolExecutor(SERVERS_AT_ONCE) as pool:
            list(pool.map(one, STUDENTS))
        return "8 students logged in with their own passwords; each has a JupyterLab of his own"

    def pair(advance: Advance) -> str:
        for slug in SLUGS[1:]:
            for first, second in PAIRS:
                people[first].course("POST", f"assignments/{slug}/invite", {"to": second})
                people[second].course("POST", f"assignments/{slug}/accept", {"from": first})
                advance(f"{first} and {second}")
        return "four pairs for each of two assignments, by invitation"

    def hand_in(slug: str, names: tuple[str, ...]) -> Callable[[Advance], str]:
        def submit(advance: Advance) -> str:
            for name in names:
                _hand_in(people[name], work, assignments[slug], name)
                advance(name)
            return f"{', '.join(names)}: fetched, worked and handed in, each with a receipt"

        return submit

    def close(advance: Advance) -> str:
        noa.course("POST", f"assignments/{SLUGS[2]}/close", {"reason": "the deadline of the demo"})
        return f"{SLUGS[2]} is due now; what comes later is late"

    stage.step("release", len(SLUGS), release)
    stage.step("start the students' servers", len(STUDENTS), start_servers)
    stage.step("pair up", 8, pair)
    stage.step(SLUGS[0], 8, hand_in(SLUGS[0], tuple(STUDENTS)))
    stage.step(SLUGS[1], 4, hand_in(SLUGS[1], tuple(second for _, second in PAIRS)))
    stage.step(SLUGS[2], 3, hand_in(SLUGS[2], ("alice", "carol", "gina")))
    stage.step("deadline", 1, close)
    stage.step(f"{SLUGS[2]}, late", 1, hand_in(SLUGS[2], ("erin",)))
    for slug in SLUGS:
        waiting = len(work.ledger.effective(work.course.id, slug))
        stage.step(f"grade {slug}", waiting, lambda advance, slug=slug: _grade(work, slug, advance))  # type: ignore[misc]

    def close_rest(advance: Advance) -> str:
        for slug in SLUGS[:2]:
            noa.course("POST", f"assignments/{slug}/close", {"reason": "the end of the demo"})
            advance(slug)
        content = (work.folders.root / MARKS).read_bytes()
        taken = imports.import_marks(work.course, work.ledger, content, file=MARKS, actor="noa")
        return f"everything is due; {len(taken.changes)} marks of exam, project and quizzes taken in"

    stage.step("end of term", 2, close_rest)


def _hand_in(person: Client, work: jobs.Workplace, assignment: Assignment, name: str) -> None:
    """Fetch the release, work on it in the person's own home through the own server, hand in what is there."""
    slug, notebook_name = assignment.slug, assignment.notebook_name
    with zipfile.ZipFile(io.BytesIO(person.fetch(slug))) as archive:
        files = {entry: archive.read(entry) for entry in archive.namelist()}
    for entry, content in files.items():
        person.write(entry, content)
    path = f"{slug}/{notebook_name}"
    notebook = json.loads(person.read(path))
    person.write(path, json.dumps(answered(notebook, answers_of(work, assignment, name))).encode())
    receipt = person.submit(slug, {notebook_name: person.read(path)})
    assert person.course("POST", "receipts/verify", receipt)["valid"], receipt


def _grade(work: jobs.Workplace, slug: str, advance: Advance) -> str:
    """Collect and grade as the TA, mark the written parts, give feedback."""
    jobs.collect(work, slug)
    began = time.monotonic()
    count = 0
    for graded in jobs.grade_batch(work, jobs.prepare(work, slug), workers=2, actor="tal"):
        advance(graded.submission)
        count += 1
        for problem in graded.problems:
            if problem.by_hand:
                share, comment = WRITTEN[graded.members[0]]
                for test in problem.tests:
                    jobs.mark(work, slug, graded.submission, graded.sha256, test.id, test.max_score * share, comment, actor="tal")
    seconds = time.monotonic() - began
    pages = jobs.give_feedback(work, slug, actor="tal", now=datetime.now(UTC))
    return f"{count} submissions in {seconds:.0f} s by tal, written parts marked, {len(pages)} pages of feedback released"


# ---------------------------------------------------------------- the students' answers


def answers_of(work: jobs.Workplace, assignment: Assignment, name: str) -> Answers:
    """What this student thinks of. The first two pairs use different accepted solutions."""
    slug = assignment.slug
    cases = {case.name: case for case in bank(work.folders.assignments / slug, assignment)}
    right = _right(assignment, [case for case in cases.values() if case.correct], skip=list(STUDENTS).index(name) // 2)
    number = list(STUDENTS).index(name) // 2
    if number < 2 or (slug == SLUGS[0] and name in ("frank", "gina")):
        return Answers(right)
    if number == 2:
        return Answers(right | _cells(cases, MISTAKES[slug]))
    return Answers(stub_cells(assignment.notebook) | _cells(cases, BORROWED[slug]), (TRICKS,))


def _right(assignment: Assignment, correct: list[BankCase], skip: int) -> dict[str, str]:
    """A right answer to everything: for each problem an accepted alternative, another one for another `skip`."""
    chosen = dict(solution_cells(assignment.notebook))
    for problem in assignment.problems:
        fitting = [case for case in correct if case.replaces[0] in problem.solutions]
        if fitting:
            chosen |= _cells({"": fitting[skip % len(fitting)]}, ("",))
    return chosen


def _cells(cases: Mapping[str, BankCase], names: tuple[str, ...]) -> dict[str, str]:
    """The cells of some cases as a student would write them: without the bank's header."""
    return {cell: re.sub(r'\A\s*""".*?"""\s*', "", text, flags=re.DOTALL) for name in names for cell, text in cases[name].cells.items()}


def answered(notebook: dict[str, Any], answers: Answers) -> dict[str, Any]:
    """A fetched notebook with the answers put in."""
    cells = []
    for cell in notebook["cells"]:
        name = grade_id(cell)
        text = answers.cells.get(name)
        if text is not None and cell["metadata"]["nbgrader"].get("solution"):
            cell = {**cell, "source": text}
        cells.append(cell)
        if name == "setup":
            cells += [{"cell_type": "code", "metadata": {}, "source": own, "outputs": [], "execution_count": None} for own in answers.own]
    return {**notebook, "nbformat_minor": 4, "cells": [{k: v for k, v in cell.items() if k != "id"} for cell in cells]}


# ---------------------------------------------------------------- results


def results(work: jobs.Workplace) -> str:
    """Scores, penalties and course grades as text, the same in every run."""
    lines = []
    for slug in SLUGS:
        lines.append(f"{slug:<16} {'team':<12} {'score':>6} {'of':>4} {'late':>6}")
        for row in work.ledger.effective(work.course.id, slug):
            credit = work.ledger.grade_for(work.course.id, slug, row.members[0])
            assert credit is not None and credit.grade is not None and credit.score is not None, row
            score, possible = exact(credit.score), exact(credit.grade.max_score)
            penalty = late_penalty(score, possible, credit.late_by, work.course.late)
            who = " + ".join(row.members)
            late = f"-{show(penalty)}" if penalty > Fraction(0) else ""
            lines.append(f"  {who:<14} {row.team:<12} {show(score):>6} {show(possible):>4} {late:>6}")
    found = standing.standings(work.course, work.ledger, assignments=work.assignments(), now=datetime.now(UTC))
    rows = standing.grade_table(work.course, found)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines.append("")
    lines += ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join(lines) + "\n"


def _explained(work: jobs.Workplace, student: str) -> str:
    found = standing.standing(work.course, work.ledger, student, assignments=work.assignments(), now=datetime.now(UTC))
    return standing.explanation(found)


def _where_to_look(console: Console, hub: Hub, passwords: Mapping[str, str], folders: Folders) -> None:
    console.print(f"\nWhere to look, at {hub.url}")
    roles = {"erin": "a student: her course, feedback, grade", "tal": "the TA: teams, grades, formgrader", "noa": "the instructor"}
    for name, what in roles.items():
        console.print(f"  {name:<6} {passwords[name]}   {what}", markup=False)
    console.print(f"  formgrader, for staff: {hub.url}services/demo/formgrader")
    console.print(f"  feedback pages: {folders.pages}")
