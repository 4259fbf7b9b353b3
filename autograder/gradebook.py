"""The one door to nbgrader: its course folder and its gradebook.db, filled from what the platform knows.

`register` tells nbgrader of an assignment, `collect` writes what was handed in, `record` writes a `Graded` the way
nbgrader itself would have left it, so that formgrader, `nbgrader generate_feedback` and `nbgrader export` show the same
scores. Staff mark written answers in formgrader: `pull` reads what they changed and `settle` acknowledges it once it is
in the ledger; `push` writes the ledger's marks back. A team is one pseudo-student here, so its work is marked once.

This is a working copy for staff, the ledger is the book: lateness is never applied here, and everything may be written
again. Each call is one transaction, and a folder is replaced as a whole. The rows are written with nbgrader's own
models, not through its `Gradebook`, which commits after each cell and starts an `alembic` program found on PATH.

The same functions write into a course that nbgrader alone has kept so far (`course_folder`): its own database and folders, as its
nbgrader_config.py says, with several notebooks to an assignment. There the gradebook is the book: nothing of ours is kept in
it, and what nbgrader would do with a mark of a person's is what happens.

What students wrote is shown to staff who are logged in to everything, so the notebooks for formgrader carry none of
their HTML: their outputs keep text and pictures only, and the text of their answers can start no tag.
"""
from __future__ import annotations

import base64
import binascii
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import (
    Column,
    Float,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    delete,
    event,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

from autograder.course import Folders
from autograder.ledger import counting
from autograder.model import Assignment, AssignmentError, Graded, MachineryError, Status, Submission, SubmissionError, TestResult

COURSE = "default_course"                           # nbgrader's name for the one course of a gradebook.db
TIMESTAMP = "timestamp.txt"                         # where nbgrader keeps the time of a submission
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
SAFE_OUTPUTS = ("text/plain", "image/png", "image/jpeg")
WAIT = 30.0                                         # seconds that a write waits for formgrader

_own = MetaData()
_work = Table(                                      # whose marks these are: the work that the rows of a team are about
    "autograder_work", _own, Column("slug", Text, primary_key=True), Column("team", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("answers", Text, nullable=False),        # JSON: cell → digest of its answer
    Column("seen", Text, nullable=False))           # JSON: cell → [points, comment] as of the last `settle` or `push`
_aside = Table(                                     # marks whose answer has changed before they were pulled
    "autograder_set_aside", _own, Column("id", Integer, primary_key=True), Column("slug", Text, nullable=False),
    Column("team", Text, nullable=False), Column("sha256", Text, nullable=False), Column("test", Text, nullable=False),
    Column("points", Float), Column("comment", Text, nullable=False))


@dataclass(frozen=True)
class CourseFolder:
    """Where an nbgrader course keeps its files and its gradebook."""

    root: Path
    database: str                                   # URL
    steps: Mapping[str, str]                        # source, release, submitted, autograded → folder
    structure: str = "{nbgrader_step}/{student_id}/{assignment_id}"
    course: str = COURSE
    ours: bool = True                               # False: nbgrader alone has kept it
    ignore: tuple[str, ...] = ()                    # names of files and folders that do not count
    kept: Mapping[str, Sequence[str]] = field(default_factory=dict)  # assignment → files that students may write anew
    cell_seconds: float = 30.0                      # that nbgrader gives each cell
    config: Any = None                              # all that its nbgrader_config.py says

    def path(self, step: str, student: str, assignment: str) -> Path:
        """A folder; "." as student is the course itself."""
        told = {"nbgrader_step": self.steps[step], "student_id": student, "assignment_id": assignment}
        return self.root / self.structure.format(**told)

    def found(self, step: str, *, student: str = "*", assignment: str = "*") -> dict[str, Path]:
        """The folders that are there, by the name that the one asterisk stands for."""
        pattern = self.path(step, student, assignment)
        place = pattern.parts.index("*")
        folders = Path(*pattern.parts[:place]).glob("/".join(pattern.parts[place:]))
        return {path.parts[place]: path for path in sorted(folders)
                if path.is_dir() and not path.is_symlink() and not path.parts[place].startswith(".")}

    def files(self, step: str, student: str, assignment: str) -> dict[str, bytes]:
        """What lies in a folder, without what does not count."""
        return {name: content for name, content in _read(self.path(step, student, assignment)).items()
                if not any(fnmatch(part, pattern) for part in PurePosixPath(name).parts for pattern in self.ignore)}


@dataclass(frozen=True)
class ManualMark:
    """Points (None: taken back, or a comment alone) and a comment that a person gave to one cell of one submission.

    `test_id` is the grade_id of a test or a written answer. nbgrader hangs comments on solution cells, so the comment
    on the code of a problem with tests comes under the grade_id of its solution cell, without points.
    """

    slug: str
    team: str
    sha256: str                                     # of the submission that was looked at
    test_id: str
    points: float | None
    comment: str


def course_folder(root: Path) -> CourseFolder:
    """The nbgrader course in a folder, as its nbgrader_config.py (which is a program, and is run) and nbgrader's defaults say."""
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config
    from traitlets.config.loader import PyFileConfigLoader
    config = Config()
    if (root / "nbgrader_config.py").is_file():
        config = PyFileConfigLoader("nbgrader_config.py", path=str(root.resolve())).load_config()
    if "root" not in config.CourseDirectory:
        config.CourseDirectory.root = str(root.resolve())
    told = CourseDirectory(config=config)
    steps = {step: getattr(told, f"{step}_directory") for step in ("source", "release", "submitted", "autograded")}
    seconds = config.Execute.get("timeout", config.ExecutePreprocessor.get("timeout", 30))
    return CourseFolder(Path(told.root), told.db_url, steps, told.directory_structure, told.course_id or COURSE, ours=False,
                        ignore=tuple(told.ignore), kept=dict(config.Autograde.get("exclude_overwriting", {})),
                        cell_seconds=float(seconds) if seconds and seconds > 0 else 600.0, config=config)


def released(place: CourseFolder, slug: str) -> dict[str, Mapping[str, Any]]:
    """The notebooks of an assignment as nbgrader generated them for students, hidden tests still in: file name → notebook.

    From the gradebook what `nbgrader generate_assignment` stored there last, otherwise made here in the same way. The cells
    have nbgrader's checksums; solutions are taken out, so take those from the source.
    """
    import nbformat
    found: dict[str, Mapping[str, Any]] = {}
    with _gradebook(place) as session:
        from nbgrader import api
        for name, content in place.files("source", ".", slug).items():
            if not name.endswith(".ipynb") or "/" in name:
                continue
            try:
                notebook = nbformat.reads(content.decode(), as_version=4)
            except ValueError as error:
                raise AssignmentError(f"the source notebook cannot be read: {str(error)[:200]}", file=name) from None
            stored = {row.name: row for row in session.scalars(select(api.SourceCell).join(api.Notebook).join(
                api.Assignment).where(api.Assignment.name == slug, api.Notebook.name == name.removesuffix(".ipynb")))}
            graded = select(api.GradeCell.name, api.GradeCell.max_score).join(api.Notebook).join(api.Assignment).where(
                api.Assignment.name == slug, api.Notebook.name == name.removesuffix(".ipynb"))
            points = {cell: worth for cell, worth in session.execute(graded)}
            found[name] = _from_rows(notebook, stored, points) if stored else _generated(notebook, name)
    return found


def _from_rows(notebook: Any, stored: Mapping[str, Any], points: Mapping[str, float]) -> Mapping[str, Any]:
    for cell in notebook.cells:
        told = cell.metadata.get("nbgrader", {})
        if (row := stored.get(told.get("grade_id"))) is not None:
            cell.source, told["checksum"] = row.source, row.checksum
            if row.name in points:
                told["points"] = points[row.name]
    return json.loads(json.dumps(notebook))         # type: ignore[no-any-return]


def _generated(notebook: Any, name: str) -> Mapping[str, Any]:
    """A source notebook as generate_assignment stores it: its preprocessors up to the one that stores."""
    from nbgrader.preprocessors import CheckCellMetadata, ClearOutput, ClearSolutions, ComputeChecksums, LockCells
    from traitlets import TraitError
    if any(re.search(r"^\s*### (HASHED )?AUTOTEST", cell.source, re.MULTILINE) for cell in notebook.cells):
        raise AssignmentError("its tests are to be written by nbgrader (AUTOTEST); run: nbgrader generate_assignment", file=name)
    try:
        for kind in (LockCells, ClearSolutions, ClearOutput, CheckCellMetadata, ComputeChecksums):
            notebook, _ = kind().preprocess(notebook, {})
    except (RuntimeError, TraitError, ValueError) as error:
        raise AssignmentError(f"nbgrader cannot release it: {error}", file=name) from None
    return json.loads(json.dumps(notebook))         # type: ignore[no-any-return]


def _of(folders: Folders | CourseFolder) -> CourseFolder:
    if isinstance(folders, CourseFolder):
        return folders
    steps = {step: str(getattr(folders, step)) for step in ("source", "release", "submitted", "autograded")}
    return CourseFolder(folders.nbgrader, f"sqlite:///{folders.nbgrader / 'gradebook.db'}", steps)


def register(folders: Folders | CourseFolder, assignment: Assignment, stubs: Mapping[str, str] | None = None) -> None:
    """Make a notebook of an assignment and its cells known to nbgrader. After a change of the assignment, its new cells come and
    its removed cells go; those that stay keep their scores and marks.

    stubs  what students received in the cells that they fill in, by grade_id; as the release has it when not given
    """
    place = _of(folders)
    with _gradebook(place) as session:
        from nbgrader import api
        row = session.scalars(select(api.Assignment).where(api.Assignment.name == assignment.slug)).one_or_none()
        if row is None:
            row = api.Assignment(name=assignment.slug, course_id=place.course)
            session.add(row)
            session.flush()
        notebook = session.scalars(select(api.Notebook).where(
            api.Notebook.assignment_id == row.id, api.Notebook.name == assignment.stem)).one_or_none()
        if notebook is None:
            notebook = api.Notebook(name=assignment.stem, assignment_id=row.id)
            session.add(notebook)
        notebook.kernelspec = json.dumps(assignment.notebook.get("metadata", {}).get("kernelspec", {}))
        session.flush()
        stubs = _stubs(place, assignment) if stubs is None else stubs
        _register_cells(session, notebook.id, assignment, stubs, prune=place.ours)


def collect(folders: Folders | CourseFolder, submissions: Iterable[Submission]) -> None:
    """Write each submission to submitted/<team>/<slug>/, with its time, in place of what was there."""
    for submission in submissions:
        files = dict(submission.files)
        if submission.submitted_at is not None:
            files[TIMESTAMP] = f"{submission.submitted_at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f} UTC\n".encode()
        _replace(_of(folders).path("submitted", _part(submission.team), _part(submission.assignment)), files, mode=0o600)


def record(folders: Folders | CourseFolder, assignment: Assignment, graded: Graded) -> None:
    """Write one graded submission: its scores, and autograded/<team>/<slug>/ with the notebook for staff.

    What nobody decided has no score and waits in formgrader. Points and comments that staff gave stay where the answer
    is byte-equal; the others go, after `pull` could see them. In a course that nbgrader alone has kept they stay, and are to be
    looked at again.
    """
    record_notebooks(folders, [(assignment, graded)])


def record_notebooks(folders: Folders | CourseFolder, notebooks: Sequence[tuple[Assignment, Graded]]) -> None:
    """`record` for one submission to all notebooks of an assignment. One without cells was not handed in, and leaves no file."""
    place, team, slug = _of(folders), notebooks[0][1].submission, notebooks[0][0].slug
    files = place.files("submitted", _part(team), _part(slug))
    stamp = files.pop(TIMESTAMP, b"")
    pages: dict[str, bytes] = {}
    for assignment, graded in notebooks:
        results = {test.id: test for problem in graded.problems for test in problem.tests}
        text = json.dumps(_for_staff(graded.notebook, results), indent=1, ensure_ascii=False)
        if graded.notebook["cells"]:
            pages[assignment.notebook_name] = text.encode("utf-8", "replace")
    if place.ours:
        beside = {name: content for name, content in place.files("source", ".", slug).items() if _is_picture(name)}
        page = beside | files | pages
    else:
        page = {name: content for name, content in files.items() if not name.endswith(".ipynb")} | dict(assignment.beside) | pages
    _replace(place.path("autograded", team, slug), page | ({TIMESTAMP: stamp} if stamp else {}), mode=0o444)
    with _gradebook(place) as session:
        for assignment, graded in notebooks:
            _record_scores(session, place, assignment, graded, files, _time(stamp))


def _record_scores(session: Session, place: CourseFolder, assignment: Assignment, graded: Graded, files: Mapping[str, bytes],
                   submitted_at: datetime | None) -> None:
    team, slug = graded.submission, assignment.slug
    results = {test.id: test for problem in graded.problems for test in problem.tests}
    rows = _submission_rows(session, assignment, team, submitted_at)
    if place.ours:
        answer = counting.answers(files, assignment.notebook_name, graded.sha256)
        _keep_or_clear(session, slug, team, graded.sha256, {cell: answer(cell) for cell in rows}, rows)
    stubs = _stubs(place, assignment) if place.ours else _stored_stubs(session, assignment)
    for cell, (grade, comment) in rows.items():
        if grade is not None:
            _score(grade, results.get(cell))
            if not place.ours and grade.manual_score is not None:
                grade.needs_manual_grade = True
        if comment is not None:
            unanswered = cell in stubs and stubs[cell] == _source(graded.notebook, cell)
            comment.auto_comment = "No response." if unanswered else None
    if not place.ours:
        _penalise_late(session, place, assignment, team)


def _penalise_late(session: Session, place: CourseFolder, assignment: Assignment, team: str) -> None:
    """What the course's own rule takes off for lateness, as nbgrader's AssignLatePenalties does."""
    from nbgrader import api
    from nbgrader.preprocessors import AssignLatePenalties
    session.flush()
    page = session.scalars(select(api.SubmittedNotebook).join(api.Notebook).join(
        api.SubmittedAssignment, api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id).where(
        api.Notebook.name == assignment.stem, api.SubmittedAssignment.student_id == team,
        api.SubmittedAssignment.assignment_id == api.Notebook.assignment_id,
        api.Notebook.assignment.has(api.Assignment.name == assignment.slug))).one()
    session.refresh(page)
    late = page.assignment.total_seconds_late
    if late > 0:
        rule = AssignLatePenalties(config=place.config)
        rule.init_plugin()
        penalty = rule.plugin_inst.late_submission_penalty(team, page.score, late)
        page.late_submission_penalty = None if penalty is None else min(max(penalty, 0.0), page.score)


def autograded(folders: Folders, assignment: Assignment, team: str, sha256: str) -> Mapping[str, Any] | None:
    """The notebook that was written for staff when this work was graded, with what its cells put out; None when none was, or
    when it was other work."""
    path = _of(folders).path("autograded", _part(team), _part(assignment.slug)) / assignment.notebook_name
    if not (folders.nbgrader / "gradebook.db").exists() or not path.is_file():
        return None
    with _gradebook(_of(folders)) as session:
        work = session.execute(select(_work.c.sha256).where(_work.c.slug == assignment.slug, _work.c.team == team)).scalar_one_or_none()
    return dict(json.loads(path.read_text(encoding="utf-8"))) if work == sha256 else None


def pull(folders: Folders, assignments: Iterable[Assignment], team: str | None = None) -> tuple[ManualMark, ...]:
    """What staff changed in formgrader since `settle` (for one team, or all): marks, comments, and marks taken back. Changes
    nothing, so that nothing is lost when the ledger does not get it; settle it once it has."""
    found: list[ManualMark] = []
    if not (folders.nbgrader / "gradebook.db").exists():
        return ()
    with _gradebook(_of(folders)) as session:
        for assignment in assignments:
            aside = select(_aside).where(_aside.c.slug == assignment.slug).order_by(_aside.c.id)
            works = select(_work).where(_work.c.slug == assignment.slug).order_by(_work.c.team)
            if team is not None:
                aside, works = aside.where(_aside.c.team == team), works.where(_work.c.team == team)
            found += [ManualMark(row.slug, row.team, row.sha256, row.test, row.points, row.comment) for row in session.execute(aside)]
            for work in session.execute(works):
                seen = json.loads(work.seen)
                for cell, given in sorted(_given(_rows(session, assignment.slug, work.team)).items()):
                    if given != seen.get(cell, [None, ""]):
                        found.append(ManualMark(work.slug, work.team, work.sha256, cell, given[0], given[1]))
    return tuple(found)


def settle(folders: Folders, marks: Iterable[ManualMark]) -> None:
    """Acknowledge what `pull` answered: it is in the ledger."""
    with _gradebook(_of(folders)) as session:
        for mark in marks:
            session.execute(delete(_aside).where(
                _aside.c.slug == mark.slug, _aside.c.team == mark.team, _aside.c.sha256 == mark.sha256,
                _aside.c.test == mark.test_id, _aside.c.points.is_not_distinct_from(mark.points),
                _aside.c.comment == mark.comment))
            _see(session, mark)


def push(folders: Folders, marks: Iterable[ManualMark]) -> None:
    """Show the ledger's marks in formgrader: those that were given elsewhere, or all of them to a gradebook made anew.
    A mark for other work than the one that is recorded is left out."""
    with _gradebook(_of(folders)) as session:
        for mark in marks:
            if not _see(session, mark):
                continue
            grade, comment = _rows(session, mark.slug, mark.team).get(mark.test_id, (None, None))
            if grade is not None:
                grade.manual_score, grade.extra_credit = mark.points, None
                grade.needs_manual_grade = grade.auto_score is None and mark.points is None
            if comment is not None:
                comment.manual_comment = mark.comment or None


# -------------------------------------------------------------------- rows

Rows = dict[str, tuple[Any, Any]]                   # cell → (nbgrader's Grade or None, its Comment or None)


@contextmanager
def _gradebook(place: CourseFolder) -> Iterator[Session]:
    """One write transaction on the gradebook, which is made when it is missing."""
    from nbgrader import api
    waiting: dict[str, Any] = {}
    if place.database.startswith("sqlite:///"):
        file = Path(place.database.removeprefix("sqlite:///"))
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not file.exists():
            os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        waiting = {"timeout": WAIT}
    engine = create_engine(place.database, connect_args=waiting)
    if waiting:
        event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with Session(engine, autoflush=False) as session, session.begin():
            connection = session.connection()
            if not engine.dialect.has_table(connection, "alembic_version"):
                api.Base.metadata.create_all(connection)
                connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
                connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": _newest_schema()})
            if place.ours:
                _own.create_all(connection)
            if session.get(api.Course, place.course) is None:
                session.add(api.Course(id=place.course))
            yield session
    finally:
        engine.dispose()


def _newest_schema() -> str:
    """What nbgrader asks the `alembic` program for."""
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR
    return ScriptDirectory(ALEMBIC_DIR).get_current_head() or ""


def _register_cells(session: Session, notebook_id: str, assignment: Assignment, stubs: Mapping[str, str], *,
                    prune: bool) -> None:
    import nbformat
    from nbgrader import api
    from nbgrader.utils import compute_checksum
    wanted: dict[tuple[type[Any], str], dict[str, Any]] = {}
    for cell in assignment.notebook["cells"]:
        told = cell["metadata"].get("nbgrader", {})
        grade, solution, task = (bool(told.get(word)) for word in ("grade", "solution", "task"))
        if not (grade or solution or task or told.get("locked")):
            continue
        name, points = told["grade_id"], {"max_score": float(told.get("points", 0)), "cell_type": cell["cell_type"]}
        if grade:
            wanted[api.GradeCell, name] = points
        if solution:
            wanted[api.SolutionCell, name] = {}
        if task:
            wanted[api.TaskCell, name] = points
        given_out = nbformat.from_dict({**cell, "source": stubs.get(name, "") if solution else _text(cell)})
        wanted[api.SourceCell, name] = {
            "cell_type": cell["cell_type"], "source": given_out.source,
            "checksum": told.get("checksum") or compute_checksum(given_out),  # nbgrader refuses locked cells without one
            "locked": not solution and (grade or bool(told.get("locked")))}
    for kind in (api.GradeCell, api.SolutionCell, api.TaskCell, api.SourceCell):
        there = {row.name: row for row in session.scalars(select(kind).where(kind.notebook_id == notebook_id))}
        for name, row in there.items():
            if (kind, name) not in wanted and prune:
                for given in (api.Grade, api.Comment):
                    session.execute(delete(given).where(given.cell_id == row.id))
                session.delete(row)
        for (wanted_kind, name), values in wanted.items():
            if wanted_kind is kind:
                row = there.get(name) or kind(name=name, notebook_id=notebook_id)
                for field, value in values.items():
                    setattr(row, field, value)
                session.add(row)
    session.flush()


def _submission_rows(session: Session, assignment: Assignment, team: str, submitted_at: datetime | None) -> Rows:
    """The rows of a team's submission, made where they are missing."""
    from nbgrader import api
    notebook = session.scalars(select(api.Notebook).join(api.Assignment).where(
        api.Assignment.name == assignment.slug, api.Notebook.name == assignment.stem)).one_or_none()
    if notebook is None:
        raise MachineryError(f"{assignment.slug} is not in nbgrader's gradebook. Register it, then record the grades "
                             "again.")
    if session.get(api.Student, team) is None:
        session.add(api.Student(id=team))
        session.flush()
    submitted = session.scalars(select(api.SubmittedAssignment).where(
        api.SubmittedAssignment.assignment_id == notebook.assignment_id,
        api.SubmittedAssignment.student_id == team)).one_or_none()
    if submitted is None:
        submitted = api.SubmittedAssignment(assignment_id=notebook.assignment_id, student_id=team)
        session.add(submitted)
    submitted.timestamp = submitted_at
    session.flush()
    page = session.scalars(select(api.SubmittedNotebook).where(
        api.SubmittedNotebook.assignment_id == submitted.id, api.SubmittedNotebook.notebook_id == notebook.id)).one_or_none()
    if page is None:
        page = api.SubmittedNotebook(notebook_id=notebook.id, assignment_id=submitted.id)
        session.add(page)
    page.late_submission_penalty = None             # lateness belongs to the course's policy
    session.flush()
    for kind, cells in ((api.Grade, (api.GradeCell, api.TaskCell)), (api.Comment, (api.SolutionCell, api.TaskCell))):
        there = set(session.scalars(select(kind.cell_id).where(kind.notebook_id == page.id)))
        for cell in cells:
            for identity in session.scalars(select(cell.id).where(cell.notebook_id == notebook.id)):
                if identity not in there:
                    session.add(kind(cell_id=identity, notebook_id=page.id))
    session.flush()
    return _rows(session, assignment.slug, team, notebook=assignment.stem)


def _rows(session: Session, slug: str, team: str, *, notebook: str = "") -> Rows:
    """The rows of a team's submission; of one notebook when the assignment has several."""
    from nbgrader import api
    rows: Rows = {}
    for place, kind in enumerate((api.Grade, api.Comment)):
        query = (select(api.BaseCell.name, kind).select_from(kind)
                 .join(api.BaseCell, api.BaseCell.id == kind.cell_id)
                 .join(api.SubmittedNotebook, api.SubmittedNotebook.id == kind.notebook_id)
                 .join(api.SubmittedAssignment, api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id)
                 .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
                 .where(api.Assignment.name == slug, api.SubmittedAssignment.student_id == team))
        if notebook:
            query = query.join(api.Notebook, api.Notebook.id == api.SubmittedNotebook.notebook_id).where(
                api.Notebook.name == notebook)
        for name, row in session.execute(query):
            grade, comment = rows.get(name, (None, None))
            rows[name] = (row, comment) if place == 0 else (grade, row)
    return rows


def _score(grade: Any, result: TestResult | None) -> None:
    """The automatic score of one cell. A person's points stay, and are looked at again when the score under them
    changed."""
    score = None if result is None or result.status is Status.UNDECIDED else float(result.score)
    changed = grade.auto_score != score
    grade.auto_score = score
    grade.needs_manual_grade = changed if grade.manual_score is not None else score is None


def _given(rows: Rows) -> dict[str, list[Any]]:
    """By cell: [points, comment] that a person gave."""
    return {cell: [_points(grade), (comment.manual_comment or "") if comment is not None else ""]
            for cell, (grade, comment) in rows.items()}


def _points(grade: Any) -> float | None:
    """nbgrader's score where a person had a hand in it: his points, or the automatic ones, with extra credit. Extra
    credit alone is no score, as in nbgrader."""
    if grade is None or (grade.manual_score is None and not grade.extra_credit):
        return None
    basis = grade.auto_score if grade.manual_score is None else grade.manual_score
    return None if basis is None else float(basis) + float(grade.extra_credit or 0.0)


def _keep_or_clear(session: Session, slug: str, team: str, sha256: str, answers: Mapping[str, str], rows: Rows) -> None:
    """Marks stay with answers that did not change; the others are cleared, and set aside unless they were settled."""
    here = (_work.c.slug == slug, _work.c.team == team)
    before = session.execute(select(_work).where(*here)).one_or_none()
    seen, old = (json.loads(before.seen), json.loads(before.answers)) if before else ({}, {})
    for cell, given in _given(rows).items():
        if before is None or old.get(cell) == answers[cell]:
            continue
        if given != seen.pop(cell, [None, ""]):
            session.execute(insert(_aside).values(slug=slug, team=team, sha256=before.sha256, test=cell, points=given[0],
                                                  comment=given[1]))
        grade, comment = rows[cell]
        if grade is not None:
            grade.manual_score = grade.extra_credit = None
        if comment is not None:
            comment.manual_comment = None
    values = {"sha256": sha256, "answers": json.dumps(answers), "seen": json.dumps(seen)}
    session.execute(update(_work).where(*here).values(**values) if before else
                    insert(_work).values(slug=slug, team=team, **values))


def _see(session: Session, mark: ManualMark) -> bool:
    """Remember what formgrader shows; False when it shows other work by now."""
    here = (_work.c.slug == mark.slug, _work.c.team == mark.team, _work.c.sha256 == mark.sha256)
    work = session.execute(select(_work).where(*here)).one_or_none()
    if work is None:
        return False
    seen = {**json.loads(work.seen), mark.test_id: [mark.points, mark.comment]}
    session.execute(update(_work).where(*here).values(seen=json.dumps(seen)))
    return True


# -------------------------------------------------------------------- the notebook for staff

def _for_staff(notebook: Mapping[str, Any], results: Mapping[str, TestResult]) -> dict[str, Any]:
    """The graded notebook as formgrader shows it: what each test said as the output of its cell, nothing of a student's
    that a browser would run."""
    return {**notebook, "cells": [_cell_for_staff(cell, results) for cell in notebook["cells"]]}


def _cell_for_staff(cell: Mapping[str, Any], results: Mapping[str, TestResult]) -> dict[str, Any]:
    metadata = cell.get("metadata", {})
    told = metadata.get("nbgrader", {})
    shown = dict(cell)
    of_student = told.get("solution") or told.get("task") or metadata.get("autograder", {}).get("student")
    if of_student and cell["cell_type"] != "code":
        shown = {**cell, "source": _plain(_text(cell))}
        shown.pop("attachments", None)
    elif cell["cell_type"] == "code":
        result = results.get(told.get("grade_id", "")) if told.get("grade") and not told.get("solution") else None
        shown["outputs"] = _said(result) if result else [o for output in cell.get("outputs", ()) for o in _safe(output)]
    return shown


def _said(result: TestResult) -> list[dict[str, Any]]:
    """What a test found, as an output from which nbgrader, too, would read this score."""
    words = [f"{result.status}: {result.message}".rstrip(": "), *([result.detail] if result.detail else [])]
    if result.status is Status.OK:
        return []
    if result.status is Status.UNDECIDED:
        return [{"output_type": "stream", "name": "stdout", "text": "\n".join(words) + "\n"}]
    if result.score > 0:
        shown = {"output_type": "execute_result", "data": {"text/plain": f"{result.score!r}"}, "metadata": {}}
        return [{"output_type": "stream", "name": "stdout", "text": "\n".join(words) + "\n"}, shown | {"execution_count": None}]
    return [{"output_type": "error", "ename": str(result.status), "evalue": result.message, "traceback": words}]


def _safe(output: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A student's output without what could run in a browser; empty when nothing is left."""
    match output.get("output_type"):
        case "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            return [{"output_type": "stream", "name": name, "text": _joined(output.get("text", ""))}]
        case "error":
            return [{"output_type": "error", "ename": str(output.get("ename")), "evalue": str(output.get("evalue")),
                     "traceback": [str(line) for line in output.get("traceback", ())]}]
        case "display_data" | "execute_result":
            data = {kind: _joined(value) for kind, value in output.get("data", {}).items() if kind in SAFE_OUTPUTS}
            data = {kind: value for kind, value in data.items() if kind == "text/plain" or _is_base64(value)}
            return [{"output_type": "display_data", "data": data, "metadata": {}}] if data else []
    return []


def _is_base64(value: str) -> bool:
    try:
        return bool(base64.b64decode(value.replace("\n", ""), validate=True))
    except (binascii.Error, ValueError):
        return False


def _plain(answer: str) -> str:
    """Markdown in which no HTML tag, entity or script link can begin. A space does it, which formulas do not mind."""
    answer = re.sub(r"<(?=[A-Za-z/!?])", "< ", answer)
    answer = re.sub(r"&(?=[#A-Za-z])", "& ", answer)
    return re.sub(r"(?i)(javascript|vbscript):", r"\1 :", answer)


def _joined(value: Any) -> str:
    return value if isinstance(value, str) else "".join(str(line) for line in value)


def _text(cell: Mapping[str, Any]) -> str:
    return _joined(cell.get("source", ""))


def _source(notebook: Mapping[str, Any], grade_id: str) -> str | None:
    return next((_text(cell) for cell in notebook["cells"]
                 if cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") == grade_id), None)


def _stored_stubs(session: Session, assignment: Assignment) -> dict[str, str]:
    """What students received in the cells that they fill in, as the gradebook has it."""
    from nbgrader import api
    cells = select(api.SourceCell.name, api.SourceCell.source).join(api.Notebook).join(api.Assignment).where(
        api.Assignment.name == assignment.slug, api.Notebook.name == assignment.stem, ~api.SourceCell.locked)
    return {name: source for name, source in session.execute(cells)}


def _stubs(place: CourseFolder, assignment: Assignment) -> dict[str, str]:
    """What students received in the cells that they fill in, by grade_id; empty when there is no release."""
    path = place.path("release", ".", assignment.slug) / assignment.notebook_name
    if not path.exists():
        return {}
    return {cell["metadata"]["nbgrader"]["grade_id"]: _text(cell) for cell in json.loads(path.read_bytes())["cells"]
            if cell["metadata"].get("nbgrader", {}).get("solution")}


# -------------------------------------------------------------------- folders

def _is_picture(name: str) -> bool:
    return name.lower().endswith(PICTURES)


def _part(name: str) -> str:
    """A name that is one folder and no other."""
    if not name or name.startswith(".") or "/" in name or "\x00" in name:
        raise SubmissionError(f"{name!r} cannot be the name of a folder.")
    return name


def _replace(folder: Path, files: Mapping[str, bytes], *, mode: int) -> None:
    """Make the folder hold exactly these files. It is written beside and renamed, so that it is never half there."""
    new, old = (folder.with_name(f".{folder.name}.{word}") for word in ("new", "old"))
    if folder.is_dir() and _read(folder) == files:
        return
    for rest in (new, old):
        if rest.exists():
            shutil.rmtree(rest)
    new.mkdir(parents=True, mode=0o700)
    for name, content in files.items():
        path = PurePosixPath(name)
        if path.is_absolute() or not path.parts or ".." in path.parts or "\x00" in name:
            raise SubmissionError("This name leads out of the submission; rename the file.", file=name)
        (new / path).parent.mkdir(parents=True, exist_ok=True)
        (new / path).write_bytes(content)
        (new / path).chmod(mode)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    if old.exists():
        shutil.rmtree(old)


def _read(folder: Path) -> dict[str, bytes]:
    """The files of a folder by their relative names; links are not followed."""
    return {path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()}


def _time(stamp: bytes) -> datetime | None:
    """A timestamp.txt as nbgrader's rows have it: UTC without a zone."""
    from nbgrader.utils import parse_utc
    try:
        return parse_utc(stamp.decode().strip()) if stamp.strip() else None
    except (ValueError, OverflowError):             # a foreign course may hold anything here
        return None
