"""A ledger that an earlier release wrote is carried over; one of a later release is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DatabaseError

from autograder.ledger import schema
from autograder.model import MachineryError

FIRST = {
    "about", "person", "membership", "assignment", "publication", "schedule_change", "extension", "permit", "team", "team_member",
    "invitation", "submission", "grade", "mark", "adjustment", "external_mark", "feedback_page", "audit",
}  # fmt: skip
"""The tables of format 1."""


def test_a_ledger_of_the_first_format_gains_the_tables_that_came_later_and_keeps_its_lines(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'ledger.db'}")
    with engine.begin() as connection:
        schema.create(connection)
        for table in schema.metadata.sorted_tables:
            if table.name not in FIRST:
                connection.execute(text(f"DROP TABLE {table.name}"))
        connection.execute(schema.about.update().values(version=1))
        connection.execute(schema.person.insert().values(username="dana", name="Dana", email=""))
    with engine.begin() as connection:
        schema.create(connection)
        assert set(inspect(connection).get_table_names()) >= set(schema.metadata.tables)
        assert connection.execute(schema.about.select()).scalar_one() == schema.VERSION
        assert connection.execute(schema.person.select()).one().name == "Dana"
    for table in schema.APPEND_ONLY:
        with pytest.raises(DatabaseError, match="never changed"), engine.begin() as connection:
            line = {column.name: _some(column) for column in table.columns if column.name != "id"}
            connection.execute(table.insert().values(**line))
            connection.execute(table.delete())


def _some(column: object) -> object:
    from datetime import UTC, datetime

    kind = column.type.python_type if not isinstance(column.type, schema.Instant) else datetime  # type: ignore[attr-defined]
    return datetime(2027, 1, 1, tzinfo=UTC) if kind is datetime else kind(1)


def test_a_ledger_of_a_later_release_is_left_alone(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'ledger.db'}")
    with engine.begin() as connection:
        schema.create(connection)
        connection.execute(schema.about.update().values(version=schema.VERSION + 1))
    with pytest.raises(MachineryError, match="later release"), engine.begin() as connection:
        schema.create(connection)
