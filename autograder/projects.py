"""Projects: work that is no notebook, done in stages by one team and marked with a rubric. The rules, as pure functions.

A project has *stages* in their order: an approval (a proposal is handed in, approved or returned), meeting notes, a hand-in, a
presentation. What happened is a list of `Line`s, which the ledger keeps and never changes; where a team stands (`progress`), what
anybody may do next (`allowed`, and `refusal` with the reason why not) and what the project counts (`mark_of`) follow from the lines, the
time and the course's text alone. A line names the people it is about, so it stays theirs when staff divide a team: whoever goes on alone
goes on from an approved proposal and keeps the notes, and later lines are his own.

How others do it: GitHub Classroom and CodeGrade know one hand-in with a rubric; Moodle's workflow marks and the *milestones* of
course-management systems keep a present state that is overwritten. A state that is never stored cannot contradict what happened, so
here it is computed. What is decided here:

- A proposal may be late, and costs nothing; it blocks what comes after it until it is approved. Approval has no due time of its own:
  what staff take their time for is not the students' lateness.
- Lateness is that of the *final* hand-in (the last stage of kind hand-in), for each member by his own due time, by the course's late
  rule. A hand-in closes when the late rule closes; a proposal never does.
- Whoever has not handed in the final by his due time has 0; before that, and while lines of the rubric have no mark, the mark is to
  come. A person's mark for a line holds over the automatic one.
- Handing in again replaces what was handed in before, until it was decided upon. What counts is the newest in time, else the newest.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any

from autograder.model import RuleError, TeamRule
from autograder.scoring import LateRule, late_penalty, mark
from autograder.words import Text, text

MEGABYTE = 1_000_000
MOST_MEGABYTES = 100
"""What one hand-in may be."""
LONGEST = 5000
"""Characters of a note, an answer or a comment."""
ZERO = Fraction(0)


# ── what a project is ─────────────────────────────────────────────────────────────────────────────────────────────────
class Kind(StrEnum):
    """What happens in a stage."""

    APPROVAL = "approval"
    NOTES = "notes"
    HAND_IN = "hand-in"
    PRESENTATION = "presentation"


@dataclass(frozen=True)
class Stage:
    """One step of a project. `blocking`: nothing later can be handed in before it is done."""

    id: str
    title: str
    kind: Kind
    due: datetime | None = None
    files: tuple[str, ...] = ()  # patterns of what is handed in
    megabytes: int = 20
    blocking: bool = False

    @property
    def takes_files(self) -> bool:
        """Whether something is handed in."""
        return self.kind in (Kind.APPROVAL, Kind.HAND_IN)


@dataclass(frozen=True)
class RubricLine:
    """What a marker looks at. `per_member`: each member has a mark of his own."""

    id: str
    points: Fraction
    text: str
    per_member: bool = False
    automatic: bool = False  # found by running the final hand-in; a person's mark holds over it


@dataclass(frozen=True)
class Project:
    """A project of the course."""

    id: str
    title: str
    stages: tuple[Stage, ...]
    rubric: tuple[RubricLine, ...]
    team: TeamRule = field(default_factory=TeamRule)
    out_of: Fraction = Fraction(100)
    opens: datetime | None = None
    pairs_lock: datetime | None = None
    late: LateRule = field(default_factory=LateRule)
    scaffold: str = ""  # folder below projects/ with what students start from and what the tester has

    @property
    def final(self) -> Stage:
        """The stage whose files are the project: the last that is a hand-in."""
        return [stage for stage in self.stages if stage.kind is Kind.HAND_IN][-1]

    @property
    def automatic(self) -> RubricLine | None:
        """The line that is found by running the project."""
        return next((line for line in self.rubric if line.automatic), None)

    def stage(self, name: str) -> Stage:
        """A stage by its id. RuleError when there is none."""
        found = next((stage for stage in self.stages if stage.id == name), None)
        if found is None:
            known = ", ".join(stage.id for stage in self.stages)
            raise RuleError(text("{project} has no stage {stage}; there are {known}.", project=self.title, stage=name, known=known),
                            code="unknown-stage")
        return found

    def line(self, name: str) -> RubricLine:
        """A line of the rubric by its id. RuleError when there is none."""
        found = next((line for line in self.rubric if line.id == name), None)
        if found is None:
            known = ", ".join(line.id for line in self.rubric)
            raise RuleError(text("The rubric of {project} has no line {line}; there are {known}.", project=self.title, line=name,
                                 known=known), code="unknown-line")
        return found


def trouble(project: Project) -> tuple[str, str] | None:
    """Why a project as it is written cannot work: which key, and what to do. None when it can."""
    before: Stage | None = None
    if not any(stage.kind is Kind.HAND_IN for stage in project.stages):
        return "stage", 'nothing would ever be handed in: one stage has kind = "hand-in"'
    for number, stage in enumerate(project.stages):
        key = f"stage[{number}]"
        if stage.id in [other.id for other in project.stages[:number]]:
            return f"{key}.id", f"{stage.id} is here twice; rename one of them"
        if stage.takes_files and not stage.files:
            return f"{key}.files", 'this is missing: which files are handed in? Such as files = ["proposal.pdf"]'
        if not stage.takes_files and stage.files:
            return f"{key}.files", f"nothing is handed in for a stage of kind {stage.kind}"
        if stage.due is not None and project.opens is not None and stage.due <= project.opens:
            return f"{key}.due", "it is due before the project opens"
        if stage.due is not None and before is not None and before.due is not None and stage.due < before.due:
            return f"{key}.due", f"{stage.id} would be due before {before.id}, which stands in front of it; put them in the order of time"
        if stage.blocking and not any(later.takes_files for later in project.stages[number + 1 :]):
            return f"{key}.blocking", "it would block nothing: nothing is handed in after it"
        if stage.blocking and stage.kind is Kind.PRESENTATION and stage.due is None:
            return f"{key}.due", "this is missing: a presentation that blocks what comes after it has to take place by some time"
        if stage.due is not None:
            before = stage
    if len({line.id for line in project.rubric}) < len(project.rubric):
        return "rubric", "two lines have the same id; rename one of them"
    if any(line.points <= 0 for line in project.rubric):
        return "rubric", "a line of the rubric has more than 0 points"
    if (total := sum((line.points for line in project.rubric), ZERO)) != project.out_of:
        return "rubric", f"its lines have {float(total):g} points together, and the project is out of {float(project.out_of):g}"
    automatic = [line for line in project.rubric if line.automatic]
    if len(automatic) > 1:
        return "rubric", "one line can be automatic, not several"
    if automatic and automatic[0].per_member:
        return "rubric", f"{automatic[0].id} is automatic, so it is the same for all members"
    if automatic and not project.scaffold:
        return "rubric", f"{automatic[0].id} would never get its points: an automatic line needs scaffold = \"…\""
    if project.scaffold and not automatic:
        return "scaffold", "its checks would count for nothing: no line of the rubric is automatic = true"
    return None


# ── what happened ─────────────────────────────────────────────────────────────────────────────────────────────────────
class Did(StrEnum):
    """What a line says that somebody did."""

    HANDED_IN = "handed in"
    WITHDREW = "withdrew"  # what was handed in and not decided upon yet
    APPROVED = "approved"
    RETURNED = "returned"
    NOTED = "noted"  # what was said in a meeting
    ACKNOWLEDGED = "acknowledged"
    SCHEDULED = "scheduled"  # a presentation
    HELD = "held"
    MISSED = "missed"
    MARKED = "marked"
    CHECKED = "checked"  # the final hand-in was run
    RELEASED = "released"  # the marks so far are shown to the members


class Side(StrEnum):
    """Who acts."""

    STUDENT = "student"
    STAFF = "staff"


@dataclass(frozen=True)
class Line:
    """One thing that happened. `members` are those it is about."""

    id: int
    did: Did
    team: str
    members: tuple[str, ...]
    by: str
    at: datetime
    stage: str = ""
    text: str = ""  # what was said; of a check, its findings as JSON
    about: int | None = None  # the line that this one answers
    when: datetime | None = None  # of a meeting or a presentation
    place: str = ""  # a room or a link
    number: int = 0  # of a hand-in, per team from 1
    sha256: str = ""  # of the files of a hand-in, or of the hand-in that was checked
    size: int = 0  # bytes of the files
    rubric: str = ""  # id of a line of the rubric
    points: Fraction | None = None

    @property
    def side(self) -> Side:
        """Whose line it is."""
        return Side.STUDENT if self.by in self.members else Side.STAFF


def about(lines: Iterable[Line], members: Collection[str]) -> tuple[Line, ...]:
    """The lines that name one of these people, oldest first."""
    return tuple(line for line in sorted(lines, key=lambda line: line.id) if not set(members).isdisjoint(line.members))


def shown(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines as the students may read them: marks and checks only once they were released."""
    released: dict[str, int] = {}
    listed = tuple(lines)
    for line in listed:
        if line.did is Did.RELEASED:
            released.update(dict.fromkeys(line.members, line.id))
    return tuple(line for line in listed if line.did not in (Did.MARKED, Did.CHECKED)
                 or all(line.id < released.get(member, 0) for member in line.members))


def as_json(line: Line) -> dict[str, object]:
    """A line for programs; what is empty is left out."""
    told: dict[str, object] = {
        "id": line.id, "did": str(line.did), "team": line.team, "members": list(line.members), "by": line.by, "at": line.at.isoformat(),
        "stage": line.stage, "text": line.text, "about": line.about, "when": None if line.when is None else line.when.isoformat(),
        "place": line.place, "number": line.number, "sha256": line.sha256, "size": line.size, "rubric": line.rubric,
        "points": None if line.points is None else float(line.points)}
    return {name: value for name, value in told.items() if value not in ("", None) and (name not in ("number", "size") or value)}


# ── what running it found ────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Finding:
    """One requirement: whether it is met, its points, and a sentence."""

    id: str
    met: bool
    points: Fraction
    possible: Fraction
    said: Text


@dataclass(frozen=True)
class Report:
    """All requirements of one hand-in."""

    findings: tuple[Finding, ...]
    test: Mapping[int, float]  # accuracy of the saved predictions on the released test part, by seed: for staff
    version: str

    @property
    def points(self) -> Fraction:
        """Of all that are met."""
        return sum((finding.points for finding in self.findings), Fraction(0))

    def as_json(self) -> str:
        """For the book; see `read_report`."""
        return json.dumps({"version": self.version, "test": {str(seed): accuracy for seed, accuracy in self.test.items()}, "findings": [
            {"id": f.id, "met": f.met, "points": str(f.points), "possible": str(f.possible), "said": _told(f.said)}
            for f in self.findings]}, sort_keys=True)


def read_report(written: str) -> Report:
    """A report out of the book."""
    told = json.loads(written)
    return Report(tuple(Finding(f["id"], f["met"], Fraction(f["points"]), Fraction(f["possible"]), _said(f["said"]))
                        for f in told["findings"]),
                  {int(seed): accuracy for seed, accuracy in told["test"].items()}, told["version"])


def _told(said: Text) -> list[Any]:
    """A sentence as JSON: its English, and what goes into its gaps."""
    return [said.template, {name: _told(value) if isinstance(value, Text) else value for name, value in said.values.items()}]


def _said(told: list[Any]) -> Text:
    template, values = told
    return Text(template, {name: _said(value) if isinstance(value, list) else value for name, value in values.items()})


# ── where a team stands ───────────────────────────────────────────────────────────────────────────────────────────────
class State(StrEnum):
    """How far a stage is."""

    BLOCKED = "blocked"  # not open yet, or waiting for an earlier stage
    OPEN = "open"
    HANDED_IN = "handed in"
    RETURNED = "returned"
    APPROVED = "approved"
    NOTED = "noted"
    ACKNOWLEDGED = "acknowledged"
    SCHEDULED = "scheduled"
    HELD = "held"
    MISSED = "missed"
    CLOSED = "closed"  # nothing was handed in, and nothing is taken any more


@dataclass(frozen=True)
class StageState:
    """One stage of one team. `line` is the newest that decided the state."""

    stage: Stage
    state: State
    done: bool
    late: bool  # what was handed in came late, or is overdue
    line: Line | None = None


Extended = Mapping[str, datetime]
"""Later due times of single students for the final stage."""


def due_of(project: Project, stage: Stage, members: Iterable[str], extended: Extended) -> datetime | None:
    """When a stage is due for a team: the latest time among its members."""
    if stage.due is None or stage.id != project.final.id:
        return stage.due
    return max([stage.due, *(extended[member] for member in members if member in extended)])


def closes(project: Project, stage: Stage, members: Iterable[str], extended: Extended) -> datetime | None:
    """From when on nothing is taken for a stage; None: never."""
    due = due_of(project, stage, members, extended)
    if due is None or project.late.close_after is None or stage.kind is not Kind.HAND_IN:
        return None
    return due + project.late.close_after


def progress(project: Project, lines: Sequence[Line], members: Collection[str], now: datetime,
             extended: Extended) -> tuple[StageState, ...]:
    """Where a team stands, stage by stage; `lines` are those about its members."""
    states: list[StageState] = []
    for stage in project.stages:
        state, line = _state(stage, lines)
        done = state is (State.APPROVED if stage.kind is Kind.APPROVAL else State.HANDED_IN) or state in (State.ACKNOWLEDGED, State.HELD)
        if state is State.OPEN and (_not_open(project, now) or (stage.takes_files and _blocker(states))):
            state = State.BLOCKED
        due, end = due_of(project, stage, members, extended), closes(project, stage, members, extended)
        if end is not None and now > end and line is None:
            state = State.CLOSED
        first = min((one.at for one in _handed_in(stage, lines)), default=None) if stage.takes_files else None
        late = due is not None and ((first or now) > due if stage.takes_files else not done and now > due)
        states.append(StageState(stage, state, done, late, line))
    return tuple(states)


def _state(stage: Stage, lines: Sequence[Line]) -> tuple[State, Line | None]:
    newest = _newest(stage, lines)
    if stage.takes_files:
        if newest is None:
            return State.OPEN, None
        decision = decided(lines, newest)
        return (State(decision.did), decision) if decision is not None else (State.HANDED_IN, newest)
    mine = [line for line in lines if line.stage == stage.id]
    if stage.kind is Kind.NOTES:
        known = next((line for line in reversed(mine) if line.did is Did.ACKNOWLEDGED), None)
        noted = next((line for line in reversed(mine) if line.did is Did.NOTED), None)
        return (State.ACKNOWLEDGED, known) if known else (State.NOTED, noted) if noted else (State.OPEN, None)
    slot = next((line for line in reversed(mine) if line.did in (Did.SCHEDULED, Did.HELD, Did.MISSED)), None)
    return (State(slot.did), slot) if slot else (State.OPEN, None)


def _handed_in(stage: Stage, lines: Sequence[Line]) -> list[Line]:
    """What was handed in for a stage and not taken back."""
    mine = [line for line in lines if line.stage == stage.id and line.did in (Did.HANDED_IN, Did.WITHDREW)]
    back = {line.about for line in mine if line.did is Did.WITHDREW}
    return [line for line in mine if line.did is Did.HANDED_IN and line.id not in back]


def _newest(stage: Stage, lines: Sequence[Line]) -> Line | None:
    return next(iter(_handed_in(stage, lines)[::-1]), None)


def decided(lines: Sequence[Line], handed_in: Line) -> Line | None:
    """The newest decision on what was handed in."""
    return next((line for line in reversed(lines) if line.about == handed_in.id and line.did in (Did.APPROVED, Did.RETURNED)), None)


def _not_open(project: Project, now: datetime) -> bool:
    return project.opens is not None and now < project.opens


def _blocker(states: Sequence[StageState]) -> StageState | None:
    return next((one for one in states if one.stage.blocking and not one.done), None)


# ── who may do what ───────────────────────────────────────────────────────────────────────────────────────────────────
_WHO: Mapping[Did, Collection[Side]] = {
    Did.HANDED_IN: {Side.STUDENT}, Did.WITHDREW: {Side.STUDENT},
    Did.APPROVED: {Side.STAFF}, Did.RETURNED: {Side.STAFF},
    Did.NOTED: {Side.STUDENT, Side.STAFF}, Did.ACKNOWLEDGED: {Side.STUDENT, Side.STAFF},
    Did.SCHEDULED: {Side.STAFF}, Did.HELD: {Side.STAFF}, Did.MISSED: {Side.STAFF},
    Did.MARKED: {Side.STAFF}, Did.CHECKED: {Side.STAFF}, Did.RELEASED: {Side.STAFF}}
_WHERE: Mapping[Did, Collection[Kind]] = {
    Did.HANDED_IN: {Kind.APPROVAL, Kind.HAND_IN}, Did.WITHDREW: {Kind.APPROVAL, Kind.HAND_IN},
    Did.APPROVED: {Kind.APPROVAL}, Did.RETURNED: {Kind.APPROVAL},
    Did.NOTED: {Kind.NOTES}, Did.ACKNOWLEDGED: {Kind.NOTES},
    Did.SCHEDULED: {Kind.PRESENTATION}, Did.HELD: {Kind.PRESENTATION}, Did.MISSED: {Kind.PRESENTATION}}
"""Marks, checks and releases are about the whole project: their stage is ""."""

Action = tuple[Did, str]
"""What is done, and in which stage ("" for the whole project)."""


def allowed(project: Project, lines: Sequence[Line], members: Collection[str], now: datetime, extended: Extended,
            side: Side) -> tuple[Action, ...]:
    """All that this side may do now."""
    every = [(did, stage.id) for stage in project.stages for did in Did if did in _WHERE] + [(did, "") for did in Did if did not in _WHERE]
    return tuple(action for action in every if refusal(project, lines, members, now, extended, action, side) is None)


def refusal(project: Project, lines: Sequence[Line], members: Collection[str], now: datetime, extended: Extended, action: Action,
            side: Side) -> RuleError | None:
    """Why this side cannot do this now; None when it can. RuleError is answered, not raised."""
    did, name = action
    if side not in _WHO[did]:
        return RuleError(text("Only the staff of the course do this.") if side is Side.STUDENT else
                         text("Only the members of the team do this."), code="not-yours")
    if did not in _WHERE:
        return _refuse_whole(project, lines, did)
    stage = project.stage(name)
    if stage.kind not in _WHERE[did]:
        return RuleError(text("{stage} is no stage where this is done.", stage=stage.title), code="other-stage")
    if _not_open(project, now):
        return RuleError(text("{project} has not begun yet.", project=project.title), code="not-open")
    states = progress(project, lines, members, now, extended)
    here = next(one for one in states if one.stage is stage)
    match did:
        case Did.HANDED_IN:
            return _refuse_hand_in(states, here, closes(project, stage, members, extended), now)
        case Did.WITHDREW:
            return _refuse_withdrawal(states, here, due_of(project, stage, members, extended), now, lines)
        case Did.APPROVED | Did.RETURNED:
            return _refuse_decision(states, here, did)
        case Did.ACKNOWLEDGED if not unread(lines, side):
            return RuleError(text("There is no note of the other side that waits to be acknowledged."), code="nothing-there")
        case Did.HELD | Did.MISSED if here.line is None:
            return RuleError(text("{stage} has no time yet. Schedule it first.", stage=stage.title), code="no-slot")
        case Did.HELD | Did.MISSED if here.line is not None and here.line.when is not None and now < here.line.when:
            return RuleError(text("{stage} has not taken place yet.", stage=stage.title), code="too-early")
    return None


def unread(lines: Sequence[Line], side: Side) -> tuple[Line, ...]:
    """Notes of the other side that this side has not acknowledged."""
    known = {line.about for line in lines if line.did is Did.ACKNOWLEDGED}
    return tuple(line for line in lines if line.did is Did.NOTED and line.id not in known and line.side is not side)


def _refuse_whole(project: Project, lines: Sequence[Line], did: Did) -> RuleError | None:
    if did is Did.CHECKED and project.automatic is None:
        return RuleError(text("{project} has no automatic line in its rubric, so there is nothing to run.", project=project.title),
                         code="not-automatic")
    if did is Did.CHECKED and _newest(project.final, lines) is None:
        return RuleError(text("{stage} has not been handed in, so there is nothing to run.", stage=project.final.title),
                         code="nothing-there")
    if did is Did.MARKED and not any(line.did in (Did.HANDED_IN, Did.HELD) for line in lines):
        return RuleError(text("This team has handed in nothing yet, so there is nothing to mark."), code="nothing-there")
    if did is Did.RELEASED and not any(line.did in (Did.MARKED, Did.CHECKED) for line in lines):
        return RuleError(text("This team has no marks yet that could be shown."), code="nothing-there")
    return None


def _refuse_hand_in(states: Sequence[StageState], here: StageState, end: datetime | None, now: datetime) -> RuleError | None:
    stage = here.stage
    if here.state is State.APPROVED:
        return RuleError(text("{stage} has been approved. Go on with the next stage.", stage=stage.title), code="approved")
    blocker = _blocker(states[: states.index(here)])
    if blocker is not None:
        said = {
            Kind.APPROVAL: text("{stage} can be handed in once {earlier} is approved.", stage=stage.title, earlier=blocker.stage.title),
            Kind.NOTES: text("{stage} can be handed in once {earlier} is written and acknowledged.", stage=stage.title,
                             earlier=blocker.stage.title),
            Kind.HAND_IN: text("{stage} can be handed in once {earlier} is handed in.", stage=stage.title, earlier=blocker.stage.title),
            Kind.PRESENTATION: text("{stage} can be handed in once {earlier} has taken place.", stage=stage.title,
                                    earlier=blocker.stage.title)}
        return RuleError(said[blocker.stage.kind], code="blocked")
    if end is not None and now > end:
        return RuleError(text("{stage} is closed: nothing more can be handed in. Ask the course staff if you have a reason for an "
                              "extension.", stage=stage.title), code="too-late")
    if stage.kind is Kind.APPROVAL and _went_on(states, here):
        return RuleError(text("You have gone on to a later stage. Ask the course staff if {stage} must change.", stage=stage.title),
                         code="went-on")
    return None


def _refuse_withdrawal(states: Sequence[StageState], here: StageState, due: datetime | None, now: datetime,
                       lines: Sequence[Line]) -> RuleError | None:
    if here.state is not State.HANDED_IN:
        return RuleError(text("Nothing that could be taken back has been handed in for {stage}.", stage=here.stage.title),
                         code="nothing-there")
    if here.line is not None and any(line.did in (Did.MARKED, Did.CHECKED) and line.id > here.line.id for line in lines):
        return RuleError(text("{stage} has been looked at, so it can only be replaced by a newer one.", stage=here.stage.title),
                         code="marked")
    if due is not None and now > due:
        return RuleError(text("{stage} is past its due time, so it can only be replaced by a newer one.", stage=here.stage.title),
                         code="too-late")
    if _went_on(states, here):
        return RuleError(text("You have gone on to a later stage. Ask the course staff if {stage} must change.", stage=here.stage.title),
                         code="went-on")
    return None


def _refuse_decision(states: Sequence[StageState], here: StageState, did: Did) -> RuleError | None:
    if here.line is None:
        return RuleError(text("{stage} has not been handed in, so there is nothing to decide.", stage=here.stage.title),
                         code="nothing-there")
    if here.state in (State.HANDED_IN, State.RETURNED, State(did)):
        return None
    if _went_on(states, here):
        return RuleError(text("The team has gone on to a later stage; {stage} stays approved.", stage=here.stage.title), code="went-on")
    return None


def _went_on(states: Sequence[StageState], here: StageState) -> bool:
    later = states[states.index(here) + 1 :]
    return any(one.stage.takes_files and one.line is not None for one in later)


# ── what it counts ────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class LineMark:
    """The points of one student in one line of the rubric; None while it has no mark."""

    line: RubricLine
    points: Fraction | None
    comment: str = ""
    by: str = ""  # empty: found by running the project


@dataclass(frozen=True)
class ProjectMark:
    """What a project counts for one student, and why."""

    percent: Fraction | None  # lateness taken off; None while it is to come
    said: Text
    to_come: bool = False
    provisional: Text | None = None  # why it may still change
    lines: tuple[LineMark, ...] = ()
    late_by: timedelta = timedelta()


def mark_of(project: Project, lines: Iterable[Line], username: str, now: datetime, extended: Extended) -> ProjectMark:
    """What a project counts for one student. For what he himself may know, give it the lines that are `shown`."""
    mine = about(lines, [username])
    own = due_of(project, project.final, [username], extended)
    final = counting(project, mine, extended)
    marks = tuple(_mark(line, mine, final) for line in project.rubric)
    if final is None:
        if own is None or now <= own:
            return ProjectMark(None, text("not due yet"), to_come=True, lines=marks)
        return ProjectMark(ZERO, text("nothing handed in by the deadline"), lines=marks)
    late_by = max(final.at - own, timedelta()) if own is not None else timedelta()
    there = [one.points for one in marks if one.points is not None]
    if len(there) < len(marks):
        said = text("handed in, {count} of {all} lines of the rubric marked", count=len(there), all=len(marks))
        return ProjectMark(None, said, to_come=True, provisional=text("not marked yet"), lines=marks, late_by=late_by)
    percent, said = worth(project, sum(there, ZERO), late_by)
    return ProjectMark(percent, said, provisional=_provisional(mine, final), lines=marks, late_by=late_by)


def worth(project: Project, score: Fraction, late_by: timedelta) -> tuple[Fraction, Text]:
    """What a score counts in percent, lateness taken off, and the sentence that says so."""
    penalty = late_penalty(score, project.out_of, late_by, project.late)
    said = (text("{points} of {possible} points, handed in late: {penalty} points off", points=_plain(score),
                 possible=_plain(project.out_of), penalty=_plain(penalty)) if late_by else
            text("{points} of {possible} points", points=_plain(score), possible=_plain(project.out_of)))
    return mark(score, project.out_of, penalty), said


def counting(project: Project, lines: Sequence[Line], extended: Extended) -> Line | None:
    """The final hand-in that counts: of the newest team the newest in time, else the newest."""
    found = _handed_in(project.final, lines)
    if not found:
        return None
    of_team = [line for line in found if line.team == found[-1].team]

    def in_time(line: Line) -> bool:
        due = due_of(project, project.final, line.members, extended)
        return due is None or line.at <= due
    return next((line for line in reversed(of_team) if in_time(line)), of_team[-1])


def _mark(rubric: RubricLine, lines: Sequence[Line], final: Line | None) -> LineMark:
    given = next((line for line in reversed(lines) if line.did is Did.MARKED and line.rubric == rubric.id), None)
    if given is not None and given.points is not None:
        return LineMark(rubric, given.points, given.text, given.by)
    found = next((line for line in reversed(lines) if line.did is Did.CHECKED and final is not None and line.sha256 == final.sha256), None)
    return LineMark(rubric, found.points if rubric.automatic and found is not None else None)


def _provisional(lines: Sequence[Line], final: Line) -> Text | None:
    marked = [line.id for line in lines if line.did in (Did.MARKED, Did.CHECKED)]
    released = max((line.id for line in lines if line.did is Did.RELEASED), default=0)
    if marked and max(marked) > released:
        return text("its feedback is not released yet")
    people = [line.id for line in lines if line.did is Did.MARKED]
    return text("it was handed in again after it was marked") if people and final.id > max(people) else None


def _plain(number: Fraction) -> str:
    """As people write points: 12.5, at most four decimals."""
    return f"{float(round(number, 4)):g}"


def checked_points(line: RubricLine, points: Fraction) -> Fraction:
    """Points that somebody gives. RuleError when the line does not have so many."""
    if not ZERO <= points <= line.points:
        raise RuleError(text("{line} has 0 to {most} points, not {points}.", line=line.id, most=_plain(line.points), points=_plain(points)),
                        code="bad-points")
    return points


def said_words(words: str, *, needed: bool) -> str:
    """Words that somebody wrote, as they are kept: no control characters. RuleError for none where some are needed, or too many."""
    kept = words.encode("utf-8", "replace").decode().replace("\r\n", "\n")
    plain = "".join(letter for letter in kept if letter in "\n\t" or unicodedata.category(letter) != "Cc").strip()
    if needed and not plain:
        raise RuleError(text("Say something: the others read it."), code="no-words")
    if len(plain) > LONGEST:
        raise RuleError(text("That is {length} characters long; at most {most} are taken.", length=len(plain), most=LONGEST),
                        code="too-long")
    return plain


def moved(project: Project, due: datetime | None) -> Project:
    """The project with another due time of its final stage: staff moved it for everybody."""
    final = replace(project.final, due=due)
    return replace(project, stages=tuple(final if stage.id == final.id else stage for stage in project.stages))
