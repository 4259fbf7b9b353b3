"""Projects on the hub: a team sees where it stands and hands in, the staff approve, note, schedule and mark by the rubric.

One address for each project: students find their own team's there, the staff all teams. A student reads the lines about himself and his
partners, and marks, comments and reports only once they are released.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, ClassVar

from autograder.hub.access import Unknown, Visitor
from autograder.hub.api import Download, read_base64_files
from autograder.hub.desk import Desk
from autograder.hub.handlers import UploadHandler, answer_for, read_upload, sentence_of
from autograder.hub.page import Form, FormPage, Page, field, local
from autograder.hub.section import SLUG, Call, Panel, Section
from autograder.hub.views import Who
from autograder.ledger import Pairing, Receipt, Team, pack
from autograder.model import AutograderError, MachineryError, RuleError, SubmissionError
from autograder.projects import (
    MEGABYTE,
    Did,
    Line,
    LineMark,
    Project,
    ProjectMark,
    Report,
    RubricLine,
    Side,
    StageState,
    about,
    allowed,
    due_of,
    progress,
    read_report,
    shown,
    unread,
)
from autograder.words import Sayable, Text, text

PLACE = rf"projects/{SLUG}"
STAGE = r"(?P<stage>[A-Za-z0-9._-]+)"
TEAM = r"(?P<team>[A-Za-z0-9-]+)"
NUMBER = r"(?P<number>\d{1,9})"
FILES = 2000
"""Of a zip that is handed in."""


@dataclass(frozen=True)
class StageView:
    """One stage of one team."""

    id: str
    title: str
    kind: str
    due: datetime | None
    files: tuple[str, ...]
    megabytes: int
    state: str
    done: bool
    late: bool
    when: datetime | None  # of a presentation
    place: str
    actions: tuple[str, ...]  # what whoever looks may do here: the values of Did


@dataclass(frozen=True)
class LineView:
    """One thing that happened. What was said of a run stands in `report`."""

    id: int
    did: str
    by: Who
    at: datetime
    stage: str  # its title
    text: str
    when: datetime | None
    place: str
    number: int
    rubric: str  # the text of the line of the rubric
    points: Fraction | None
    members: tuple[Who, ...]
    receipt: Receipt | None
    unread: bool  # a note of the other side that waits to be acknowledged


@dataclass(frozen=True)
class MarkView:
    """What the project counts for one member, as far as whoever looks may know."""

    who: Who
    percent: Fraction | None
    said: Text
    lines: tuple[LineMark, ...]


@dataclass(frozen=True)
class ProjectView:
    """One team's project."""

    slug: str
    title: str
    team: str  # "" while there is none
    members: tuple[Who, ...]
    stages: tuple[StageView, ...]
    lines: tuple[LineView, ...]  # newest first
    marks: tuple[MarkView, ...]
    rubric: tuple[RubricLine, ...]
    report: Report | None
    actions: tuple[str, ...]  # about the whole project
    archive: bool  # there is something to start from

    @property
    def next(self) -> StageView | None:
        """The first stage that is not done."""
        return next((stage for stage in self.stages if not stage.done), None)


@dataclass(frozen=True)
class PairingView:
    """How a student stands with partners."""

    pairing: Pairing
    names: Mapping[str, str]
    students: tuple[Who, ...]  # who could be invited


@dataclass(frozen=True)
class TeamRow:
    """One team among all."""

    team: str
    members: tuple[Who, ...]
    states: tuple[StageState, ...]
    percents: tuple[Fraction | None, ...]
    waits: bool  # something was handed in or noted that waits for the staff


@dataclass(frozen=True)
class AllView:
    """All teams of a project, for the staff."""

    slug: str
    title: str
    opened: bool
    stages: tuple[str, ...]  # titles
    rows: tuple[TeamRow, ...]
    without: tuple[Who, ...]  # students that have no team


@dataclass(frozen=True)
class Entry:
    """A project on somebody's first page."""

    slug: str
    title: str
    opened: bool
    next: StageView | None


# ---------------------------------------------------------------- what both sides do


def entries(desk: Desk, visitor: Visitor) -> tuple[Entry, ...]:
    """The projects of the course: for students those that are open."""
    visitor.require("see the course")
    found = []
    for project in desk.course.projects:
        opened = _is_open(desk, project)
        if visitor.is_staff:
            found.append(Entry(project.id, project.title, opened, None))
        elif opened:
            found.append(Entry(project.id, project.title, True, own(desk, visitor, project.id).next))
    return tuple(found)


def look(desk: Desk, visitor: Visitor, slug: str) -> ProjectView | AllView:
    """One's own team, or for the staff all of them."""
    return everybody(desk, visitor, slug) if visitor.is_staff else own(desk, visitor, slug)


def files(desk: Desk, visitor: Visitor, slug: str, number: int) -> tuple[bytes, str]:
    """What was handed in, as a zip, by the number of its line, and what to call it."""
    visitor.require("read submissions")
    project = _project(desk, slug)
    lines = desk.ledger.projects.lines(desk.course.id, slug)
    if not visitor.is_staff:
        lines = about(lines, _people(desk, slug, visitor))
    line = next((one for one in lines if one.id == number and one.did is Did.HANDED_IN), None)
    if line is None:
        raise Unknown(text("There is no such hand-in of {project} for you.", project=project.title))
    return pack(desk.ledger.projects.files(line)), f"{slug}-{line.stage}-{line.team}-{line.number}.zip"


def archive(desk: Desk, visitor: Visitor, slug: str) -> bytes:
    """What students start from."""
    visitor.require("fetch")
    project = _project(desk, slug)
    if not visitor.is_staff and project.opens is not None and desk.clock() < project.opens:
        raise RuleError(text("{project} has not begun yet.", project=project.title), code="not-open")
    content = desk.ledger.archive(desk.course.id, slug)
    if not content:
        raise Unknown(text("There is nothing to fetch for {project}.", project=project.title))
    return content


def note(desk: Desk, visitor: Visitor, slug: str, stage: str, words: str, when: datetime, team: str = "") -> int:
    """What was said in a meeting: the team's own, or for the staff about a team. Answers its number."""
    project = _project(desk, slug)
    if visitor.is_staff:
        visitor.require("run projects")
        _team(desk, slug, team)
    else:
        team = _own_team(desk, visitor, slug).id
    return desk.ledger.projects.note(desk.course.id, project, stage, team, words, when=when, actor=visitor.username).id


def acknowledge(desk: Desk, visitor: Visitor, slug: str, number: int) -> None:
    """Say that a note of the other side is what was said."""
    project = _project(desk, slug)
    if visitor.is_staff:
        visitor.require("run projects")
    else:
        visitor.require("do projects")
        if number not in {line.id for line in desk.ledger.projects.lines(desk.course.id, slug, [visitor.username])}:
            raise Unknown(text("There is no such note for you."))
    desk.ledger.projects.acknowledge(desk.course.id, project, number, actor=visitor.username)


# ---------------------------------------------------------------- students


def own(desk: Desk, visitor: Visitor, slug: str) -> ProjectView:
    """Where a student's own team stands; he himself while he has none."""
    visitor.require("do projects")
    project = _project(desk, slug)
    team = desk.ledger.projects.team_of(desk.course.id, slug, visitor.username)
    return _view(desk, project, team, (visitor.username,) if team is None else team.members, visitor.username)


def pairing(desk: Desk, visitor: Visitor, slug: str) -> PairingView:
    """How a student stands with partners."""
    visitor.require("do projects")
    _project(desk, slug)
    found = tuple(who for who in desk.students(visitor) if who.username != visitor.username)
    return PairingView(desk.ledger.pairing(desk.course.id, slug, visitor.username), desk.names(), found)


def hand_in(desk: Desk, visitor: Visitor, slug: str, stage: str, given: Mapping[str, bytes]) -> Receipt:
    """Hand in for one's team."""
    visitor.require("do projects")
    return desk.ledger.projects.hand_in(desk.course.id, _project(desk, slug), stage, visitor.username, given)


def hand_in_form(desk: Desk, visitor: Visitor, slug: str, stage: str, given: Mapping[str, bytes]) -> Receipt:
    """Likewise with what a form sent, which may be one zip."""
    visitor.require("do projects")
    return hand_in(desk, visitor, slug, stage, unzipped(given, megabytes=_project(desk, slug).stage(stage).megabytes))


def withdraw(desk: Desk, visitor: Visitor, slug: str, stage: str) -> None:
    """Take back what was handed in last."""
    visitor.require("do projects")
    desk.ledger.projects.withdraw(desk.course.id, _project(desk, slug), stage, visitor.username)


def partner(desk: Desk, visitor: Visitor, slug: str, do: str, name: str = "") -> None:
    """Invite, accept, decline, take an invitation back, or leave."""
    visitor.require("do projects")
    _project(desk, slug)
    book, course, me = desk.ledger, desk.course.id, visitor.username
    match do:
        case "invite":
            book.invite(course, slug, me, name)
        case "accept":
            book.accept(course, slug, me, name)
        case "decline":
            book.decline(course, slug, me, name)
        case "uninvite":
            book.withdraw(course, slug, me, name or None)
        case "leave":
            book.leave(course, slug, me)
        case _:
            raise RuleError(text("There is no {deed} between partners.", deed=repr(do)), code="unknown-deed")


# ---------------------------------------------------------------- staff


def everybody(desk: Desk, visitor: Visitor, slug: str) -> AllView:
    """All teams, those that wait for the staff first."""
    visitor.require("run projects")
    project = _known(desk, slug)
    titles = tuple(stage.title for stage in project.stages)
    if not _is_open(desk, project):
        return AllView(slug, project.title, False, titles, (), ())
    book, course, now, names = desk.ledger.projects, desk.course.id, desk.clock(), desk.names()
    scheduled, extended = book.as_scheduled(course, project)
    everything, marks = book.lines(course, slug), book.marks(course, project, now)
    rows = []
    for team in book.teams(course, slug):
        lines = about(everything, team.members)
        states = progress(scheduled, lines, team.members, now, extended)
        waits = bool(unread(lines, Side.STAFF)) or any(one.state == "handed in" and not one.done for one in states)
        rows.append(TeamRow(team.id, _who(team.members, names), states,
                            tuple(marks[name].percent for name in team.members if name in marks), waits))
    placed = {who.username for row in rows for who in row.members}
    without = tuple(who for who in desk.students(visitor) if who.username not in placed)
    return AllView(slug, project.title, True, titles, tuple(sorted(rows, key=lambda row: (not row.waits, row.team))), without)


def one(desk: Desk, visitor: Visitor, slug: str, team: str) -> ProjectView:
    """One team with all that happened."""
    visitor.require("run projects")
    found = _team(desk, slug, team)
    return _view(desk, _project(desk, slug), found, found.members, None)


def decide(desk: Desk, visitor: Visitor, slug: str, team: str, stage: str, *, approved: bool, words: str, seen: int | None = None) -> None:
    """Approve what was handed in, or return it."""
    visitor.require("run projects")
    _team(desk, slug, team)
    desk.ledger.projects.decide(desk.course.id, _project(desk, slug), stage, team, approved, words, seen=seen, actor=visitor.username)


def schedule(desk: Desk, visitor: Visitor, slug: str, team: str, stage: str, when: datetime, place: str) -> None:
    """Give a team the time and place of its presentation."""
    visitor.require("run projects")
    _team(desk, slug, team)
    desk.ledger.projects.schedule(desk.course.id, _project(desk, slug), stage, team, when=when, place=place, actor=visitor.username)


def presented(desk: Desk, visitor: Visitor, slug: str, team: str, stage: str, *, held: bool, words: str = "") -> None:
    """Say whether a presentation took place."""
    visitor.require("run projects")
    _team(desk, slug, team)
    desk.ledger.projects.outcome(desk.course.id, _project(desk, slug), stage, team, held, words, actor=visitor.username)


def mark(desk: Desk, visitor: Visitor, slug: str, team: str, line: str, points: str, comment: str = "", member: str = "") -> None:
    """Give points in one line of the rubric; no points take them back."""
    visitor.require("run projects")
    _team(desk, slug, team)
    desk.ledger.projects.mark(desk.course.id, _project(desk, slug), team, line, _points(points), comment, member=member or None,
                              actor=visitor.username)


def mark_form(desk: Desk, visitor: Visitor, slug: str, team: str, form: Form) -> None:
    """A whole form of marks: `points-LINE` or `points-LINE-MEMBER`, with `comment-…` beside; what did not change adds nothing."""
    view = one(desk, visitor, slug, team)
    wanted = [(line, who.username if line.per_member else "") for line in view.rubric
              for who in (view.members if line.per_member else view.members[:1])]
    given = [(line, member, form.get(f"points-{line.id}{'-' if member else ''}{member}", "").strip(),
              form.get(f"comment-{line.id}{'-' if member else ''}{member}", "")) for line, member in wanted]
    for line, _, points, _ in given:
        number = _points(points)
        if number is not None and number > line.points:
            raise RuleError(text("{line} has 0 to {most} points, not {points}.", line=line.text, most=f"{float(line.points):g}",
                                 points=points), code="bad-points")
    found = {who.who.username: {one.line.id: one for one in who.lines} for who in view.marks}
    for line, member, points, comment in given:
        there = found[member or view.members[0].username][line.id]
        if points or there.by:
            mark(desk, visitor, slug, team, line.id, points, comment, member)


def release(desk: Desk, visitor: Visitor, slug: str, team: str) -> None:
    """Show a team its marks."""
    visitor.require("release feedback")
    _team(desk, slug, team)
    desk.ledger.projects.release(desk.course.id, _project(desk, slug), team, actor=visitor.username)


def publish(desk: Desk, visitor: Visitor, slug: str) -> None:
    """Open a project to the students, as `autograder project publish` does."""
    visitor.require("release")
    project = _known(desk, slug)
    from autograder import reproduction  # brings the machinery along that runs projects

    reproduction.publish(desk.ledger, desk.course.id, project, desk.folders.root / "projects", actor=visitor.username)


# ---------------------------------------------------------------- behind them


def _known(desk: Desk, slug: str) -> Project:
    found = next((project for project in desk.course.projects if project.id == slug), None)
    if found is None:
        raise Unknown(text("There is no project {slug} in {course}.", slug=repr(slug), course=desk.course.title))
    return found


def _is_open(desk: Desk, project: Project) -> bool:
    return desk.ledger.projects.is_open(desk.course.id, project.id)


def _project(desk: Desk, slug: str) -> Project:
    """A project that was opened."""
    project = _known(desk, slug)
    if not _is_open(desk, project):
        raise Unknown(text("There is no project {slug} in {course}.", slug=repr(slug), course=desk.course.title))
    return project


def _team(desk: Desk, slug: str, name: str) -> Team:
    _project(desk, slug)
    found = next((team for team in desk.ledger.projects.teams(desk.course.id, slug) if team.id == name), None)
    if found is None:
        raise Unknown(text("There is no team {team} in this project now.", team=repr(name)))
    return found


def _own_team(desk: Desk, visitor: Visitor, slug: str) -> Team:
    visitor.require("do projects")
    found = desk.ledger.projects.team_of(desk.course.id, slug, visitor.username)
    if found is None:
        raise RuleError(text("You have no team for this project yet."), code="no-team")
    return found


def _people(desk: Desk, slug: str, visitor: Visitor) -> tuple[str, ...]:
    team = desk.ledger.projects.team_of(desk.course.id, slug, visitor.username)
    return (visitor.username,) if team is None else team.members


def _view(desk: Desk, project: Project, team: Team | None, members: tuple[str, ...], student: str | None) -> ProjectView:
    """As the staff see a team, or as one student sees his own: his partner's own marks are not among it."""
    book, course, now, names = desk.ledger.projects, desk.course.id, desk.clock(), desk.names()
    scheduled, extended = book.as_scheduled(course, project)
    lines = about(book.lines(course, project.id), members)
    side = Side.STAFF if student is None else Side.STUDENT
    if student is not None:
        lines = tuple(line for line in shown(lines) if line.did is not Did.MARKED or student in line.members)
    may = allowed(scheduled, lines, members, now, extended, side)
    whose = members if student is None else (student,)
    marks = {name: book.marks(course, project, now, student=name, only_shown=student is not None)[name] for name in whose}
    waiting = {line.id for line in unread(lines, side)}
    report = next((read_report(line.text) for line in reversed(lines) if line.did is Did.CHECKED), None)
    stages = tuple(_stage(scheduled, state, members, extended, tuple(str(did) for did, stage in may if stage == state.stage.id))
                   for state in progress(scheduled, lines, members, now, extended))
    return ProjectView(
        project.id, project.title, team.id if team else "", _who(members, names), stages,
        tuple(_line(desk, project, line, names, line.id in waiting) for line in reversed(lines) if line.did is not Did.CHECKED),
        tuple(_mark(name, marks[name], names) for name in whose), project.rubric, report,
        tuple(str(did) for did, stage in may if not stage), bool(desk.ledger.archive(course, project.id)))


def _stage(project: Project, state: StageState, members: tuple[str, ...], extended: Mapping[str, datetime],
           actions: tuple[str, ...]) -> StageView:
    stage, line = state.stage, state.line
    return StageView(stage.id, stage.title, str(stage.kind), due_of(project, stage, members, extended), stage.files, stage.megabytes,
                     str(state.state), state.done, state.late, line.when if line else None, line.place if line else "", actions)


def _line(desk: Desk, project: Project, line: Line, names: Mapping[str, str], waits: bool) -> LineView:
    stage = next((stage.title for stage in project.stages if stage.id == line.stage), line.stage)
    rubric = next((one.text for one in project.rubric if one.id == line.rubric), line.rubric)
    receipt = desk.ledger.projects.receipt(desk.course.id, project.id, line) if line.did is Did.HANDED_IN else None
    by = Who(line.by, names.get(line.by, line.by))
    return LineView(line.id, str(line.did), by, line.at, stage, line.text, line.when, line.place, line.number, rubric, line.points,
                    _who(line.members, names), receipt, waits)


def _mark(name: str, mark: ProjectMark, names: Mapping[str, str]) -> MarkView:
    return MarkView(Who(name, names.get(name, name)), mark.percent, mark.said, mark.lines)


def _who(usernames: tuple[str, ...], names: Mapping[str, str]) -> tuple[Who, ...]:
    return tuple(Who(name, names.get(name, name)) for name in usernames)


def _points(written: str) -> Fraction | None:
    """Points of a form; a comma is read as a point, and nothing is none."""
    plain = written.strip().replace(",", ".")
    if plain and not re.fullmatch(r"\d{1,6}(\.\d{1,6})?", plain, flags=re.ASCII):
        raise RuleError(text("{written} is no number of points.", written=repr(written[:40])), code="bad-points")
    return Fraction(plain) if plain else None


def _whole(written: str) -> int:
    if not re.fullmatch(r"\d{1,9}", written, flags=re.ASCII):
        raise RuleError(text("{written} is no number.", written=repr(written[:40])), code="bad-number")
    return int(written)


# ---------------------------------------------------------------- pages

_NOTE, _WHEN = text("what was said"), text("when")


class ProjectPage(FormPage):
    """Where do we stand? Or, for staff: what waits for me?"""

    deeds: ClassVar[Mapping[str, Callable[..., object]]] = {
        **{do: (lambda desk, who, form, slug, do=do: partner(desk, who, slug, do, form.get("name", "").strip()))
           for do in ("invite", "accept", "decline", "uninvite", "leave")},
        "withdraw": lambda desk, who, form, slug: withdraw(desk, who, slug, form.get("stage", "")),
        "note": lambda desk, who, form, slug: note(
            desk, who, slug, form.get("stage", ""), field(form, "words", _NOTE), local(desk, field(form, "when", _WHEN))
        ),
        "acknowledge": lambda desk, who, form, slug: acknowledge(desk, who, slug, _whole(form.get("number", ""))),
        "publish": lambda desk, who, form, slug: publish(desk, who, slug),
    }
    notices: ClassVar[Mapping[str, Text]] = {
        "invite": text("The invitation is on its way. You are a team as soon as it is accepted."),
        "accept": text("You are a team now. Both of you can hand in, and both see everything."),
        "decline": text("The invitation is declined."),
        "uninvite": text("The invitation is withdrawn."),
        "leave": text("You have left the team."),
        "hand-in": text("It is handed in. The receipt below is your proof."),
        "withdraw": text("It is taken back."),
        "note": text("The note is written; the other side acknowledges it."),
        "acknowledge": text("The note is acknowledged."),
        "publish": text("The project is open: students can pair up and hand in."),
    }

    async def show(self, *, status: int = 200, alert: Sayable = "", form: Form | None = None, **path: Any) -> None:
        """The page."""
        view = await self.run(look, self.desk, self.visitor, path["slug"])
        if isinstance(view, AllView):
            await self.page("project_teams.html", status=status, alert=alert, form=form or {}, view=view)
            return
        pairs = await self.run(pairing, self.desk, self.visitor, path["slug"])
        await self.page("project.html", status=status, alert=alert, form=form or {}, view=view, pairs=pairs)


class HandInPage(UploadHandler, ProjectPage):
    """The upload form of one stage."""

    async def get(self, **path: Any) -> None:
        """A reload of what the form answered leads back to the page."""
        self.redirect(f"{self.prefix}projects/{path['slug']}/", status=303)

    async def post(self, **path: str) -> None:
        """Hand in, and come back to the receipt."""
        slug, stage = path["slug"], path["stage"]
        try:
            given = await self.run(read_upload, self.request.headers.get("Content-Type", ""), self.taken())
            given = {name: content for name, content in given.items() if name or content}  # a file field that was left empty
            await self.run(hand_in_form, self.desk, self.visitor, slug, stage, given)
        except AutograderError as refused:
            status = answer_for(refused)[0]
            if status in (403, 404) or isinstance(refused, MachineryError):
                raise
            await self.show(status=status, alert=sentence_of(refused), slug=slug)
            return
        self.redirect(f"{self.prefix}projects/{slug}/?done=hand-in", status=303)


def unzipped(given: Mapping[str, bytes], *, megabytes: int) -> Mapping[str, bytes]:
    """The files of a form, which has no folders: one zip stands for the files in it, without a folder around all of them."""
    if len(given) != 1 or not (name := next(iter(given))).endswith(".zip"):
        return given
    again = text("It cannot be read as a zip. Pack the files anew and hand in again.")
    try:
        with zipfile.ZipFile(io.BytesIO(given[name])) as packed:
            inside = [info for info in packed.infolist() if not info.is_dir() and not info.filename.startswith("__MACOSX/")]
            if len(inside) > FILES or sum(info.file_size for info in inside) > megabytes * MEGABYTE:
                raise SubmissionError(text("Unpacked it has more than {megabytes} MB or {files} files.", megabytes=megabytes, files=FILES),
                                      file=name)
            found = {info.filename: packed.open(info).read(info.file_size + 1) for info in inside}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, ValueError, EOFError, OSError):
        raise SubmissionError(again, file=name) from None
    folders = {path.partition("/")[0] for path in found}
    if len(folders) == 1 and all("/" in path for path in found):
        return {path.partition("/")[2]: content for path, content in found.items()}
    return found


class TeamPage(FormPage):
    """One team, for staff: is it approved, what was said, which marks?"""

    deeds: ClassVar[Mapping[str, Callable[..., object]]] = {
        "approve": lambda desk, who, form, slug, team: decide(
            desk, who, slug, team, form.get("stage", ""), approved=True, words=form.get("words", ""), seen=_whole(form.get("seen", ""))
        ),
        "return": lambda desk, who, form, slug, team: decide(
            desk, who, slug, team, form.get("stage", ""), approved=False, words=form.get("words", ""), seen=_whole(form.get("seen", ""))
        ),
        "note": lambda desk, who, form, slug, team: note(
            desk, who, slug, form.get("stage", ""), field(form, "words", _NOTE), local(desk, field(form, "when", _WHEN)), team
        ),
        "acknowledge": lambda desk, who, form, slug, team: acknowledge(desk, who, slug, _whole(form.get("number", ""))),
        "schedule": lambda desk, who, form, slug, team: schedule(
            desk, who, slug, team, form.get("stage", ""), local(desk, field(form, "when", _WHEN)), field(form, "place", text("the place"))
        ),
        "held": lambda desk, who, form, slug, team: presented(
            desk, who, slug, team, form.get("stage", ""), held=True, words=form.get("words", "")
        ),
        "missed": lambda desk, who, form, slug, team: presented(
            desk, who, slug, team, form.get("stage", ""), held=False, words=form.get("words", "")
        ),
        "mark": lambda desk, who, form, slug, team: mark_form(desk, who, slug, team, form),
        "release": lambda desk, who, form, slug, team: release(desk, who, slug, team),
    }
    notices: ClassVar[Mapping[str, Text]] = {
        "approve": text("It is approved; the team can go on."),
        "return": text("It is returned; the team reads your words and hands in again."),
        "note": text("The note is written; the other side acknowledges it."),
        "acknowledge": text("The note is acknowledged."),
        "schedule": text("The presentation has its time and place."),
        "held": text("The presentation took place."),
        "missed": text("The presentation was missed."),
        "mark": text("The marks are kept. Students see them once they are released."),
        "release": text("The team sees its marks now."),
    }

    async def show(self, *, status: int = 200, alert: Sayable = "", form: Form | None = None, **path: Any) -> None:
        """The page."""
        view = await self.run(one, self.desk, self.visitor, path["slug"], path["team"])
        await self.page("project_team.html", status=status, alert=alert, form=form or {}, view=view)


class FilesDownload(Page):
    """What was handed in, as it was."""

    async def get(self, slug: str, number: str) -> None:
        """A zip."""
        await self.download(*await self.run(files, self.desk, self.visitor, slug, int(number)))


class ArchiveDownload(Page):
    """What students start from."""

    async def get(self, slug: str) -> None:
        """A zip."""
        await self.download(await self.run(archive, self.desk, self.visitor, slug), f"{slug}.zip")


def _download(desk: Desk, who: Visitor, said: Any, slug: str, number: str) -> Download:
    return Download(*files(desk, who, slug, int(number)))


SECTION = Section(
    pages=(
        (rf"{PLACE}/", ProjectPage),
        (rf"{PLACE}/stages/{STAGE}", HandInPage),
        (rf"{PLACE}/teams/{TEAM}/", TeamPage),
        (rf"{PLACE}/files/{NUMBER}", FilesDownload),
        (rf"{PLACE}/archive", ArchiveDownload),
    ),
    panels=(
        Panel("course", "projects_panel.html", "do projects", lambda desk, visitor: entries(desk, visitor) or None),
        Panel("staff", "projects_panel.html", "run projects", lambda desk, visitor: entries(desk, visitor) or None),
    ),
    calls=(
        Call("GET", "projects", lambda desk, who, said: entries(desk, who), "The projects of the course."),
        Call("GET", PLACE, lambda desk, who, said, slug: look(desk, who, slug), "Where one's own team stands; for staff all teams."),
        Call("POST", rf"{PLACE}/publish", lambda desk, who, said, slug: publish(desk, who, slug), "Open a project to the students."),
        Call(
            "POST",
            rf"{PLACE}/partner",
            lambda desk, who, said, slug: partner(desk, who, slug, said.text("do"), said.text("name", "")),
            "Between partners: invite, accept, decline, uninvite or leave.",
            {"do": "text", "name": "text?"},
        ),
        Call(
            "POST",
            rf"{PLACE}/stages/{STAGE}",
            lambda desk, who, said, slug, stage: hand_in(desk, who, slug, stage, read_base64_files(said.body)),
            "Hand in for a stage: files by name in base64, of one megabyte together. Answers the signed receipt.",
            {"files": "object"},
        ),
        Call(
            "POST",
            rf"{PLACE}/stages/{STAGE}/withdraw",
            lambda desk, who, said, slug, stage: withdraw(desk, who, slug, stage),
            "Take back what was handed in last for a stage.",
        ),
        Call(
            "POST",
            rf"{PLACE}/stages/{STAGE}/notes",
            lambda desk, who, said, slug, stage: {
                "number": note(desk, who, slug, stage, said.text("text"), said.instant("when"), said.text("team", ""))
            },
            "Write down what was said in a meeting; staff say with which team.",
            {"text": "text", "when": "instant", "team": "text?"},
        ),
        Call(
            "POST",
            rf"{PLACE}/notes/{NUMBER}/acknowledge",
            lambda desk, who, said, slug, number: acknowledge(desk, who, slug, int(number)),
            "Say that a note of the other side is what was said.",
        ),
        Call("GET", rf"{PLACE}/files/{NUMBER}", _download, "What was handed in, by the number of its line.", gives="application/zip"),
        Call("GET", rf"{PLACE}/teams/{TEAM}", lambda desk, who, said, slug, team: one(desk, who, slug, team), "One team's project."),
        Call(
            "POST",
            rf"{PLACE}/teams/{TEAM}/decide",
            lambda desk, who, said, slug, team: decide(
                desk,
                who,
                slug,
                team,
                said.text("stage"),
                approved=said.flag("approved"),
                words=said.text("text", ""),
                seen=None if said.body.get("seen") is None else int(said.number("seen")),
            ),
            "Approve what a team handed in for a stage, or return it with words. `seen`: the number of what was read.",
            {"stage": "text", "approved": "flag", "text": "text?", "seen": "whole?"},
        ),
        Call(
            "POST",
            rf"{PLACE}/teams/{TEAM}/schedule",
            lambda desk, who, said, slug, team: schedule(
                desk, who, slug, team, said.text("stage"), said.instant("when"), said.text("place")
            ),
            "Give a team the time and place of its presentation.",
            {"stage": "text", "when": "instant", "place": "text"},
        ),
        Call(
            "POST",
            rf"{PLACE}/teams/{TEAM}/presented",
            lambda desk, who, said, slug, team: presented(
                desk, who, slug, team, said.text("stage"), held=said.flag("held"), words=said.text("text", "")
            ),
            "Say whether a presentation took place.",
            {"stage": "text", "held": "flag", "text": "text?"},
        ),
        Call(
            "POST",
            rf"{PLACE}/teams/{TEAM}/mark",
            lambda desk, who, said, slug, team: mark(
                desk, who, slug, team, said.text("line"), said.text("points"), said.text("comment", ""), said.text("member", "")
            ),
            "Give points in one line of the rubric, as decimal digits; an empty text takes them back.",
            {"line": "text", "points": "text", "comment": "text?", "member": "text?"},
        ),
        Call(
            "POST",
            rf"{PLACE}/teams/{TEAM}/release",
            lambda desk, who, said, slug, team: release(desk, who, slug, team),
            "Show a team its marks.",
        ),
    ),
)
