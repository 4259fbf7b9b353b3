"""What a course does with an assignment, step by step: release, collect, grade, give feedback. Joins the ledger, nbgrader and the engine.

Every step reads what is, does what is missing and can be repeated: a grade is recorded under the submission's hash, the assignment's
version and the engine's version, so a batch that was cut off goes on where it stopped and what is graded is not graded again.
The workers grade; this process alone records. What nobody can know from the ledger (the clock, the actor) is an argument.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path

from autograder import feedback as pages
from autograder import gradebook
from autograder.authoring import bank, build, loaded, release_archive, stub_cells
from autograder.course import Course, Folders, load_course, secret
from autograder.execution import code_version
from autograder.grading import as_graded, engine_version, grade_all
from autograder.ledger import Ledger, SubmissionRow, fingerprint
from autograder.model import Assignment, AssignmentError, Graded, RuleError, Submission, SubmissionError
from autograder.qualification import Qualified, Trial, kept_trials, page, qualify
from autograder.standing import to_be_passed
from autograder.words import text
from autograder.written import Checked, check

MAX_FILE = 20 * 2**20
"""Bytes of a submission that is read from a folder; the ledger has the same limit for what is handed in."""
MAX_FILES = 100
"""Files of it, likewise."""
MAX_ENTRIES = 20_000
"""Files and folders that are looked through for it."""


@dataclass(frozen=True)
class Workplace:
    """A course and where it lives."""

    course: Course
    folders: Folders
    ledger: Ledger
    secret: bytes

    def assignment(self, slug: str) -> Assignment:
        """The assignment as its author text says it now."""
        return loaded(self.folders.assignments / slug)

    def to_pass(self, course: Course | None = None) -> dict[str, Assignment]:
        """Those that have to be passed by the rules of `course` (the present text when None), where there is an author text."""
        slugs = to_be_passed(course or self.course)
        return {slug: self.assignment(slug) for slug in sorted(slugs) if (self.folders.assignments / slug).is_dir()}

    def assignments(self) -> dict[str, Assignment]:
        """All assignments of the course that have an author text here."""
        return {s.slug: self.assignment(s.slug) for s in self.course.schedules if (self.folders.assignments / s.slug).is_dir()}


@contextmanager
def workplace(
    folders: Folders, course_file: Path | None = None, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Iterator[Workplace]:
    """Open a course: its course.toml, its secret and its ledger."""
    course = load_course(course_file or folders.course_file)
    folders.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = secret(folders)
    with Ledger(folders.ledger_url, clock=clock, blobs=folders.blobs, key=key) as ledger:
        yield Workplace(course, folders, ledger, key)


# ---------------------------------------------------------------- authors


def verify(
    folders: Folders,
    slug: str,
    *,
    seeds: int,
    workers: int,
    only: tuple[str, ...] = (),
    first_seed: int = 0,
    again: bool = False,
    progress: Callable[[int, int, Sequence[Trial]], None] = lambda done, of, trials: None,
    unsafe: bool = False,
) -> Qualified:
    """Build an assignment, try its tests and report what came of them; when all went as it should, remember that this version may be
    released.

    Every trial is kept when it ends. Whoever verifies again, after an interruption or with more seeds, only runs those that are missing,
    until the assignment's version, our code or a library changes.

    only    names of bank cases and mutants; all when empty, and only then the version is remembered
    again   keep nothing of what was tried before
    unsafe  try them as well where this machine cannot confine student code
    """
    folder = folders.assignments / slug
    built = build(folder, source=folders.source, release=folders.release)
    notebook = json.loads((built.release / built.assignment.notebook_name).read_text(encoding="utf-8"))
    file = verification_page(folders, slug).with_suffix(".trials.jsonl")
    with kept_trials(file, f"{built.assignment.version} {code_version()}{' unsafe' if unsafe else ''}", again=again) as (known, keep):

        def heard(done: int, of: int, trials: Sequence[Trial]) -> None:
            keep(trials)
            progress(done, of, trials)

        result = qualify(
            built.assignment,
            bank(folder, built.assignment),
            stub_cells(notebook),
            seeds=seeds,
            workers=workers,
            first_seed=first_seed,
            only=only,
            known=known,
            progress=heard,
            unsafe=unsafe,
        )
    if not only:
        _write(verification_page(folders, slug), page(result, title=built.assignment.title))
    if result.ok and not only:
        told = {"version": result.version, "release": _release_hash(folders, slug), "seeds": seeds, "trials": len(result.trials)}
        _write(_seal(folders, slug), json.dumps(told) + "\n")
    return result


def is_verified(folders: Folders, slug: str) -> bool:
    """Whether this very version, with the checks that travel with it, was tried and did what its bank says."""
    seal = _seal(folders, slug)
    if not seal.is_file() or not (folders.release / slug).is_dir():
        return False
    told = json.loads(seal.read_text())
    return (told["version"], told["release"]) == (loaded(folders.assignments / slug).version, _release_hash(folders, slug))


def _release_hash(folders: Folders, slug: str) -> str:
    return hashlib.sha256(release_archive(folders.release, slug)).hexdigest()


def verification_page(folders: Folders, slug: str) -> Path:
    """Where the report of an assignment's last verification stands."""
    return folders.state / "verified" / f"{slug}.html"


def _seal(folders: Folders, slug: str) -> Path:
    return folders.state / "verified" / f"{slug}.json"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as file:
        file.write(text)
    os.replace(file.name, path)


def release(work: Workplace, slug: str, *, actor: str) -> Assignment:
    """Give an assignment to the students. AssignmentError unless this very version was verified."""
    schedule = work.course.schedule(slug)
    assignment = work.assignment(slug)
    if not is_verified(work.folders, slug):
        where = str(work.folders.assignments / slug)
        raise AssignmentError(f"this version of {slug} was not verified; run: autograder verify {slug}", file=where)
    work.ledger.publish(
        work.course.id,
        slug,
        title=assignment.title,
        opens=schedule.opens,
        due=schedule.due,
        pairs_lock=schedule.pairs_lock,
        closes=schedule.closes,
        disclosure=schedule.disclosure,
        team=schedule.team or assignment.team,
        version=assignment.version,
        archive=release_archive(work.folders.release, slug),
        points=assignment.points,
        files=assignment.files,
        written=assignment.written,
        actor=actor,
    )
    gradebook.register(work.folders, assignment)
    return assignment


# ---------------------------------------------------------------- staff


def collect(work: Workplace, slug: str) -> tuple[SubmissionRow, ...]:
    """Write what counts of every team to submitted/, as nbgrader has it."""
    rows = work.ledger.effective(work.course.id, slug)
    gradebook.collect(work.folders, [work.ledger.load(row) for row in rows])
    return rows


def pull(work: Workplace, slug: str, team: str | None = None) -> int:
    """Take marks and comments that were given in formgrader (to one team, or all) into the ledger; how many there were."""
    marks = gradebook.pull(work.folders, [work.assignment(slug)], team)
    for one in marks:
        work.ledger.mark(work.course.id, slug, one.team, one.test_id, one.points, one.comment, actor="formgrader", sha256=one.sha256)
    gradebook.settle(work.folders, marks)
    return len(marks)


def mark(work: Workplace, slug: str, team: str, sha256: str, test_id: str, points: float | None, comment: str, *, actor: str) -> None:
    """A person's points and comment for one answer: into the ledger, and shown in formgrader."""
    pull(work, slug, team)
    work.ledger.mark(work.course.id, slug, team, test_id, points, comment, actor=actor, sha256=sha256)
    gradebook.push(work.folders, [gradebook.ManualMark(slug, team, sha256, test_id, points, comment)])


def show_marks(work: Workplace, row: SubmissionRow) -> None:
    """Have formgrader show the marks that hold for a submission, wherever they were given."""
    held = work.ledger.marks_for(row)
    if held:
        gradebook.push(
            work.folders, [gradebook.ManualMark(row.slug, row.team, row.sha256, test, m.points, m.comment) for test, m in held.items()]
        )


@dataclass(frozen=True)
class Batch:
    """What a batch is about to do."""

    assignment: Assignment
    waiting: tuple[SubmissionRow, ...]
    done: tuple[SubmissionRow, ...]  # graded before by this version; left alone


def prepare(work: Workplace, slug: str, *, force: bool = False, team: str = "") -> Batch:
    """What is to be graded: what counts of every team, or of one, without what this version has graded already, in a regrade as well."""
    assignment = work.assignment(slug)
    engine = engine_version(assignment)
    decided = work.ledger.regrades.decided(work.course.id, slug, engine)  # whether those results count is decided there
    graded = {(g.team, g.sha256): g.engine for g in work.ledger.grades(work.course.id, slug)}
    known = {piece for piece, by in graded.items() if by == engine or piece in decided}
    rows = tuple(row for row in work.ledger.effective(work.course.id, slug) if team in ("", row.team))
    if team and not rows:
        raise RuleError(text("{team} has handed in nothing of {slug}.", team=team, slug=slug), code="unknown-team")
    done = () if force else tuple(row for row in rows if (row.team, row.sha256) in known)
    return Batch(assignment, tuple(row for row in rows if force or (row.team, row.sha256) not in known), done)


def grade_batch(
    work: Workplace,
    batch: Batch,
    *,
    workers: int,
    actor: str,
    started: Callable[[], None] = lambda: None,
    unsafe: bool = False,
) -> Iterator[Graded]:
    """Grade and record; yields each submission when it is recorded in the ledger and in nbgrader's gradebook.

    unsafe  grade as well where this machine cannot confine student code; the results say so, and are not taken for done later
    """
    slug = batch.assignment.slug
    gradebook.register(work.folders, batch.assignment)
    pull(work, slug)
    submissions = [work.ledger.load(row) for row in batch.waiting]
    rows = {row.team: row for row in batch.waiting}
    gradebook.collect(work.folders, submissions)
    for graded in grade_all(batch.assignment, submissions, secret=work.secret, workers=workers, started=started, unsafe=unsafe):
        gradebook.record(work.folders, batch.assignment, graded)  # first: what the ledger has counts as done
        work.ledger.record(work.course.id, graded, assignment_version=batch.assignment.version, engine=graded.engine, actor=actor)
        show_marks(work, rows[graded.submission])
        yield graded


def give_feedback(work: Workplace, slug: str, *, actor: str, now: datetime) -> tuple[Path, ...]:
    """Render the page of every graded team that counts, keep a copy in the state folder, and show it to its members.

    The copies are for handing on by other ways, so they tell what students are told `now`; on the hub it is decided when a page is read.
    """
    assignment = work.assignment(slug)
    pull(work, slug)
    grades = {(g.team, g.sha256): g for g in work.ledger.grades(work.course.id, slug)}
    kept: dict[str, bytes] = {}
    for row in work.ledger.effective(work.course.id, slug):
        grade = grades.get((row.team, row.sha256))
        if grade is None:
            continue
        graded = as_graded(assignment, work.ledger.load(row), grade.problems, engine=grade.engine)
        marks = {test: (m.points, m.comment) for test, m in work.ledger.marks_for(row).items() if m.points is not None}
        kept[row.team] = pages.kept(
            assignment,
            graded,
            team=row.team,
            members=row.members,  # by user name: pages are kept for good, and names can be erased
            number=row.number,
            submitted_at=row.submitted_at,
            marks=marks,
        )
    disclosure = work.ledger.disclosures.of(work.course.id, slug)
    made = {team: pages.shown(content, disclosure, now, zone=work.course.zone) for team, content in kept.items()}
    written = pages.write_pages(work.folders.pages / slug, made)
    work.ledger.release_feedback(work.course.id, slug, kept, actor=actor)
    return written


# ---------------------------------------------------------------- submissions without a hub


def read_folder(folder: Path, assignment: Assignment) -> tuple[tuple[Submission, ...], tuple[tuple[str, str], ...]]:
    """Submissions from a folder: nbgrader's submitted/<name>/<slug>/, a folder per person as learning systems pack them, or loose
    notebooks named after their owners. Returns them and (name, reason) for what cannot be read. Symbolic links are never followed.
    """
    if not folder.is_dir():
        raise SubmissionError("there is no such folder; name one with submissions in it", file=str(folder))
    places: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        if path.is_symlink():
            continue
        if path.is_dir():
            inner = path / assignment.slug
            places.setdefault(path.name, []).append(inner if inner.is_dir() and not inner.is_symlink() else path)
        elif path.suffix == ".ipynb":
            places.setdefault(path.stem, []).append(path)
    found, refused = [], []
    for name, (place, *others) in places.items():
        try:
            if not name.isprintable():  # nor is half a character, which a file name may hold and nothing else can
                raise SubmissionError("its name has invisible characters or is not text in UTF-8; rename it", file=ascii(name))
            if others:
                raise SubmissionError(f"there are {', '.join(p.name for p in (place, *others))}; leave one of them", file=name)
            files = _read(place, assignment)
        except (SubmissionError, OSError) as error:
            refused.append((ascii(name) if not name.isprintable() else name, str(error)))
            continue
        found.append(Submission(assignment.slug, name, (name,), files, fingerprint(files)))
    return tuple(found), tuple(refused)


def look_at_papers(assignment: Assignment, submissions: Iterable[Submission]) -> dict[str, Checked]:
    """By submitter: what is in the PDF beside his notebook. It was not looked at when he handed in, so nothing is refused now."""
    rule = assignment.written
    if rule is None:
        return {}
    return {one.team: check(one.files[rule.file], rule) for one in submissions if rule.file in one.files}


def may_carry(assignment: Assignment, name: str) -> bool:
    """Whether a submission may have this file besides the notebook."""
    return any(fnmatch(name, allowed) for allowed in assignment.files)


def _read(place: Path, assignment: Assignment) -> dict[str, bytes]:
    """The notebook (whatever it is called, when there is only one) and the files that the assignment allows."""
    paths = [place] if place.is_file() else sorted(_inside(place))
    notebooks = [p for p in paths if p.suffix == ".ipynb"]
    named = [p for p in notebooks if p.name == assignment.notebook_name]
    if len(named or notebooks) != 1:
        there = ", ".join(p.name for p in notebooks) or "no notebook"
        raise SubmissionError(f"needs one notebook, {assignment.notebook_name}; there is {there}", file=str(place))
    chosen = {assignment.notebook_name: (named or notebooks)[0]}
    base = place.parent if place.is_file() else place
    chosen |= {str(p.relative_to(base)): p for p in paths if may_carry(assignment, str(p.relative_to(base)))}
    size = sum(path.stat().st_size for path in chosen.values())
    if size > MAX_FILE or len(chosen) > MAX_FILES:
        said = f"has {len(chosen)} files with {size / 2**20:.0f} MB; at most {MAX_FILES} and {MAX_FILE // 2**20} MB are read. "
        raise SubmissionError(said + "Clear the outputs and hand it in again", file=str(place))
    return {name: path.read_bytes() for name, path in chosen.items()}


def _inside(place: Path) -> Iterator[Path]:
    """The files in a folder and below, without following links."""
    waiting, seen = [place], 0
    while waiting:
        for entry in os.scandir(waiting.pop()):
            seen += 1
            if seen > MAX_ENTRIES:
                raise SubmissionError(f"has more than {MAX_ENTRIES} files and folders; hand in the notebook alone", file=str(place))
            if entry.is_dir(follow_symlinks=False):
                if entry.name != ".ipynb_checkpoints":
                    waiting.append(Path(entry.path))
            elif entry.is_file(follow_symlinks=False):
                yield Path(entry.path)
