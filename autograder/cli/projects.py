"""Projects: open them, see where the teams stand, approve, note, mark by the rubric, run what was handed in, show the marks."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from autograder.cli.terminal import actor, console, opened, progress, refuse_unconfined, rows_table
from autograder.course import local_instant
from autograder.model import RuleError
from autograder.projects import Did, Kind, Line, Project, StageState, about, as_json, mark_of
from autograder.projects import progress as stages_of

MAX_FILES = 2000
"""Files of a folder that is handed in."""
json_option = click.option("--json", "as_data", is_flag=True, help="Print JSON.")
text_option = click.option("--text", "words", default="", help="What the team reads.")
stage_option = click.option("--stage", default=None, metavar="ID", help="Which stage; needed only where several are of this kind.")


@click.group()
def project() -> None:
    """Projects, which are done in stages and marked with a rubric."""


@project.command()
@click.argument("slug")
@click.pass_context
def publish(ctx: click.Context, slug: str) -> None:
    """Open a project to the students: they pair up and hand in from now on."""
    from autograder import reproduction

    with opened(ctx) as work:
        one = work.course.project(slug)
        reproduction.publish(work.ledger, work.course.id, one, work.folders.root / "projects", actor=actor())
        console.print(f"{slug}: open, {len(one.stages)} stages, {float(one.out_of):g} points.")


@project.command("list")
@click.argument("slug")
@json_option
@click.pass_context
def list_teams(ctx: click.Context, slug: str, as_data: bool) -> None:
    """Where every team stands, stage by stage."""
    with opened(ctx) as work:
        one = work.course.project(slug)
        teams = [(team, *stands(work, one, team.members)) for team in work.ledger.projects.teams(work.course.id, slug)]
        marks = work.ledger.projects.marks(work.course.id, one, datetime.now(UTC))
    if as_data:
        told = [{"team": team.id, "members": list(team.members), "stages": {s.stage.id: stage_json(s) for s in states},
                 "marks": {name: plain(marks[name].percent) for name in team.members if name in marks}} for team, states, _ in teams]
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    rows = [("team", "members", *(stage.id for stage in one.stages), "mark")]
    for team, states, _ in teams:
        percent = [show(marks[name].percent) for name in team.members if name in marks]
        rows.append((team.id, ", ".join(team.members), *(f"{s.state}{', late' if s.late else ''}" for s in states), ", ".join(percent)))
    console.print(rows_table(tuple(rows)))
    console.print(f"{slug}: {len(teams)} {'team' if len(teams) == 1 else 'teams'}.")


@project.command("show")
@click.argument("slug")
@click.argument("team")
@json_option
@click.pass_context
def show_team(ctx: click.Context, slug: str, team: str, as_data: bool) -> None:
    """Everything that happened in one team's project, and its marks."""
    with opened(ctx) as work:
        one = work.course.project(slug)
        own = team_of(work, one, team)
        states, lines = stands(work, one, own.members)
        one, extended = work.ledger.projects.as_scheduled(work.course.id, one)
        now = datetime.now(UTC)
        marks = {name: mark_of(one, lines, name, now, extended) for name in own.members}
        zone = work.course.zone
    if as_data:
        told = {"team": own.id, "members": list(own.members), "stages": {s.stage.id: stage_json(s) for s in states},
                "lines": [as_json(line) for line in lines],
                "marks": {name: {"percent": plain(mark.percent), "text": str(mark.said),
                                 "lines": {m.line.id: plain(m.points) for m in mark.lines}} for name, mark in marks.items()}}
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    click.echo(f"{own.id}: {', '.join(own.members)}")
    click.echo("\n".join(f"  {s.stage.title}: {s.state}{', late' if s.late else ''}" for s in states))
    click.echo("\n".join(f"{line.at.astimezone(zone):%Y-%m-%d %H:%M} #{line.id} {line.by} {said(line)}" for line in lines))
    for name, mark in marks.items():
        given = ", ".join(f"{m.line.id} {show(m.points)}" for m in mark.lines)
        click.echo(f"{name}: {mark.said} ({given})")


@project.command("hand-in")
@click.argument("slug")
@click.argument("stage")
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option("--for", "username", required=True, help="The student whose team it is from.")
@click.pass_context
def hand_in(ctx: click.Context, slug: str, stage: str, folder: Path, username: str) -> None:
    """Take files for a team that could not hand them in itself: one file, or all of a folder."""
    with opened(ctx) as work:
        one = work.course.project(slug)
        receipt = work.ledger.projects.hand_in(work.course.id, one, stage, username, read(folder), actor=actor())
        console.print(f"{receipt['team']} #{receipt['number']}: {one.stage(stage).title}, {receipt['sha256'][:12]}.")


@project.command()
@click.argument("slug")
@click.argument("team")
@stage_option
@text_option
@click.option("--seen", type=int, default=None, metavar="NUMBER", help="What was read; refused when newer files are there.")
@click.pass_context
def approve(ctx: click.Context, slug: str, team: str, stage: str | None, words: str, seen: int | None) -> None:
    """Approve what a team handed in, so that it can go on."""
    decide(ctx, slug, team, stage, True, words, seen)


@project.command("return")
@click.argument("slug")
@click.argument("team")
@stage_option
@text_option
@click.option("--seen", type=int, default=None, metavar="NUMBER", help="What was read; refused when newer files are there.")
@click.pass_context
def return_(ctx: click.Context, slug: str, team: str, stage: str | None, words: str, seen: int | None) -> None:
    """Return what a team handed in, with words; it hands in again."""
    decide(ctx, slug, team, stage, False, words, seen)


def decide(ctx: click.Context, slug: str, team: str, stage: str | None, approved: bool, words: str, seen: int | None) -> None:
    """Approve or return."""
    with opened(ctx) as work:
        one = work.course.project(slug)
        name = stage or only(one, Kind.APPROVAL)
        work.ledger.projects.decide(work.course.id, one, name, team, approved, words, seen=seen, actor=actor())
        console.print(f"{team}: {one.stage(name).title} {'approved' if approved else 'returned'}.")


@project.command()
@click.argument("slug")
@click.argument("team")
@click.option("--on", "when", required=True, metavar="TIME", help="When you met: 2027-01-12T14:00, course time.")
@stage_option
@text_option
@click.pass_context
def note(ctx: click.Context, slug: str, team: str, when: str, stage: str | None, words: str) -> None:
    """Write down what was said in a meeting; the team acknowledges it."""
    with opened(ctx) as work:
        one = work.course.project(slug)
        line = work.ledger.projects.note(work.course.id, one, stage or only(one, Kind.NOTES), team, words,
                                         when=local(when, work.course.zone), actor=actor())
        console.print(f"{team}: note {line.id}.")


@project.command()
@click.argument("slug")
@click.argument("number", type=int)
@click.pass_context
def acknowledge(ctx: click.Context, slug: str, number: int) -> None:
    """Say that a team's note, by its number, is what was said."""
    with opened(ctx) as work:
        work.ledger.projects.acknowledge(work.course.id, work.course.project(slug), number, actor=actor())
        console.print(f"{slug}: note {number} acknowledged.")


@project.command()
@click.argument("slug")
@click.argument("team")
@click.option("--at", "when", required=True, metavar="TIME", help="When it begins: 2027-02-01T10:15, course time.")
@click.option("--place", required=True, help="A room or a link.")
@stage_option
@click.pass_context
def schedule(ctx: click.Context, slug: str, team: str, when: str, place: str, stage: str | None) -> None:
    """Give a team the time and place of its presentation."""
    with opened(ctx) as work:
        one = work.course.project(slug)
        instant = local(when, work.course.zone)
        work.ledger.projects.schedule(work.course.id, one, stage or only(one, Kind.PRESENTATION), team, when=instant, place=place,
                                      actor=actor())
        console.print(f"{team}: {instant.astimezone(work.course.zone):%Y-%m-%d %H:%M}, {place}.", markup=False)


@project.command()
@click.argument("slug")
@click.argument("team")
@click.option("--missed", is_flag=True, help="It did not take place.")
@stage_option
@text_option
@click.pass_context
def presented(ctx: click.Context, slug: str, team: str, missed: bool, stage: str | None, words: str) -> None:
    """Say that a presentation took place, or that it was missed."""
    with opened(ctx) as work:
        one = work.course.project(slug)
        work.ledger.projects.outcome(work.course.id, one, stage or only(one, Kind.PRESENTATION), team, not missed, words, actor=actor())
        console.print(f"{team}: {'missed' if missed else 'presented'}.")


@project.command()
@click.argument("slug")
@click.argument("team")
@click.argument("given", nargs=-1, required=True, metavar="LINE=POINTS...")
@click.option("--member", default=None, metavar="USERNAME", help="For this member alone.")
@click.option("--comment", default="", help="What the team reads beside the points.")
@click.pass_context
def mark(ctx: click.Context, slug: str, team: str, given: tuple[str, ...], member: str | None, comment: str) -> None:
    """Give points by lines of the rubric; LINE= without points takes them back."""
    points = dict(map(line_points, given))
    with opened(ctx) as work:
        one = work.course.project(slug)
        for rubric, number in points.items():
            if number is not None and number > one.line(rubric).points:
                raise RuleError(f"{rubric} has at most {float(one.line(rubric).points):g} points. Nothing was marked.", code="bad-points")
        for rubric, number in points.items():
            work.ledger.projects.mark(work.course.id, one, team, rubric, number, comment, member=member, actor=actor())
        console.print(f"{team}: {', '.join(points)} marked{f' for {member}' if member else ''}.", markup=False)


@project.command()
@click.argument("slug")
@click.option("--force", is_flag=True, help="Run again what was run with this scaffold before.")
@json_option
@click.pass_context
def check(ctx: click.Context, slug: str, force: bool, as_data: bool) -> None:
    """Run the final hand-ins that count, confined, and give the automatic line its points."""
    from autograder import reproduction

    refuse_unconfined(False)
    told: list[dict[str, Any]] = []
    with opened(ctx) as work:
        one = work.course.project(slug)
        scaffold = reproduction.scaffold_of(work.folders.root / "projects", one)
        if scaffold is None or one.automatic is None:
            raise RuleError(f"{slug} has no scaffold and no automatic line, so there is nothing to run.", code="not-automatic")
        waiting = reproduction.to_check(work.ledger, work.course.id, one, scaffold, force=force)
        with progress(f"check {slug}") as say:
            say(0, len(waiting))
            reports = reproduction.check_all(work.ledger, work.course.id, one, scaffold, waiting, actor=actor())
            for number, (line, report) in enumerate(reports, start=1):
                lacks = sum(not finding.met for finding in report.findings)
                say(number, len(waiting))
                told.append({"team": line.team, "number": line.number, "points": float(report.points),
                             "test": {str(seed): accuracy for seed, accuracy in report.test.items()},
                             "findings": [{"id": f.id, "met": f.met, "points": float(f.points), "text": str(f.said)}
                                          for f in report.findings]})
                if not as_data:
                    click.echo(f"{line.team} #{line.number}: {show(report.points)} of {show(one.automatic.points)} points"
                               + (f", {lacks} of {len(report.findings)} requirements not met" if lacks else ""))
                    click.echo("".join(f"  {f.id}: {f.said}\n" for f in report.findings if not f.met), nl=False)
    click.echo(json.dumps(told, indent=1, ensure_ascii=False) if as_data else f"{slug}: {len(told)} run.")


@project.command()
@click.argument("slug")
@click.argument("team", required=False)
@click.pass_context
def release(ctx: click.Context, slug: str, team: str | None) -> None:
    """Show the teams their marks: one team, or all whose every line is marked."""
    with opened(ctx) as work:
        one = work.course.project(slug)
        teams = [team_of(work, one, team)] if team else work.ledger.projects.teams(work.course.id, slug)
        marks = work.ledger.projects.marks(work.course.id, one, datetime.now(UTC))
        left = []
        for each in teams:
            if not team and any(name not in marks or any(m.points is None for m in marks[name].lines) for name in each.members):
                left.append(each.id)
                continue
            work.ledger.projects.release(work.course.id, one, each.id, actor=actor())
            console.print(f"{each.id}: its marks are shown.")
    if left:
        console.print(f"Not marked yet, so not shown: {', '.join(left)}.")
        sys.exit(1)


# ---------------------------------------------------------------- parts


def stands(work: Any, one: Project, members: Sequence[str]) -> tuple[tuple[StageState, ...], tuple[Line, ...]]:
    """Stage by stage where these people stand, and what happened."""
    scheduled, extended = work.ledger.projects.as_scheduled(work.course.id, one)
    lines = about(work.ledger.projects.lines(work.course.id, one.id), members)
    return stages_of(scheduled, lines, members, datetime.now(UTC), extended), lines


def team_of(work: Any, one: Project, name: str) -> Any:
    """A team of now by its name."""
    found = {team.id: team for team in work.ledger.projects.teams(work.course.id, one.id)}
    if name not in found:
        raise RuleError(f"There is no {name} in {one.id} now. `autograder project list {one.id}` shows all.", code="unknown-team")
    return found[name]


def only(one: Project, kind: Kind) -> str:
    """The one stage of a kind."""
    found = [stage.id for stage in one.stages if stage.kind is kind]
    if len(found) != 1:
        said = f"{one.id} has {', '.join(found)}: say which with --stage." if found else f"{one.id} has no stage of kind {kind}."
        raise click.UsageError(said)
    return found[0]


def read(path: Path) -> dict[str, bytes]:
    """One file, or the files of a folder and below, without following links."""
    if path.is_file():
        return {path.name: path.read_bytes()}
    found = [one for one in sorted(path.rglob("*")) if one.is_file() and not one.is_symlink()]
    if len(found) > MAX_FILES:
        raise click.UsageError(f"{path} has {len(found)} files; at most {MAX_FILES} are taken.")
    return {one.relative_to(path).as_posix(): one.read_bytes() for one in found}


def local(when: str, zone: Any) -> datetime:
    """A time as an option says it."""
    try:
        return local_instant(when, zone)
    except ValueError as problem:
        raise click.UsageError(str(problem)) from None


def line_points(said: str) -> tuple[str, Fraction | None]:
    """LINE=POINTS."""
    name, equals, points = said.partition("=")
    if not equals or (points and not re.fullmatch(r"\d{1,6}(\.\d{1,6})?", points, flags=re.ASCII)):
        raise click.UsageError(f"{said!r} is no mark: write a line of the rubric and points, such as method=20")
    return name, Fraction(points) if points else None


def said(line: Line) -> str:
    """A line of the book in words for a terminal."""
    parts = [str(line.did), f"{line.stage}" if line.stage else "", f"#{line.number}" if line.number else "", line.rubric,
             show(line.points) if line.points is not None else "", f"on #{line.about}" if line.about else "",
             "" if line.when is None else f"{line.when:%Y-%m-%d %H:%M} UTC", line.place]
    if line.did is not Did.CHECKED and line.text:
        parts.append(f"- {line.text}")
    return " ".join(part for part in parts if part)


def stage_json(state: StageState) -> dict[str, Any]:
    """Where a stage stands, for programs."""
    return {"state": str(state.state), "done": state.done, "late": state.late}


def plain(number: Fraction | None) -> float | None:
    """A number for JSON."""
    return None if number is None else float(number)


def show(number: Fraction | None) -> str:
    """A number for people; a dash for none yet."""
    return "-" if number is None else f"{float(round(number, 2)):g}"
