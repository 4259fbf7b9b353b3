"""The one door to nbgrader: its course folder and its gradebook.db, filled from what the platform knows.

`register` tells nbgrader of an assignment, `collect` writes what was handed in, `record` writes a `Graded` the way
nbgrader itself would have left it, so that formgrader, `nbgrader generate_feedback` and `nbgrader export` show the same
scores. Staff mark written answers in formgrader: `pull` reads what they changed and `settle` acknowledges it once it is
in the ledger; `push` writes the ledger's marks back. A team is one pseudo-student here, so its work is marked once.

This is a working copy for staff, the ledger is the book: lateness is never applied here, and everything may be written
again. Each call is one transaction, and a folder is replaced as a whole. The rows are written with nbgrader's own
models, not through its `Gradebook`, which commits after each cell and starts an `alembic` program found on PATH.

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
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
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
from autograder.model import Assignment, Graded, MachineryError, Status, Submission, SubmissionError, TestResult

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


def register(folders: Folders, assignment: Assignment) -> None:
    """Make the assignment and its cells known to nbgrader. After a change of the assignment, its new cells come and its
    removed cells go; those that stay keep their scores and marks."""
    with _gradebook(folders) as session:
        from nbgrader import api
        row = session.scalars(select(api.Assignment).where(api.Assignment.name == assignment.slug)).one_or_none()
        if row is None:
            row = api.Assignment(name=assignment.slug, course_id=COURSE)
            session.add(row)
            session.flush()
        notebook = session.scalars(select(api.Notebook).where(api.Notebook.assignment_id == row.id)).one_or_none()
        if notebook is None:
            notebook = api.Notebook(name=assignment.slug, assignment_id=row.id)
            session.add(notebook)
        notebook.kernelspec = json.dumps(assignment.notebook.get("metadata", {}).get("kernelspec", {}))
        session.flush()
        _register_cells(session, notebook.id, assignment, _stubs(folders, assignment))


def collect(folders: Folders, submissions: Iterable[Submission]) -> None:
    """Write each submission to submitted/<team>/<slug>/, with its time, in place of what was there."""
    for submission in submissions:
        files = dict(submission.files)
        if submission.submitted_at is not None:
            files[TIMESTAMP] = f"{submission.submitted_at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f} UTC\n".encode()
        _replace(folders.submitted / _part(submission.team) / _part(submission.assignment), files, mode=0o600)


def record(folders: Folders, assignment: Assignment, graded: Graded) -> None:
    """Write one graded submission: its scores, and autograded/<team>/<slug>/ with the notebook for staff.

    What nobody decided has no score and waits in formgrader. Points and comments that staff gave stay where the answer
    is byte-equal; the others go, after `pull` could see them.
    """
    team, slug = graded.submission, assignment.slug
    files = _read(folders.submitted / _part(team) / _part(slug))
    stamp = files.pop(TIMESTAMP, b"")
    results = {test.id: test for problem in graded.problems for test in problem.tests}
    notebook = json.dumps(_for_staff(graded.notebook, results), indent=1, ensure_ascii=False)
    pictures = {name: content for name, content in _read(folders.source / slug).items() if _is_picture(name)}
    page = pictures | files | {assignment.notebook_name: notebook.encode("utf-8", "replace")}
    _replace(folders.autograded / _part(team) / _part(slug), page | ({TIMESTAMP: stamp} if stamp else {}), mode=0o444)
    with _gradebook(folders) as session:
        rows = _submission_rows(session, assignment, team, _time(stamp))
        answer = counting.answers(files, assignment.notebook_name, graded.sha256)
        _keep_or_clear(session, slug, team, graded.sha256, {cell: answer(cell) for cell in rows}, rows)
        stubs = _stubs(folders, assignment)
        for cell, (grade, comment) in rows.items():
            if grade is not None:
                _score(grade, results.get(cell))
            if comment is not None:
                unanswered = cell in stubs and stubs[cell] == _source(graded.notebook, cell)
                comment.auto_comment = "No response." if unanswered else None


def pull(folders: Folders, assignments: Iterable[Assignment]) -> tuple[ManualMark, ...]:
    """What staff changed in formgrader since `settle`: marks, comments, and marks taken back. Changes nothing, so that
    nothing is lost when the ledger does not get it; settle it once it has."""
    found: list[ManualMark] = []
    if not _database(folders).exists():
        return ()
    with _gradebook(folders) as session:
        for assignment in assignments:
            aside = session.execute(select(_aside).where(_aside.c.slug == assignment.slug).order_by(_aside.c.id))
            found += [ManualMark(row.slug, row.team, row.sha256, row.test, row.points, row.comment) for row in aside]
            for work in session.execute(select(_work).where(_work.c.slug == assignment.slug).order_by(_work.c.team)):
                seen = json.loads(work.seen)
                for cell, given in sorted(_given(_rows(session, assignment.slug, work.team)).items()):
                    if given != seen.get(cell, [None, ""]):
                        found.append(ManualMark(work.slug, work.team, work.sha256, cell, given[0], given[1]))
    return tuple(found)


def settle(folders: Folders, marks: Iterable[ManualMark]) -> None:
    """Acknowledge what `pull` answered: it is in the ledger."""
    with _gradebook(folders) as session:
        for mark in marks:
            session.execute(delete(_aside).where(
                _aside.c.slug == mark.slug, _aside.c.team == mark.team, _aside.c.sha256 == mark.sha256,
                _aside.c.test == mark.test_id, _aside.c.points.is_not_distinct_from(mark.points),
                _aside.c.comment == mark.comment))
            _see(session, mark)


def push(folders: Folders, marks: Iterable[ManualMark]) -> None:
    """Show the ledger's marks in formgrader: those that were given elsewhere, or all of them to a gradebook made anew.
    A mark for other work than the one that is recorded is left out."""
    with _gradebook(folders) as session:
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


def _database(folders: Folders) -> Path:
    return folders.nbgrader / "gradebook.db"


@contextmanager
def _gradebook(folders: Folders) -> Iterator[Session]:
    """One write transaction on gradebook.db, which is made when it is missing."""
    from nbgrader import api
    folders.nbgrader.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(_database(folders), os.O_RDWR | os.O_CREAT, 0o600))
    engine = create_engine(f"sqlite:///{_database(folders)}", connect_args={"timeout": WAIT})
    event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with Session(engine, autoflush=False) as session, session.begin():
            connection = session.connection()
            if not engine.dialect.has_table(connection, "alembic_version"):
                api.Base.metadata.create_all(connection)
                connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
                connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": _newest_schema()})
            _own.create_all(connection)
            if session.get(api.Course, COURSE) is None:
                session.add(api.Course(id=COURSE))
            yield session
    finally:
        engine.dispose()


def _newest_schema() -> str:
    """What nbgrader asks the `alembic` program for."""
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR
    return ScriptDirectory(ALEMBIC_DIR).get_current_head() or ""


def _register_cells(session: Session, notebook_id: str, assignment: Assignment, stubs: Mapping[str, str]) -> None:
    from nbgrader import api
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
        wanted[api.SourceCell, name] = {
            "cell_type": cell["cell_type"], "source": stubs.get(name, "") if solution else _text(cell),
            "checksum": told.get("checksum"),
            "locked": not solution and (grade or bool(told.get("locked")))}
    for kind in (api.GradeCell, api.SolutionCell, api.TaskCell, api.SourceCell):
        there = {row.name: row for row in session.scalars(select(kind).where(kind.notebook_id == notebook_id))}
        for name, row in there.items():
            if (kind, name) not in wanted:
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
        api.Assignment.name == assignment.slug)).one_or_none()
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
        api.SubmittedNotebook.assignment_id == submitted.id)).one_or_none()
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
    return _rows(session, assignment.slug, team)


def _rows(session: Session, slug: str, team: str) -> Rows:
    from nbgrader import api
    rows: Rows = {}
    for place, kind in enumerate((api.Grade, api.Comment)):
        query = (select(api.BaseCell.name, kind).select_from(kind)
                 .join(api.BaseCell, api.BaseCell.id == kind.cell_id)
                 .join(api.SubmittedNotebook, api.SubmittedNotebook.id == kind.notebook_id)
                 .join(api.SubmittedAssignment, api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id)
                 .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
                 .where(api.Assignment.name == slug, api.SubmittedAssignment.student_id == team))
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


def _stubs(folders: Folders, assignment: Assignment) -> dict[str, str]:
    """What students received in the cells that they fill in, by grade_id; empty when there is no release."""
    path = folders.release / assignment.slug / assignment.notebook_name
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
