"""What staff look at: similar submissions, and statistics."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.markup import escape
from rich.table import Table

from autograder.cli.terminal import actor, console, opened, place, rows_table
from autograder.words import LANGUAGES, text


@click.command()
@click.argument("slug")
@click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path),
    default=None,
    help="Compare a folder of submissions without a ledger: submitted/, loose notebooks, or a bulk download.",
)
@click.option(
    "--archive",
    type=click.Path(path_type=Path),
    default=None,
    help="Compare with earlier terms as well: a folder with notebooks in folders and zip files. They are not compared with each other.",
)
@click.option("--top", type=click.IntRange(1), default=50, show_default=True, help="How many pairs to show.")
@click.option("--json", "json_file", type=click.File("w"), default=None, help="Write all pairs as JSON.")
@click.option("--dismiss", nargs=2, metavar="ONE OTHER", default=None, help="Say that this pair of the last comparison is no matter.")
@click.option("--reason", default="", help="With --dismiss: why.")
@click.pass_context
def similarity(
    ctx: click.Context,
    slug: str,
    folder: Path | None,
    archive: Path | None,
    top: int,
    json_file: Any,
    dismiss: tuple[str, str] | None,
    reason: str,
) -> None:
    """List the submissions that are alike, for a person to read. No mark changes by it."""
    from autograder import insight, jobs
    from autograder import similarity as alike
    from autograder.authoring import load_assignment

    now = datetime.now(UTC)
    if dismiss is not None:
        with opened(ctx) as work:
            line = insight.dismiss(work, slug, *dismiss, reason=reason, actor=actor())
            console.print(f"{line.one} and {line.other} are dismissed by {line.actor}.", markup=False)
        return
    if folder is not None:
        folders = place(ctx)
        assignment = load_assignment(folders.assignments / slug)
        submissions, refused = jobs.read_folder(folder, assignment)
        comparison = insight.compare(assignment, submissions, archive=archive, top=top)
        found, path = alike.listed(comparison), folders.state / "similarity" / f"{slug}-folder.html"
        insight.write(path, alike.page(comparison, title=assignment.title, made=now, top=top))
        for name, why in refused:
            console.print(f"{name}: not compared. {why}", markup=False)
    else:
        with opened(ctx) as work:
            compared = insight.compare_course(work, slug, now=now, archive=archive, top=top)
            comparison, found, path = compared.comparison, insight.listed(work, slug, compared), insight.similarity_page(work.folders, slug)
    if json_file is not None:
        json.dump({"assignment": slug, "made": now.isoformat(), **alike.as_json(comparison)}, json_file, indent=1)
    if found:
        console.print(pairs_table(found[:top]))
    earlier = f", {comparison.earlier} of earlier terms" if comparison.earlier else ""
    console.print(f"{slug}: {comparison.works} submissions compared{earlier}, {comparison.alike} pairs with something in common.")
    console.print(f"Side by side: {path}", markup=False)


def pairs_table(found: Any) -> Table:
    """Pairs with the share of each side, their most alike part, and who dismissed them."""
    table = Table(show_edge=False, pad_edge=False)
    for name in ("", "submission", "of it", "and", "of it", "most alike part", "dismissed"):
        table.add_column(name, justify="right" if name in ("", "of it") else "left")
    for row in found:
        pair, part = row.pair, row.pair.parts[0] if row.pair.parts else None
        table.add_row(
            str(row.number),
            escape(pair.one),
            f"{100 * pair.share_one:.0f} %",
            escape(pair.other),
            f"{100 * pair.share_other:.0f} %",
            escape(f"{part.part}, {100 * part.share:.0f} % of {part.work}'s") if part else "",
            escape(f"{row.dismissal.actor}: {row.dismissal.reason}") if row.dismissal else "",
        )
    return table


@click.command()
@click.argument("slug", required=False)
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Write a page with pictures to this file.")
@click.option("--json", "as_json_text", is_flag=True, help="Print JSON.")
@click.option("--language", type=click.Choice(sorted(LANGUAGES)), default="en", show_default=True, help="Of the page.")
@click.pass_context
def statistics(ctx: click.Context, slug: str | None, html: Path | None, as_json_text: bool, language: str) -> None:
    """What was hard, what told students apart, which test failed how often, when they worked; of one assignment, or of all with the course
    grades. Nothing is shown about fewer than five teams."""
    from autograder import analysis, insight, sheet
    from autograder.standing import standings

    now = datetime.now(UTC)
    with opened(ctx) as work:
        slugs = [slug] if slug else [published.slug for published in work.ledger.published(work.course.id)]
        found = [insight.assignment_figures(work, one) for one in slugs]
        course = None if slug else insight.course_grades(
            standings(work.course, work.ledger, assignments=work.to_pass(), now=now))
        made, title = now.astimezone(work.course.zone), text("{course}: statistics", course=work.course.title)
    if html is not None:
        bodies = [analysis.body(one, language=language) for one in found]
        bodies += [analysis.course_body(course, language=language)] if course is not None else []
        insight.write(html, sheet.page(title, bodies, made=made, language=language))
    if as_json_text:
        values = {"assignments": [analysis.as_json(one) for one in found], "course": analysis.as_json(course) if course else None}
        click.echo(json.dumps(values, indent=1, ensure_ascii=False))
        return
    for one in found:
        print_figures(one)
    if course is not None:
        console.print(f"Course grades: {distribution_line(course.totals, course.students)}")


def print_figures(one: Any) -> None:
    """An assignment in two tables."""
    if one.withheld:
        console.print(f"{one.slug}: results of {one.results} teams; about fewer than five nothing is shown.")
        return
    console.print(
        f"[bold]{escape(one.slug)}[/bold]: {distribution_line(one.scores, one.results)}; {one.submissions} submissions, {one.late} late."
    )
    if one.incomplete:
        console.print(f"{one.incomplete} results wait for a person and are left out of totals.")
    rows = [("problem", "points", "n", "mean share", "discrimination", "seconds")]
    for problem in one.problems:
        apart = problem.discrimination
        rows.append((
            problem.id,
            f"{problem.points:g}",
            str(problem.n),
            "-" if problem.difficulty is None else f"{100 * problem.difficulty:.0f} %",
            f"- ({apart.why})" if apart.value is None else f"{apart.value:.2f} ({apart.low:.2f} to {apart.high:.2f})",
            "-" if problem.seconds is None else f"{problem.seconds:.2f}",
        ))  # fmt: skip
    console.print(rows_table(tuple(rows)))
    failed = [test for test in one.tests if test.failed]
    if failed:
        lines = [("test", "failed", "n", "how", "what it was written to catch")]
        for test in failed:
            how = ", ".join(f"{status} {count}" for status, count in test.statuses.items())
            lines.append(
                (test.id, f"{100 * test.rate:.0f} %", str(test.n), how, escape(test.misconceptions[0] if test.misconceptions else ""))
            )
        console.print(rows_table(tuple(lines)))


def distribution_line(found: Any, number: int) -> str:
    """A distribution in one line."""
    if found is None:
        return f"{number}, too few to show"
    low, middle, high = found.quartiles
    return f"n = {found.n}, mean {found.mean:.1f} %, quartiles {low:.1f}, {middle:.1f}, {high:.1f} %"
