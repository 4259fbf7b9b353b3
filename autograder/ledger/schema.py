"""The tables of the ledger, for SQLite and PostgreSQL alike.

Three kinds: lines that are only ever added (`APPEND_ONLY`; triggers refuse to change or delete them), the present state
of things that change (assignment, team, invitation, membership), and one table of names that can be erased. Every table
but that one carries the course. Instants are text of fixed width in UTC, so that they sort, compare and hash the same
in both databases.
"""
from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    inspect,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from autograder.model import MachineryError

VERSION = 4
metadata = MetaData()


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept as ISO text in UTC."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else iso(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


def iso(instant: datetime) -> str:
    """The instant as the ledger writes it: UTC, always with microseconds."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no time zone; instants in the ledger are aware")
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def _table(name: str, *columns: Column[Any] | UniqueConstraint | Index) -> Table:
    return Table(name, metadata, *columns, sqlite_autoincrement=True)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _team() -> Column[int]:
    return Column("team_id", Integer, ForeignKey("team.id"), nullable=False)


def _text(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, nullable=False, primary_key=key)


def _lines(name: str, *columns: Column[Any] | UniqueConstraint | Index) -> Table:
    """A table of lines that are only added; `line` is the number of its audit line."""
    return _table(name, _id(), _text("course"), *columns, _text("actor"), Column("at", Instant, nullable=False),
                  Column("line", Integer, nullable=False), UniqueConstraint("course", "line"))


about = Table("about", metadata, Column("version", Integer, nullable=False))

person = Table("person", metadata, _text("username", key=True), _text("name"), _text("email"))

preference = Table("preference", metadata, _text("username", key=True), _text("language"))

erased = Table("erased", metadata, _text("username", key=True), Column("at", Instant, nullable=False))

membership = Table("membership", metadata, _text("course", key=True), _text("username", key=True), _text("role"))

assignment = Table(
    "assignment", metadata, _text("course", key=True), _text("slug", key=True), _text("title"),
    Column("opens", Instant), Column("due", Instant), Column("pairs_lock", Instant), Column("closes", Instant),
    Column("team_size", Integer, nullable=False), _text("team_alone"), _text("team_three"), _text("version"),
    _text("archive"), Column("points", Float, nullable=False), _text("files"), _text("given"),
    Column("published_at", Instant, nullable=False))

publication = _lines("publication", _text("slug"), _text("version"), _text("archive"), _text("given"))

schedule_change = _lines("schedule_change", _text("slug"), Column("due", Instant), Column("pairs_lock", Instant),
                         Column("closes", Instant), _text("reason"))

extension = _lines("extension", _text("slug"), _text("username"), Column("until", Instant, nullable=False),
                   _text("reason"))

permit = _lines("permit", _text("slug"), _text("username"), _text("kind"))

team = _table("team", _id(), _text("course"), _text("slug"), Column("made_at", Instant, nullable=False),
              Column("ended_at", Instant))

team_member = _table(
    "team_member", _id(), _text("course"), _text("slug"), _team(), _text("username"),
    Column("joined_at", Instant, nullable=False), Column("left_at", Instant),
    Index("one_team_at_a_time", "course", "slug", "username", unique=True,
          sqlite_where=text("left_at IS NULL"), postgresql_where=text("left_at IS NULL")),
    Index("member_of", "course", "slug"), Index("teams_of", "username"))

invitation = _table(
    "invitation", _id(), _text("course"), _text("slug"), _text("frm"), _text("invitee"),
    Column("made_at", Instant, nullable=False), Column("ended_at", Instant), Column("how", Text),
    Index("one_open_invitation", "course", "slug", "frm", "invitee", unique=True,
          sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL")))

partner_search = _table(
    "partner_search", _id(), _text("course"), _text("slug"), _text("username"), _text("note"),
    Column("made_at", Instant, nullable=False), Column("ended_at", Instant), Column("how", Text),
    Index("one_open_search", "course", "slug", "username", unique=True,
          sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL")))

submission = _lines("submission", _text("slug"), _team(), Column("number", Integer, nullable=False), _text("members"),
                    _text("sha256"), Column("size", Integer, nullable=False), UniqueConstraint("team_id", "number"),
                    Index("submission_of", "course", "slug"))

grade = _lines("grade", _text("slug"), _team(), _text("sha256"), Column("score", Float, nullable=False),
               Column("max_score", Float, nullable=False), _text("status"), _text("problems"), _text("version"),
               _text("engine"), Index("grade_of", "team_id", "sha256"), Index("grades_of", "course", "slug"))

mark = _lines("mark", _text("slug"), _team(), _text("sha256"), _text("test"), Column("points", Float), _text("comment"),
              _text("answer"), Index("mark_of", "course", "slug"))

adjustment = _lines("adjustment", _text("slug"), _text("username"), Column("points", Float, nullable=False),
                    _text("reason"), Index("adjustment_of", "course", "slug"))

external_mark = _lines("external_mark", _text("item"), _text("username"), _text("mark"), _text("source"))

letter = _lines("letter", _text("username"), _text("cause"))

feedback_page = _lines("feedback_page", _text("slug"), _team(), _text("blob"), Index("feedback_of", "course", "slug"),
                       Index("pages_of", "team_id"))

arrangement = _lines("arrangement", _text("username"), _text("what"), _text("item"), _text("value"), _text("reason"),
                     _text("note"), Column("expires", Instant), Column("ended", Integer, nullable=False),
                     Index("arrangement_of", "course", "username"))

policy_version = _lines("policy_version", Column("number", Integer, nullable=False), _text("text"), _text("passes"),
                        Column("effective", Instant, nullable=False), _text("reason"),
                        UniqueConstraint("course", "number"))

course_grade = _lines("course_grade", _text("username"), _text("raw"), _text("final"), _text("status"), _text("rule"),
                      Column("policy", Integer, nullable=False), _text("digest"), Index("course_grade_of", "course", "username"))

request = _lines("request", _text("slug"), _team(), _text("sha256"), _text("problem"), _text("reason"),
                 Index("request_of", "course", "slug"))

request_end = _lines("request_end", Column("request_id", Integer, ForeignKey("request.id"), nullable=False, unique=True),
                     _text("slug"), _text("outcome"), _text("words"), Column("points", Float, nullable=False),
                     _text("adjustments"), Index("request_end_of", "course", "slug"))

disclosure = _lines("disclosure", _text("slug"), _text("level"), Column("begins", Instant), _text("reason"),
                    Index("disclosure_of", "course", "slug"))

dismissal = _lines("dismissal", _text("slug"), _text("one"), _text("other"), _text("digest"), _text("reason"),
                   Index("dismissal_of", "course", "slug"))

project = _lines("project", _text("slug"), _text("given"))

project_line = _lines(
    "project_line", _text("slug"), _team(), _text("members"), _text("did"), _text("stage"), _text("said"), Column("answers", Integer),
    Column("happens", Instant), _text("place"), Column("number", Integer, nullable=False), _text("sha256"),
    Column("size", Integer, nullable=False), _text("rubric"), _text("points"), Index("project_line_of", "course", "slug"))

regrade = _lines("regrade", _text("slug"), _text("version"), _text("engine"), Index("regrade_of", "course", "slug"))

regraded = _lines(
    "regraded", Column("regrade_id", Integer, ForeignKey("regrade.id"), nullable=False), _text("slug"), _team(), _text("sha256"),
    Column("score", Float, nullable=False), Column("max_score", Float, nullable=False), _text("status"), _text("problems"),
    _text("version"), _text("engine"), _text("notebook"), Index("regraded_of", "regrade_id", "team_id", "sha256"))

regrade_end = _lines(
    "regrade_end", Column("regrade_id", Integer, ForeignKey("regrade.id"), nullable=False, unique=True), _text("slug"),
    _text("outcome"), _text("reason"), Column("keep_better", Integer, nullable=False), _text("teams"),
    Index("regrade_end_of", "course", "slug"))

paper_rule = _lines("paper_rule", _text("slug"), _text("rule"), Index("paper_rule_of", "course", "slug"))

paper = _lines("paper", _text("slug"), _team(), _text("sha256"), _text("file"), Column("pages", Integer, nullable=False),
               Column("words", Integer, nullable=False), Column("was_read", Integer, nullable=False),
               Index("paper_of", "course", "slug"))

marking = _lines(
    "marking", _text("slug"), _team(), _text("sha256"), _text("test"), _text("answer"), _text("turn"), _text("lines"),
    Column("points", Float, nullable=False), _text("remarks"), _text("comment"), Column("tolerance", Float, nullable=False),
    Index("marking_of", "course", "slug"))

second_wanted = _lines("second_wanted", _text("slug"), _team(), _text("test"), _text("answer"), _text("reason"),
                       Index("second_wanted_of", "course", "slug"))

conflict = _lines("conflict", _text("username"), _text("student"), Column("holds", Integer, nullable=False), _text("reason"))

lease = Table("lease", metadata, _text("course", key=True), _text("slug", key=True), _text("test", key=True),
              Column("team_id", Integer, ForeignKey("team.id"), primary_key=True), _text("holder"),
              Column("until", Instant, nullable=False))

seen = Table("seen", metadata, _text("course", key=True), _text("slug", key=True), _text("username", key=True), _text("what", key=True),
             Column("at", Instant, nullable=False))

audit = Table("audit", metadata, _text("course", key=True),
              Column("number", Integer, primary_key=True, autoincrement=False), Column("at", Instant, nullable=False),
              _text("actor"), _text("action"), _text("data"), _text("prev"), _text("hash"))

APPEND_ONLY = (letter, paper_rule, paper, marking, second_wanted, conflict,
               publication, schedule_change, extension, permit, submission, grade, mark, adjustment, external_mark,
               arrangement, policy_version, course_grade, feedback_page, disclosure, request, request_end, dismissal,
               project, project_line,
               regrade, regraded, regrade_end)


def create(connection: Connection) -> None:
    """Make what is missing: everything in a new ledger, the tables that came later in an older one.

    Called inside a write transaction, so that several processes may open a ledger at once. Formats only ever gain tables and indexes, so
    a ledger of an earlier release is carried over by making them; lines are never rewritten.
    """
    there = set(inspect(connection).get_table_names())
    if about.name in there:
        version = connection.execute(about.select()).scalar_one()
        if not 1 <= version <= VERSION:
            raise MachineryError(f"This ledger was written by a later release (format {version}; this one reads up to "
                                 f"{VERSION}). Run that release, or restore the matching backup.")
        if version == VERSION:
            return
    metadata.create_all(connection)
    for index in (index for table in metadata.sorted_tables if table.name in there for index in table.indexes):
        index.create(connection, checkfirst=True)
    if about.name in there:
        connection.execute(about.update().values(version=VERSION))
    else:
        connection.execute(about.insert().values(version=VERSION))
        if connection.dialect.name == "postgresql":
            connection.execute(text(
                "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'lines of the ledger are never changed'; END $$"))
    for table in (*APPEND_ONLY, audit):
        if table.name in there:
            continue
        for event in ("UPDATE", "DELETE"):
            body = ("FOR EACH ROW EXECUTE FUNCTION refuse_change()" if connection.dialect.name == "postgresql" else
                    "BEGIN SELECT RAISE(ABORT, 'lines of the ledger are never changed'); END")
            trigger = f"{table.name}_no_{event.lower()}"
            connection.execute(text(f"CREATE TRIGGER {trigger} BEFORE {event} ON {table.name} {body}"))
