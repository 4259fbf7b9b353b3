"""People, marks and course grades."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli.arrangements import local
from autograder.cli.terminal import actor, console, opened, rows_table
from autograder.ledger import PublishedGrade
from autograder.model import Role
from autograder.words import ENGLISH, LANGUAGES, say

if TYPE_CHECKING:
    from autograder.standing import Standing


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
@click.option(
    "--what-if", multiple=True, metavar="ITEM=MARK",
    help="With --student: the grade with this mark, or with ITEM=? what passing needs there; may be repeated.",
)  # fmt: skip
@click.option("--as-of", default=None, metavar="TIME", help="As they were then, by the rules and lines of that time: 2027-02-01T12:00.")
@click.option("--publish", is_flag=True, help="Give them to their students; provisional ones only with --student.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default=ENGLISH, show_default=True, help="Of --explain and --what-if.")
@click.option("--json", "as_json_text", is_flag=True, help="Print JSON.")
@click.pass_context
def grades(
    ctx: click.Context,
    student: str | None,
    explain: bool,
    what_if: tuple[str, ...],
    as_of: str | None,
    publish: bool,
    language: str,
    as_json_text: bool,
) -> None:
    """The course grades by the course's own rules."""
    from autograder import standing

    if what_if and student is None:
        raise click.UsageError("--what-if is for one student: add --student NAME")
    if publish and (as_of or what_if):
        raise click.UsageError("--publish gives the grades as they are now.")
    with opened(ctx) as work:
        now, then = datetime.now(UTC), as_of is not None
        if as_of is not None:
            now = min(now, local(as_of, work.course.zone))
        passes, ledger = work.to_pass(), work.ledger
        rules = standing.rules_at(work.course, ledger, passes, now)
        found: tuple[standing.Standing, ...]
        if student is not None:
            found = (standing.standing(work.course, ledger, student, assignments=passes, now=now, then=then),)
        else:
            found = standing.standings(work.course, ledger, assignments=passes, now=now, then=then)
        if rules.draft:
            click.echo("draft: nobody has adopted the rules in course.toml; autograder policy adopt does.", err=True)
        if publish:
            publish_grades(work, found, named=student is not None)
            return
        published = ledger.policies.published(work.course.id, now)
        if what_if:
            click.echo(standing.imagined(rules.course, found[0], what_if, language))
        elif as_json_text:
            click.echo(json.dumps([standing.as_json(s, published.get(s.student)) for s in found], indent=1, ensure_ascii=False))
        elif explain:
            click.echo("\n\n".join(explained(s, published.get(s.student), language) for s in found))
        else:
            console.print(rows_table(standing.grade_table(rules.course, found, published)))


def explained(one: Standing, published: PublishedGrade | None, language: str) -> str:
    """The derivation, and what became of a published grade."""
    from autograder import standing

    change = standing.change(published, one)
    return standing.explanation(one, language) + ("" if change is None else f"\n{say(change, language)}")


def publish_grades(work: Any, found: Sequence[Standing], *, named: bool) -> None:
    """Give the course grades to their students; a provisional one only when it is asked for by name."""
    from autograder import standing

    before = work.ledger.policies.published(work.course.id)
    to_give = standing.publication(found, before, [one.student for one in found] if named else ())
    changed = work.ledger.policies.publish(work.course.id, to_give.given, actor=actor())
    console.print(f"{len(changed)} course grades published, {len(to_give.given) - len(changed)} were published before.")
    if to_give.left:
        left = ", ".join(to_give.left)
        click.echo(f"provisional, so not published: {left}; --student NAME --publish gives one all the same.", err=True)


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(["moodle", "canvas", "csv", "json", "marks"]))
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Write to this file instead of the terminal.")
@click.pass_context
def export(ctx: click.Context, form: str, to: Path | None) -> None:
    """The course grades for another system: moodle, canvas, csv or json; or all marks without names, to try other rules on."""
    from autograder import export as exporting
    from autograder import standing

    with opened(ctx) as work:
        now, passes = datetime.now(UTC), work.to_pass()
        if form == "marks":
            rules = standing.rules_at(work.course, work.ledger, passes, now)
            facts = standing.read_facts(rules.course, work.ledger, now)
            give(standing.marks_file(rules, facts, now, random.SystemRandom().shuffle), to)
            return
        found = standing.standings(work.course, work.ledger, assignments=passes, now=now)
        course = standing.rules_at(work.course, work.ledger, passes, now).course
        rows = exporting.rows(course, found, work.ledger.people(course.id, Role.STUDENT))
    give(exporting.write(form, rows, exporting.best(course)), to)
    changing = sum(row.status == "provisional" for row in rows)
    if changing:
        click.echo(f"{changing} of {len(rows)} grades may still change: something is not marked, not released or still to come.", err=True)


def give(text: str, to: Path | None) -> None:
    """Print it, or write it to a file."""
    if to is None:
        click.echo(text, nl=False)
    else:
        to.write_bytes(text.encode("utf-8"))
