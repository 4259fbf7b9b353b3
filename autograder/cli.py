"""The command line: one command per verb, each a call of one function, safe to repeat. Only this module prints and chooses exit codes.

Progress is a line that moves on a terminal, and a line per result in a log; `--json` is for programs. A known error is one sentence
and exit code 2, or 1 when what was asked for turned out badly (a test that rejects good work, a submission that could not be decided).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

import autograder
from autograder import sandbox
from autograder.course import Folders
from autograder.model import AutograderError, Graded, Role

P = ParamSpec("P")
R = TypeVar("R")
console = Console(highlight=False, soft_wrap=True)
WORKERS = max(os.cpu_count() or 1, 1)


class Command(click.Group):
    """Known errors become one sentence on stderr and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except AutograderError as error:
            click.echo(f"autograder: {error}", err=True)
            ctx.exit(2)


@click.group(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(autograder.__version__)
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("."),
    help="The course's checkout: assignments/, course.toml.",
)
@click.option(
    "--course",
    "course_file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    envvar="AUTOGRADER_COURSE",
    help="The course file; course.toml in the root by default.",
)
@click.pass_context
def main(ctx: click.Context, root: Path, course_file: Path | None) -> None:
    """Auto-graded homework and exams: write, verify, release, collect, grade, explain."""
    ctx.obj = (Folders.of(root), course_file)


def place(ctx: click.Context) -> Folders:
    """The folders that the command works in."""
    folders: Folders = ctx.obj[0]
    return folders


@contextmanager
def opened(ctx: click.Context) -> Iterator[Any]:
    """The course, its ledger and its secret."""
    from autograder.jobs import workplace

    folders, course_file = ctx.obj
    with workplace(folders, course_file) as work:
        yield work


def actor() -> str:
    """Who is named in the ledger for what is done on the command line."""
    return os.environ.get("AUTOGRADER_ACTOR") or os.environ.get("SUDO_USER") or os.environ.get("USER") or f"uid {os.getuid()}"


unsafe_option = click.option(
    "--unsafe", is_flag=True, help="Run student code as well where this machine cannot confine it; `autograder doctor` says what is lost."
)


def refuse_unconfined(unsafe: bool) -> None:
    """End with the reason where student code cannot be confined, unless somebody says that it may run all the same."""
    said = sandbox.refusal(sandbox.layers())
    if said and not unsafe:
        raise click.ClickException(f"{said} On a machine that has nothing to lose, --unsafe runs it all the same.")
    if said:
        console.print(f"[red]unsafe[/red]: {said}")


def slugs_of(folders: Folders, given: tuple[str, ...]) -> tuple[str, ...]:
    """The given assignments, or all that have an author text."""
    if given:
        return given
    return tuple(sorted(path.parent.name for path in folders.assignments.glob("*/assignment.toml")))


@contextmanager
def progress(title: str) -> Iterator[Callable[..., None]]:
    """On a terminal a line that moves: how many are done, how many failed, how fast it goes, what is left. In a log only what is said.

    It gives `say(done, of, failed=0, said="")`; to be called with 0 done when the work begins, so that what came before is not
    taken for slow work.
    """
    if not console.is_terminal:
        yield lambda done, of, failed=0, said="": console.print(said, markup=False) if said else None
        return
    bar = Progress(
        TextColumn("[bold]{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[pace]}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )
    with bar:
        task = bar.add_task(title, total=None, pace="starting")

        def say(done: int, of: int, failed: int = 0, said: str = "") -> None:
            if done == 0:
                bar.reset(task)
            seconds = bar.tasks[0].elapsed or 0.0
            bar.update(task, completed=done, total=of, pace=pace(done, of, failed, seconds), refresh=True)
            if said:
                bar.console.print(said, markup=False)

        yield say


def pace(done: int, of: int, failed: int, seconds: float) -> str:
    """How far the work is, how many of it failed, how much of it a minute brings, and how long the rest will take."""
    said = f"{done} of {of}, {failed} failed"
    if not done or not seconds:
        return said
    left = timedelta(seconds=round((of - done) * seconds / done))
    return f"{said}, {60 * done / seconds:.0f} per minute, {left} left"


def watched(say: Callable[..., None], of: int, batch: Iterator[Graded]) -> list[Graded]:
    """The results of a batch, with progress. In a log every result gets a line, on a terminal only one that a person must look at."""
    results: list[Graded] = []
    failed = 0
    for graded in batch:
        results.append(graded)
        failed += graded.status == "undecided"
        shown = graded.status == "undecided" or not console.is_terminal
        say(len(results), of, failed, line(graded) if shown else "")
    return results


# ---------------------------------------------------------------- authors


@main.command()
@click.argument("slug")
@click.pass_context
def new(ctx: click.Context, slug: str) -> None:
    """Start an assignment: a small one that verifies, to be changed piece by piece."""
    from autograder.authoring import start

    for path in start(place(ctx).assignments, slug):
        console.print(str(path), soft_wrap=True, highlight=False)
    console.print(f"Change notebook.py and the bank, then: autograder verify {slug}")


@main.command()
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Write the whole table as a document.")
@click.option("--json", "as_text", is_flag=True, help="Print JSON.")
@click.pass_context
def topics(ctx: click.Context, write: Path | None, as_text: bool) -> None:
    """Which problem asks which topic of which course (assignments/topics.toml), and which topics are open."""
    from autograder.authoring import as_markdown, coverage, load_assignment, syllabi

    folders = place(ctx)
    courses = syllabi(folders.assignments / "topics.toml")
    assignments = [load_assignment(folders.assignments / slug) for slug in slugs_of(folders, ())]
    found = coverage(assignments, courses)
    if as_text:
        click.echo(json.dumps([asdict(one) for one in found], indent=1))
        return
    if write is not None:
        write.write_text(as_markdown(found, courses, assignments), encoding="utf-8")
    for course in courses:
        mine = [one for one in found if one.course == course.key]
        still = [one.topic for one in mine if not one.problems]
        console.print(f"{course.key}: {len(mine) - len(still)} of {len(mine)} topics" + (f"; open: {'; '.join(still)}" if still else ""))


@main.command()
@click.argument("slugs", nargs=-1)
@click.pass_context
def build(ctx: click.Context, slugs: tuple[str, ...]) -> None:
    """Author text to source/ and release/."""
    from autograder.authoring import build as build_one

    folders = place(ctx)
    for slug in slugs_of(folders, slugs):
        built = build_one(folders.assignments / slug, source=folders.source, release=folders.release)
        assignment, state = built.assignment, "built" if built.changed else "up to date"
        console.print(f"{slug}: {state}, {assignment.points:g} points, version {assignment.version[:12]}")


@main.command()
@click.argument("slugs", nargs=-1)
@click.option(
    "--seeds",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="How many sets of hidden inputs each case runs with.",
)
@click.option("--first-seed", type=int, default=0, show_default=True, help="Number of the first set.")
@click.option("--only", multiple=True, metavar="CASE", help="Only this case, such as wrong/no_bias or mutant/loss_f32; may be repeated.")
@click.option("--workers", type=click.IntRange(1), default=WORKERS, show_default=True, help="Engines side by side; one per core.")
@unsafe_option
@click.option("--json", "json_file", type=click.File("w"), default=None, help="Write every trial as JSON.")
@click.pass_context
def verify(
    ctx: click.Context,
    slugs: tuple[str, ...],
    seeds: int,
    first_seed: int,
    only: tuple[str, ...],
    workers: int,
    unsafe: bool,
    json_file: Any,
) -> None:
    """Try the tests themselves: reference, empty release, accepted alternatives, known mistakes."""
    from autograder.jobs import verification_page
    from autograder.jobs import verify as verify_one

    refuse_unconfined(unsafe)
    folders = place(ctx)
    results = []
    for slug in slugs_of(folders, slugs):
        with progress(f"verify {slug}") as say:
            surprising: list[str] = []

            def heard(done: int, of: int, trials: Any, say: Any = say, surprising: list[str] = surprising) -> None:
                new = [f"{t.problem} {t.case} seed {t.seed}: {surprise(t)}" for t in trials if not t.as_expected]
                surprising += new
                say(done, of, len(surprising), "\n".join(f"  surprise {one}" for one in new))

            result = verify_one(
                folders, slug, seeds=seeds, workers=workers, only=only, first_seed=first_seed, progress=heard, unsafe=unsafe
            )
        results.append(result)
        console.print(verified_table(result))
        for name, used, budget in result.slow:
            console.print(f"  [red]too slow[/red]: the reference needs {used:.1f} s for {name}, whose budget is {budget:.1f} s")
        verdict = (
            "[green]may be released[/green]"
            if result.ok and not only
            else "[green]as expected[/green]"
            if result.ok
            else "[red]must not be released[/red]"
        )
        console.print(f"{slug}: {len(result.trials)} trials, {len(result.surprises)} surprises; {verdict}.")
        console.print("" if only else f"  the report: {verification_page(folders, slug)}\n", soft_wrap=True, highlight=False)
    if json_file is not None:
        json.dump(
            [
                {
                    "slug": r.slug,
                    "version": r.version,
                    "ok": r.ok,
                    "trials": [asdict(t) | {"as_expected": t.as_expected} for t in r.trials],
                }
                for r in results
            ],
            json_file,
            indent=1,
            default=str,
        )
    if not all(r.ok for r in results):
        sys.exit(1)


def surprise(trial: Any) -> str:
    """What went otherwise than its bank case says."""
    more, fewer = sorted(set(trial.failed) - set(trial.expected)), sorted(set(trial.expected) - set(trial.failed))
    if trial.case.startswith("mutant/"):
        more = []
    parts = [
        "no test noticed it" if not trial.failed else "",
        f"earned {trial.kept:.0%} of its points, where {trial.may_keep:.0%} are allowed" if trial.kept > trial.may_keep else "",
        f"failed {', '.join(more)} ({trial.message})" if more else "",
        f"passed {', '.join(fewer)}" if fewer else "",
        f"undecided: {trial.detail}" if "undecided" in trial.statuses else "",
    ]
    return "; ".join(part for part in parts if part)


def verified_table(result: Any) -> Table:
    """Per problem: what the reference and the release earned, alternatives accepted, mistakes rejected, time."""
    table = Table(title=result.slug, title_justify="left", show_edge=False, pad_edge=False)
    for name, justify in (
        ("problem", "left"),
        ("reference", "right"),
        ("release", "right"),
        ("right", "right"),
        ("wrong", "right"),
        ("mutants", "right"),
        ("seconds", "right"),
        ("of", "right"),
    ):
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    for problem in result.problems:
        if problem.by_hand:
            table.add_row(problem.id, "by hand", "", "", "", "", "", "")
            continue
        points = {t.id: t.points for t in problem.tests}
        mine = [t for t in result.trials if t.problem == problem.id]

        def share(case: str, mine: list[Any] = mine, points: dict[str, float] = points, worth: float = problem.points) -> str:
            lost = max((sum(points[f] for f in t.failed) for t in mine if t.case == case), default=worth)
            return f"{(worth - lost) / worth:.0%}"

        def good(kind: str, mine: list[Any] = mine) -> str:
            cases = {t.case for t in mine if t.case.startswith(kind)}
            right = {c for c in cases if all(t.as_expected for t in mine if t.case == c)}
            return f"{len(right)} of {len(cases)}"

        seconds = max((t.seconds for t in mine if t.case == "reference"), default=0.0)
        table.add_row(
            problem.id,
            share("reference"),
            share("release"),
            good("correct/"),
            good("wrong/"),
            good("mutant/"),
            f"{seconds:.2f}",
            f"{problem.seconds:g}",
        )
    return table


# ---------------------------------------------------------------- running a course


@main.command()
@click.argument("username")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.STUDENT.value,
    show_default=True,
    help="What the person is in the course.",
)
@click.option("--name", required=True, help="The person's name.")
@click.option("--email", default="", help="For letters; may stay empty.")
@click.option("--new-password", is_flag=True, help="Make a new password for the hub in place of a lost one.")
@click.pass_context
def enrol(ctx: click.Context, username: str, role: str, name: str, email: str, new_password: bool) -> None:
    """Take a person into the course, or change a role; a new person gets a password for the hub."""
    from autograder.hub.authenticator import add_passwords, reset_password
    from autograder.hub.site import passwords_of

    with opened(ctx) as work:
        work.ledger.enrol(work.course.id, username, Role(role), name=name, email=email, actor=actor())
        console.print(f"{username} is {role} of {work.course.title}.")
        file = passwords_of(work.folders)
        password = reset_password(file, username) if new_password else add_passwords(file, [username]).get(username)
    if password:
        console.print(f"Password for the hub, shown this once and stored nowhere: {password}")


@main.command()
@click.argument("slug")
@click.pass_context
def release(ctx: click.Context, slug: str) -> None:
    """Publish a verified assignment to the students."""
    from autograder import jobs

    with opened(ctx) as work:
        assignment = jobs.release(work, slug, actor=actor())
        console.print(f"{slug}: released, {assignment.points:g} points, version {assignment.version[:12]}.")


@main.command()
@click.argument("slug")
@click.pass_context
def collect(ctx: click.Context, slug: str) -> None:
    """Write what counts of every team to submitted/."""
    from autograder import jobs

    with opened(ctx) as work:
        rows = jobs.collect(work, slug)
        for row in rows:
            console.print(f"{row.team} #{row.number} by {row.by}, {row.submitted_at:%Y-%m-%d %H:%M} UTC, {row.sha256[:12]}")
        console.print(f"{slug}: {len(rows)} submissions in {work.folders.submitted}.")


@main.command()
@click.argument("slug", required=False)
@click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path),
    default=None,
    help="Grade a folder of submissions without a ledger: submitted/, loose notebooks, or a bulk download.",
)
@click.option(
    "--course-dir",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=None,
    help="Grade all submissions of a course that nbgrader alone has kept, into its gradebook; all assignments, or the one named.",
)
@click.option("--workers", type=click.IntRange(1), default=WORKERS, show_default=True, help="Engines side by side; one per core.")
@click.option("--force", is_flag=True, help="Grade again what this version has graded already.")
@unsafe_option
@click.option("--json", "json_file", type=click.File("w"), default=None, help="Write the results as JSON.")
@click.pass_context
def grade(
    ctx: click.Context,
    slug: str | None,
    folder: Path | None,
    course_dir: Path | None,
    workers: int,
    force: bool,
    unsafe: bool,
    json_file: Any,
) -> None:
    """Grade what was handed in."""
    from autograder import jobs
    from autograder.authoring import load_assignment
    from autograder.grading import grade_all

    refuse_unconfined(unsafe)
    if course_dir is not None:
        grade_stock(ctx, course_dir, slug, workers, unsafe, json_file)
        return
    if slug is None:
        raise click.UsageError("Name the assignment to grade.", ctx)
    refused: tuple[tuple[str, str], ...] = ()
    if folder is not None:
        folders = place(ctx)
        assignment = load_assignment(folders.assignments / slug)
        submissions, refused = jobs.read_folder(folder, assignment)
        from autograder.course import secret

        of = len(submissions)
        with progress(f"grade {slug}") as say:
            everyone = grade_all(
                assignment, submissions, secret=secret(folders), workers=workers, started=lambda: say(0, of), unsafe=unsafe
            )
            results = watched(say, of, everyone)
    else:
        with opened(ctx) as work:
            batch = jobs.prepare(work, slug, force=force)
            of = len(batch.waiting)
            with progress(f"grade {slug}") as say:
                waiting = jobs.grade_batch(work, batch, workers=workers, actor=actor(), started=lambda: say(0, of), unsafe=unsafe)
                results = watched(say, of, waiting)
            if batch.done:
                console.print(f"{len(batch.done)} were graded by this version before; --force grades them again.")
    if json_file is not None:
        json.dump([as_json(g) for g in sorted(results, key=lambda g: g.submission)], json_file, indent=1)
    console.print(graded_table(results))
    for name, reason in refused:
        console.print(f"[red]{name}: not graded[/red]. {reason}")
    undecided = sum(g.status == "undecided" for g in results)
    console.print(f"{slug}: {len(results)} graded, {undecided} wait for a person, {len(refused)} could not be read.")
    if undecided or refused:
        sys.exit(1)


def grade_stock(ctx: click.Context, course_dir: Path, slug: str | None, workers: int, unsafe: bool, json_file: Any) -> None:
    """Grade a course that nbgrader alone has kept."""
    from autograder import gradebook, stock
    from autograder.course import secret

    folders, course = place(ctx), gradebook.course_folder(course_dir)
    everything: list[Graded] = []
    trouble = 0
    for name in [slug] if slug else stock.assignments(course):
        assignment = stock.calibrated(stock.load(course, name), state=folders.state, seconds=course.cell_seconds, unsafe=unsafe)
        works, refused = stock.submissions(course, assignment)
        with progress(f"grade {name}") as say:
            batch = stock.grade(course, assignment, works, secret=secret(folders), workers=workers, unsafe=unsafe)
            results = watched(say, len(works), batch)
        console.print(graded_table(results))
        for test, reason in assignment.apart.items():
            console.print(f"[yellow]{test} is less to be trusted[/yellow]: it ran in the student's process, because {reason}.")
        for student, reason in refused:
            console.print(f"[red]{student}: not graded[/red]. {reason}")
        undecided = sum(g.status == "undecided" for g in results)
        console.print(f"{name}: {len(results)} graded, {undecided} wait for a person, {len(refused)} could not be read.")
        trouble += undecided + len(refused)
        everything += results
    if json_file is not None:
        json.dump([as_json(g) for g in sorted(everything, key=lambda g: (g.assignment, g.submission))], json_file, indent=1)
    if trouble:
        sys.exit(1)


def line(graded: Graded) -> str:
    """One graded submission in a log."""
    trouble = [f"{p.id} {p.status}" for p in graded.problems if p.status != "ok" and not p.by_hand]
    return f"{graded.submission}: {graded.score:g} of {graded.max_score:g} in {graded.seconds:.1f} s" + (
        f" ({', '.join(trouble)})" if trouble else ""
    )


def graded_table(results: list[Graded]) -> Table:
    """Team, score and state of each submission."""
    table = Table(show_edge=False, pad_edge=False)
    for name, justify in (
        ("team", "left"),
        ("score", "right"),
        ("of", "right"),
        ("by hand", "right"),
        ("seconds", "right"),
        ("state", "left"),
    ):
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    for graded in sorted(results, key=lambda g: g.submission):
        waiting = sum(p.max_score for p in graded.problems if p.by_hand)
        state = ", ".join(f"{p.id} {p.status}" for p in graded.problems if p.status != "ok" and not p.by_hand) or "ok"
        table.add_row(
            graded.submission,
            f"{graded.score:g}",
            f"{graded.max_score:g}",
            f"{waiting:g}" if waiting else "",
            f"{graded.seconds:.1f}",
            state,
        )
    return table


def as_json(graded: Graded) -> dict[str, Any]:
    """A graded submission for programs."""

    def plain(value: Any) -> dict[str, Any]:
        return {"id": value.id, "score": value.score, "max_score": value.max_score, "status": str(value.status)}

    return {
        "submission": graded.submission,
        "members": list(graded.members),
        "assignment": graded.assignment,
        "score": graded.score,
        "max_score": graded.max_score,
        "problems": [
            plain(p)
            | {
                "by_hand": p.by_hand,
                "tests": [plain(t) | {"message": t.message, "seconds": t.seconds, "trusted": t.trusted} for t in p.tests],
            }
            for p in graded.problems
        ],
        "status": str(graded.status),
        "seconds": graded.seconds,
        "engine": graded.engine,
    }


@main.command()
@click.argument("slug")
@click.pass_context
def feedback(ctx: click.Context, slug: str) -> None:
    """Render feedback and show it to the teams."""
    from autograder import jobs

    with opened(ctx) as work:
        written = jobs.give_feedback(work, slug, actor=actor())
        console.print(f"{slug}: {len(written)} pages in {work.folders.pages / slug}, shown to their teams.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_context
def marks(ctx: click.Context, file: Path) -> None:
    """Take in marks that were given elsewhere: a CSV with username, item, mark."""
    from autograder.standing import import_marks

    with opened(ctx) as work:
        lines = import_marks(work.course, work.ledger, file.read_bytes(), file=str(file), actor=actor())
        console.print(f"{file.name}: {len(lines)} marks taken in.")


@main.command()
@click.option("--student", default=None, help="One student only.")
@click.option("--explain", is_flag=True, help="Say how each grade comes about.")
@click.option("--what-if", multiple=True, metavar="ITEM=MARK", help="With --student: the grade with this mark; may be repeated.")
@click.option("--json", "as_json_text", is_flag=True, help="Print JSON.")
@click.pass_context
def grades(ctx: click.Context, student: str | None, explain: bool, what_if: tuple[str, ...], as_json_text: bool) -> None:
    """The course grades by the course's own rules."""
    from datetime import UTC, datetime

    from autograder import standing

    if what_if and student is None:
        raise click.UsageError("--what-if is for one student: add --student NAME")
    with opened(ctx) as work:
        now = datetime.now(UTC)
        assignments = work.assignments()
        found: tuple[standing.Standing, ...]
        if student is not None:
            found = (standing.standing(work.course, work.ledger, student, assignments=assignments, now=now),)
        else:
            found = standing.standings(work.course, work.ledger, assignments=assignments, now=now)
        if what_if:
            click.echo(standing.imagined(work.course, found[0], what_if))
        elif as_json_text:
            click.echo(json.dumps([standing.as_json(s) for s in found], indent=1, ensure_ascii=False))
        elif explain:
            click.echo("\n\n".join(standing.explanation(s) for s in found))
        else:
            console.print(rows_table(standing.grade_table(work.course, found)))


@main.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(["moodle", "canvas", "csv", "json"]))
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Write to this file instead of the terminal.")
@click.pass_context
def export(ctx: click.Context, form: str, to: Path | None) -> None:
    """The course grades for another system: moodle, canvas, csv or json."""
    from datetime import UTC, datetime

    from autograder import export as exporting
    from autograder import standing

    with opened(ctx) as work:
        found = standing.standings(work.course, work.ledger, assignments=work.assignments(), now=datetime.now(UTC))
        rows = exporting.rows(work.course, found, work.ledger.people(work.course.id, Role.STUDENT))
    text = exporting.write(form, rows)
    if to is None:
        click.echo(text, nl=False)
    else:
        to.write_bytes(text.encode("utf-8"))
    changing = sum(row.status == "provisional" for row in rows)
    if changing:
        click.echo(f"{changing} of {len(rows)} grades may still change: something is not marked, not released or still to come.", err=True)


def rows_table(rows: tuple[tuple[str, ...], ...]) -> Table:
    """Rows of text, headings first."""
    table = Table(show_edge=False, pad_edge=False)
    for number, name in enumerate(rows[0]):
        table.add_column(name, justify="left" if number == 0 else "right")
    for row in rows[1:]:
        table.add_row(*row)
    return table


# ---------------------------------------------------------------- the platform


@main.command()
@click.option("--json", "as_data", is_flag=True, help="As JSON.")
@click.pass_context
def doctor(ctx: click.Context, as_data: bool) -> None:
    """What works on this machine, and what to do about the rest."""
    import importlib.metadata
    import shutil

    from autograder.hub.running import proxy_command

    layers = sandbox.layers()
    trouble = [sandbox.refusal(layers)] if sandbox.refusal(layers) else []
    found = {name: importlib.metadata.version(name) for name in ("numpy", "torch", "nbgrader", "jupyterhub", "SQLAlchemy")}
    try:
        found["proxy"] = " ".join(proxy_command(place(ctx).state))
    except AutograderError as error:
        trouble.append(str(error))
    found["node"] = shutil.which("node") or "not on PATH"
    folders = place(ctx)
    found["state"] = f"{folders.state}{'' if folders.state.exists() else ' (not made yet)'}"
    if not trouble:
        from autograder.execution import Engine

        with Engine():
            found["engine"] = "starts"
    if as_data:
        click.echo(json.dumps({"layers": [asdict(layer) for layer in layers], "found": found, "trouble": trouble}, indent=1))
    else:
        console.print(layers_table(layers))
        for name, said in found.items():
            console.print(f"{name:<16} {said}")
        for said in trouble:
            console.print(f"[red]trouble[/red]          {said}")
    sys.exit(1 if trouble else 0)


def layers_table(layers: tuple[sandbox.Layer, ...]) -> Table:
    """What confines student code on this machine: each layer with what it stops, or with what is lost without it."""
    table = Table(show_edge=False, pad_edge=False)
    for name in ("confinement", "", "stops; or is missing, and what is lost"):
        table.add_column(name)
    for layer in layers:
        state = "[green]active[/green]" if layer.active else "[red]missing[/red]" if layer.needed else "[yellow]missing[/yellow]"
        table.add_row(layer.name, state, layer.stops if layer.active else layer.lost)
    return table


@main.command()
@click.option("--port", type=int, default=8000, show_default=True, help="For browsers; the four ports after it are used too.")
@click.pass_context
def serve(ctx: click.Context, port: int) -> None:
    """Run the hub with its course service until Ctrl-C."""
    from autograder.hub.running import serve as run_hub

    run_hub(place(ctx), ctx.obj[1] or place(ctx).course_file, port=port)


@main.command()
@click.option("--exit", "leave", is_flag=True, envvar="DEMO_EXIT", help="End when the demo is over instead of keeping the hub up.")
@click.pass_context
def demo(ctx: click.Context, leave: bool) -> None:
    """A whole course in a few minutes: eight students in pairs, a real hub, grades."""
    from autograder.demo import run

    root = place(ctx).root
    run(root, root / "state" / "demo", stay=not leave and sys.stdin.isatty() and console.is_terminal, console=console)
