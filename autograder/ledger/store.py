"""Transactions of the ledger and its audit chain.

One writer at a time, on SQLite by BEGIN IMMEDIATE and on PostgreSQL by an advisory lock: numbers have no gaps, and the
chain of audit lines has no branches. A write is on disk when its block ends; whatever ends it earlier leaves nothing.
The clock is read inside the lock, so the order of lines is the order of times.

Each audit line holds an HMAC of itself and of the line before, and each line of an append-only table is repeated in the
data of its audit line. So `verify` sees a changed, removed or inserted line even when the database was edited by hand.
"""
from __future__ import annotations

import hashlib
import hmac
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Table, create_engine, event, func, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from autograder.ledger import schema
from autograder.ledger.memory import Memory
from autograder.ledger.rows import AuditLine
from autograder.model import MachineryError

WAIT = 30.0                             # seconds that a writer waits for the others
_LONGEST = 256                          # letters of a text that an audit line repeats in full
_LOCK = 7_305_511_903_271               # our number among PostgreSQL's advisory locks


class Writing:
    """One write transaction: the connection, its instant, and the audit lines that it adds."""

    def __init__(self, connection: Connection, now: datetime, key: bytes) -> None:
        self.connection, self.now, self._key = connection, now, key

    def append(self, table: Table, course: str, actor: str, **values: Any) -> int:
        """Add a line to an append-only table together with its audit line; the answer is the new id."""
        line = self.note(course, actor, table.name.replace("_", " "), self._repeated(table, actor, values))
        result = self.connection.execute(
            table.insert().values(course=course, actor=actor, at=self.now, line=line, **values))
        assert result.inserted_primary_key is not None
        return int(result.inserted_primary_key[0])

    def append_all(self, table: Table, course: str, actor: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add many lines to an append-only table, each with its audit line."""
        if not rows:
            return
        action = table.name.replace("_", " ")
        first = self.note_all(course, actor, [(action, self._repeated(table, actor, row)) for row in rows])
        self.connection.execute(table.insert(), [
            {"course": course, "actor": actor, "at": self.now, "line": line, **row}
            for line, row in enumerate(rows, start=first)])

    def note(self, course: str, actor: str, action: str, data: Mapping[str, Any]) -> int:
        """Add an audit line; the answer is its number."""
        return self.note_all(course, actor, [(action, data)])

    def note_all(self, course: str, actor: str, said: Sequence[tuple[str, Mapping[str, Any]]]) -> int:
        """Add audit lines, each an action with its data; the answer is the number of the first."""
        last = self.connection.execute(
            select(schema.audit.c.number, schema.audit.c.hash).where(schema.audit.c.course == course)
            .order_by(schema.audit.c.number.desc()).limit(1)).first()
        first, prev = (1, "") if last is None else (last.number + 1, last.hash)
        lines = []
        for number, (action, data) in enumerate(said, start=first):
            written = json.dumps(data, sort_keys=True)
            seal = _seal(self._key, course, number, self.now, actor, action, written, prev)
            lines.append({"course": course, "number": number, "at": self.now, "actor": actor, "action": action,
                          "data": written, "prev": prev, "hash": seal})
            prev = seal
        if lines:
            self.connection.execute(schema.audit.insert(), lines)
        return first

    def _repeated(self, table: Table, actor: str, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"table": table.name, "row": _repeat({**values, "actor": actor, "at": self.now})}


class Store:
    """The database behind a ledger."""

    def __init__(self, url: str, *, clock: Callable[[], datetime], key: bytes) -> None:
        self._clock = clock
        self._key = hmac.digest(key, b"ledger audit", "sha256")
        parsed = make_url(url)
        sqlite = parsed.get_backend_name() == "sqlite"
        if sqlite:
            if not parsed.database or parsed.database == ":memory:":
                raise MachineryError("A ledger lives in a file; sqlite:///state/ledger.db for example.")
            _own_file(Path(parsed.database))
        # A server of databases may have been started anew since a connection was last used: ask first, so that nobody meets a dead one.
        self._engine = create_engine(parsed, connect_args={"timeout": WAIT} if sqlite else {}, pool_pre_ping=not sqlite)
        if sqlite:
            event.listen(self._engine, "connect", _prepare_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
        self._writers = self._engine.execution_options(ledger_write=True)
        # Only what is read outside of writing is kept: a write that is taken back gives its numbers to other lines.
        self._readers = self._engine.execution_options(memory=Memory())
        if not sqlite:      # PostgreSQL shows each statement of a transaction what others have written meanwhile, unless told not to
            self._readers = self._readers.execution_options(isolation_level="REPEATABLE READ")
        self._watch: sqlite3.Connection | None = None
        self._watching = Lock()
        with self.writing() as entry:
            schema.create(entry.connection)

    def close(self) -> None:
        self._engine.dispose()
        if self._watch is not None:
            self._watch.close()

    def now(self) -> datetime:
        """The present instant."""
        return self._clock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view: all of the block sees the book as it was at its first statement."""
        with _explained(), self._readers.connect() as connection, connection.begin():
            yield connection

    def stamp(self) -> object:
        """Something that every write changes, whoever wrote. What is read after it was asked for is at least as new."""
        with _explained(), self._watching:
            if self._engine.dialect.name == "postgresql":
                with self._engine.connect() as connection:  # whole: of two writes the earlier may end last
                    return connection.execute(text("SELECT CAST(txid_current_snapshot() AS text)")).scalar_one()
            if self._watch is None:      # SQLite counts what others have written, so the connection that asks never writes
                self._watch = sqlite3.connect(str(self._engine.url.database), timeout=WAIT, check_same_thread=False)
            return self._watch.execute("PRAGMA data_version").fetchone()[0]

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """All of the block or nothing, one writer at a time."""
        with _explained(), self._writers.connect() as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            yield Writing(connection, self._clock(), self._key)

    def forget(self, table: Table) -> None:
        """Let what was overwritten in a table leave the files of the database as well."""
        with _explained():
            if self._engine.dialect.name == "postgresql":
                with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    connection.execute(text(f"VACUUM {table.name}"))
                return
            raw = self._engine.raw_connection()         # a checkpoint is no part of a transaction
            try:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                raw.close()

    def audit(self, course: str, newest: int | None = None) -> tuple[AuditLine, ...]:
        """The lines of a course, or so many of the newest, oldest first."""
        query = _lines_of(course)
        if newest is not None:
            query = query.order_by(None).order_by(schema.audit.c.number.desc()).limit(newest)
        with self.reading() as connection:
            lines = tuple(_line(row) for row in connection.execute(query))
        return lines if newest is None else lines[::-1]

    def newest(self, course: str) -> int:
        """The number of the newest line of a course; 0 when there is none."""
        with self.reading() as connection:
            return connection.execute(select(func.max(schema.audit.c.number)).where(schema.audit.c.course == course)).scalar() or 0

    def verify(self, course: str) -> None:
        """MachineryError that names the first line at which the book does not agree with itself."""
        with self.reading() as connection:
            repeated: dict[str, dict[int, Any]] = {table.name: {} for table in schema.APPEND_ONLY}
            prev = ""
            for place, row in enumerate(connection.execute(_lines_of(course)), start=1):
                seal = _seal(self._key, course, row.number, row.at, row.actor, row.action, row.data, row.prev)
                if row.number != place or row.prev != prev or not hmac.compare_digest(row.hash, seal):
                    raise MachineryError(f"The audit of {course} was changed at line {place} of {row.number}: a line "
                                         "is altered or missing there. Compare with the backup before going on.")
                prev, data = row.hash, json.loads(row.data)
                if "table" in data:
                    repeated[data["table"]][row.number] = data["row"]
            for table in schema.APPEND_ONLY:
                rows = {row["line"]: _repeat({name: value for name, value in row.items()
                                              if name not in ("id", "course", "line")})
                        for row in connection.execute(table.select().where(table.c.course == course)).mappings()}
                expected = repeated[table.name]
                for line in sorted(rows.keys() | expected.keys()):
                    if rows.get(line) != expected.get(line):
                        raise MachineryError(f"The table {table.name} of {course} does not agree with line {line} of "
                                             "the audit. Compare with the backup before going on.")


def _seal(key: bytes, course: str, number: int, at: datetime, actor: str, action: str, data: str, prev: str) -> str:
    said = json.dumps([course, number, schema.iso(at), actor, action, data, prev])
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()


def _repeat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as an audit line says it: long texts by their digest."""
    def say(value: Any) -> Any:
        if isinstance(value, datetime):
            return schema.iso(value)
        if isinstance(value, str) and len(value) > _LONGEST:
            return "sha256:" + hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
        return value
    return {name: say(value) for name, value in row.items()}


def _lines_of(course: str) -> Any:
    return schema.audit.select().where(schema.audit.c.course == course).order_by(schema.audit.c.number)


def _line(row: Any) -> AuditLine:
    return AuditLine(row.course, row.number, row.at, row.actor, row.action, json.loads(row.data), row.prev, row.hash)


def _own_file(path: Path) -> None:
    """The database file is readable by its owner only, from the start; its companions take over its mode."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise MachineryError(f"The ledger cannot be opened: {error}. Check the folder and who owns it.") from error


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None                   # we say BEGIN ourselves
    deadline = time.monotonic() + WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").close()
            break
        except sqlite3.OperationalError:                # of several that open a new file: this switch alone does not wait
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)
    for pragma in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("ledger_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        raise MachineryError(f"The ledger's database failed: {error.orig}. Nothing was changed; try again. If it "
                             "lasts, see that the disk has room and that no other program holds the database."
                             ) from error


