"""What is done about people: letters to students, and forgetting somebody."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime

import click

from autograder.cli.terminal import actor, console, opened


@click.command()
@click.option("--send", is_flag=True, help="Send them, by the command of [mail] in course.toml or by AUTOGRADER_SMTP.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def letters(ctx: click.Context, send: bool, as_json: bool) -> None:
    """Tell students of invitations, deadlines, feedback and answers; without --send, say what would go out. Safe to repeat."""
    from autograder import letters as writing

    with opened(ctx) as work, writing.alone(work.folders.state):
        now = datetime.now(UTC)
        found = writing.letters_of(work.course, work.ledger, now, now - writing.RECENT)
        people = {person.username: person for person in work.ledger.people(work.course.id)}
        ready = [writing.addressed(work.course, one, people[one.to]) for one in found if people[one.to].email]
        results = [(one, "") for one in ready]
        if send and ready:
            post = writing.way(work.course, os.environ, clock=lambda: datetime.now(UTC))
            results = list(writing.send(work.course, work.ledger, found, post, actor=actor()))
    failed = [(one, problem) for one, problem in results if problem]
    if as_json:
        said = [{"username": one.to.username, "cause": one.cause, "language": one.language, "subject": one.subject, "body": one.body,
                 "problem": problem} for one, problem in results]  # fmt: skip
        click.echo(json.dumps(said, indent=1, ensure_ascii=False))
    else:
        for one, problem in results:
            console.print(f"{one.to.username}: {one.subject}{f' — not sent, {problem}' if problem else ''}", markup=False)
        done = "sent" if send else "to be sent"
        console.print(f"{len(results) - len(failed)} {done}, {len(failed)} failed, {len(found) - len(ready)} without an address")
    if failed:
        ctx.exit(1)


@click.command()
@click.argument("username")
@click.pass_context
def erase(ctx: click.Context, username: str) -> None:
    """Forget a person's name and address in all courses; the lines of the book keep the user name."""
    with opened(ctx) as work:
        work.ledger.erase(username, actor=actor())
    console.print(f"{username}: name and address are erased in all courses.", markup=False)
