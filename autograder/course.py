"""The course as its staff wrote it down: course.toml becomes one frozen value, or an error that says what to correct.

`KEYS` below lists all that course.toml may say; docs/grading-policy.md explains the part about grades. Everything is
read and checked at once: a key that nobody knows, a time that does not exist in the course's time zone, an item that is
no work of this course, a rule that could never apply. How grades follow is in `policy` and `scoring`; who is in the
course, and what they did, is in the ledger. Where a course lives on disk (`Folders`) and its secret are here as well.
"""
from __future__ import annotations

import hashlib
import os
import re
import secrets
import tomllib
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from autograder.model import EVERYTHING, CourseError, Disclosure, Level, MachineryError, TeamRule
from autograder.policy import USUAL_CUTS, Combine, Component, Gate, Item, Kind, Option, Otherwise, Policy, Scale, near
from autograder.projects import MOST_MEGABYTES, Project, RubricLine, Stage, trouble
from autograder.projects import Kind as StageKind
from autograder.scoring import DAY, HOUR, LateRule, exact
from autograder.words import ENGLISH, LANGUAGES

YEARS = range(1970, 3000)
"""In which a date of a course may lie: at the ends of the calendar no time zone could show it any more."""
KEYS = {
    "": ("id", "title", "term", "timezone", "team", "late", "disclosure", "requests", "mail", "policy",
         "assignment", "external", "project", "component", "gate", "option"),
    "team": ("size", "alone", "three", "again"),
    "late": ("grace", "per_day", "per_hour", "at_most", "close_after_days", "free_days"),
    "policy": ("pass_mark", "pass_marks", "scale", "cuts", "excused_to"),
    "assignment": ("slug", "opens", "due", "pairs_lock", "team", "disclosure"),
    "disclosure": ("level", "from"),
    "external": ("id", "title", "out_of"),
    "project": ("id", "title", "team", "out_of", "opens", "pairs_lock", "scaffold", "stage", "rubric"),
    "stage": ("id", "title", "kind", "due", "files", "megabytes", "blocking"),
    "rubric": ("id", "points", "text", "per_member", "automatic"),
    "requests": ("days",),
    "mail": ("command", "language", "hours", "site"),
    "component": ("id", "title", "kind", "weight", "items", "combine", "drop_lowest", "rounded", "points", "needs",
                  "by_hand"),
    "item": ("slug", "problems", "share"),
    "gate": ("id", "components", "at_least", "otherwise"),
    "option": ("id", "title", "not_submitted", "weights"),
}
MOVED = {
    "student": "what differs for one student is private and stands in the ledger, not here: delete this and run "
               "autograder arrange USERNAME, which takes kind, excuse, postpone and more",
}
"""Keys of earlier releases, and what to do instead."""


# ── what a course is ──────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Schedule:
    """One assignment in this course. Instants are UTC; None: not decided yet."""

    slug: str
    opens: datetime | None = None
    due: datetime | None = None
    pairs_lock: datetime | None = None   # unless written down, a day before it is due
    closes: datetime | None = None       # by the late rule; None: late work is always taken
    team: TeamRule | None = None         # None: as the assignment's own text says
    disclosure: Disclosure = EVERYTHING  # what feedback tells about hidden tests


@dataclass(frozen=True)
class External:
    """A mark that is made outside: a paper exam, a project, quizzes of another system."""

    id: str
    title: str
    out_of: Fraction = Fraction(100)


@dataclass(frozen=True)
class Mail:
    """How students get letters."""

    command: tuple[str, ...] = ()        # a program with its arguments that gets each letter; empty: by SMTP
    language: str = ENGLISH              # for whoever chose none
    hours: tuple[int, ...] = (48, 6)     # before a deadline, a letter each to those who have not handed in
    site: str = ""                       # address of the course's pages, at the end of each letter


@dataclass(frozen=True)
class Course:
    """All that course.toml says."""

    id: str
    title: str
    term: str
    timezone: str                        # IANA name
    policy: Policy
    late: LateRule
    schedules: tuple[Schedule, ...]
    externals: tuple[External, ...] = ()
    projects: tuple[Project, ...] = ()
    request_window: timedelta | None = None     # how long after feedback students can ask about it; None: without end
    mail: Mail = Mail()
    version: str = ""                    # changes with the text: which rules a grade was computed by

    @property
    def components(self) -> tuple[Component, ...]:
        """What the grade is made of."""
        return self.policy.components

    @property
    def zone(self) -> ZoneInfo:
        """For showing an instant as local time."""
        return ZoneInfo(self.timezone)

    def schedule(self, slug: str) -> Schedule:
        """When this assignment opens and is due; CourseError when it is none of the course's."""
        found = {schedule.slug: schedule for schedule in self.schedules}
        if slug not in found:
            raise CourseError(f"{slug!r} is no assignment of {self.title}{near(slug, found)}", key="assignment")
        return found[slug]

    def project(self, slug: str) -> Project:
        """The project of this name; CourseError when it is none of the course's."""
        found = {project.id: project for project in self.projects}
        if slug not in found:
            raise CourseError(f"{slug!r} is no project of {self.title}{near(slug, found)}", key="project")
        return found[slug]


def load_course(path: Path, changes: Mapping[str, object] | None = None) -> Course:
    """The course in this file. CourseError names the file, the key, and the word that was probably meant."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CourseError("there is no such file; copy the nearest preset of courses/ to it and edit that",
                          file=str(path)) from None
    except UnicodeDecodeError as problem:
        raise CourseError(f"this is not UTF-8 text (byte {problem.start}); save it as UTF-8", file=str(path)) from None
    return parse_course(text, file=str(path), changes=changes)


def parse_course(text: str, *, file: str, changes: Mapping[str, object] | None = None) -> Course:
    """The course in this text, with some of its keys changed, as if they had been edited.

    A change names a key with dots, a table of a list by its id or slug: {"component.exam.weight": 50, "option": []}.
    """
    try:
        tree = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as problem:
        raise CourseError(f"this is not TOML: {problem}", file=file) from None
    top = _Table(_changed(tree, changes or {}, file), file=file)
    try:
        course = _course(top)
    except CourseError as problem:
        if problem.file:
            raise
        raise CourseError(str(problem).removeprefix(f"{problem.key}: "), file=file, key=problem.key) from None
    told = text + "".join(f"\n{key} = {value!r}" for key, value in (changes or {}).items())
    return replace(course, version=hashlib.sha256(told.encode()).hexdigest()[:12])


def local_instant(said: str, zone: ZoneInfo) -> datetime:
    """A time as a person writes it, in the course's time zone unless it says another. ValueError when it is none."""
    try:
        if not re.search(r"\d[T ]\d", said):
            raise ValueError
        return _instant(zone)(datetime.fromisoformat(said))
    except ValueError as problem:
        raise ValueError(str(problem) if said[:1].isdigit() and "clocks go" in str(problem) else
                         f"{said!r} is no date with a time; write it as 2027-01-31T23:59") from None


def days_later(instant: datetime, days: int, zone: ZoneInfo) -> datetime:
    """So many days later at the same hour of the clock on the wall, though a day may have 23 or 25 hours."""
    return (instant.astimezone(zone) + timedelta(days=days)).astimezone(UTC)


# ── where a course lives ──────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Folders:
    """Where a course lives on disk: what everybody may read under `root`, what only staff may under `state`."""

    root: Path
    state: Path
    ledger: str = ""                     # database URL; "" keeps the ledger under `state`

    @classmethod
    def of(cls, root: Path, environ: Mapping[str, str] = os.environ) -> Folders:
        """As AUTOGRADER_STATE and AUTOGRADER_LEDGER say, otherwise root/state."""
        state = environ.get("AUTOGRADER_STATE")
        return cls(root.resolve(), Path(state).resolve() if state else root.resolve() / "state",
                   environ.get("AUTOGRADER_LEDGER", ""))

    @property
    def course_file(self) -> Path:
        """course.toml."""
        return self.root / "course.toml"

    @property
    def assignments(self) -> Path:
        """What authors write."""
        return self.root / "assignments"

    @property
    def source(self) -> Path:
        """Built notebooks with solutions."""
        return self.root / "source"

    @property
    def release(self) -> Path:
        """Built notebooks for students."""
        return self.root / "release"

    @property
    def nbgrader(self) -> Path:
        """A course folder as nbgrader knows it, with its gradebook.db."""
        return self.state / "nbgrader"

    @property
    def submitted(self) -> Path:
        """nbgrader's submitted/<team>/<slug>/."""
        return self.nbgrader / "submitted"

    @property
    def autograded(self) -> Path:
        """nbgrader's autograded/<team>/<slug>/."""
        return self.nbgrader / "autograded"

    @property
    def feedback(self) -> Path:
        """nbgrader's own feedback, for staff only: it shows hidden tests."""
        return self.nbgrader / "feedback"

    @property
    def pages(self) -> Path:
        """Our feedback pages, which students get."""
        return self.state / "pages"

    @property
    def blobs(self) -> Path:
        """Submitted bytes by content hash."""
        return self.state / "blobs"

    @property
    def ledger_url(self) -> str:
        """Where the book is."""
        return self.ledger or f"sqlite:///{self.state / 'ledger.db'}"

    @property
    def secret_file(self) -> Path:
        """See `secret`."""
        return self.state / "secret"


def secret(folders: Folders) -> bytes:
    """The course's 32 secret bytes, from which seeds and receipts are keyed. Made once, for the owner's eyes only.

    Of several processes that start together all get the same. MachineryError when the file is damaged or others can
    read it: with a new secret every seed and receipt would change, so it is never replaced here.
    """
    path = folders.secret_file
    folders.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    folders.state.chmod(0o700)           # whoever made it
    if not path.exists():
        draft = path.with_name(f"secret.{os.getpid()}.{secrets.token_hex(8)}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)         # fails when another process was faster, and then its secret is the one
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    if path.stat().st_mode & 0o077:
        raise MachineryError(f"{path} can be read by others (mode {path.stat().st_mode & 0o777:o}): run chmod 600 on "
                             "it, and think about who may have seen it")
    key = path.read_bytes()
    if len(key) != 32:
        raise MachineryError(f"{path} has {len(key)} bytes instead of 32: restore it from the backup")
    return key


# ── reading tables ────────────────────────────────────────────────────────────────────────────────────────────────────
Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=StrEnum)
MISSING: Any = object()


class _Table:
    """One table of the file that knows where it stands. Reading is `take(key, reader)`; a reader raises ValueError."""

    def __init__(self, data: Mapping[str, Any], *, file: str, path: str = "", schema: str = "") -> None:
        self.data, self.file, self.path = data, file, path
        for key in data:
            if not path and key in MOVED:
                raise self.error(key, MOVED[key])
            if key not in KEYS[schema]:
                raise self.error(key, f"unknown key{near(key, KEYS[schema])}")

    def error(self, key: str, message: str) -> CourseError:
        return CourseError(message, file=self.file, key=".".join(part for part in (self.path, key) if part))

    def take(self, key: str, read: Callable[[Any], Value], default: Value = MISSING) -> Value:
        if key not in self.data:
            if default is MISSING:
                raise self.error(key, "this is missing")
            return default
        try:
            return read(self.data[key])
        except ValueError as problem:
            raise self.error(key, str(problem)) from None

    def table(self, key: str) -> _Table | None:
        if key not in self.data:
            return None
        if not isinstance(self.data[key], dict):
            raise self.error(key, f"this must be a table, not {_written(self.data[key])}")
        path = f"{self.path}.{key}" if self.path else key
        return _Table(self.data[key], file=self.file, path=path, schema=key)

    def tables(self, key: str) -> list[_Table]:
        rows = self.data.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.error(key, f"write these as [[{key}]] tables")
        prefix = f"{self.path}." if self.path else ""
        return [_Table(row, file=self.file, path=f"{prefix}{key}[{number}]", schema=key) for number, row in enumerate(rows)]


def _written(value: object) -> str:
    """A value as it looks in the file."""
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"this must be a text, not {_written(value)}")
    return value.strip()


def _name(value: object) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", name := _text(value)):
        raise ValueError(f"a name is made of letters, digits, hyphens, dots and underscores, not {_written(name)}")
    return name


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"this must be a list, in brackets, not {_written(value)}")
    return value


def _names(value: object) -> tuple[str, ...]:
    return tuple(_name(entry) for entry in _list(value))


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_text(entry) for entry in _list(value))


def _number(value: object) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError(f"this must be a number, not {_written(value)}")
    return exact(value)


def _share(value: object) -> Fraction:
    """A number, or a text such as "100/3" where decimals would not be exact."""
    if isinstance(value, str) and re.fullmatch(r"\d+/[1-9]\d*", value.replace(" ", "")):
        return Fraction(value.replace(" ", ""))
    return _number(value)


def _positive(value: object) -> Fraction:
    if (number := _number(value)) <= 0:
        raise ValueError(f"this must be more than 0, not {value}")
    return number


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"this must be a whole number from 0, not {_written(value)}")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"this must be true or false, not {_written(value)}")
    return value


def _numbers(value: object) -> tuple[Fraction, ...]:
    return tuple(_number(entry) for entry in _list(value))


def _numbers_by_name(value: object) -> dict[str, Fraction]:
    if not isinstance(value, dict):
        raise ValueError(f"this must be a table of numbers, such as {{ exam = 50 }}, not {_written(value)}")
    return {name: _share(number) for name, number in value.items()}


def _one_of(choices: type[Choice]) -> Callable[[object], Choice]:
    def read(value: object) -> Choice:
        words = [str(choice) for choice in choices]
        if value not in words:
            raise ValueError(f"{_written(value)} is none of {', '.join(words)}{_meant(value, words)}")
        return choices(str(value))
    return read


def _meant(value: object, words: Sequence[str]) -> str:
    ending = near(str(value), words)
    return ending if "did you mean" in ending else ""


def _zone(value: object) -> ZoneInfo:
    try:
        return ZoneInfo(_text(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{_written(value)} is no time zone; write an IANA name such as \"Europe/Helsinki\"") from None


def _instant(zone: ZoneInfo) -> Callable[[object], datetime]:
    def read(value: object) -> datetime:
        if not isinstance(value, datetime):
            example = f"{value}T23:59:00" if isinstance(value, date) else "2027-01-31T23:59:00"
            raise ValueError(f"this must be a date with a time, without quotes, such as {example}, "
                             f"not {_written(value)}")
        if value.year not in YEARS:
            raise ValueError(f"{value} lies in no year of a course; write one from {YEARS.start} to {YEARS.stop - 1}, "
                             f"or leave it out where there is no date")
        if value.tzinfo is not None:
            return value.astimezone(UTC)
        local = value.replace(tzinfo=zone)
        instant = local.astimezone(UTC)
        if instant.astimezone(zone).replace(tzinfo=None) != value:
            raise ValueError(f"{value} does not exist in {zone.key}: clocks go forward over it; write another time")
        if local.utcoffset() != local.replace(fold=1).utcoffset():
            raise ValueError(f"{value} happens twice in {zone.key}: clocks go back over it; write it with its offset, "
                             f"{local.isoformat()} or {local.replace(fold=1).isoformat()}")
        return instant
    return read


def _changed(tree: dict[str, Any], changes: Mapping[str, object], file: str) -> dict[str, Any]:
    """The tree with the values at these dotted keys replaced, or added."""
    tree = deepcopy(tree)
    for dotted, value in changes.items():
        *path, last = dotted.split(".")
        node: Any = tree
        for name in path:
            node = node.setdefault(name, {}) if isinstance(node, dict) else next(
                (row for row in node if _called(row, name)), None)
            if not isinstance(node, dict | list):
                raise CourseError(f"there is no {name!r} to change", file=file, key=dotted)
        if isinstance(node, list):
            node[:] = [row for row in node if not _called(row, last)] + [value]
        else:
            node[last] = value
    return tree


def _called(row: Mapping[str, object], name: str) -> bool:
    return name in (row.get("id"), row.get("slug"), row.get("username"))


# ── reading the course ────────────────────────────────────────────────────────────────────────────────────────────────
def _course(top: _Table) -> Course:
    zone = top.take("timezone", _zone)
    late = _late(top.table("late"))
    schedules = _all_different([_schedule(row, zone, late, top.table("team"), top.table("disclosure")) for row in top.tables("assignment")],
                               top, "assignment", "slug", lambda schedule: schedule.slug)
    externals = _all_different([_external(row) for row in top.tables("external")],
                               top, "external", "id", lambda external: external.id)
    projects = _all_different([_project(row, zone, late, top.table("team")) for row in top.tables("project")],
                              top, "project", "id", lambda project: project.id)
    for number, external in enumerate(externals):
        if external.id in {schedule.slug for schedule in schedules}:
            raise top.error(f"external[{number}].id", f"{external.id} is an assignment already")
    for number, project in enumerate(projects):
        if project.id in {*(schedule.slug for schedule in schedules), *(external.id for external in externals)}:
            raise top.error(f"project[{number}].id", f"{project.id} is an assignment or an [[external]] mark already")
    marked = [*(external.id for external in externals), *(project.id for project in projects)]
    policy = _policy(top, [schedule.slug for schedule in schedules], marked)
    used = {item.slug for component in policy.components for item in component.items}
    for number, external in enumerate(externals):
        if external.id not in used:
            raise top.error(f"external[{number}]", f"{external.id} never counts: no component has it among its items")
    for number, project in enumerate(projects):
        if project.id not in used:
            raise top.error(f"project[{number}]", f"{project.id} never counts: no component has it among its items")
    return Course(
        id=top.take("id", _name), title=top.take("title", _text), term=top.take("term", _text, ""), timezone=zone.key,
        policy=policy, late=late, schedules=tuple(schedules), externals=tuple(externals),
        projects=tuple(projects), request_window=_window(top.table("requests")),
        mail=_mail(top.table("mail")))


def _all_different(rows: list[Value], top: _Table, table: str, key: str, name: Callable[[Value], str]) -> list[Value]:
    names = [name(row) for row in rows]
    for number, this in enumerate(names):
        if this in names[:number]:
            raise top.error(f"{table}[{number}].{key}", f"{this} is here twice; delete one of them")
    return rows


def _schedule(row: _Table, zone: ZoneInfo, late: LateRule, usual: _Table | None, disclosed: _Table | None) -> Schedule:
    opens, due = row.take("opens", _instant(zone), None), row.take("due", _instant(zone), None)
    lock = row.take("pairs_lock", _instant(zone), due - DAY if due else None)
    if opens and due and due <= opens:
        raise row.error("due", f"it is due at {due.astimezone(zone):%Y-%m-%d %H:%M}, before it opens at "
                               f"{opens.astimezone(zone):%Y-%m-%d %H:%M}")
    if due and lock and lock > due:
        raise row.error("pairs_lock", "pairs would be locked only after the work is due")
    closes = due + late.close_after if due and late.close_after is not None else None
    own = row.table("team") or usual
    return Schedule(row.take("slug", _name), opens, due, lock, closes, None if own is None else _team(own),
                    _disclosure(row.table("disclosure") or disclosed, zone))


def _disclosure(table: _Table | None, zone: ZoneInfo) -> Disclosure:
    if table is None:
        return EVERYTHING
    told = Disclosure(table.take("level", _one_of(Level), Level.MESSAGES), table.take("from", _instant(zone), None))
    if told.level is Level.POINTS and told.from_ is not None:
        raise table.error("from", "points are told before that time as well; leave it out, or choose outcomes or messages")
    return told


class _Permission(StrEnum):
    YES = "yes"
    PERMIT = "by permit"
    NO = "no"


class _Again(StrEnum):
    YES = "yes"
    NO = "no"


def _team(table: _Table) -> TeamRule:
    size = table.take("size", _whole, TeamRule.size)
    if not 1 <= size <= 3:
        raise table.error("size", f"1, 2 or 3 hand in together, not {size}")
    alone = table.take("alone", _one_of(_Permission), _Permission.YES if size == 1 else _Permission.PERMIT)
    three = table.take("three", _one_of(_Permission), _Permission.NO if size == 1 else _Permission.PERMIT)
    if size == 1 and alone is not _Permission.YES:
        raise table.error("alone", f"with size = 1 everybody works alone, so \"{alone}\" would let nobody hand in")
    again = table.take("again", _one_of(_Again), _Again.YES)
    if size == 1 and again is _Again.NO:
        raise table.error("again", "with size = 1 nobody has a partner, so this rule would never apply")
    return TeamRule(size, str(alone), str(three), str(again))


def _window(table: _Table | None) -> timedelta | None:
    return None if table is None else timedelta(seconds=float(table.take("days", _positive) * 86400))


def _external(row: _Table) -> External:
    name = row.take("id", _name)
    return External(name, row.take("title", _text, name), row.take("out_of", _positive, Fraction(100)))


def _project(row: _Table, zone: ZoneInfo, late: LateRule, usual: _Table | None) -> Project:
    name = row.take("id", _name)
    stages = tuple(_stage(table, zone) for table in row.tables("stage"))
    rubric = tuple(RubricLine(
        table.take("id", _name), table.take("points", _positive), table.take("text", _text), table.take("per_member", _flag, False),
        table.take("automatic", _flag, False)) for table in row.tables("rubric"))
    own = row.table("team") or usual
    dues = [stage.due for stage in stages if stage.due is not None]
    lock = row.take("pairs_lock", _instant(zone), dues[0] if dues else None)
    project = Project(
        name, row.take("title", _text, name), stages, rubric, TeamRule() if own is None else _team(own),
        row.take("out_of", _positive, Fraction(100)), row.take("opens", _instant(zone), None), lock, late,
        row.take("scaffold", _name, ""))
    if (wrong := trouble(project)) is not None:
        raise row.error(*wrong)
    if dues and lock and lock > max(dues):
        raise row.error("pairs_lock", "pairs would be locked only after the project is due")
    return project


def _stage(row: _Table, zone: ZoneInfo) -> Stage:
    name, kind = row.take("id", _name), row.take("kind", _one_of(StageKind))
    megabytes = row.take("megabytes", _whole, Stage.megabytes)
    if not 1 <= megabytes <= MOST_MEGABYTES:
        raise row.error("megabytes", f"1 to {MOST_MEGABYTES}, not {megabytes}")
    return Stage(name, row.take("title", _text, name), kind, row.take("due", _instant(zone), None), row.take("files", _texts, ()),
                 megabytes, row.take("blocking", _flag, kind is StageKind.APPROVAL))


def _mail(table: _Table | None) -> Mail:
    if table is None:
        return Mail()
    mail = Mail(table.take("command", _texts, ()), table.take("language", _text, ENGLISH), table.take("hours", _hours, Mail.hours),
                table.take("site", _text, ""))
    if mail.language not in LANGUAGES:
        raise table.error("language", f"there is no {_written(mail.language)} here; there are {', '.join(LANGUAGES)}")
    if mail.command and not Path(mail.command[0]).is_absolute():
        raise table.error("command", f"the program must be named by its full path, not {_written(mail.command[0])}")
    if mail.site and not re.fullmatch(r"https?://[^\s<>\"]+", mail.site):
        raise table.error("site", f"{_written(mail.site)} is no address; it begins with https://")
    return mail


def _hours(value: object) -> tuple[int, ...]:
    hours = tuple(_whole(entry) for entry in _list(value))
    if not all(hours):
        raise ValueError("an hour before a deadline is a whole number from 1")
    return hours


def _late(table: _Table | None) -> LateRule:
    if table is None:
        return LateRule()
    costs = {name: table.take(name, _number, Fraction(0)) for name in ("per_day", "per_hour")}
    at_most = table.take("at_most", _number, Fraction(100))
    grace = timedelta(minutes=table.take("grace", _whole, 0))
    days = table.take("close_after_days", _positive, None)
    free = table.take("free_days", _whole, 0)
    close = None if days is None else timedelta(seconds=float(days * 86400))
    for name, cost in costs.items():
        if not 0 <= cost <= 100:
            raise table.error(name, f"percent per {name.removeprefix('per_')} are 0 to 100, not {float(cost):g}")
    name, unit, cost = ("per_hour", HOUR, costs["per_hour"]) if costs["per_hour"] else ("per_day", DAY, costs["per_day"])
    if all(costs.values()):
        raise table.error("per_hour", "lateness costs by the day or by the hour, not both")
    if not 0 < at_most <= 100:
        raise table.error("at_most", f"percent are more than 0, at most 100, not {float(at_most):g}")
    if not cost and close is None:
        raise table.error("per_day", "lateness would cost nothing and never close; leave [late] out to say so")
    if not cost and (grace or free or "at_most" in table.data):
        raise table.error("per_day", "grace, free_days and at_most never apply while a day costs nothing")
    if close is not None and grace >= close:
        raise table.error("grace", "the assignment closes before the grace is over")
    if close is not None and "at_most" in table.data and -(-(close - grace) // unit) * cost < at_most:
        raise table.error("at_most", f"never reached: {-(-(close - grace) // unit)} {name.removeprefix('per_')}s at "
                                     f"{float(cost):g} until it closes are less than {float(at_most):g}")
    return LateRule(grace, costs["per_day"], costs["per_hour"], at_most, close, free)


def _policy(top: _Table, assignments: Sequence[str], externals: Sequence[str]) -> Policy:
    rows = top.tables("component")
    if not rows:
        raise top.error("component", "this is missing: what is the grade made of?")
    components = tuple(_component(row, assignments, externals) for row in rows)
    rules = top.table("policy") or _Table({}, file=top.file, path="policy", schema="policy")
    scale = rules.take("scale", _one_of(Scale), Scale.POINTS if "cuts" in rules.data else Scale.PERCENT)
    cuts: tuple[Fraction, ...] = rules.take("cuts", _numbers, USUAL_CUTS if scale is Scale.ECTS else ())
    exams = [component.id for component in components if component.kind is Kind.EXAM]
    return Policy(
        components,
        pass_mark=rules.take("pass_mark", _number, cuts[0] if cuts else MISSING),
        pass_marks=rules.take("pass_marks", _numbers_by_name, {}),
        gates=tuple(_gate(row) for row in top.tables("gate")),
        options=tuple(_option(row) for row in top.tables("option")),
        scale=scale, cuts=cuts,
        excused_to=rules.take("excused_to", _name, exams[0] if len(exams) == 1 else ""))


def _component(row: _Table, assignments: Sequence[str], externals: Sequence[str]) -> Component:
    kind = row.take("kind", _one_of(Kind), Kind.HOMEWORK)
    name = row.take("id", _name)
    items = tuple(_item(row, number, entry) for number, entry in enumerate(row.take("items", _list)))
    for number, item in enumerate(items):
        key = f"items[{number}]"
        if item.slug not in {*assignments, *externals}:
            known = [*assignments, *externals]
            raise row.error(key, f"{item.slug!r} is no assignment of the course and no [[external]] mark"
                                 f"{near(item.slug, known)}")
        if item.slug in externals and (item.problems or kind is Kind.GATE):
            raise row.error(key, f"{item.slug} is a mark from outside, so it has no "
                                 f"{'problems' if item.problems else 'pass rule of its own; ask for it in a [[gate]]'}")
    by_hand = row.take("by_hand", _positive, Fraction(1))
    if by_hand != 1 and (kind is Kind.GATE or all(item.slug in externals for item in items)):
        raise row.error("by_hand", "this never applies: no assignment with points counts here")
    return Component(
        name, row.take("title", _text, name), tuple(replace(item, by_hand=by_hand) for item in items),
        row.take("weight", _share, Fraction(0)), kind,
        row.take("combine", _one_of(Combine), Combine.MEAN), row.take("drop_lowest", _whole, 0),
        row.take("rounded", _flag, kind in (Kind.EXAM, Kind.PROJECT)), row.take("points", _number, Fraction(0)),
        row.take("needs", _names, ()))


def _item(row: _Table, number: int, entry: object) -> Item:
    if isinstance(entry, dict):
        table = _Table(entry, file=row.file, path=f"{row.path}.items[{number}]", schema="item")
        return Item(table.take("slug", _name), table.take("problems", _names, ()),
                    table.take("share", _share, Fraction(1)))
    try:
        return Item(_name(entry))
    except ValueError as problem:
        raise row.error(f"items[{number}]", str(problem)) from None


def _gate(row: _Table) -> Gate:
    def at_least(value: object) -> Fraction | None:
        return None if value == "pass mark" else _number(value)
    return Gate(row.take("id", _name), row.take("components", _names), row.take("otherwise", _one_of(Otherwise)),
                row.take("at_least", at_least, None))


def _option(row: _Table) -> Option:
    name = row.take("id", _name)
    return Option(name, row.take("title", _text, name), row.take("not_submitted", _name),
                  row.take("weights", _numbers_by_name))
