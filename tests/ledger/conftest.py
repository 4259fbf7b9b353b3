"""A ledger with a clock that tests move, on SQLite and, in the long tests, on a PostgreSQL of their own.

Fixtures: `clock` (its `now` is set or moved), `ledger_url`, `open_book` (opens the ledger; again, if asked again),
`book` (one opened ledger), `course` (the book with students ann ben cat dan, a TA, and the assignment hw: due in 3
days).
"""
from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from autograder.ledger import Ledger, Receipt, SubmissionRow
from autograder.model import Graded, ProblemResult, Role, Status, TeamRule, TestResult

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
KEY = b"k" * 32


@dataclass
class Clock:
    """Time that stands still until a test moves it."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/state/ledger.db"
    return str(request.getfixturevalue("fresh_database"))


@pytest.fixture
def open_book(ledger_url: str, tmp_path: Path, clock: Clock) -> Iterator[Callable[[], Ledger]]:
    opened: list[Ledger] = []

    def open_it() -> Ledger:
        opened.append(Ledger(ledger_url, clock=clock, blobs=tmp_path / "state" / "blobs", key=KEY))
        return opened[-1]

    yield open_it
    for book in opened:
        book.close()


@pytest.fixture
def book(open_book: Callable[[], Ledger]) -> Ledger:
    return open_book()


def publish(book: Ledger, slug: str = "hw", *, due: datetime | None = START + 3 * DAY, **more: Any) -> None:
    stated = {"team": TeamRule(), "title": slug.upper(), "opens": None, "pairs_lock": due and due - DAY,
              "version": "v1", "archive": b"zip", "points": 10.0, "files": ("report.pdf", "figures/*.png"),
              "actor": "tina"}
    book.publish("calc", slug, due=due, **(stated | more))


@pytest.fixture
def course(book: Ledger) -> Ledger:
    for username in ("ann", "ben", "cat", "dan"):
        book.enrol("calc", username, Role.STUDENT, name=username.title(), email=f"{username}@uni.example", actor="tina")
    book.enrol("calc", "tina", Role.TA, name="Tina", actor="tina")
    publish(book)
    return book


def notebook(source: str = "", *, answer: str = "because") -> bytes:
    """A notebook with one solution cell and one written answer."""
    def cell(kind: str, grade_id: str, text: str) -> dict[str, Any]:
        return {"cell_type": kind, "source": text, "id": grade_id,
                "metadata": {"nbgrader": {"grade_id": grade_id, "solution": True}}}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {},
                       "cells": [cell("code", "p1", source), cell("markdown", "why", answer)]}).encode()


def work(source: str = "", **more: Any) -> dict[str, bytes]:
    return {"hw.ipynb": notebook(source, **more)}


def pair(book: Ledger, one: str = "ann", other: str = "ben", slug: str = "hw") -> None:
    book.invite("calc", slug, one, other)
    book.accept("calc", slug, other, one)


def graded(row: SubmissionRow | Receipt, scores: Mapping[str, float | None], *, seconds: float = 1.0) -> Graded:
    """One problem per test, each of 5 points; None is undecided."""
    said: Mapping[str, Any] = row if isinstance(row, dict) else vars(row)

    def result(name: str, score: float | None) -> ProblemResult:
        status = Status.UNDECIDED if score is None else Status.OK if score == 5 else Status.WRONG
        test = TestResult(name, score or 0.0, 5.0, status, message="Looked at.", seconds=seconds)
        return ProblemResult(f"problem-{name}", name, score or 0.0, 5.0, status, (test,))

    problems = tuple(result(*item) for item in scores.items())
    return Graded(
        submission=said["team"], members=tuple(said["members"]), assignment=said["slug"], sha256=said["sha256"],
        score=sum(p.score for p in problems), max_score=5.0 * len(problems), problems=problems, seconds=seconds,
        status=Status.UNDECIDED if None in scores.values() else Status.OK, engine="e1", notebook={})


def record(book: Ledger, row: SubmissionRow | Receipt, scores: Mapping[str, float | None], **more: Any) -> None:
    book.record("calc", graded(row, scores, **more), assignment_version="v1", engine="e1", actor="tina")
