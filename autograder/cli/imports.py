"""Tables that come in: marks from outside, people, groups. Each can be looked at first, with --preview."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli.terminal import actor, console, opened
from autograder.model import CourseError
from autograder.tables import ENCODINGS, Wrong

if TYPE_CHECKING:
    from autograder.imports import GroupReport, MarkReport, PeopleReport

LISTED = 30
"""Lines of one kind that a preview shows; --json shows all."""

file_argument = click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
preview_option = click.option("--preview", is_flag=True, help="Say what the file would do, and write nothing.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
encoding_option = click.option(
    "--encoding",
    type=click.Choice(ENCODINGS),
    default=None,
    help="Of a file that is not UTF-8, such as windows-1255 for Hebrew Excel, windows-1251 for Russian.",
)


@click.command()
@file_argument
@preview_option
@click.option("--item", default="", metavar="NAME", help="Take the marks of this item only; needed when the file does not name it.")
@click.option("--skip-unknown", is_flag=True, help="Take the rest when some lines are about nobody in the course.")
@encoding_option
@json_option
@click.pass_context
def marks(ctx: click.Context, file: Path, preview: bool, item: str, skip_unknown: bool, encoding: str | None, as_json: bool) -> None:
    """Take in marks that were given elsewhere: a CSV with a line for each mark, or for each student."""
    from autograder.imports import import_marks, marks_in

    with opened(ctx) as work:
        data, how = file.read_bytes(), {"file": file.name, "item": item, "encoding": encoding or ""}
        if preview:
            report = marks_in(work.course, work.ledger, data, **how)
        else:
            report = import_marks(work.course, work.ledger, data, actor=actor(), skip_unknown=skip_unknown, **how)
    wrong = (*report.wrong, *(() if skip_unknown else report.unknown))
    _say(report, as_json, _tell_marks)
    _end(preview, wrong)


@click.command()
@file_argument
@preview_option
@encoding_option
@json_option
@click.pass_context
def roster(ctx: click.Context, file: Path, preview: bool, encoding: str | None, as_json: bool) -> None:
    """Take the people of a CSV into the course: username, name, email, role. Nobody is removed; new ones get a password for the hub."""
    from autograder.hub.authenticator import add_passwords
    from autograder.hub.site import passwords_of
    from autograder.imports import import_people, people_in

    with opened(ctx) as work:
        data, how = file.read_bytes(), {"file": file.name, "encoding": encoding or ""}
        if preview:
            report = people_in(work.course, work.ledger, data, **how)
        else:
            report = import_people(work.course, work.ledger, data, actor=actor(), **how)
        passwords = {} if preview else add_passwords(passwords_of(work.folders), [person.username for person in report.people])
    _say(report, as_json, _tell_people, {"passwords": passwords} if passwords else {})
    if passwords and not as_json:
        console.print("Passwords for the hub, shown this once and stored nowhere:")
        for username, password in passwords.items():
            console.print(f"  {username}  {password}", markup=False)
    _end(preview, report.wrong)


@click.command()
@click.argument("slug")
@file_argument
@preview_option
@click.option("--reason", default="", help="Stands in the audit log; the name of the file otherwise.")
@encoding_option
@json_option
@click.pass_context
def groups(ctx: click.Context, slug: str, file: Path, preview: bool, reason: str, encoding: str | None, as_json: bool) -> None:
    """Make the groups of a CSV, as Moodle exports them, the teams of an assignment: username, idnumber or email, and groupname."""
    from autograder.imports import groups_in, import_groups

    with opened(ctx) as work:
        data, how = file.read_bytes(), {"file": file.name, "encoding": encoding or ""}
        if preview:
            report = groups_in(work.course, work.ledger, slug, data, **how)
        else:
            report = import_groups(work.course, work.ledger, slug, data, actor=actor(), reason=reason, **how)
    _say(report, as_json, _tell_groups)
    _end(preview, report.wrong)


# ---------------------------------------------------------------- reports on the terminal


def _say(report: Any, as_json: bool, tell: Callable[[Any], None], more: dict[str, Any] | None = None) -> None:
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(report) | (more or {}), indent=1, ensure_ascii=False))
    else:
        tell(report)


def _end(preview: bool, wrong: Sequence[Wrong]) -> None:
    """A preview of a file that could not be taken ends as taking it would."""
    if preview and wrong:
        raise CourseError(f"the file cannot be taken as it is: {len(wrong)} {'line is' if len(wrong) == 1 else 'lines are'} wrong")
    if preview:
        click.echo("Nothing was written.", err=True)


def _tell_marks(report: MarkReport) -> None:
    new, changed, same = (report.of(how) for how in ("new", "changed", "same"))
    _line(f"{report.file}: {len(new)} new, {len(changed)} changed, {len(same)} as they were; {report.silent} cells say nothing")
    _lines("new", [f"{one.username}: {one.item} {one.after}" for one in new])
    _lines("changed", [f"{one.username}: {one.item} {one.before} -> {one.after}" for one in changed])
    _lines("not in the course", [str(one) for one in report.unknown])
    _lines("no line in the file", report.without)
    _rest(report.unread, report.wrong)


def _tell_people(report: PeopleReport) -> None:
    _line(f"{report.file}: {len(report.added)} new, {len(report.changed)} changed, {report.same} as they were")
    _lines("new", [f"{one.username} ({one.role}) {one.name} {one.email}".rstrip() for one in report.added])
    _lines(
        "changed",
        [
            f"{old.username}: " + ", ".join(f"{said} {before or 'empty'} -> {after or 'empty'}" for said, before, after in (
                ("role", old.role, new.role), ("name", old.name, new.name), ("email", old.email, new.email)) if before != after)
            for old, new in report.changed
        ],
    )  # fmt: skip
    _lines("in the course, not in the file; they stay", [f"{one.username} ({one.role}) {one.name}".rstrip() for one in report.absent])
    _rest(report.unread, report.wrong)


def _tell_groups(report: GroupReport) -> None:
    _line(f"{report.file}: {len(report.new)} new teams, {len(report.groups) - len(report.new)} as they were")
    _lines(
        "new",
        [
            f"{one.name}: {', '.join(one.members)}" + (f"; leaves {', '.join(one.leaves)}" if one.leaves else "")
            + (f"; {one.note}" if one.note else "")
            for one in report.new
        ],
    )  # fmt: skip
    _lines("in no group of the file", report.without)
    _rest(report.unread, report.wrong)


def _rest(unread: Sequence[str], wrong: Sequence[Wrong]) -> None:
    _lines("columns that are not read", unread)
    _lines("wrong", [str(one) for one in wrong])


def _lines(title: str, said: Sequence[str]) -> None:
    if not said:
        return
    _line(f"  {title}:")
    for one in said[:LISTED]:
        _line(f"    {one}")
    if len(said) > LISTED:
        _line(f"    and {len(said) - LISTED} more; --json lists all")


def _line(said: str) -> None:
    console.print(said, markup=False)
