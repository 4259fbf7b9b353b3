"""An assignment that a real batch grades: published, and handed in by students who each work alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from autograder.authoring import build, load_assignment, stub_cells
from autograder.course import Folders
from autograder.ledger import Ledger
from autograder.model import TeamRule
from autograder.qualification import with_answers
from tests.regrading.conftest import NOTEBOOK, SETTINGS

from .conftest import release_of

SLOW = "import time\ntime.sleep(0.6)\n"
"""Before an answer: grading takes long enough to be watched."""


def publish_means(
    folders: Folders, book: Ledger, course: str, slug: str, students: Sequence[str], *, answer: str = SLOW, test: str = ""
) -> None:
    """As this slug. `answer` stands before everybody's right answer, `test` before a call in a hidden test."""
    author = folders.assignments / slug
    author.mkdir(parents=True)
    (author / "assignment.toml").write_text(SETTINGS.replace("seconds = 1.0", "seconds = 5.0"))
    (author / "notebook.py").write_text(NOTEBOOK.replace("checks.assert_raises(", f"{test}checks.assert_raises("))
    build(author, source=folders.source, release=folders.release)
    assignment = load_assignment(author)
    book.publish(
        course, slug, title="Means", opens=None, due=datetime.now(UTC) + timedelta(days=1), pairs_lock=None, team=TeamRule(1),
        version=assignment.version, archive=release_of(slug), points=10.0, actor="setup",
    )  # fmt: skip
    stubs = stub_cells(json.loads((folders.release / slug / f"{slug}.ipynb").read_text()))
    for number, username in enumerate(students):
        cells = {**stubs, "average": f"{answer}def average(x):\n    return sum(x) / len(x)  # {number}"}
        book.submit(course, slug, username, {f"{slug}.ipynb": json.dumps(with_answers(assignment.notebook, cells)).encode()})
