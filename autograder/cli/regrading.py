"""When a grade is asked about: requests and their answers, adjustments."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from autograder.cli.terminal import actor, opened
from autograder.ledger import Request


@click.command()
@click.argument("slug", required=False)
@click.option("--open", "only_open", is_flag=True, help="Only those that wait for an answer.")
@click.option("--json", "as_json_text", is_flag=True, help="Print JSON.")
@click.pass_context
def requests(ctx: click.Context, slug: str | None, only_open: bool, as_json_text: bool) -> None:
    """The regrade requests of the course, or of one assignment."""
    with opened(ctx) as work:
        found = [r for r in work.ledger.requests.all(work.course.id, slug) if r.answer is None or not only_open]
        if as_json_text:
            click.echo(json.dumps([request_json(r, work.ledger.requests.markers(r)) for r in found], indent=1, ensure_ascii=False))
            return
        for request in found:
            click.echo("\n".join(request_lines(request, work.course.zone)))
        waiting = sum(request.answer is None for request in found)
        click.echo(f"{len(found)} {'request' if len(found) == 1 else 'requests'}, {waiting} open.")


@click.command()
@click.argument("number", type=click.IntRange(1))
@click.option("--upheld/--declined", "upheld", default=None, help="Whether the student is right.")
@click.option("--points", type=float, default=0.0, show_default=True, help="With --upheld: added to each member's score.")
@click.option("--only", default=None, metavar="USERNAME", help="Add the points to this member alone.")
@click.option("--text", "words", required=True, help="What the team reads.")
@click.pass_context
def answer(ctx: click.Context, number: int, upheld: bool | None, points: float, only: str | None, words: str) -> None:
    """Answer a regrade request, by its number."""
    if upheld is None:
        raise click.UsageError("Say --upheld or --declined.", ctx)
    with opened(ctx) as work:
        done = work.ledger.requests.answer(work.course.id, number, upheld=upheld, words=words, points=points, only=only, actor=actor())
        click.echo("\n".join(request_lines(done, work.course.zone)))


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("slug")
@click.argument("username")
@click.argument("points", type=float)
@click.option("--reason", required=True, help="Why; the student reads it.")
@click.pass_context
def adjust(ctx: click.Context, slug: str, username: str, points: float, reason: str) -> None:
    """Add points to one student's score of an assignment; a negative number takes points off."""
    with opened(ctx) as work:
        work.ledger.adjust(work.course.id, slug, username, points, reason, actor=actor())
        added = sum(line.points for line in work.ledger.adjustments(work.course.id, slug) if line.username == username)
        click.echo(f"{username}: {added:+g} points by hand in {slug}.")


def request_lines(request: Request, zone: ZoneInfo) -> Iterator[str]:
    """A request and its answer, to be read in a terminal."""
    state = "open" if request.answer is None else str(request.answer.outcome)
    members = ", ".join(request.members)
    yield f"#{request.id} {state}: {request.slug} {request.problem}, {request.team} ({members}), {request.by} on {_local(request.at, zone)}"
    yield from _indented(request.reason)
    if request.answer is not None:
        given = f", {request.answer.points:+g} points to {', '.join(request.answer.members)}" if request.answer.members else ""
        yield f"    {request.answer.outcome} by {request.answer.by} on {_local(request.answer.at, zone)}{given}"
        yield from _indented(request.answer.words)


def request_json(request: Request, markers: tuple[str, ...]) -> dict[str, Any]:
    """A request for programs; `markers` gave the problem's marks."""
    answer = request.answer
    return {
        "id": request.id,
        "assignment": request.slug,
        "problem": request.problem,
        "team": request.team,
        "members": list(request.members),
        "submission": request.sha256,
        "by": request.by,
        "at": request.at.isoformat(),
        "reason": request.reason,
        "markers": list(markers),
        "answer": answer
        and {
            "outcome": str(answer.outcome),
            "text": answer.words,
            "points": answer.points,
            "members": list(answer.members),
            "by": answer.by,
            "at": answer.at.isoformat(),
        },
    }


def _indented(words: str) -> list[str]:
    return [f"    {line}" for line in words.splitlines()]


def _local(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}"
