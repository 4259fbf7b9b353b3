"""The book notices when it was changed behind its back."""
from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError

from autograder.ledger import Given, Ledger, PublishedGrade, Reason, What, WrittenAnswer, schema
from autograder.model import Disclosure, Level, MachineryError, WrittenPart
from autograder.projects import Kind, Project, RubricLine, Stage
from tests.ledger.conftest import DAY, START, Clock, graded, pair, publish, record, work
from tests.written.papers import paper, typed

LINES = [table.name for table in (*schema.APPEND_ONLY, schema.audit)]


@pytest.fixture
def full(course: Ledger) -> Ledger:
    """A book with a line of every kind."""
    pair(course)
    publish(course, files=("written.pdf",), written=WrittenPart())
    receipt = course.submit("calc", "hw", "ann", {**work("1"), "written.pdf": paper(typed)})
    record(course, receipt, {"a": 3, "b": None})
    course.mark("calc", "hw", receipt["team"], "b", 2, "x" * 1000, actor="tina")
    course.marking.mark("calc", "hw", receipt["team"], WrittenAnswer("why", 5.0), Given(points=3), actor="tina")
    course.marking.ask_second("calc", "hw", receipt["team"], "why", actor="tina")
    course.marking.declare("calc", "tina", "ann", actor="tina")
    course.adjust("calc", "hw", "ann", 1, "regrade", actor="tina")
    course.external_mark("calc", "exam", "ann", "61", actor="tina", source="csv")
    course.extend("calc", "hw", "ann", until=START + 9 * DAY, reason="ill", actor="tina")
    course.permit("calc", "hw", "cat", "alone", actor="tina")
    course.letters.note("calc", "ann", "feedback hw", actor="cron")
    course.reschedule("calc", "hw", due=START + 5 * DAY, actor="tina", reason="strike")
    course.release_feedback("calc", "hw", {receipt["team"]: b"page"}, actor="tina")
    course.disclosures.change("calc", "hw", Disclosure(Level.POINTS), actor="noa", reason="extensions still run")
    asked = course.requests.ask("calc", "hw", "ann", "problem-a", "why?", window=None)
    course.requests.answer("calc", asked.id, upheld=True, words="so", points=1, actor="tina")
    run = course.regrades.begin("calc", "hw", version="v2", engine="e1", actor="noa")
    course.regrades.record(run, graded(receipt, {"a": 5, "b": None}), b"notebook", actor="noa")
    course.regrades.publish(run, reason="a test was wrong", actor="noa")
    stage = Stage("final", "Report", Kind.HAND_IN, files=("*.pdf",))
    project = Project("project", "Project", (stage,), (RubricLine("all", Fraction(100), ""),))
    course.projects.publish("calc", project, archive=b"zip", actor="tina")
    course.permit("calc", "project", "cat", "alone", actor="tina")
    course.projects.hand_in("calc", project, "final", "cat", {"report.pdf": b"%PDF"})
    course.arrangements.arrange("calc", "ann", What.NO_LATENESS, reason=Reason.ILLNESS, actor="noa")
    course.policies.adopt("calc", "id = 'calc'", {}, effective=START, reason="syllabus", actor="noa")
    course.policies.publish("calc", [PublishedGrade("ann", Fraction(81), "81", "pass", "", 1, "ab")], actor="noa")
    course.similarity.dismiss("calc", "hw", receipt["team"], "team-00009", "ab", reason="the example of the lecture", actor="noa")
    return course


def change(url: str, *statements: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def without_guard(url: str, table: str, statement: str) -> None:
    """What somebody does who can write to the database and knows its triggers."""
    on = f" ON {table}" if url.startswith("postgresql") else ""
    change(url, *(f"DROP TRIGGER {table}_no_{event}{on}" for event in ("update", "delete")), statement)


def test_an_untouched_book_agrees_with_itself(full: Ledger) -> None:
    full.check_chain("calc")
    full.check_chain("a course that has no lines")
    lines = full.audit("calc")
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert {line.data.get("table") for line in lines} == {table.name for table in schema.APPEND_ONLY} | {None}
    assert (lines[0].prev, lines[1].prev) == ("", lines[0].hash)


@pytest.mark.parametrize("table", LINES)
def test_lines_can_be_neither_changed_nor_deleted(full: Ledger, ledger_url: str, table: str) -> None:
    for statement in (f"UPDATE {table} SET actor = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="lines of the ledger are never changed"):
            change(ledger_url, statement)
    full.check_chain("calc")


@pytest.mark.parametrize(("table", "statement"), [
    ("grade", "UPDATE grade SET score = 10"),
    ("grade", "UPDATE grade SET problems = '[]'"),
    ("grade", "DELETE FROM grade"),
    ("mark", "UPDATE mark SET points = 5"),
    ("mark", "UPDATE mark SET comment = 'Well done.'"),
    ("submission", "UPDATE submission SET at = '2026-03-01T00:00:00.000000+00:00'"),
    ("submission", "UPDATE submission SET members = '[\"ann\", \"zoe\"]'"),
    ("adjustment", "UPDATE adjustment SET course = 'algebra'"),
    ("extension", "DELETE FROM extension"),
    ("audit", "UPDATE audit SET data = '{}' WHERE number = 7"),
    ("audit", "UPDATE audit SET actor = 'ben' WHERE number = 7"),
    ("audit", "UPDATE audit SET at = '2026-03-01T00:00:00.000000+00:00' WHERE number = 7"),
    ("audit", "DELETE FROM audit WHERE number = 7"),
    ("audit", "DELETE FROM audit WHERE number = 1"),
    ("audit", "UPDATE audit SET number = number + 100 WHERE number > 7"),
])
def test_a_change_by_hand_is_noticed(full: Ledger, ledger_url: str, table: str, statement: str) -> None:
    without_guard(ledger_url, table, statement)
    with pytest.raises(MachineryError, match="Compare with the backup"):
        full.check_chain("calc")


def test_an_inserted_line_is_noticed(full: Ledger, ledger_url: str) -> None:
    change(ledger_url, "INSERT INTO adjustment (course, slug, username, points, reason, actor, at, line) VALUES "
           "('calc', 'hw', 'ann', 9, 'gift', 'tina', '2026-03-02T09:00:00.000000+00:00', 3)")
    with pytest.raises(MachineryError, match="adjustment of calc does not agree with line 3"):
        full.check_chain("calc")


def test_the_chain_cannot_be_made_again_without_the_key(
        full: Ledger, ledger_url: str, clock: Clock, tmp_path: Path) -> None:
    with Ledger(ledger_url, clock=clock, blobs=tmp_path / "b", key=b"guessed") as other:
        other.adjust("calc", "hw", "ben", 5, "gift", actor="tina")
        number = len(other.audit("calc"))
    with pytest.raises(MachineryError, match=f"changed at line {number} of"):
        full.check_chain("calc")



def test_a_refused_action_leaves_no_line(full: Ledger) -> None:
    before = full.audit("calc")
    for action in (lambda: full.leave("calc", "hw", "ann"), lambda: full.submit("calc", "hw", "dan", work("1"))):
        with pytest.raises(Exception, match="team"):
            action()
    assert full.audit("calc") == before


def test_reading_adds_no_line(full: Ledger, open_book: Callable[[], Ledger]) -> None:
    before = full.audit("calc")
    full.pairing("calc", "hw", "dan")
    full.credits("calc", "hw")
    full.effective("calc", "hw")
    open_book()
    assert full.audit("calc") == before


def test_a_line_that_is_added_while_the_book_is_checked_is_no_disagreement(course: Ledger, open_book: Callable[[], Ledger]) -> None:
    other = open_book()
    waiting = ["ann"]

    def meanwhile(_: Connection, __: object, statement: str, *___: object) -> None:
        if "FROM extension" in statement and waiting:           # the audit has been read, this table not yet
            other.extend("calc", "hw", waiting.pop(), until=START + 9 * DAY, reason="ill", actor="tina")

    event.listen(Engine, "before_cursor_execute", meanwhile)
    try:
        course.check_chain("calc")
    finally:
        event.remove(Engine, "before_cursor_execute", meanwhile)
    assert waiting == []
    course.check_chain("calc")
