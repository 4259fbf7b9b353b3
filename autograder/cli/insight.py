"""What staff look at: similar submissions."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.markup import escape
from rich.table import Table

from autograder.cli.terminal import actor, console, opened, place


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
    console.print(f"{slug}: {comparison.works} submissions compared{earlier}, {len(found)} pairs with something in common.")
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
