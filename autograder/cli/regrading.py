"""When grades are looked at again: requests and their answers, adjustments, shadow regrades."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from autograder.cli.batch import watched
from autograder.cli.terminal import WORKERS, actor, opened, progress, refuse_unconfined, unsafe_option
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
            click.echo(json.dumps([request_json(r) for r in found], indent=1, ensure_ascii=False))
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


@click.command()
@click.argument("slug")
@click.option("--all/--counting", "everything", default=False, help="All submissions, or only those that count (the default).")
@click.option("--workers", type=click.IntRange(1), default=WORKERS, show_default=True, help="Engines side by side; one per core.")
@click.option("--show", "deed", flag_value="show", help="Only show the newest regrade, without grading.")
@click.option("--publish", "deed", flag_value="publish", help="Let the results count.")
@click.option("--discard", "deed", flag_value="discard", help="Leave all grades as they are.")
@click.option("--keep-better", is_flag=True, help="With --publish: nobody's grade goes down. With --show: what that would change.")
@click.option("--only", multiple=True, metavar="TEAM", help="With --publish or --show: this team only; may be repeated.")
@click.option("--reason", default="", help="Why it is published or discarded; kept in the ledger.")
@unsafe_option
@click.option("--json", "json_file", type=click.File("w"), default=None, help="Write who changes, and why, as JSON.")
@click.pass_context
def regrade(
    ctx: click.Context,
    slug: str,
    everything: bool,
    workers: int,
    deed: str | None,
    keep_better: bool,
    only: tuple[str, ...],
    reason: str,
    unsafe: bool,
    json_file: Any,
) -> None:
    """Grade again what was handed in, beside the grades that count; then show who changes, publish or discard it."""
    from autograder import regrading

    if deed not in ("publish", "show") and (keep_better or only):
        raise click.UsageError("--keep-better and --only belong to --publish or --show.", ctx)
    if deed in ("publish", "discard") and not reason.strip():
        raise click.UsageError("Say why, with --reason: it is kept with the grades.", ctx)
    with opened(ctx) as work:
        if deed is None:
            refuse_unconfined(unsafe)
            pending = regrading.prepare(work, slug, everything=everything, actor=actor())
            of = len(pending.waiting)
            with progress(f"regrade {slug}") as say:
                results = regrading.grade(work, pending, workers=workers, actor=actor(), started=lambda: say(0, of), unsafe=unsafe)
                watched(say, of, results)
            if pending.done:
                click.echo(f"{pending.done} were decided by this regrade before.")
        elif deed == "publish":
            published = regrading.publish(work, slug, reason=reason, keep_better=keep_better, only=only, actor=actor())
            click.echo(f"{slug}: {len(published)} grades published.")
        elif deed == "discard":
            regrading.discard(work, slug, reason=reason, actor=actor())
        run = work.ledger.regrades.newest(work.course.id, slug)
        what = regrading.shown(work, run, keep_better=keep_better, only=only, now=datetime.now(UTC))
        click.echo("\n".join(regrading.lines(what, work.course.zone)))
        click.echo(f"Page: {regrading.write_page(work, what)}")
        if json_file is not None:
            json.dump(regrading.as_json(what), json_file, indent=1, ensure_ascii=False)
        if deed == "publish" and work.ledger.feedback_released(work.course.id, slug) is not None:
            click.echo(f"The feedback that students see is of before. Show them the new one: autograder feedback {slug}")
    if deed is None and what.counts["undecided"]:
        sys.exit(1)


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


def request_json(request: Request) -> dict[str, Any]:
    """A request for programs."""
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
