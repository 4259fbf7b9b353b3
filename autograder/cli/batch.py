"""A batch from release to feedback: publish, collect, grade, show."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.table import Table

from autograder.cli.arrangements import local
from autograder.cli.terminal import WORKERS, actor, console, opened, place, progress, refuse_unconfined, unsafe_option
from autograder.model import Disclosure, Graded, Level
from autograder.written import Checked


@click.command()
@click.argument("slug")
@click.pass_context
def release(ctx: click.Context, slug: str) -> None:
    """Publish a verified assignment to the students."""
    from autograder import jobs

    with opened(ctx) as work:
        assignment = jobs.release(work, slug, actor=actor())
        console.print(f"{slug}: released, {assignment.points:g} points, version {assignment.version[:12]}.")


@click.command()
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


@click.command()
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
@click.option("--team", default="", help="Grade what counts of this team alone: --team team-00007 --force.")
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
    team: str,
    force: bool,
    unsafe: bool,
    json_file: Any,
) -> None:
    """Grade what was handed in."""
    from autograder import batches, jobs
    from autograder.authoring import load_assignment
    from autograder.grading import grade_all

    refuse_unconfined(unsafe)
    if course_dir is not None:
        grade_stock(ctx, course_dir, slug, workers, unsafe, json_file)
        return
    if slug is None:
        raise click.UsageError("Name the assignment to grade.", ctx)
    refused: tuple[tuple[str, str], ...] = ()
    papers: dict[str, Checked] = {}
    if folder is not None:
        folders = place(ctx)
        assignment = load_assignment(folders.assignments / slug)
        submissions, refused = jobs.read_folder(folder, assignment)
        papers = jobs.look_at_papers(assignment, submissions)
        from autograder.course import secret

        of = len(submissions)
        with progress(f"grade {slug}") as say:
            everyone = grade_all(
                assignment, submissions, secret=secret(folders), workers=workers, started=lambda: say(0, of), unsafe=unsafe
            )
            results = watched(say, of, everyone)
    else:
        with opened(ctx) as work, batches.held(work, slug, by=actor(), workers=workers, team=team) as journal:
            batch = jobs.prepare(work, slug, force=force, team=team)
            of = len(batch.waiting)

            def started() -> None:
                journal.warm()
                say(0, of)

            with progress(f"grade {slug}") as say:
                graded = jobs.grade_batch(work, batch, workers=workers, actor=actor(), started=started, unsafe=unsafe)
                results = watched(say, of, journal.noted(batch, graded))
            if batch.done:
                console.print(f"{len(batch.done)} were graded by this version before; --force grades them again.")
    if json_file is not None:
        told = [as_json(g) | paper_json(papers.get(g.submission)) for g in sorted(results, key=lambda g: g.submission)]
        json.dump(told, json_file, indent=1)
    console.print(graded_table(results))
    for name, checked in papers.items():
        for trouble in checked.trouble:
            console.print(f"{name}: {trouble}", markup=False)
    for name, reason in refused:
        console.print(f"[red]{name}: not graded[/red]. {reason}")
    undecided = sum(g.status == "undecided" for g in results)
    console.print(f"{slug}: {len(results)} graded, {undecided} wait for a person, {len(refused)} could not be read.")
    if undecided or refused:
        sys.exit(1)


def paper_json(checked: Checked | None) -> dict[str, Any]:
    """What is in the PDF beside a notebook, for `--json`."""
    if checked is None:
        return {}
    return {"pdf": {"pages": checked.pages, "words": checked.words, "trouble": [str(said) for said in checked.trouble]}}


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


@click.command()
@click.argument("slug")
@click.pass_context
def feedback(ctx: click.Context, slug: str) -> None:
    """Render feedback and show it to the teams."""
    from autograder import jobs

    with opened(ctx) as work:
        written = jobs.give_feedback(work, slug, actor=actor(), now=datetime.now(UTC))
        console.print(f"{slug}: {len(written)} pages in {work.folders.pages / slug}, shown to their teams.")
        console.print(f"Of hidden tests they tell {telling(work.ledger.disclosures.of(work.course.id, slug), work.course.zone)}.")


@click.command()
@click.argument("slug")
@click.argument("level", type=click.Choice([level.value for level in Level]))
@click.option("--from", "begins", default=None, metavar="TIME", help="Until then points alone: 2027-02-01T12:00, course time.")
@click.option("--reason", required=True, help="Why; it stands in the audit log.")
@click.pass_context
def disclose(ctx: click.Context, slug: str, level: str, begins: str | None, reason: str) -> None:
    """Change what feedback tells students about hidden tests, also where it is out already.

    \b
    messages   of each how it ended, and where to look
    outcomes   of each how it ended
    points     of each problem what they earn together
    """
    with opened(ctx) as work:
        disclosure = Disclosure(Level(level), None if begins is None else local(begins, work.course.zone))
        work.ledger.disclosures.change(work.course.id, slug, disclosure, actor=actor(), reason=reason)
        console.print(f"{slug}: of hidden tests feedback tells {telling(disclosure, work.course.zone)}.", markup=False)


def telling(disclosure: Disclosure, zone: ZoneInfo) -> str:
    """What is told, and from when."""
    if disclosure.from_ is None:
        return disclosure.level
    return f"{Level.POINTS} until {disclosure.from_.astimezone(zone):%Y-%m-%d %H:%M}, then {disclosure.level}"
