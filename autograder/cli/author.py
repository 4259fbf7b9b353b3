"""Writing assignments: start, build, verify, and what is covered."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from autograder.cli.terminal import WORKERS, console, place, progress, refuse_unconfined, slugs_of, unsafe_option


@click.command()
@click.argument("slug")
@click.pass_context
def new(ctx: click.Context, slug: str) -> None:
    """Start an assignment: a small one that verifies, to be changed piece by piece."""
    from autograder.authoring import start

    for path in start(place(ctx).assignments, slug):
        console.print(str(path), soft_wrap=True, highlight=False)
    console.print(f"Change notebook.py and the bank, then: autograder verify {slug}")


@click.command()
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


@click.command()
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


@click.command()
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
@click.option("--again", is_flag=True, help="Also what was tried before and ended as it should; otherwise a verification goes on.")
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
    again: bool,
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
                folders,
                slug,
                seeds=seeds,
                workers=workers,
                only=only,
                first_seed=first_seed,
                again=again,
                progress=heard,
                unsafe=unsafe,
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
    more = sorted(set(trial.failed) - set(trial.expected) - set(trial.by_chance))
    fewer = sorted(set(trial.expected) - set(trial.failed))
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
