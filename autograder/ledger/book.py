"""The ledger: people, teams, submissions, grades and marks of the courses on one installation.

Every write is one transaction with its audit line, is safe to repeat (what is so already changes nothing and adds no
line), and is refused with a RuleError that can be shown to the person who asked. The ledger knows who did something
(`actor`), not whether he may: that is decided where people log in. A `Ledger` belongs to the process that opened it;
threads may share it.
"""
from __future__ import annotations

import hmac
import json
import math
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from sqlalchemy import Connection, and_, bindparam, select, union

from autograder.ledger import blobs, counting, disclosures, lookups, packing, pairs, papers, schema, whole
from autograder.ledger import teams as rules
from autograder.ledger.arrangements import Arrangements
from autograder.ledger.disclosures import Disclosures
from autograder.ledger.history import History
from autograder.ledger.intake import Intake
from autograder.ledger.letters import Letters
from autograder.ledger.marking import Markings, put_mark
from autograder.ledger.memory import Memory
from autograder.ledger.pairs import Pairs
from autograder.ledger.papers import Papers
from autograder.ledger.policies import Policies
from autograder.ledger.projects import Projects
from autograder.ledger.regrades import Regrades
from autograder.ledger.requests import Requests
from autograder.ledger.rows import (
    Adjustment,
    AuditLine,
    Credit,
    Extension,
    ExternalMark,
    GradeRow,
    MarkRow,
    Pairing,
    Person,
    Published,
    Receipt,
    SubmissionRow,
    Team,
)
from autograder.ledger.seen import Seen
from autograder.ledger.similarity import Similarity
from autograder.ledger.store import Store
from autograder.ledger.whole import Whole
from autograder.model import (
    EVERYTHING,
    Disclosure,
    Graded,
    Role,
    RuleError,
    Submission,
    TeamRule,
    WrittenPart,
)
from autograder.words import LANGUAGES, text

_PEOPLE = (select(schema.person, schema.membership.c.role, schema.preference.c.language)
           .join(schema.membership, schema.membership.c.username == schema.person.c.username)
           .outerjoin(schema.preference, schema.preference.c.username == schema.person.c.username)
           .where(schema.membership.c.course == bindparam("course")).order_by(schema.person.c.username))
_PERSON = _PEOPLE.where(schema.person.c.username == bindparam("username"))  # made once: it is asked in every request


class Ledger:
    """The book. `key` signs receipts and seals the audit; it must stay the same for the life of the ledger."""

    def __init__(self, url: str, *, clock: Callable[[], datetime], blobs: Path, key: bytes,
                 allowance: packing.Allowance = packing.USUAL) -> None:
        self._store = Store(url, clock=clock, key=key)
        self._clock, self._blobs, self._allowance = clock, blobs, allowance
        self._memory = Memory()
        self.requests = Requests(self._store, blobs=blobs)
        self.regrades = Regrades(self._store, blobs=blobs)
        self.similarity = Similarity(self._store, blobs=blobs)
        self._receipt_key = hmac.digest(key, b"ledger receipt", "sha256")
        self.arrangements = Arrangements(self._store, blobs=blobs)
        self.intake = Intake(self._store, blobs=blobs)
        self.marking = Markings(self._store, blobs=blobs)
        self.papers = Papers(self._store, blobs=blobs)
        self.policies = Policies(self._store, blobs=blobs)
        self.history = History(self._store, blobs=blobs)
        self.projects = Projects(self._store, blobs=blobs, publish=self.publish, sign=self._signature, apply=pairs.apply)
        self.pairs = Pairs(self._store, blobs=blobs)
        self.letters = Letters(self._store, blobs=blobs)
        self.seen = Seen(self._store, blobs=blobs)
        self.disclosures = Disclosures(self._store, blobs=blobs)

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    # ---------------------------------------------------------------- people

    def enrol(self, course: str, username: str, role: Role, *, name: str, email: str = "", actor: str) -> None:
        """Make somebody a member of the course, or change his role, name or address."""
        lookups.fit_username(username)
        person, membership = schema.person, schema.membership
        names = {"name": lookups.plain(name), "email": lookups.plain(email)}
        with self._writing(actor) as entry:
            old = lookups.first(entry, person.select().where(person.c.username == username))
            if old is None:
                entry.connection.execute(person.insert().values(username=username, **names))
            elif (old.name, old.email) != (names["name"], names["email"]):
                entry.connection.execute(person.update().where(person.c.username == username).values(**names))
                entry.connection.execute(schema.erased.delete().where(schema.erased.c.username == username))
                entry.note(course, actor, "rename", {"username": username})
            known = lookups.role(entry.connection, course, username)
            if known is role:
                return
            if known is Role.STUDENT:
                pairs.drop_out(entry, course, username, actor=actor)
            where = and_(membership.c.course == course, membership.c.username == username)
            entry.connection.execute(
                membership.insert().values(course=course, username=username, role=role.value) if known is None else
                membership.update().where(where).values(role=role.value))
            entry.note(course, actor, "enrol", {"username": username, "role": role.value})

    def unenrol(self, course: str, username: str, *, actor: str, reason: str = "") -> None:
        """End somebody's membership: he leaves his open teams. His submissions and grades stay in the book."""
        membership = schema.membership
        with self._writing(actor) as entry:
            if lookups.role(entry.connection, course, username) is None:
                return
            entry.connection.execute(
                membership.delete().where(membership.c.course == course, membership.c.username == username))
            entry.note(course, actor, "unenrol", {"username": username, "reason": lookups.plain(reason)})
            pairs.drop_out(entry, course, username, actor=actor)

    def erase(self, username: str, *, actor: str) -> None:
        """Forget a person's name and address, in all courses, for good: no file of people brings them back, and no letters
        go to him. His user name remains in the lines of the book. RuleError when nobody is called so."""
        person, member, erased = schema.person, schema.membership, schema.erased
        with self._writing(actor) as entry:
            old = lookups.first(entry, person.select().where(person.c.username == username))
            if old is None:
                raise RuleError(f"There is nobody with the user name {username!r}.", code="unknown-person")
            if not (old.name or old.email) and username in lookups.erased(entry.connection):
                return
            entry.connection.execute(person.update().where(person.c.username == username).values(name="", email=""))
            entry.connection.execute(schema.preference.delete().where(schema.preference.c.username == username))
            if username not in lookups.erased(entry.connection):
                entry.connection.execute(erased.insert().values(username=username, at=entry.now))
            courses = union(select(member.c.course).where(member.c.username == username),
                            select(schema.team_member.c.course).where(schema.team_member.c.username == username))
            for course in sorted(entry.connection.execute(courses).scalars()):
                entry.note(course, actor, "erase", {"username": username})
        self._store.forget(person)

    def erased(self) -> frozenset[str]:
        """The user names of those who were forgotten."""
        with self._store.reading() as connection:
            return lookups.erased(connection)

    def people(self, course: str, role: Role | None = None) -> tuple[Person, ...]:
        """The members of the course by user name."""
        return tuple(person for person in self._people(course) if role in (None, person.role))

    def person(self, course: str, username: str) -> Person | None:
        """One member of the course."""
        return next(iter(self._people(course, username)), None)

    def _people(self, course: str, username: str | None = None) -> tuple[Person, ...]:
        query, asked = (_PEOPLE, {"course": course}) if username is None else (_PERSON, {"course": course, "username": username})
        with self._store.reading() as connection:
            rows = connection.execute(query, asked).all()
        return tuple(Person(row.username, Role(row.role), row.name, row.email, row.language or "") for row in rows)

    def choose_language(self, username: str, language: str) -> None:
        """What somebody wants to read in, in all courses; his own wish, so the book does not tell of it."""
        preference = schema.preference
        if language not in LANGUAGES:
            raise RuleError(text("There is no language {language} here; there are {known}.", language=repr(language),
                                 known=", ".join(LANGUAGES)), code="unknown-language")
        with self._writing(username) as entry:
            entry.connection.execute(preference.delete().where(preference.c.username == username))
            entry.connection.execute(preference.insert().values(username=username, language=language))

    def role_of(self, course: str, username: str) -> Role | None:
        """What he is in this course; None when he is no member."""
        with self._store.reading() as connection:
            return lookups.role(connection, course, username)

    def roles_of(self, username: str) -> dict[str, Role]:
        """What he is, by course."""
        table = schema.membership
        with self._store.reading() as connection:
            rows = connection.execute(select(table.c.course, table.c.role).where(table.c.username == username)).all()
        return {row.course: Role(row.role) for row in rows}

    def left(self, course: str) -> tuple[Person, ...]:
        """Who was in the course and is in it no more, by user name, as they were called."""
        audit, person = schema.audit, schema.person
        with self._store.reading() as connection:
            lines = connection.execute(select(audit.c.data).where(audit.c.course == course, audit.c.action == "unenrol")).scalars()
            gone = {json.loads(line)["username"] for line in lines}
            members = connection.execute(select(schema.membership.c.username).where(schema.membership.c.course == course)).scalars()
            gone.difference_update(members)
            rows = connection.execute(person.select().order_by(person.c.username)).all() if gone else ()
        return tuple(Person(row.username, Role.STUDENT, row.name, row.email) for row in rows if row.username in gone)

    def note_password(self, course: str, username: str, *, actor: str) -> None:
        """Say in the audit that somebody gets a new password for the hub. The password itself stands nowhere."""
        with self._writing(actor) as entry:
            entry.note(course, actor, "password", {"username": username})

    # ---------------------------------------------------------------- assignments and their schedule

    def publish(self, course: str, slug: str, *, title: str, opens: datetime | None, due: datetime | None,
                pairs_lock: datetime | None, team: TeamRule, version: str, archive: bytes, points: float,
                files: Iterable[str] = (), written: WrittenPart | None = None, closes: datetime | None = None,
                disclosure: Disclosure = EVERYTHING, actor: str) -> None:
        """Give an assignment to the students: `archive` is the release as they download it, `files` are the patterns of
        what a submission may carry besides the notebook, `written` is what a PDF among them may be, nothing is taken after
        `closes`, and `disclosure` is what feedback will tell about hidden tests.

        Publishing again changes only what differs from what was published before, so `reschedule` and `disclosures.change`
        outlive a corrected release.
        """
        stated = {"title": title, "points": float(points), "files": json.dumps(list(files)), "team_size": team.size,
                  "team_alone": team.alone, "team_three": team.three, "opens": opens, "due": due,
                  "pairs_lock": pairs_lock, "closes": closes}
        again: dict[str, object] = {} if team.again == "yes" else {"team_again": team.again}
        again |= disclosures.given(disclosure)
        given = json.dumps({name: schema.iso(v) if isinstance(v, datetime) else v for name, v in stated.items()} | again,
                           sort_keys=True)
        digest = blobs.put(self._blobs, archive)
        table = schema.assignment
        with self._writing(actor) as entry:
            old = lookups.first(entry, table.select().where(table.c.course == course, table.c.slug == slug))
            papers.put_rule(entry, course, slug, written, actor=actor)
            if old is not None and (old.given, old.version, old.archive) == (given, version, digest):
                return
            if disclosures.given(disclosure).get("disclosure") != json.loads(old.given if old else "{}").get("disclosure"):
                disclosures.put(entry, course, slug, disclosure, actor=actor)
            now = {"version": version, "archive": digest, "given": given, "published_at": entry.now}
            if old is None:
                entry.connection.execute(table.insert().values(course=course, slug=slug, **stated, **now))
            else:
                before, after = json.loads(old.given), json.loads(given)
                changed = {name: value for name, value in stated.items() if before.get(name) != after[name]}
                entry.connection.execute(
                    table.update().where(table.c.course == course, table.c.slug == slug).values(**changed, **now))
            entry.append(schema.publication, course, actor, slug=slug, version=version, archive=digest, given=given)

    def published(self, course: str, *, projects: bool = False) -> tuple[Published, ...]:
        """The assignments of the course in the order of their due times; with the projects, which have teams and due times as well,
        only where that is asked for."""
        def read() -> tuple[Published, ...]:
            table = schema.assignment
            others = select(schema.project.c.slug).where(schema.project.c.course == course)
            with self._store.reading() as connection:
                found = [lookups.published_row(row) for row in connection.execute(table.select().where(
                    table.c.course == course, *(() if projects else (table.c.slug.not_in(others),))))]
            return tuple(sorted(found, key=lambda a: (a.due is None, a.due or a.published_at, a.slug)))
        return self._memory.kept(("published", course, projects), self.stamp(), read)

    def archive(self, course: str, slug: str) -> bytes:
        """The release that students download."""
        table = schema.assignment
        with self._store.reading() as connection:
            lookups.assignment(connection, course, slug)
            digest = connection.execute(
                select(table.c.archive).where(table.c.course == course, table.c.slug == slug)).scalar_one()
        return blobs.get(self._blobs, digest)

    def reschedule(self, course: str, slug: str, *, due: datetime | None = None, pairs_lock: datetime | None = None,
                   closes: datetime | None = None, actor: str, reason: str) -> None:
        """Move the due time of everybody; the lock date and the closing time move with it unless they are given."""
        with self._writing(actor) as entry:
            old = lookups.assignment(entry.connection, course, slug)
            moved = due - old.due if due is not None and old.due is not None else None

            def along(given: datetime | None, current: datetime | None) -> datetime | None:
                return given or (current + moved if current is not None and moved is not None else current)

            new = {"due": due or old.due, "pairs_lock": along(pairs_lock, old.pairs_lock),
                   "closes": along(closes, old.closes)}
            if new == {"due": old.due, "pairs_lock": old.pairs_lock, "closes": old.closes}:
                return
            table = schema.assignment
            entry.connection.execute(
                table.update().where(table.c.course == course, table.c.slug == slug).values(**new))
            entry.append(schema.schedule_change, course, actor, slug=slug, reason=lookups.plain(reason), **new)

    def extend(self, course: str, slug: str, username: str, *, until: datetime, reason: str, actor: str) -> None:
        """Give one student more time; his newest extension counts."""
        with self._writing(actor) as entry:
            lookups.assignment(entry.connection, course, slug)
            lookups.student(entry.connection, course, username)
            newest = [e for e in lookups.extensions(entry.connection, course, slug) if e.username == username][-1:]
            if not newest or (newest[0].until, newest[0].reason) != (until, lookups.plain(reason)):
                entry.append(schema.extension, course, actor, slug=slug, username=username, until=until,
                             reason=lookups.plain(reason))

    def extensions(self, course: str, slug: str) -> tuple[Extension, ...]:
        """All of them, oldest first."""
        with self._store.reading() as connection:
            return lookups.extensions(connection, course, slug)

    def due_for(self, course: str, slug: str, username: str) -> datetime | None:
        """A student's own due time."""
        with self._store.reading() as connection:
            return lookups.due(connection, lookups.assignment(connection, course, slug))(username)

    # ---------------------------------------------------------------- teams

    def invite(self, course: str, slug: str, by: str, to: str) -> None:
        """Ask somebody to be a partner; inviting a person whose invitation is open accepts it."""
        self._pair(course, slug, by, lambda now: rules.invite(now, by, to))

    def accept(self, course: str, slug: str, by: str, frm: str) -> None:
        """Take an invitation; both are in one team from now on."""
        self._pair(course, slug, by, lambda now: rules.accept(now, by, frm))

    def decline(self, course: str, slug: str, by: str, frm: str) -> None:
        """Say no to an invitation."""
        self._pair(course, slug, by, lambda now: rules.decline(now, by, frm))

    def withdraw(self, course: str, slug: str, by: str, to: str | None = None) -> None:
        """Take back one's invitation to somebody, or all of one's invitations."""
        self._pair(course, slug, by, lambda now: rules.withdraw(now, by, to))

    def leave(self, course: str, slug: str, by: str) -> None:
        """Leave one's team before it has submitted and before the lock date."""
        self._pair(course, slug, by, lambda now: rules.leave(now, by))

    def assign_team(self, course: str, slug: str, members: Iterable[str], *, actor: str, reason: str = "") -> Team:
        """Staff put these people together, whatever the dates and earlier teams; see `ledger/teams.py`. Answers their
        team."""
        together = tuple(members)
        self._pair(course, slug, actor, lambda now: rules.assign(now, together), reason=reason)
        return next(team for team in self.teams(course, slug) if set(team.members) == set(together))

    def permit(self, course: str, slug: str, username: str, kind: Literal["alone", "three"], *, actor: str) -> None:
        """Allow a student to work alone, or his team to be one more than usual."""
        if kind not in ("alone", "three"):
            raise RuleError(f"There is no permit {kind!r}; there are alone and three.", code="unknown-permit")
        with self._writing(actor) as entry:
            lookups.assignment(entry.connection, course, slug)
            lookups.student(entry.connection, course, username)
            if (username, kind) not in lookups.permits(entry.connection, course, slug):
                entry.append(schema.permit, course, actor, slug=slug, username=username, kind=kind)

    def pairing(self, course: str, slug: str, username: str) -> Pairing:
        """Where a student stands: team, invitations, and whether he may submit."""
        return self.whole(course, slug).pairing(username, self._clock())

    def teams(self, course: str, slug: str) -> tuple[Team, ...]:
        """The teams as they are now."""
        with self._store.reading() as connection:
            lookups.assignment(connection, course, slug)
            groups = lookups.groups(connection, course, slug)
        return tuple(lookups.team_row(slug, name, groups[name]) for name in sorted(groups))

    def _pair(self, course: str, slug: str, actor: str, rule: Callable[[rules.Pairings], tuple[rules.Change, ...]], *,
              reason: str = "") -> None:
        with self._writing(actor) as entry:
            published = lookups.assignment(entry.connection, course, slug)
            pairs.apply(entry, course, slug, actor, rule(lookups.pairings(entry.connection, published, entry.now)), reason=reason)

    # ---------------------------------------------------------------- submissions

    def submit(self, course: str, slug: str, by: str, files: Mapping[str, bytes]) -> Receipt:
        """Take the work of a student's team: validated, stored, numbered, signed. When this returns, the bytes are on
        disk.

        The same content as the team's newest submission is that submission: no new one, the same receipt. Raises
        RuleError (he may not now) or SubmissionError (it cannot be taken as it is).
        """
        with self._store.reading() as connection:
            published = lookups.assignment(connection, course, slug)
            self._to_submit(connection, published, by, self._clock())
            rule = papers.rule_of(connection, course, slug)
        packing.check(files, notebook=f"{slug}.ipynb", allowed=published.files, allowance=self._allowance)
        checked = papers.look(files, rule)
        packed = packing.pack(files)
        digest = blobs.put(self._blobs, packed)
        table = schema.submission
        with self._writing(by) as entry:
            published = lookups.assignment(entry.connection, course, slug)
            pairings, changes = self._to_submit(entry.connection, published, by, entry.now)
            if changes:
                pairs.apply(entry, course, slug, by, changes, reason="hands in alone")
                pairings = lookups.pairings_of(entry.connection, published, entry.now, by)
            ((team, group),) = pairings.teams.items()
            newest = lookups.first(entry, table.select().where(table.c.team_id == lookups.team_number(team))
                            .order_by(table.c.number.desc()).limit(1))
            if newest is None or newest.sha256 != digest:
                number = 1 if newest is None else newest.number + 1
                identity = entry.append(
                    table, course, by, slug=slug, team_id=lookups.team_number(team), number=number, sha256=digest,
                    members=json.dumps(sorted(group.members)), size=sum(len(content) for content in files.values()))
                newest = entry.connection.execute(table.select().where(table.c.id == identity)).one()
                if rule is not None and checked is not None:
                    papers.put(entry, course, slug, newest.team_id, digest, rule, checked, actor=by)
            return self.receipt(lookups.submission_row(newest))

    def receipt(self, row: SubmissionRow) -> Receipt:
        """The receipt of a submission; the same whenever it is asked for."""
        receipt = Receipt(course=row.course, slug=row.slug, team=row.team, number=row.number, by=row.by,
                          members=list(row.members), sha256=row.sha256, submitted_at=schema.iso(row.submitted_at),
                          signature="")
        receipt["signature"] = self._signature(receipt)
        return receipt

    def verify_receipt(self, receipt: Mapping[str, Any]) -> bool:
        """Whether this ledger's key signed exactly this receipt."""
        signature = receipt.get("signature")
        if not isinstance(signature, str) or receipt.keys() != Receipt.__annotations__.keys():
            return False
        try:
            return hmac.compare_digest(signature.encode(), self._signature(receipt).encode())
        except (TypeError, ValueError):                 # what JSON or UTF-8 cannot say was never signed
            return False

    def submissions(self, course: str, slug: str, team: str | None = None) -> tuple[SubmissionRow, ...]:
        """All submissions of an assignment, or of one team of it, oldest first."""
        with self._store.reading() as connection:
            lookups.assignment(connection, course, slug)
            return lookups.submissions(connection, course, slug, team)

    def effective(self, course: str, slug: str) -> tuple[SubmissionRow, ...]:
        """The submissions that count for somebody, one per team: what is to be collected and graded."""
        with self._store.reading() as connection:
            found = lookups.counts(connection, lookups.assignment(connection, course, slug))
        return tuple(sorted(set(found.values()), key=lambda row: row.team))

    def load(self, row: SubmissionRow) -> Submission:
        """The files of a submission; MachineryError when the stored bytes are damaged."""
        return Submission(assignment=row.slug, team=row.team, members=row.members, sha256=row.sha256, number=row.number,
                          files=packing.unpack(blobs.get(self._blobs, row.sha256)),
                          submitted_at=row.submitted_at)

    def _to_submit(self, connection: Connection, published: Published, by: str, now: datetime,
                   ) -> tuple[rules.Pairings, tuple[rules.Change, ...]]:
        """Where he stands, and what becomes of it when he hands in; RuleError when he may not."""
        if lookups.is_project(connection, published.course, published.slug):
            raise RuleError(text("{project} is a project: hand in for one of its stages.", project=published.title), code="project")
        pairings = lookups.pairings_of(connection, published, now, by)
        team = pairings.team_of(by)
        changes = rules.submit_as(pairings if team else lookups.pairings(connection, published, now), by)
        lookups.open_for(connection, published, now, pairings.teams[team].members if team else (by,))
        return pairings, changes

    def _signature(self, receipt: Mapping[str, Any]) -> str:
        said = json.dumps({name: value for name, value in receipt.items() if name != "signature"}, sort_keys=True)
        return hmac.new(self._receipt_key, said.encode(), "sha256").hexdigest()

    # ---------------------------------------------------------------- grades and marks

    def record(self, course: str, graded: Graded, *, assignment_version: str, engine: str, actor: str) -> None:
        """Add the automatic grade of a submission. Recording the same results again adds nothing."""
        values = lookups.grade_values(graded, version=assignment_version, engine=engine)
        table = schema.grade
        with self._writing(actor) as entry:
            rows = lookups.submissions(entry.connection, course, graded.assignment, graded.submission)
            if not any(row.sha256 == graded.sha256 for row in rows):
                raise RuleError(f"{graded.submission} never submitted the work {graded.sha256[:12]}… for "
                                f"{graded.assignment}. Collect again, then grade.", code="unknown-submission")
            newest = lookups.first(entry, table.select().where(table.c.team_id == values["team_id"], table.c.sha256 == graded.sha256)
                            .order_by(table.c.id.desc()).limit(1))
            if newest is not None and (newest.version, newest.engine) == (assignment_version, engine) \
                    and lookups.untimed(lookups.problems(newest.problems)) == lookups.untimed(graded.problems):
                return
            entry.append(table, course, actor, **values)

    def grades(self, course: str, slug: str) -> tuple[GradeRow, ...]:
        """The newest automatic grade of each graded piece of work, by team and number."""
        with self._store.reading() as connection:
            found = lookups.newest_grades(connection, course, slug)
        return tuple(sorted(found.values(), key=lambda grade: (grade.team, grade.number)))

    def grade_for(self, course: str, slug: str, username: str) -> Credit | None:
        """What counts for one student; None when he has handed in nothing."""
        with self._store.reading() as connection:
            return lookups.credit(connection, self._blobs, course, slug, username)

    def credits(self, course: str, slug: str) -> tuple[Credit, ...]:
        """What counts for each student who handed in something, by user name."""
        with self._store.reading() as connection:
            return tuple(lookups.credits(connection, self._blobs, course, slug).values())

    def mark(self, course: str, slug: str, team: str, test_id: str, points: float | None, comment: str = "", *,
             actor: str, sha256: str | None = None) -> None:
        """A person's points (None: a comment only, or points taken back) for one answer of one submission.

        `sha256` names the submission that was looked at; without it, the one that counts now.
        """
        with self._writing(actor) as entry:
            due = lookups.due(entry.connection, lookups.assignment(entry.connection, course, slug))
            rows = lookups.submissions(entry.connection, course, slug, team)
            looked_at = [row for row in rows if row.sha256 == sha256] if sha256 else \
                sorted(set(counting.counting(rows, due).values()), key=lambda row: row.id)
            if not looked_at:
                raise RuleError(f"{team} has not handed in {sha256[:12] + '… of ' if sha256 else ''}{slug}, so there "
                                "is nothing to mark.", code="unknown-submission")
            put_mark(entry, self._blobs, looked_at[-1], test_id, points, comment, actor=actor)

    def marks(self, course: str, slug: str, team: str | None = None) -> tuple[MarkRow, ...]:
        """All lines of marks, oldest first; `marks_for` tells which hold."""
        with self._store.reading() as connection:
            return lookups.marks(connection, course, slug, team)

    def marks_for(self, row: SubmissionRow) -> dict[str, MarkRow]:
        """By test id: the marks that hold for this submission, given to it or to a byte-equal answer of the team."""
        with self._store.reading() as connection:
            marks = lookups.marks(connection, row.course, row.slug, row.team)
        return counting.holding(marks, row.sha256, self._answers(row))

    def adjust(self, course: str, slug: str, username: str, points: float, reason: str, *, actor: str) -> None:
        """Add points to (or take from) one student's score. The same points for the same reason count once."""
        if not math.isfinite(points):
            raise RuleError(f"{points} is not a number of points.", code="bad-points")
        if not reason.strip():
            raise RuleError("An adjustment needs a reason: the student reads it.", code="no-reason")
        with self._writing(actor) as entry:
            lookups.assignment(entry.connection, course, slug)
            if lookups.is_project(entry.connection, course, slug):
                raise RuleError(text("{slug} is a project: give points by its rubric.", slug=slug), code="project")
            lookups.student(entry.connection, course, username)
            same = (username, float(points), lookups.plain(reason))
            if not any((a.username, a.points, a.reason) == same for a in lookups.adjustments(entry.connection, course, slug)):
                entry.append(schema.adjustment, course, actor, slug=slug, username=username, points=float(points),
                             reason=lookups.plain(reason))

    def adjustments(self, course: str, slug: str) -> tuple[Adjustment, ...]:
        """All of them, oldest first."""
        with self._store.reading() as connection:
            return lookups.adjustments(connection, course, slug)

    def external_mark(self, course: str, item: str, username: str, mark: Decimal | str, *, actor: str,
                      source: str) -> None:
        """A mark that was given elsewhere (an exam on paper, another system); the newest per item and student
        counts."""
        with self._writing(actor) as entry:
            lookups.student(entry.connection, course, username)
            line = {"item": item, "username": username, "mark": lookups.plain(str(mark)), "source": lookups.plain(source)}
            old = lookups.external_marks(entry.connection, course).get((item, username))
            if old is None or (old.mark, old.source) != (line["mark"], line["source"]):
                entry.append(schema.external_mark, course, actor, **line)

    def external_marks(self, course: str) -> tuple[ExternalMark, ...]:
        """The newest per item and student."""
        with self._store.reading() as connection:
            return tuple(mark for _, mark in sorted(lookups.external_marks(connection, course).items()))

    def _answers(self, row: SubmissionRow) -> Callable[[str], str]:
        return lookups.answers(self._blobs, row)

    # ---------------------------------------------------------------- feedback and audit

    def release_feedback(self, course: str, slug: str, pages: Mapping[str, bytes], *, actor: str) -> None:
        """Show the teams their pages (team → HTML). A page that is out already adds nothing."""
        stored = {team: blobs.put(self._blobs, page) for team, page in pages.items()}
        with self._writing(actor) as entry:
            lookups.assignment(entry.connection, course, slug)
            known = {row.team for row in lookups.submissions(entry.connection, course, slug)}
            if strangers := sorted(stored.keys() - known):
                raise RuleError(f"These have not handed in {slug}: {', '.join(strangers)}. Nothing was released.",
                                code="unknown-submission")
            out = lookups.pages(entry.connection, course, slug)
            for team, digest in sorted(stored.items()):
                if team not in out or out[team].blob != digest:
                    entry.append(schema.feedback_page, course, actor, slug=slug, team_id=lookups.team_number(team), blob=digest)

    def feedback(self, course: str, slug: str, username: str) -> bytes | None:
        """The newest page of the team whose submission counts for him; before that one has a page, of his last team
        that has."""
        with self._store.reading() as connection:
            counts = lookups.counts(connection, lookups.assignment(connection, course, slug)).get(username)
            mine = [row.team for row in lookups.handed_in(connection, course, slug).get(username, ())]
            pages = lookups.pages(connection, course, slug, {*mine, *([counts.team] if counts else ())})
        team = next((t for t in ([counts.team] if counts else []) + mine[::-1] if t in pages), None)
        return None if team is None else blobs.get(self._blobs, pages[team].blob)

    def feedback_released(self, course: str, slug: str) -> datetime | None:
        """When feedback was last released."""
        with self._store.reading() as connection:
            return max((row.at for row in lookups.pages(connection, course, slug).values()), default=None)

    def audit(self, course: str, newest: int | None = None) -> tuple[AuditLine, ...]:
        """Everything that was written for the course, or so many of the newest lines, oldest first."""
        return self._store.audit(course, newest)

    def stamp(self) -> object:
        """Something that every write to the book changes, whoever wrote; see `memory`."""
        return self._store.stamp()

    def newest(self, course: str) -> int:
        """The number of the newest line of a course's audit: the same as long as nothing changes that course grades follow from."""
        return self._memory.kept(("newest", course), self.stamp(), lambda: self._store.newest(course))

    def edition(self, course: str, slug: str) -> object:
        """The same as long as nothing changes that decides what counts for whom in this assignment, or who hands in with whom."""
        def read() -> Mapping[str, object]:
            with self._store.reading() as connection:
                return lookups.editions(connection, course)
        found = self._memory.kept(("editions", course), self.stamp(), read)
        if slug not in found:
            lookups.unpublished(course, slug)
        return found[slug]

    def whole(self, course: str, slug: str) -> Whole:
        """One assignment as it is now, for all of its students."""
        def read() -> Whole:
            with self._store.reading() as connection:
                return whole.read(connection, self._blobs, course, slug, self._clock())
        return self._memory.kept(("whole", course, slug), self.edition(course, slug), read)

    def check_chain(self, course: str) -> None:
        """MachineryError that names the first line at which the book was changed behind the ledger's back."""
        self._store.verify(course)

    def _writing(self, actor: str) -> Any:
        if not actor.strip():
            raise RuleError("Every line of the ledger says who wrote it; the actor is empty.", code="no-actor")
        return self._store.writing()
