"""What differs for one student: more time, excused work, another sitting; with its reason, which only instructors read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from autograder.cli.terminal import actor, console, opened, rows_table
from autograder.course import days_later, local_instant
from autograder.ledger import Arrangement, ArrangementLine, ExtensionLine, Reason, What
from autograder.ledger.arrangements import why as both
from autograder.model import CourseError, RuleError

reason_option = click.option(
    "--reason", type=click.Choice([reason.value for reason in Reason]), default=None, help="Why; only instructors read it."
)
note_option = click.option("--note", default="", help="What else instructors should know; nobody else reads it.")


def local(said: str, zone: ZoneInfo) -> datetime:
    """A time as an option says it."""
    try:
        return local_instant(said, zone)
    except ValueError as problem:
        raise click.UsageError(str(problem)) from None


@click.command()
@click.argument("username")
@click.argument("what", type=click.Choice([what.value for what in What]))
@click.argument("about", default="")
@click.option("--to", type=click.Choice(["exam", "rest"]), default=None, help="With excuse: who takes the weight; the exam by default.")
@reason_option
@note_option
@click.option("--until", default=None, metavar="TIME", help="From then on it no longer counts: 2027-02-01T12:00, course time.")
@click.option("--end", is_flag=True, help="End what was arranged. What it was stays in the book.")
@click.pass_context
def arrange(
    ctx: click.Context, username: str, what: str, about: str, to: str | None, reason: str | None, note: str, until: str | None, end: bool
) -> None:
    """Arrange with one student that something differs, or end it.

    \b
    excuse ITEM         an item or component does not count; --to says who takes its weight
    postpone ITEM       its mark comes later, and before that there is no course grade
    sitting ITEM        of the sittings of an exam this one alone counts
    no-lateness [SLUG]  being late costs nothing, in one assignment or in all
    kind KIND           which of the course's pass marks is his
    """
    from autograder import standing

    if to is not None and what != What.EXCUSE:
        raise click.UsageError("--to is for excuse.", ctx)
    if end == (reason is not None):
        raise click.UsageError("Give either --reason or --end.", ctx)
    why = Reason.OTHER if reason is None else Reason(reason)
    with opened(ctx) as work:
        now = datetime.now(UTC)
        course = standing.rules_at(work.course, work.ledger, {}, now).course
        item, value = standing.item_and_value(course, What(what), about, to or "")
        if end:
            work.ledger.arrangements.end(course.id, username, What(what), item, note=note, actor=actor())
            console.print(f"{username}: {what} {about}".rstrip() + " is ended.", markup=False)
            return
        expires = None if until is None else local(until, course.zone)
        standing.check_arrangement(course, What(what), item, value)
        holding = work.ledger.arrangements.holding(course.id, now, username)
        standing.check_excuses(course, [*holding, Arrangement(username, What(what), item, value, expires, now)])
        work.ledger.arrangements.arrange(
            course.id, username, What(what), item, value, reason=why, note=note, expires=expires, actor=actor()
        )
        (facts,) = standing.read_facts(course, work.ledger, datetime.now(UTC), student=username)
        for granted in standing.differs(course, facts).granted:
            console.print(f"{username}: {granted}", markup=False)


@click.command()
@click.argument("slug")
@click.argument("username")
@click.option("--days", type=click.IntRange(1, 365), default=None, help="So many days after everybody's due time, at the same hour.")
@click.option("--until", default=None, metavar="TIME", help="Until then: 2027-02-01T12:00, course time.")
@click.option("--end", is_flag=True, help="Back to everybody's due time.")
@reason_option
@note_option
@click.pass_context
def extend(
    ctx: click.Context, slug: str, username: str, days: int | None, until: str | None, end: bool, reason: str | None, note: str
) -> None:
    """Give one student more time for one assignment; a partner keeps his own due time."""
    if sum((days is not None, until is not None, end)) != 1:
        raise click.UsageError("Give one of --days, --until and --end.", ctx)
    if reason is None:
        raise click.UsageError("Say why: --reason.", ctx)
    with opened(ctx) as work:
        published = next((p for p in work.ledger.published(work.course.id, projects=True) if p.slug == slug), None)
        if published is None:
            raise CourseError(f"{slug!r} is not released, so nobody has a due time yet; set it in course.toml", key="assignment")
        if published.due is None:
            raise RuleError(f"{published.title} is never due, so it needs no extension.", code="never-due")
        new = published.due
        if days is not None:
            new = days_later(published.due, days, work.course.zone)
        elif until is not None:
            new = local(until, work.course.zone)
            if new <= published.due:
                usual = shown(published.due, work.course.zone)
                raise RuleError(f"{shown(new, work.course.zone)} is not after everybody's due time, {usual}.", code="not-later")
        work.ledger.extend(work.course.id, slug, username, until=new, reason=both(Reason(reason), note), actor=actor())
        console.print(f"{username}: {published.title} is due on {shown(new, work.course.zone)}.", markup=False)


@click.command()
@click.option("--student", default=None, help="Of one student only.")
@click.option("--all", "everything", is_flag=True, help="With what was replaced, ended or has expired.")
@click.option("--json", "as_json_text", is_flag=True, help="Print JSON.")
@click.pass_context
def arrangements(ctx: click.Context, student: str | None, everything: bool, as_json_text: bool) -> None:
    """What was arranged with students, extensions included, with the reasons: for instructors."""
    with opened(ctx) as work:
        course, ledger = work.course, work.ledger
        lines = list(ledger.arrangements.lines(course.id, student))
        extensions = [line for line in ledger.arrangements.extensions(course.id) if student in (None, line.username)]
        if not everything:
            holding = set(ledger.arrangements.holding(course.id, datetime.now(UTC), student))
            newest = {(line.slug, line.username): line for line in extensions}
            due = {published.slug: published.due for published in ledger.published(course.id)}
            lines = [line for line in lines if line.arrangement in holding]
            extensions = [line for line in newest.values() if (usual := due.get(line.slug)) is not None and line.until > usual]
        if as_json_text:
            click.echo(json.dumps([*map(arrangement_json, lines), *map(extension_json, extensions)], indent=1, ensure_ascii=False))
        elif lines or extensions:
            console.print(rows_table(table(lines, extensions, course.zone)))
        else:
            console.print("Nothing is arranged with anybody.")


def table(lines: Sequence[ArrangementLine], extensions: Sequence[ExtensionLine], zone: ZoneInfo) -> tuple[tuple[str, ...], ...]:
    """Rows of text, headings first."""
    rows = [("student", "what", "about", "until", "reason", "note", "by", "at")]
    for line in lines:
        one = line.arrangement
        what = f"end of {one.what}" if line.ended else str(one.what)
        about = " ".join(part for part in (one.item, one.value) if part)
        until = "" if one.expires is None else shown(one.expires, zone)
        rows.append((one.username, what, about, until, line.reason, line.note, line.actor, shown(one.at, zone)))
    for more in extensions:
        until, at = shown(more.until, zone), shown(more.at, zone)
        rows.append((more.username, "extension", more.slug, until, more.reason, more.note, more.actor, at))
    return tuple(rows)


def arrangement_json(line: ArrangementLine) -> dict[str, Any]:
    """One line for programs."""
    one = line.arrangement
    return {
        "student": one.username, "what": str(one.what), "item": one.item, "value": one.value, "ended": line.ended,
        "until": None if one.expires is None else one.expires.isoformat(), "reason": str(line.reason), "note": line.note,
        "by": line.actor, "at": one.at.isoformat(),
    }  # fmt: skip


def extension_json(line: ExtensionLine) -> dict[str, Any]:
    """Likewise for an extension."""
    return {
        "student": line.username, "what": "extension", "item": line.slug, "value": "", "ended": False,
        "until": line.until.isoformat(), "reason": str(line.reason), "note": line.note, "by": line.actor, "at": line.at.isoformat(),
    }  # fmt: skip


def shown(instant: datetime, zone: ZoneInfo) -> str:
    """An instant in course time."""
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}"
