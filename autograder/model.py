"""The nouns of the system as frozen values, and the errors as a tree.

Everything else speaks in these words. Nothing here does anything: no file, no clock, no database. Points are kept as they
were given and rounded only when shown; instants are aware datetimes in UTC; `None` never stands for a score.

    AutograderError
    ├── CourseError        course.toml, a policy, a CSV of marks: the course's own text is wrong
    ├── AssignmentError    an author's cell, test or assignment.toml is wrong
    ├── SubmissionError    what a student handed in cannot be taken as it is
    ├── RuleError          somebody asked for what the rules do not allow (now)
    └── MachineryError     we failed; never costs a point
        └── SandboxError   a process could not be confined
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from autograder.words import Sayable, text


class AutograderError(Exception):
    """Says to a person what happened, with the values, and what to do next. `said` is the sentence in no language yet."""

    def __init__(self, said: Sayable = "") -> None:
        super().__init__(str(said))
        self.said = said


class CourseError(AutograderError):
    """The course's own text is wrong: `file` and `key` say where."""

    def __init__(self, message: str, *, file: str = "", key: str = "") -> None:
        where = ": ".join(part for part in (file, key) if part)
        super().__init__(f"{where}: {message}" if where else message)
        self.file, self.key = file, key


class AssignmentError(AutograderError):
    """An author's text is wrong: `file` and `cell` (a grade_id, or the cell's number) say where."""

    def __init__(self, message: str, *, file: str = "", cell: str = "", line: int = 0) -> None:
        place = f"{file}:{line}" if file and line else file
        where = ": ".join(part for part in (place, f"cell {cell}" if cell else "") if part)
        super().__init__(f"{where}: {message}" if where else message)
        self.file, self.cell, self.line = file, cell, line

    def below(self, folder: Path) -> str:
        """The sentence with its file named from this folder on, for whoever does not sit at the machine."""
        return str(self).replace(f"{folder}/", "", 1)


class SubmissionError(AutograderError):
    """What was handed in cannot be taken: `file` names the file of the submission."""

    def __init__(self, message: Sayable, *, file: str = "") -> None:
        super().__init__(text("{file}: {message}", file=file, message=message) if file else message)
        self.file = file


class RuleError(AutograderError):
    """An action that the rules do not allow; `code` is a short word for programs, such as "frozen" or "too-late"."""

    def __init__(self, message: Sayable, *, code: str) -> None:
        super().__init__(message)
        self.code = code


class MachineryError(AutograderError):
    """Our own machinery failed. Results that depend on it are undecided and wait for a person."""


class SandboxError(MachineryError):
    """A process could not be started confined as asked."""


class Status(StrEnum):
    """How one test (or problem, or submission) ended."""

    OK = "ok"
    WRONG = "wrong"
    ERROR = "error"  # the student's code raised
    FORBIDDEN = "forbidden"  # a routine that the problem rules out
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"  # the student's process ended
    UNDECIDED = "undecided"  # a person must look; never costs points


class Role(StrEnum):
    """What a person is in a course."""

    STUDENT = "student"
    TA = "ta"
    INSTRUCTOR = "instructor"


@dataclass(frozen=True)
class Limits:
    """What one problem may use, all processes of the student's code together unless said otherwise."""

    cpu: float = 60.0  # seconds
    wall: float = 120.0  # seconds
    memory: int = 2048 * 2**20  # bytes, each process
    processes: int = 64
    file_size: int = 64 * 2**20  # bytes, each file
    scratch: int = 128 * 2**20  # bytes, all files
    printed: int = 1 * 2**20  # bytes of output kept
    open_files: int = 256


@dataclass(frozen=True)
class Needs:
    """What a grade cell needs besides the rules of the two processes, so that its verdict is the one that a single process would give.

    Found by trying the author's own solutions (`execution.calibration`); the text of a submission has no say in it. All off by default.
    """

    copy_back: bool = False  # what the student's code changes in an argument changes in the test as well
    push: tuple[str, ...] = ()  # names that this cell binds and the author's functions read: given to the student's process
    export: tuple[str, ...] = ()  # names that this cell binds and a later cell of the student's reads
    uses: tuple[str, ...] = ()  # earlier grade cells whose names this one reads
    files: bool = False  # files that this cell and the student's code write for each other
    together: str = ""  # why it runs in the student's own process, where its result is less to be trusted; empty when it does not


@dataclass(frozen=True)
class TestCase:
    """One grade cell: all of its points or none."""

    __test__ = False  # not a pytest class

    id: str
    points: float
    hidden: bool  # has lines that students do not receive


@dataclass(frozen=True)
class Problem:
    """What a student solves: one or several solution cells with their tests, or one written answer."""

    id: str
    title: str
    points: float
    solutions: tuple[str, ...]  # grade_ids of the cells that the student fills in
    tests: tuple[TestCase, ...]  # in notebook order; empty when marked by hand
    seconds: float = 10.0  # budget of all its tests on one core
    topics: tuple[str, ...] = ()
    by_hand: bool = False


@dataclass(frozen=True)
class TeamRule:
    """Who hands in together."""

    size: int = 2
    alone: str = "by permit"  # "yes" | "by permit" | "no"
    three: str = "by permit"
    again: str = "yes"  # "no": not with somebody with whom one handed in earlier work of the course


@dataclass(frozen=True)
class WrittenPart:
    """The PDF that may stand beside the notebook, and what it may be."""

    file: str = "written.pdf"
    pages: int = 20
    megabytes: float = 10.0
    text: bool = True  # every page with something on it has text that can be searched
    required: bool = False
    answers: tuple[str, ...] = ()  # grade_ids of the written answers that it may hold


class Level(StrEnum):
    """How much students are told about hidden tests."""

    MESSAGES = "messages"  # of each how it ended, and where to look
    OUTCOMES = "outcomes"  # of each how it ended
    POINTS = "points"  # of each problem what they earn together; none of them is named


@dataclass(frozen=True)
class Disclosure:
    """What feedback tells about the hidden tests of an assignment: points until an instant, where there is one, and then the level."""

    level: Level = Level.MESSAGES
    from_: datetime | None = None

    def at(self, now: datetime) -> Level:
        """What is told now."""
        return Level.POINTS if self.from_ is not None and now < self.from_ else self.level


EVERYTHING = Disclosure()
"""What is told unless a course says something else."""


@dataclass(frozen=True)
class RubricLine:
    """What one part of a written answer is worth."""

    id: str  # "r1", "r2" … in the author's order
    points: float
    text: str


@dataclass(frozen=True)
class Assignment:
    """One notebook with its problems, as built: everything that grading needs to know."""

    slug: str
    title: str
    kind: str  # "homework" | "exam" | "quiz"
    points: float
    problems: tuple[Problem, ...]
    notebook: Mapping[str, Any]  # the source notebook (nbformat 4), with solutions and hidden tests
    limits: Limits = field(default_factory=Limits)
    limit_factor: float = 5.0  # a problem is stopped at limit_factor * seconds
    team: TeamRule = field(default_factory=TeamRule)
    files: tuple[str, ...] = ()  # what a submission may carry besides the notebook
    pass_score: float | None = None  # binary assignments: percent needed
    pass_problems: tuple[str, ...] = ()  # binary assignments: problems that need more than zero points
    version: str = ""  # hash of everything above that grading depends on
    file: str = ""  # file name of the notebook when it is not called after the slug
    stock: bool = False  # written for nbgrader alone: plain cells are the student's, tests may return partial credit
    beside: Mapping[str, bytes] = field(default_factory=dict)  # files that lie beside the author's notebook: name -> content
    needs: Mapping[str, Needs] = field(default_factory=dict)  # grade_id of a test -> what it needs; the others need nothing
    untried: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # solution -> standard mutants that do not apply to it
    written: WrittenPart | None = None  # the PDF beside the notebook, where there may be one
    tolerance: float = 10.0  # percent of a written answer's points by which two markers may differ

    @property
    def notebook_name(self) -> str:
        """File name of the notebook in a submission."""
        return self.file or f"{self.slug}.ipynb"

    @property
    def stem(self) -> str:
        """The notebook's name as nbgrader knows it: without the ending."""
        return self.notebook_name.removesuffix(".ipynb")


@dataclass(frozen=True)
class Submission:
    """The files of one team at one instant. `files` maps relative POSIX paths to bytes."""

    assignment: str  # slug
    team: str  # "team-00007"; a folder name when grading without a ledger
    members: tuple[str, ...]
    files: Mapping[str, bytes]
    sha256: str  # of the packed content; identifies the work
    number: int = 1  # per team, from 1
    submitted_at: datetime | None = None


@dataclass(frozen=True)
class TestResult:
    """What became of one test. `message` is for the student; `detail` for the staff's log only."""

    __test__ = False

    id: str
    score: float
    max_score: float
    status: Status
    message: str = ""
    seconds: float = 0.0
    hidden: bool = True
    detail: str = ""
    trusted: bool = True  # False when the test ran in the student's own process


@dataclass(frozen=True)
class ProblemResult:
    """The tests of one problem. A problem marked by hand has one test with status undecided until a person marks it."""

    id: str
    title: str
    score: float
    max_score: float
    status: Status
    tests: tuple[TestResult, ...]
    by_hand: bool = False

    @property
    def message(self) -> str:
        """The first message: what the student reads on the page."""
        return next((t.message for t in self.tests if t.status is not Status.OK and t.message), "")


@dataclass(frozen=True)
class Graded:
    """One submission, graded. `status` is ok when every automatic test was decided, otherwise undecided."""

    submission: str  # team name
    members: tuple[str, ...]
    assignment: str  # slug
    score: float  # automatic points; written answers are added when a person marks them
    max_score: float  # all points, written answers included
    problems: tuple[ProblemResult, ...]
    status: Status
    seconds: float
    engine: str  # version of the engine and of the assignment
    notebook: Mapping[str, Any]  # the rebuilt notebook, with the outputs of the student's own cells
    sha256: str = ""  # of the submission

    @property
    def awaiting(self) -> tuple[str, ...]:
        """Ids of the tests that a person must decide or mark."""
        return tuple(t.id for p in self.problems for t in p.tests if t.status is Status.UNDECIDED)
