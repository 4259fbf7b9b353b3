"""What the service does for one person: each method is one request, from values to values, after asking `access`.

Pages and API are two ways to the same methods, so what is allowed here is allowed everywhere. RuleError, SubmissionError
and the other errors of the model pass through with their sentences; `access.Forbidden` and `access.Unknown` are raised
here. Nothing here knows HTTP. All methods block and may be called from several threads.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from markupsafe import Markup

from autograder import jobs
from autograder.authoring import loaded
from autograder.course import Course, Folders, secret
from autograder.feedback import shown
from autograder.hub.access import Reach, Unknown, Visitor
from autograder.hub.views import (
    AssignmentView,
    AuditView,
    GradeView,
    PersonView,
    StaffAssignmentView,
    StandingView,
    SubmissionView,
    TeamsView,
    TeamView,
    Who,
)
from autograder.jobs import Workplace
from autograder.ledger import AuditLine, Credit, Extension, Ledger, Memory, Person, Published, Receipt, SubmissionRow, pack
from autograder.model import AssignmentError, CourseError, MachineryError, Role, RuleError
from autograder.standing import Standing, standing, standings
from autograder.words import ENGLISH, text

AUDIT_LINES = 500
WORKED_OUT_AGAIN = 3600
"""Seconds after which the grades of all are worked out again although nothing is known to have changed."""
CHECKED_AGAIN = 3600
"""Seconds after which the whole chain is looked through again although no line was added."""


@dataclass(frozen=True)
class Desk:
    """One course, open for requests."""

    course: Course
    folders: Folders
    ledger: Ledger
    clock: Callable[[], datetime]
    passwords: Path | None  # where new people get a password; None: they log in elsewhere
    several: bool = False  # other courses of the hub have the same passwords
    memory: Memory = field(default_factory=Memory, compare=False)  # what takes long to work out, until the book changes

    def visitor(self, username: str) -> Visitor | None:
        """Who this is now; None for somebody who is not in the course."""
        person = self.ledger.person(self.course.id, username)
        return None if person is None else Visitor(username, person.name or username, person.role, person.language)

    def choose_language(self, visitor: Visitor, language: str) -> None:
        """What this person wants to read in."""
        self.ledger.choose_language(visitor.username, language)

    # ---------------------------------------------------------------- students

    def assignments(self, visitor: Visitor) -> tuple[AssignmentView, ...]:
        """A student's assignments, in the order of their due times."""
        visitor.require("see the course")
        names, seen = self.names(), self.ledger.seen.of(self.course.id, visitor.username)
        return tuple(self._assignment(published, visitor.username, names, seen) for published in self.ledger.published(self.course.id))

    def assignment(self, visitor: Visitor, slug: str) -> AssignmentView:
        """One assignment as this student stands in it."""
        visitor.require("see the course")
        seen = self.ledger.seen.of(self.course.id, visitor.username)
        return self._assignment(self.published(slug), visitor.username, self.names(), seen)

    def students(self, visitor: Visitor) -> tuple[Who, ...]:
        """Who can be a partner."""
        visitor.require("see the course")
        return tuple(Who(p.username, p.name or p.username) for p in self._people() if p.role is Role.STUDENT)

    def invite(self, visitor: Visitor, slug: str, to: str) -> None:
        """Ask somebody to be a partner."""
        self._pairing(visitor, slug)
        self.ledger.invite(self.course.id, slug, visitor.username, to)

    def accept(self, visitor: Visitor, slug: str, frm: str) -> None:
        """Take an invitation."""
        self._pairing(visitor, slug)
        self.ledger.accept(self.course.id, slug, visitor.username, frm)

    def decline(self, visitor: Visitor, slug: str, frm: str) -> None:
        """Say no to an invitation."""
        self._pairing(visitor, slug)
        self.ledger.decline(self.course.id, slug, visitor.username, frm)

    def withdraw(self, visitor: Visitor, slug: str, to: str | None = None) -> None:
        """Take back one's own invitation to somebody, or all of them."""
        self._pairing(visitor, slug)
        self.ledger.withdraw(self.course.id, slug, visitor.username, to)

    def leave(self, visitor: Visitor, slug: str) -> None:
        """Leave one's team."""
        self._pairing(visitor, slug)
        self.ledger.leave(self.course.id, slug, visitor.username)

    def archive(self, visitor: Visitor, slug: str) -> bytes:
        """The release, to be fetched. Students get it from the time on when it opens."""
        reach = visitor.require("fetch")
        published = self.published(slug)
        if reach is Reach.OWN and published.opens is not None and self.clock() < published.opens:
            raise RuleError(
                text("{title} opens on {when}. Fetch it then.", title=published.title, when=self._local(published.opens)), code="not-open"
            )
        if reach is Reach.OWN:
            self._has_seen(slug, visitor.username, "release")
        return self.ledger.archive(self.course.id, slug)

    def submit(self, visitor: Visitor, slug: str, files: Mapping[str, bytes]) -> Receipt:
        """Hand in for the team."""
        visitor.require("submit")
        self.published(slug)
        return self.ledger.submit(self.course.id, slug, visitor.username, files)

    def submissions(self, visitor: Visitor, slug: str, team: str | None = None) -> tuple[SubmissionView, ...]:
        """The visible submissions, newest first: for a student those that name him."""
        rows = self._visible(visitor, slug, team)
        whole = self.ledger.whole(self.course.id, slug)
        due = whole.published.due if visitor.is_staff else whole.due(visitor.username)
        return self._submissions(whole.published, rows, self.names(), whole.counting, due)

    def submission_archive(self, visitor: Visitor, slug: str, number: int, team: str | None = None) -> bytes:
        """The files of one submission as a zip. Without a team: the student's newest one with that number."""
        rows = [row for row in self._visible(visitor, slug, team) if row.number == number]
        if not rows:
            raise Unknown(text("There is no submission {number} of {slug} for you.", number=number, slug=slug))
        if len({row.team for row in rows}) > 1 and visitor.is_staff:
            raise RuleError(
                text("Every team has a submission {number}. Say which team: ?team=team-00001", number=number), code="which-team"
            )
        return pack(self.ledger.load(rows[-1]).files)

    def feedback(self, visitor: Visitor, slug: str, student: str | None = None, *, language: str = "") -> bytes:
        """The page of what counts for a student: one's own, with what is told about hidden tests now, or for staff anybody's, with all.
        In the language that the visitor chose, unless told."""
        reach = visitor.require("read feedback")
        self.published(slug)
        whose = visitor.username if student is None else student
        page = self.ledger.feedback(self.course.id, slug, whose) if reach is Reach.ALL or whose == visitor.username else None
        if page is None:
            if whose == visitor.username:
                raise Unknown(text("There is no feedback on {slug} for you (yet).", slug=slug))
            raise Unknown(text("There is no feedback on {slug} for {who} (yet).", slug=slug, who=whose))
        if reach is Reach.OWN:
            self._has_seen(slug, whose, "feedback")
        disclosure = self.ledger.disclosures.of(self.course.id, slug)
        spoken = language or visitor.language or ENGLISH
        return shown(page, disclosure, self.clock(), for_staff=reach is Reach.ALL, language=spoken, zone=self.course.zone).encode()

    def standing(self, visitor: Visitor, student: str | None = None) -> StandingView:
        """The course grade so far, with every step. A student's own counts only what he has got feedback for."""
        reach = visitor.require("read standing")
        whose = visitor.username if student is None else student
        if (reach is Reach.OWN and whose != visitor.username) or self.ledger.role_of(self.course.id, whose) is not Role.STUDENT:
            raise Unknown(text("There is no student {who} whose grade you could see.", who=repr(whose)))
        try:
            now, own = self.clock(), reach is Reach.OWN
            # Several parts of one page ask for the same: only the last of every few students is kept.
            mark = (whose, self.ledger.newest(self.course.id), now.replace(second=0, microsecond=0), gates := self.workplace().to_pass())
            return self.memory.kept(
                ("standing", hash(whose) % 64, own),
                mark,
                lambda: StandingView(standing(self.course, self.ledger, whose, assignments=gates, now=now, released_only=own)),
            )
        except (AssignmentError, CourseError) as problem:
            return StandingView(None, problem.said if visitor.is_staff else text("The course staff have to correct the grade rules first."))

    def standings(self) -> tuple[Standing, ...]:
        """Where everybody stands."""
        gates, now = self.workplace().to_pass(), self.clock()
        return self.memory.kept(
            "standings", (self.state(), gates), lambda: standings(self.course, self.ledger, assignments=gates, now=now)
        )

    def state(self, course: str = "") -> object:
        """Differs whenever what the grades of all follow from may have changed: with each line of the book, and with each due time, end of
        an arrangement and beginning of rules that passes."""
        course, now = course or self.course.id, self.clock()
        newest = self.ledger.newest(course)
        instants = self.memory.kept(("instants", course), newest, lambda: self._instants(course))
        return newest, bisect_right(instants, now), int(now.timestamp()) // WORKED_OUT_AGAIN

    def _instants(self, course: str) -> tuple[datetime, ...]:
        published = self.ledger.published(course, projects=True)
        found = [instant for one in published for instant in (one.opens, one.due, one.closes)]
        found += [one.until for each in published for one in self.ledger.extensions(course, each.slug)]
        found += [line.arrangement.expires for line in self.ledger.arrangements.lines(course)]
        found += [version.effective for version in self.ledger.policies.versions(course)]
        return tuple(sorted({instant for instant in found if instant is not None}))

    def verify_receipt(self, visitor: Visitor, receipt: Mapping[str, Any]) -> bool:
        """Whether this course signed exactly this receipt."""
        visitor.require("verify receipts")
        return receipt.get("course") == self.course.id and self.ledger.verify_receipt(receipt)

    # ---------------------------------------------------------------- staff

    def overview(self, visitor: Visitor) -> tuple[StaffAssignmentView, ...]:
        """Every assignment of the course file and every published one, with how far it is."""
        visitor.require("see grades")
        published = {p.slug: p for p in self.ledger.published(self.course.id)}
        order = [*published, *(s.slug for s in self.course.schedules if s.slug not in published)]
        students = self._students()
        return tuple(self._overview(slug, published.get(slug), students) for slug in order)

    def progress(self, visitor: Visitor, slug: str) -> StaffAssignmentView:
        """How far one published assignment is."""
        visitor.require("see grades")
        published = self.published(slug)
        return self._overview(slug, published, self._students())

    def teams(self, visitor: Visitor, slug: str) -> TeamsView:
        """Teams with their submissions, and who is missing."""
        visitor.require("see teams")
        published, names = self.published(slug), self.names()
        mark = (self.ledger.edition(self.course.id, slug), names)
        view = self.memory.kept(("teams", slug), mark, lambda: self._teams(published, names))
        return dataclasses.replace(view, extensions=self._extensions(visitor, slug))

    def _teams(self, published: Published, names: Mapping[str, str]) -> TeamsView:
        slug = published.slug
        people = self.ledger.people(self.course.id, Role.STUDENT)
        rows = self.ledger.submissions(self.course.id, slug)
        credits = {credit.username: credit for credit in self.ledger.credits(self.course.id, slug)}
        counting = self.ledger.whole(self.course.id, slug).counting
        teams = self.ledger.teams(self.course.id, slug)
        by_team: dict[str, list[SubmissionRow]] = {}
        for row in rows:
            by_team.setdefault(row.team, []).append(row)
        shown = []
        for team in teams:
            mine = by_team.get(team.id, ())
            credit = next((credits[m] for m in team.members if m in credits and credits[m].submission.team == team.id), None)
            grade = credit.grade if credit else None
            shown.append(
                TeamView(
                    team.id,
                    _who(team.members, names),
                    team.frozen,
                    self._submissions(published, mine, names, counting, published.due),
                    credit.score if credit else None,
                    grade.max_score if grade else None,
                    len(credit.awaiting) if credit else 0,
                    grade is not None,
                )
            )
        placed = {member for team in teams for member in team.members}
        handed_in = {member for row in rows for member in row.members}
        missing = tuple(p for p in people if p.username not in handed_in)
        return TeamsView(
            published,
            tuple(shown),
            _who([p.username for p in people if p.username not in placed], names),
            _who([p.username for p in missing], names),
            tuple(p.email for p in missing if p.email),
            (),
        )

    def grades(self, visitor: Visitor, slug: str) -> tuple[GradeView, ...]:
        """What counts for each student who handed in something."""
        visitor.require("see grades")
        self.published(slug)
        names = self.names()
        mark = (self.ledger.edition(self.course.id, slug), names)
        return self.memory.kept(
            ("grades", slug), mark, lambda: tuple(_grade(credit, names) for credit in self.ledger.credits(self.course.id, slug))
        )

    def assign_team(self, visitor: Visitor, slug: str, members: Iterable[str], reason: str) -> str:
        """Put people together; answers the team."""
        visitor.require("arrange teams")
        self.published(slug)
        return self.ledger.assign_team(self.course.id, slug, tuple(members), actor=visitor.username, reason=reason).id

    def permit(self, visitor: Visitor, slug: str, username: str, kind: str) -> None:
        """Allow a student to work alone, or in three."""
        visitor.require("arrange teams")
        self.published(slug)
        if kind == "alone":
            self.ledger.permit(self.course.id, slug, username, "alone", actor=visitor.username)
        elif kind == "three":
            self.ledger.permit(self.course.id, slug, username, "three", actor=visitor.username)
        else:
            raise RuleError(f"There is no permit {kind!r}; there are alone and three.", code="unknown-permit")

    def extend(self, visitor: Visitor, slug: str, username: str, until: datetime, reason: str) -> None:
        """Give one student more time."""
        visitor.require("extend")
        self.published(slug)
        if not reason.strip():
            raise RuleError(text("An extension needs a reason; it stands in the audit log."), code="no-reason")
        self.ledger.extend(self.course.id, slug, username, until=until, reason=reason, actor=visitor.username)

    def release(self, visitor: Visitor, slug: str) -> None:
        """Give an assignment to the students, as `autograder release` does."""
        visitor.require("release")
        self._scheduled(slug)
        jobs.release(self.workplace(), slug, actor=visitor.username)

    def release_feedback(self, visitor: Visitor, slug: str) -> int:
        """Show the teams their pages, as `autograder feedback` does: how many teams have one now."""
        visitor.require("release feedback")
        self.published(slug)
        return len(jobs.give_feedback(self.workplace(), slug, actor=visitor.username, now=self.clock()))

    def reschedule(
        self,
        visitor: Visitor,
        slug: str,
        *,
        due: datetime | None = None,
        pairs_lock: datetime | None = None,
        closes: datetime | None = None,
        reason: str,
    ) -> None:
        """Move the dates of everybody."""
        visitor.require("reschedule")
        self.published(slug)
        if not reason.strip():
            raise RuleError(text("A change of dates needs a reason; it stands in the audit log."), code="no-reason")
        if due is None and pairs_lock is None and closes is None:
            raise RuleError(text("There is no new date. Give at least one of due, pairs_lock and closes."), code="no-date")
        self.ledger.reschedule(self.course.id, slug, due=due, pairs_lock=pairs_lock, closes=closes, actor=visitor.username, reason=reason)

    def close(self, visitor: Visitor, slug: str, reason: str) -> None:
        """Let it be due now: what comes later is late, as far as it is taken at all."""
        self.reschedule(visitor, slug, due=self.clock(), reason=reason)

    def roster(self, visitor: Visitor) -> tuple[PersonView, ...]:
        """Everybody in the course."""
        visitor.require("see roster")
        return tuple(PersonView(p.username, p.name, p.email, p.role.value) for p in self.ledger.people(self.course.id))

    def audit(self, visitor: Visitor, holds: Callable[[AuditLine], bool] | None = None) -> AuditView:
        """The newest of the lines that are asked for, and whether the chain holds."""
        visitor.require("see audit")
        minutes = int(self.clock().timestamp()) // CHECKED_AGAIN  # what was changed behind the ledger's back has no line
        broken = self.memory.kept("chain", (self.ledger.newest(self.course.id), minutes), self._broken)
        lines = self.ledger.audit(self.course.id, AUDIT_LINES)
        total = lines[-1].number if lines else 0
        if holds is not None:
            lines = tuple(line for line in self.ledger.audit(self.course.id) if holds(line))[-AUDIT_LINES:]
        return AuditView(lines[::-1], total, broken)

    def _broken(self) -> str:
        """What is wrong with the chain of the audit; empty when it holds."""
        try:
            self.ledger.check_chain(self.course.id)
        except MachineryError as problem:
            return str(problem)
        return ""

    # ---------------------------------------------------------------- behind the requests

    def options(self) -> Markup:
        """The students as a form offers them."""
        people = self._people()
        return self.memory.kept("options", people, lambda: Markup("").join(
            Markup('<option value="{}">{}</option>').format(p.username, p.name or p.username) for p in people if p.role is Role.STUDENT))

    def workplace(self) -> Workplace:
        """The course as the verbs of `jobs` want it."""
        return Workplace(self.course, self.folders, self.ledger, secret(self.folders))

    def published(self, slug: str) -> Published:
        """What was given to the students of an assignment; Unknown when nothing was."""
        found = next((p for p in self.ledger.published(self.course.id) if p.slug == slug), None)
        if found is None:
            raise Unknown(text("There is no assignment {slug} in {course}.", slug=repr(slug), course=self.course.title))
        return found

    def _scheduled(self, slug: str) -> None:
        if slug not in {schedule.slug for schedule in self.course.schedules}:
            raise Unknown(text("There is no assignment {slug} in course.toml.", slug=repr(slug)))

    def _pairing(self, visitor: Visitor, slug: str) -> None:
        visitor.require("pair up")
        self.published(slug)

    def _people(self) -> tuple[Person, ...]:
        return self.memory.kept("people", self.ledger.stamp(), lambda: self.ledger.people(self.course.id))

    def names(self) -> Mapping[str, str]:
        """By user name: how the people of the course are called."""
        people = self._people()
        return self.memory.kept("names", people, lambda: {p.username: p.name or p.username for p in people})

    def _students(self) -> frozenset[str]:
        return frozenset(p.username for p in self._people() if p.role is Role.STUDENT)

    def _local(self, instant: datetime) -> str:
        return f"{instant.astimezone(self.course.zone):%a %d %b %Y %H:%M} ({self.course.timezone})"

    def _visible(self, visitor: Visitor, slug: str, team: str | None) -> tuple[SubmissionRow, ...]:
        """The submissions that this person may read, oldest first. Of other teams a student learns nothing."""
        reach = visitor.require("read submissions")
        self.published(slug)
        own = reach is Reach.OWN
        whole = self.ledger.whole(self.course.id, slug)
        rows = whole.handed_in.get(visitor.username, ()) if own else self.ledger.submissions(self.course.id, slug)
        if team is not None:
            rows = tuple(row for row in rows if row.team == team)
            if not rows:
                raise Unknown(text("There is no team {team} with a submission of {slug} for you.", team=repr(team), slug=slug))
        return rows

    def _submissions(
        self,
        published: Published,
        rows: Iterable[SubmissionRow],
        names: Mapping[str, str],
        counting: Collection[tuple[str, int]],
        due: datetime | None,
    ) -> tuple[SubmissionView, ...]:
        mine = tuple(rows)
        return tuple(
            SubmissionView(
                row.team,
                row.number,
                Who(row.by, names.get(row.by, row.by)),
                _who(row.members, names),
                row.submitted_at,
                row.size,
                timedelta() if due is None else max(row.submitted_at - due, timedelta()),
                (row.team, row.number) in counting,
                self.ledger.receipt(row),
            )
            for row in reversed(mine)
        )

    def _extensions(self, visitor: Visitor, slug: str) -> tuple[Extension, ...]:
        """With their reasons for those alone who may know them."""
        found = self.ledger.extensions(self.course.id, slug)
        return found if visitor.may("see reasons") else tuple(dataclasses.replace(one, reason="") for one in found)

    def _assignment(
        self, published: Published, username: str, names: Mapping[str, str], seen: Mapping[tuple[str, str], datetime]
    ) -> AssignmentView:
        slug, now = published.slug, self.clock()
        whole = self.ledger.whole(self.course.id, slug)
        pairing = whole.pairing(username, now)
        views = self._submissions(published, whole.handed_in.get(username, ()), names, whole.counting, whole.due(username))
        feedback, due = whole.has_feedback(username), whole.due(username)
        members = pairing.team.members if pairing.team else ()
        alone = published.team.size == 1 or published.team.alone == "yes"
        if feedback:
            state = "graded"
        elif views:
            state = "submitted"
        elif published.opens is not None and now < published.opens:
            state = "opens later"
        elif published.closes is not None and now > max(published.closes, due or published.closes):
            state = "closed"
        elif due is not None and now > due:
            state = "overdue"
        elif pairing.team is None and not pairing.may_submit:
            state = "no partner"
        else:
            state = "nothing handed in"
        return AssignmentView(
            slug,
            published.title,
            published.points,
            published.opens,
            due,
            published.closes,
            published.pairs_lock,
            whole.until.get(username),
            published.team.size == 1,
            published.team.size,
            alone or (pairing.may_submit and len(members) < 2),
            published.files,
            state,
            _who((m for m in members if m != username), names),
            pairing.team.id if pairing.team else None,
            pairing.locked,
            pairing.frozen,
            _who((i.frm for i in pairing.invitations_in), names),
            _who((i.to for i in pairing.invitations_out), names),
            pairing.may_submit,
            pairing.why_not,
            views,
            feedback,
            whole.scores.get(username) if feedback else None,
            (slug, "release") in seen,
            state == "submitted" and due is not None and now > due,
            feedback and whole.has_news(username, seen.get((slug, "feedback"))),
            whole.disclosure,
        )

    def _has_seen(self, slug: str, username: str, what: Literal["release", "feedback"]) -> None:
        """Remember it. That the book cannot be written just now keeps nobody from fetching or reading."""
        with suppress(MachineryError):
            self.ledger.seen.note(self.course.id, slug, username, what)

    def _overview(self, slug: str, published: Published | None, students: Collection[str]) -> StaffAssignmentView:
        if published is None:
            title, problem = self._releasable(slug)
            return StaffAssignmentView(slug, title, None, problem)
        mark = (self.ledger.edition(self.course.id, slug), students)
        return self.memory.kept(("overview", slug), mark, lambda: self._progress(published, students))

    def _progress(self, published: Published, students: Collection[str]) -> StaffAssignmentView:
        course, slug = self.course.id, published.slug
        rows = self.ledger.submissions(course, slug)
        counting = {(row.team, row.sha256) for row in self.ledger.effective(course, slug)}
        credits = self.ledger.credits(course, slug)
        graded = {(c.submission.team, c.submission.sha256) for c in credits if c.grade is not None}
        awaiting = {c.submission.team for c in credits if c.awaiting}
        handed_in = {member for row in rows for member in row.members} & set(students)
        return StaffAssignmentView(
            slug,
            published.title,
            published,
            "",
            len(self.ledger.teams(course, slug)),
            len(handed_in),
            len(students) - len(handed_in),
            len(rows),
            len(graded),
            len(counting),
            len(awaiting),
            self.ledger.feedback_released(course, slug),
        )

    def _releasable(self, slug: str) -> tuple[str, str]:
        """Title, and what has to be done before it can be released."""
        try:
            title = loaded(self.folders.assignments / slug).title
        except AssignmentError as problem:
            return slug, problem.below(self.folders.root)
        if not (self.folders.release / slug).is_dir():
            return title, f"It is not built: run autograder verify {slug}"
        return title, ""


def _who(usernames: Iterable[str], names: Mapping[str, str]) -> tuple[Who, ...]:
    return tuple(Who(username, names.get(username, username)) for username in usernames)


def _grade(credit: Credit, names: Mapping[str, str]) -> GradeView:
    return GradeView(
        Who(credit.username, names.get(credit.username, credit.username)),
        credit.submission.team,
        credit.submission.number,
        credit.late_by,
        credit.score,
        credit.grade.max_score if credit.grade else None,
        len(credit.awaiting),
        tuple((p.id, p.score, p.max_score, p.status.value) for p in credit.problems),
    )
