"""People, marks and course grades."""

from __future__ import annotations

import json
from pathlib import Path

import click

from autograder.cli.terminal import actor, console, opened, rows_table
from autograder.model import Role


@click.command()
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


@click.command()
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


@click.command()
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
