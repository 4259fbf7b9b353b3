"""What is kept of the book says what the book says, and is made anew as soon as that may be something else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from time import sleep

import pytest
from sqlalchemy import create_engine, text

from autograder.ledger import Ledger, Memory, Team
from autograder.model import Disclosure, Level, Role, RuleError, SubmissionError, TeamRule

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
NOTEBOOK = b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}'


@pytest.fixture
def books(tmp_path: Path) -> tuple[Ledger, Ledger]:
    """Two openings of one ledger, as two processes have them, with four students and one assignment."""
    one, other = (Ledger(f"sqlite:///{tmp_path}/l.db", clock=lambda: NOW, blobs=tmp_path / "blobs", key=b"k" * 32) for _ in range(2))
    for name in ("ann", "ben", "cat", "dan"):
        one.enrol("c", name, Role.STUDENT, name=name.title(), actor="setup")
    one.publish("c", "hw", title="HW", opens=None, due=NOW + timedelta(days=1), pairs_lock=None, team=TeamRule(2), version="1",
                archive=b"zip", points=10, actor="setup")  # fmt: skip
    return one, other


def test_a_thing_is_made_once_for_each_mark() -> None:
    memory, made = Memory(), []
    for mark in (1, 1, 2, 2, 1):
        assert memory.kept("it", mark, lambda mark=mark: made.append(mark) or mark) == mark
    assert made == [1, 2, 1]


def test_threads_that_ask_for_one_thing_make_it_once() -> None:
    memory, made = Memory(), []
    threads = [Thread(target=memory.kept, args=("it", 1, lambda: (sleep(0.05), made.append(1)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_what_could_not_be_made_is_tried_again() -> None:
    memory = Memory()
    with pytest.raises(ZeroDivisionError):
        memory.kept("it", 1, lambda: 1 // 0)
    assert memory.kept("it", 1, lambda: 7) == 7


def test_every_write_changes_the_stamp_whoever_wrote(books: tuple[Ledger, Ledger]) -> None:
    before = [book.stamp() for book in books]
    assert [book.stamp() for book in books] == before
    for writer in books:
        before = [book.stamp() for book in books]
        writer.choose_language("ann", "he")
        assert all(book.stamp() != stamp for book, stamp in zip(books, before, strict=True))


@pytest.mark.long
def test_a_write_to_postgresql_that_ends_after_a_later_one_changes_the_stamp_too(fresh_database: str, tmp_path: Path) -> None:
    with Ledger(fresh_database, clock=lambda: NOW, blobs=tmp_path / "blobs", key=b"k" * 32) as book:
        engine = create_engine(fresh_database)
        with engine.connect() as early, engine.connect() as late:
            for connection in (early, late):  # each takes a number, as a transaction that writes does
                connection.execute(text("SELECT txid_current()"))
            late.commit()  # perhaps of another database on the same server
            before = book.stamp()
            early.commit()
            assert book.stamp() != before
        engine.dispose()


WRITES = {
    "invite": lambda book: book.invite("c", "hw", "ann", "ben"),
    "accept": lambda book: book.accept("c", "hw", "ben", "ann"),
    "extend": lambda book: book.extend("c", "hw", "cat", until=NOW + timedelta(days=9), reason="ill", actor="tina"),
    "submit": lambda book: book.submit("c", "hw", "ann", {"hw.ipynb": NOTEBOOK}),
    "permit": lambda book: book.permit("c", "hw", "cat", "alone", actor="tina"),
    "submit alone": lambda book: book.submit("c", "hw", "cat", {"hw.ipynb": NOTEBOOK}),
    "adjust": lambda book: book.adjust("c", "hw", "ann", 1.0, "a slip", actor="tina"),
    "feedback": lambda book: book.release_feedback("c", "hw", {book.teams("c", "hw")[0].id: b"<p>"}, actor="tina"),
    "reschedule": lambda book: book.reschedule("c", "hw", due=NOW + timedelta(days=3), actor="tina", reason="snow"),
    "disclose": lambda book: book.disclosures.change("c", "hw", Disclosure(Level.POINTS), actor="tina", reason="next year's tests"),
    "unenrol": lambda book: book.unenrol("c", "dan", actor="tina"),
    "unenrol one of a team": lambda book: book.unenrol("c", "ben", actor="tina"),
    "close": lambda book: book.reschedule("c", "hw", due=NOW - timedelta(days=3), closes=NOW - timedelta(1), actor="tina", reason="end"),
}


def team_of(book: Ledger, student: str) -> Team | None:
    return next((team for team in book.teams("c", "hw") if student in team.members), None)


def is_taken(book: Ledger, student: str) -> bool:
    """Whether the ledger looks at what he hands in, which here are no files at all."""
    try:
        book.submit("c", "hw", student, {})
    except SubmissionError:
        return True
    except RuleError:
        return False
    raise AssertionError("no files were taken")


def test_the_whole_says_of_every_student_what_the_ledger_says_of_him_after_every_write(books: tuple[Ledger, Ledger]) -> None:
    one, other = books
    for name, write in WRITES.items():
        edition = other.edition("c", "hw")
        write(one)
        assert other.edition("c", "hw") != edition, name
        whole = other.whole("c", "hw")
        assert whole.disclosure == one.disclosures.of("c", "hw"), name
        assert whole.counting == {(row.team, row.number) for row in one.effective("c", "hw")}, name
        for student in ("ann", "ben", "cat", "dan"):
            pairing = whole.pairing(student, NOW)
            assert (pairing.team, pairing.may_submit) == (team_of(one, student), is_taken(one, student)), (name, student)
            assert whole.due(student) == one.due_for("c", "hw", student), (name, student)
            credit = one.grade_for("c", "hw", student)
            assert whole.scores.get(student) == (credit and credit.score), (name, student)
            assert whole.has_feedback(student) == (one.feedback("c", "hw", student) is not None), (name, student)
            rows = tuple(row for row in one.submissions("c", "hw") if student in row.members)
            assert whole.handed_in.get(student, ()) == rows, (name, student)


def test_what_counts_for_one_is_the_same_whether_everybodys_is_known_still_or_no_more(books: tuple[Ledger, Ledger]) -> None:
    one, other = books
    for name, write in WRITES.items():
        write(one)
        alone = [one.grade_for("c", "hw", student) for student in ("ann", "ben", "cat", "dan")]
        assert [other.grade_for("c", "hw", student) for student in ("ann", "ben", "cat", "dan")] == alone, name
        other.history.present("c")  # everybody's is known from now on
        assert [other.grade_for("c", "hw", student) for student in ("ann", "ben", "cat", "dan")] == alone, name


def test_there_is_nothing_whole_about_an_assignment_that_is_not_there(books: tuple[Ledger, Ledger]) -> None:
    with pytest.raises(RuleError, match="no assignment 'hw9'"):
        books[0].whole("c", "hw9")
