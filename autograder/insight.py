"""What staff look at between grading and marks: similar submissions, and figures of assignments and course grades.

Joins the ledger with `similarity` and `analysis`. A comparison takes some seconds, so what came of it is kept under the state folder: a
page, and plain values that the hub shows. Figures are made anew whenever somebody looks. The clock is an argument.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder import analysis, similarity
from autograder.analysis import CourseFigures, Figures, Result
from autograder.authoring import BankCase, bank
from autograder.course import Folders
from autograder.jobs import Workplace
from autograder.ledger import Dismissal
from autograder.model import Assignment, RuleError, Submission
from autograder.similarity import Comparison, Listed
from autograder.standing import Standing
from autograder.words import text


@dataclass(frozen=True)
class Compared:
    """A comparison and when it was made."""

    made: datetime
    comparison: Comparison


def similarity_page(folders: Folders, slug: str) -> Path:
    """Where the newest report of an assignment stands; its values stand beside it."""
    return folders.state / "similarity" / f"{slug}.html"


def compare(assignment: Assignment, submissions: Sequence[Submission], *, archive: Path | None = None, top: int = 50) -> Comparison:
    """The submissions with each other, and with those of earlier terms."""
    works = [similarity.work(assignment, submission) for submission in submissions]
    if archive is not None:
        works += similarity.archived(archive, assignment, [member for work in works for member in work.members])
    return similarity.compare(works, similarity.given(assignment), top=top)


def compare_course(work: Workplace, slug: str, *, now: datetime, archive: Path | None = None, top: int = 50) -> Compared:
    """What counts of every team, compared and kept."""
    rows = work.ledger.effective(work.course.id, slug)
    compared = Compared(now, compare(work.assignment(slug), [work.ledger.load(row) for row in rows], archive=archive, top=top))
    values = {"made": now.isoformat(), "comparison": similarity.as_json(compared.comparison)}
    write(similarity_page(work.folders, slug).with_suffix(".json"), json.dumps(values))
    write_page(work, slug, compared, top=top)
    return compared


def write_page(work: Workplace, slug: str, compared: Compared, *, top: int = 50) -> Path:
    """The report with the dismissals that hold now."""
    path = similarity_page(work.folders, slug)
    page = similarity.page(
        compared.comparison,
        title=work.assignment(slug).title,
        made=compared.made.astimezone(work.course.zone),
        dismissals=work.ledger.similarity.dismissed(work.course.id, slug),
        names=names(work),
        top=top,
    )
    write(path, page)
    return path


def names(work: Workplace) -> dict[str, str]:
    """What the people of the course are called."""
    return {person.username: person.name for person in work.ledger.people(work.course.id) if person.name}


def compared_before(folders: Folders, slug: str) -> Compared | None:
    """What `compare_course` kept; None when the assignment was not compared yet."""
    path = similarity_page(folders, slug).with_suffix(".json")
    if not path.is_file():
        return None
    values = json.loads(path.read_text(encoding="utf-8"))
    return Compared(datetime.fromisoformat(values["made"]), similarity.from_json(values["comparison"]))


def listed(work: Workplace, slug: str, compared: Compared) -> tuple[Listed, ...]:
    """The pairs in order, with who dismissed them."""
    return similarity.listed(compared.comparison, work.ledger.similarity.dismissed(work.course.id, slug))


def dismiss(work: Workplace, slug: str, one: str, other: str, *, reason: str, actor: str, digest: str = "") -> Dismissal:
    """Dismiss a pair as it was compared last. RuleError when there is no such pair, or when it has something else in common than what
    was looked at (`digest`)."""
    compared = compared_before(work.folders, slug)
    if compared is None:
        raise RuleError(text("The submissions of {slug} were not compared yet. Compare them first.", slug=slug), code="not-compared")
    found = [pair for pair in compared.comparison.pairs if {pair.one, pair.other} == {one, other}]
    if not found:
        raise RuleError(
            text("{one} and {other} have nothing in common in the last comparison of {slug}.", one=one, other=other, slug=slug),
            code="unknown-pair",
        )
    if digest not in ("", found[0].digest):
        raise RuleError(
            text("The submissions were compared again meanwhile, and this pair has something else in common. Look again."), code="stale"
        )
    work.ledger.similarity.dismiss(work.course.id, slug, one, other, found[0].digest, reason=reason, actor=actor)
    write_page(work, slug, compared)
    return work.ledger.similarity.dismissed(work.course.id, slug)[-1]


def write(path: Path, text: str) -> None:
    """The file as a whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
        file.write(text)
    os.replace(file.name, path)


# ---------------------------------------------------------------- figures


def assignment_figures(work: Workplace, slug: str) -> Figures:
    """An assignment in figures, from what counts now."""
    ledger, course = work.ledger, work.course
    published = next((one for one in ledger.published(course.id) if one.slug == slug), None)
    if published is None:
        raise RuleError(text("{slug} is not released, so there are no results of it yet.", slug=slug), code="unknown-assignment")
    rows = ledger.submissions(course.id, slug)
    handed_in = Counter(row.team for row in rows)
    by_team = {credit.submission.team: credit for credit in ledger.credits(course.id, slug) if credit.grade is not None}
    results = [Result(len(credit.submission.members), handed_in[team], credit.problems) for team, credit in sorted(by_team.items())]
    assignment = work.assignment(slug)
    return analysis.figures(
        slug,
        published.title,
        results,
        problems=assignment.problems,
        instants=[row.submitted_at for row in rows],
        due=published.due,
        zone=course.zone,
        misconceptions=misconceptions(bank(work.folders.assignments / slug, assignment)),
    )


def misconceptions(cases: Sequence[BankCase]) -> dict[str, tuple[str, ...]]:
    """By test: what the wrong solutions show that it is the first to catch."""
    found: dict[str, tuple[str, ...]] = {}
    for case in cases:
        if not case.correct:
            found[case.fails[0]] = (*found.get(case.fails[0], ()), case.title)
    return found


def course_grades(found: Iterable[Standing]) -> CourseFigures:
    """The course grades in figures."""
    return analysis.course_figures([(None if s.grade.raw is None else float(s.grade.raw), s.grade.status, s.provisional) for s in found])
