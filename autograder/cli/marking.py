"""Marking written answers by rubric: how far it is, one mark, conflicts of interest."""

from __future__ import annotations

import json
from typing import Any

import click

from autograder.cli.terminal import actor, console, opened, rows_table
from autograder.ledger import Given, Sheet, State
from autograder.model import RuleError
from autograder.words import text

STATES = {
    State.OPEN: "not marked",
    State.SECOND: "waits for a second marker",
    State.DIFFERENT: "two markers differ",
    State.MARKED: "marked",
}


@click.command()
@click.argument("slug")
@click.option("--json", "as_json_text", is_flag=True, help="Print JSON, with every team.")
@click.pass_context
def marking(ctx: click.Context, slug: str, as_json_text: bool) -> None:
    """How far the written answers of an assignment are marked, with their rubrics and what waits."""
    from autograder import marking as joined

    with opened(ctx) as work:
        found = joined.progress(work, slug)
        sheets = work.ledger.marking.sheets(work.course.id, slug, [one.rubric.test_id for one in found])
        if as_json_text:
            told = [progress_json(one, [s for s in sheets if s.test_id == one.rubric.test_id]) for one in found]
            click.echo(json.dumps(told, indent=1, ensure_ascii=False))
            return
        if not found:
            click.echo(f"{slug} has no written answers.")
            return
        for one in found:
            rubric = one.rubric
            click.echo(f"{rubric.test_id} ({rubric.title}), {rubric.points:g} points: {one.marked} of {one.teams} marked")
            for line in rubric.lines:
                click.echo(f"  {line.id}  {line.points:g}  {line.text}")
        waiting = [s for s in sheets if s.state is not State.MARKED]
        if waiting:
            table = [("team", "answer", "state"), *((s.team, s.test_id, STATES[s.state]) for s in waiting)]
            console.print(rows_table(tuple(table)))


@click.command()
@click.argument("slug")
@click.argument("team")
@click.argument("answer")
@click.option("--points", type=float, default=None, help="Points as a whole; without it the lines are added up.")
@click.option("--line", "lines", multiple=True, metavar="ID=POINTS", help="Points for a line of the rubric; may be repeated.")
@click.option("--remark", "remarks", multiple=True, help="A sentence that other teams can be given too; may be repeated.")
@click.option("--comment", default="", help="What this team alone reads, in Markdown.")
@click.option("--ask-second", is_flag=True, help="Ask for a second marker, who will not see this mark.")
@click.option("--settle", is_flag=True, help="Decide where two markers differ; for instructors.")
@click.pass_context
def mark(
    ctx: click.Context,
    slug: str,
    team: str,
    answer: str,
    points: float | None,
    lines: tuple[str, ...],
    remarks: tuple[str, ...],
    comment: str,
    ask_second: bool,
    settle: bool,
) -> None:
    """Mark one team's written answer: SLUG, team-00007, and the answer's id as `autograder marking` lists it."""
    from autograder import marking as joined

    given = Given({name: number for name, number in map(line_given, lines)}, points, remarks, comment)
    if not (ask_second or lines or points is not None):
        raise click.UsageError("Give --points, or --line for lines of the rubric.", ctx)
    with opened(ctx) as work:
        if lines or points is not None:
            sheet = (joined.settle if settle else joined.mark)(work, slug, team, answer, given, actor=actor())
            click.echo(sheet_line(sheet))
        if ask_second:
            click.echo(sheet_line(work.ledger.marking.ask_second(work.course.id, slug, team, answer, comment, actor=actor())))


@click.command()
@click.argument("username", required=False)
@click.argument("student", required=False)
@click.option("--reason", default="", help="Why; only instructors read it.")
@click.option("--withdraw", is_flag=True, help="There is no conflict any more.")
@click.pass_context
def conflicts(ctx: click.Context, username: str | None, student: str | None, reason: str, withdraw: bool) -> None:
    """Conflicts of interest: list them, or say that USERNAME of the staff shall not mark STUDENT."""
    with opened(ctx) as work:
        chapter = work.ledger.marking
        if username is not None and student is not None:
            if withdraw:
                chapter.withdraw(work.course.id, username, student, actor=actor())
            else:
                chapter.declare(work.course.id, username, student, reason, actor=actor())
        elif withdraw or reason:
            raise click.UsageError("Name who shall not mark whom: USERNAME STUDENT.", ctx)
        found = chapter.conflicts(work.course.id, username)
        for one in found:
            click.echo(f"{one.username} does not mark {one.student}{f' ({one.reason})' if one.reason else ''}.")
        if not found:
            click.echo("No conflicts are declared.")


def line_given(said: str) -> tuple[str, float]:
    """`r1=2` as a line of the rubric and its points."""
    name, equals, points = said.partition("=")
    try:
        return name.strip(), float(points if equals else "")
    except ValueError:
        raise RuleError(text("{said} gives no points to a line of the rubric; write such as r1=2.", said=said), code="bad-line") from None


def sheet_line(sheet: Sheet) -> str:
    """One answer in a sentence."""
    points = "no points" if sheet.mark is None or sheet.mark.points is None else f"{sheet.mark.points:g} points"
    return f"{sheet.team} {sheet.test_id}: {points}, {STATES[sheet.state]}."


def progress_json(one: Any, sheets: list[Sheet]) -> dict[str, Any]:
    """How far one written answer is, for programs. Whose marks they are is in the ledger's audit."""
    rubric = one.rubric
    return {
        "answer": rubric.test_id,
        "problem": rubric.problem,
        "title": rubric.title,
        "points": rubric.points,
        "rubric": [{"id": line.id, "points": line.points, "text": line.text} for line in rubric.lines],
        "teams": one.teams,
        "marked": one.marked,
        "second": one.second,
        "different": one.different,
        "answers": [
            {
                "team": sheet.team,
                "state": sheet.state.value,
                "points": sheet.mark.points if sheet.mark else None,
                "comment": sheet.mark.comment if sheet.mark else "",
                "lines": dict(sheet.first.given.lines) if sheet.first else {},
            }
            for sheet in sheets
        ],
    }
