"""Teams of an assignment: who is in them, who put whom together, who may work alone."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click

from autograder.cli.terminal import actor, console, opened, rows_table
from autograder.ledger import Membership, Person
from autograder.model import Role


@click.command()
@click.argument("slug")
@click.option("--history", is_flag=True, help="Everybody who ever was in a team, from when to when.")
@click.option(
    "--to", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Write them as a CSV that Moodle imports as groups."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def teams(ctx: click.Context, slug: str, history: bool, to: Path | None, as_json: bool) -> None:
    """The teams of an assignment, who has none yet, and who looks for a partner."""
    from autograder.imports import write_groups

    with opened(ctx) as work:
        course, ledger = work.course.id, work.ledger
        found = ledger.teams(course, slug)
        past = ledger.pairs.history(course, slug) if history else ()
        students: tuple[Person, ...] = ledger.people(course, Role.STUDENT)
        looking = {one.username: one.note for one in ledger.pairs.looking(course, slug)}
    if to is not None:
        to.write_bytes(write_groups(found, students))
    placed = {member for team in found for member in team.members}
    free = [one.username for one in students if one.username not in placed]
    if as_json:
        said = {"teams": [dataclasses.asdict(team) for team in found], "without": free, "looking": looking}
        click.echo(json.dumps(said | ({"history": [_plain(one) for one in past]} if history else {}), indent=1, ensure_ascii=False))
        return
    if history:
        console.print(rows_table((("team", "who", "from", "to", "handed in"), *(tuple(_plain(one).values()) for one in past))))
        return
    console.print(rows_table((("team", "members", "handed in"), *((t.id, ", ".join(t.members), "yes" if t.frozen else "") for t in found))))
    if free:
        console.print(f"Without a team: {', '.join(free)}", markup=False)
    for username, note in looking.items():
        console.print(f"Looks for a partner: {username}{f' ({note})' if note else ''}", markup=False)


def _plain(one: Membership) -> dict[str, str]:
    def said(instant: object) -> str:
        return f"{instant:%Y-%m-%d %H:%M} UTC" if instant is not None else ""

    return {"team": one.team, "username": one.username, "from": said(one.joined_at), "to": said(one.left_at), "frozen": said(one.frozen_at)}


@click.command()
@click.argument("slug")
@click.argument("usernames", nargs=-1, required=True)
@click.option("--reason", required=True, help="Why; it stands in the audit log.")
@click.pass_context
def team(ctx: click.Context, slug: str, usernames: tuple[str, ...], reason: str) -> None:
    """Put these students together for an assignment, whatever the dates, permits and earlier teams."""
    with opened(ctx) as work:
        made = work.ledger.assign_team(work.course.id, slug, usernames, actor=actor(), reason=reason)
    console.print(f"{made.id}: {', '.join(made.members)}", markup=False)


@click.command()
@click.argument("slug")
@click.argument("username")
@click.argument("kind", type=click.Choice(["alone", "three"]))
@click.option("--end", is_flag=True, help="Take the permit back; a team that it made stays.")
@click.pass_context
def permit(ctx: click.Context, slug: str, username: str, kind: str, end: bool) -> None:
    """Let a student work alone on an assignment, or let his team be one more than usual."""
    with opened(ctx) as work:
        give = work.ledger.pairs.end_permit if end else work.ledger.permit
        give(work.course.id, slug, username, kind, actor=actor())
    console.print(f"{username}: {'no longer ' if end else ''}{kind} in {slug}", markup=False)
