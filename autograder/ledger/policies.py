"""By which rules course grades are computed, and which course grades were published.

The rules are the text of course.toml. A course that has *adopted* a text computes by it, whatever the file says later; each adoption is
a version with the day from which it holds, so an old term can be computed again by the rules of its own day. What has to be passed
is judged by the pass rules of assignments, which stand outside course.toml, so they are kept with the version.

A version counts from its effective day on, and never before somebody adopted it. The chapter keeps texts and does not read them.
"""
from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, func, select

from autograder.ledger import lookups, schema
from autograder.ledger.chapter import Chapter
from autograder.model import RuleError
from autograder.scoring import PassRule


@dataclass(frozen=True)
class PolicyVersion:
    """The rules of a course as somebody adopted them."""

    number: int                         # from 1
    text: str                           # of course.toml
    passes: Mapping[str, PassRule]      # by assignment: those that have to be passed
    effective: datetime                 # the rules hold from this instant on
    reason: str
    actor: str
    at: datetime


@dataclass(frozen=True)
class PublishedGrade:
    """One student's course grade as it was published."""

    username: str
    raw: Fraction | None                # before the last rounding
    final: str                          # as it is shown; "" when there is none
    status: str
    rule: str
    policy: int                         # number of the version that it was computed by
    digest: str                         # of all that it follows from
    actor: str = ""
    at: datetime | None = None          # None: not published yet


def in_effect(versions: Iterable[PolicyVersion], at: datetime) -> PolicyVersion | None:
    """The version that holds at an instant, as far as it was known then; None before the first."""
    return max((version for version in versions if version.at <= at and version.effective <= at),
               key=lambda version: (version.effective, version.number), default=None)


class Policies(Chapter):
    """`ledger.policies`."""

    def adopt(self, course: str, text: str, passes: Mapping[str, PassRule], *, effective: datetime, reason: str,
              actor: str) -> int:
        """Compute by this text from then on; answers the number of the version."""
        if not reason.strip():
            raise RuleError("New rules need a reason: everybody whose grade they change may read it.", code="no-reason")
        table = schema.policy_version
        line = {"text": text, "effective": effective, "reason": lookups.plain(reason),
                "passes": json.dumps({slug: [rule.pass_score, list(rule.pass_problems)] for slug, rule in sorted(passes.items())})}
        with self.writing(actor) as entry:
            last = lookups.first(entry, table.select().where(table.c.course == course).order_by(table.c.id.desc()).limit(1))
            if last is not None and (last.text, last.passes, last.effective) == (text, line["passes"], effective):
                return int(last.number)
            number = 1 if last is None else last.number + 1
            entry.append(table, course, actor, number=number, **line)
            return int(number)

    def versions(self, course: str) -> tuple[PolicyVersion, ...]:
        """All versions, oldest first."""
        table = schema.policy_version
        with self.reading() as connection:
            rows = connection.execute(table.select().where(table.c.course == course).order_by(table.c.id)).all()
        return tuple(PolicyVersion(row.number, row.text, _passes(row.passes), row.effective, row.reason, row.actor, row.at)
                     for row in rows)

    def publish(self, course: str, grades: Iterable[PublishedGrade], *, actor: str) -> tuple[str, ...]:
        """Give these course grades to their students; answers whose grade is new or another one than before."""
        changed = []
        with self.writing(actor) as entry:
            before = _grades(entry.connection, course, None)
            for grade in grades:
                lookups.student(entry.connection, course, grade.username)
                old = before.get(grade.username)
                line = _line(grade)
                if old is None or _line(old) != line:
                    entry.append(schema.course_grade, course, actor, **line)
                    changed.append(grade.username)
        return tuple(changed)

    def published(self, course: str, at: datetime | None = None) -> dict[str, PublishedGrade]:
        """By student: the course grade that was published last, or last before an instant."""
        with self.reading() as connection:
            return _grades(connection, course, at)

    def history(self, course: str, username: str) -> tuple[PublishedGrade, ...]:
        """All grades that were published for one student, oldest first."""
        table = schema.course_grade
        with self.reading() as connection:
            rows = connection.execute(table.select().where(table.c.course == course, table.c.username == username)
                                      .order_by(table.c.id)).all()
        return tuple(map(_grade, rows))


def _passes(written: str) -> dict[str, PassRule]:
    return {slug: PassRule(slug, score, tuple(problems)) for slug, (score, problems) in json.loads(written).items()}


def _line(grade: PublishedGrade) -> dict[str, Any]:
    return {"username": grade.username, "raw": "" if grade.raw is None else str(grade.raw), "final": grade.final,
            "status": grade.status, "rule": grade.rule, "policy": grade.policy, "digest": grade.digest}


def _grades(connection: Connection, course: str, at: datetime | None) -> dict[str, PublishedGrade]:
    table = schema.course_grade
    newest = select(func.max(table.c.id)).where(table.c.course == course).group_by(table.c.username)
    if at is not None:
        newest = newest.where(table.c.at <= at)
    return {row.username: _grade(row) for row in connection.execute(
        table.select().where(table.c.id.in_(newest)).order_by(table.c.username))}


def _grade(row: Any) -> PublishedGrade:
    return PublishedGrade(row.username, Fraction(row.raw) if row.raw else None, row.final, row.status, row.rule, row.policy,
                          row.digest, row.actor, row.at)
