"""A project with a stage of each kind, and a book in which two pairs may work on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.ledger import Ledger
from autograder.model import Role, TeamRule
from autograder.projects import Kind, Project, RubricLine, Stage
from autograder.scoring import LateRule
from tests.ledger.conftest import Clock

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
LATE = LateRule(per_day=Fraction(5), at_most=Fraction(20), close_after=7 * DAY)

PROJECT = Project(
    "project",
    "Project",
    stages=(
        Stage("proposal", "Proposal", Kind.APPROVAL, START + 10 * DAY, ("proposal.pdf",), blocking=True),
        Stage("meeting", "Meeting", Kind.NOTES, START + 20 * DAY),
        Stage("final", "Final hand-in", Kind.HAND_IN, START + 40 * DAY, ("*.py", "*.json", "README.md"), megabytes=1),
        Stage("talk", "Presentation", Kind.PRESENTATION, START + 45 * DAY),
    ),
    rubric=(
        RubricLine("method", Fraction(60), "Method"),
        RubricLine("reproducibility", Fraction(15), "Runs again", automatic=True),
        RubricLine("talk", Fraction(25), "Presentation", per_member=True),
    ),
    team=TeamRule(),
    opens=START,
    pairs_lock=START + 10 * DAY,
    late=LATE,
    scaffold="scaffold",
)


@pytest.fixture
def project() -> Project:
    return PROJECT


@pytest.fixture
def clock() -> Clock:
    return Clock(START)


@pytest.fixture
def book(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    with Ledger(f"sqlite:///{tmp_path}/state/ledger.db", clock=clock, blobs=tmp_path / "blobs", key=b"k" * 32) as ledger:
        for name in ("ann", "ben", "cat", "dan"):
            ledger.enrol("calc", name, Role.STUDENT, name=name.title(), actor="tina")
        ledger.enrol("calc", "tina", Role.INSTRUCTOR, name="Tina", actor="root")
        ledger.projects.publish("calc", PROJECT, archive=b"zip", actor="tina")
        for one, other in (("ann", "ben"), ("cat", "dan")):
            ledger.invite("calc", "project", one, other)
            ledger.accept("calc", "project", other, one)
        yield ledger
