"""Letters: an invitation, its answer, a deadline, feedback, an answered request. Who is to be told what is a pure function of facts.

A letter says that something happened and where to look, in the language that its reader chose; never a mark, a reason or what somebody
wrote, since mail is read on the way and on screens in the street. Each has a *cause* that stays the same however often it is asked for, and
the ledger keeps (person, cause) for every letter that went out, so sending may be repeated at any time, by cron for example. What happened
longer ago than `since` is not told any more: the first run of a course does not tell its past.

A letter goes out by a command of the course's own, which gets it as JSON and no shell, or by SMTP. It is noted after it went out: a crash
in between repeats one letter, with the same Message-ID, and loses none.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import smtplib
import ssl
import subprocess
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from autograder.course import Course
from autograder.ledger import InvitationPast, Ledger, Person, Published, Request
from autograder.model import AutograderError, CourseError, MachineryError, Role, RuleError
from autograder.scoring import HOUR
from autograder.words import ENGLISH, Text, say, text

PATIENCE = 30  # seconds for one letter


@dataclass(frozen=True)
class Letter:
    """What one person is told."""

    to: str
    cause: str
    subject: Text
    body: Text


# ── who is told what ──────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Work:
    """One assignment, as far as letters are about it."""

    published: Published
    due: Mapping[str, datetime | None]  # of each student, with his extension
    handed_in: Collection[str] = ()
    placed: Collection[str] = ()  # who has a team
    needs_partner: Collection[str] = ()  # who may not hand in as he stands, for want of a team
    invitations: Sequence[InvitationPast] = ()
    feedback: Mapping[str, datetime] = field(default_factory=dict)  # by student: when his newest page came out


def letters(
    course: Course, work: Sequence[Work], requests: Sequence[Request], people: Sequence[Person], now: datetime, since: datetime
) -> tuple[Letter, ...]:
    """Everything that is to be told now; what was told before is among it."""
    names = {person.username: person.name or person.username for person in people}
    found: list[Letter] = []
    for one in work:
        for invitation in one.invitations:
            found += _invitation(course, one.published.title, invitation, names, lambda at: _recent(at, since, now))
        found += _deadlines(course, one, names, now)
        found += [_feedback(course, one.published, student, at) for student, at in one.feedback.items() if _recent(at, since, now)]
    titles = {one.published.slug: one.published.title for one in work}
    for request in requests:
        answer = request.answer
        if answer is not None and answer.by != request.by and _recent(answer.at, since, now):
            found.append(_answer(course, titles.get(request.slug, request.slug), request))
    return tuple(letter for letter in found if letter.to in names)


def _recent(instant: datetime | None, since: datetime, now: datetime) -> bool:
    return instant is not None and since < instant <= now


def _feedback(course: Course, published: Published, student: str, at: datetime) -> Letter:
    title = published.title
    subject = text("{course}: feedback on {title}", course=course.title, title=title)
    body = text("Feedback on {title} is out. Read it on the course's pages.", title=title)
    return Letter(student, f"feedback {published.slug} {at.isoformat()}", subject, body)


def _answer(course: Course, title: str, request: Request) -> Letter:
    subject = text("{course}: your request on {title} is answered", course=course.title, title=title)
    body = text("The course staff answered your request to look at {title} again. Read the answer on the course's pages.", title=title)
    return Letter(request.by, f"request {request.id}", subject, body)


def _invitation(
    course: Course, title: str, invitation: InvitationPast, names: Mapping[str, str], recent: Callable[[datetime | None], bool]
) -> list[Letter]:
    frm, to = names.get(invitation.frm, invitation.frm), names.get(invitation.to, invitation.to)
    cause = f"{invitation.slug} {invitation.frm} {invitation.to} {invitation.at.isoformat()}"
    if invitation.ended_at is None and recent(invitation.at):
        subject = text("{course}: an invitation for {title}", course=course.title, title=title)
        body = text("{name} invites you to work together on {title}. Accept or decline on the course's pages.", name=frm, title=title)
        return [Letter(invitation.to, f"invitation {cause}", subject, body)]
    if invitation.how == "accepted" and recent(invitation.ended_at):
        subject = text("{course}: {name} accepts your invitation", course=course.title, name=to)
        body = text("{name} accepts your invitation: you hand in {title} together.", name=to, title=title)
        return [Letter(invitation.frm, f"accepted {cause}", subject, body)]
    if invitation.how == "declined" and recent(invitation.ended_at):
        subject = text("{course}: {name} declines your invitation", course=course.title, name=to)
        body = text("{name} declines your invitation for {title}. Find another partner on the course's pages.", name=to, title=title)
        return [Letter(invitation.frm, f"declined {cause}", subject, body)]
    return []


def _deadlines(course: Course, work: Work, names: Mapping[str, str], now: datetime) -> list[Letter]:
    """To everybody who has not handed in: as many hours before his due time as the course says; and before pairs are locked, to those
    who need a partner."""
    published, title, lock = work.published, work.published.title, work.published.pairs_lock
    if published.opens is not None and now < published.opens:
        return []
    found = []
    for student in names:
        if student in work.handed_in:
            continue
        alone = student in work.needs_partner
        if alone and lock is not None and (hours := _stage(course, lock, now)):
            subject = text("{course}: you have no partner for {title}", course=course.title, title=title)
            body = text(
                "{title} is handed in together, and you have no partner yet. Partners find each other until {when}; after that, ask the "
                "course staff.", title=title, when=_local(course, lock),
            )  # fmt: skip
            found.append(Letter(student, f"partner {published.slug} {lock.isoformat()} {hours}", subject, body))
        due = work.due.get(student)
        if due is not None and (hours := _stage(course, due, now)):
            when = _local(course, due)
            subject = text("{course}: {title} is due on {when}", course=course.title, title=title, when=when)
            body = text("{title} is due on {when}, and nothing is handed in yet.", title=title, when=when)
            if alone:
                body = text(
                    "{title} is due on {when}. You have no team yet and cannot hand in without one: find a partner, or ask the course "
                    "staff.", title=title, when=when,
                )  # fmt: skip
            found.append(Letter(student, f"due {published.slug} {due.isoformat()} {hours}", subject, body))
    return found


def _local(course: Course, instant: datetime) -> str:
    return f"{instant.astimezone(course.zone):%Y-%m-%d %H:%M} ({course.timezone})"


def _stage(course: Course, instant: datetime, now: datetime) -> int:
    """The smallest of the course's hours before an instant that has been reached; 0 when none has, or it is over."""
    return min((hours for hours in course.mail.hours if instant - hours * HOUR <= now < instant), default=0)


def letters_of(course: Course, ledger: Ledger, now: datetime, since: datetime) -> tuple[Letter, ...]:
    """What is to be told now and was not told yet."""
    people = ledger.people(course.id, Role.STUDENT)
    work = [_work(course, ledger, published, people) for published in ledger.published(course.id)]
    told = ledger.letters.told(course.id)
    found = letters(course, work, ledger.requests.all(course.id), people, now, since)
    return tuple(letter for letter in found if (letter.to, letter.cause) not in told)


def _work(course: Course, ledger: Ledger, published: Published, people: Sequence[Person]) -> Work:
    slug = published.slug
    whole = ledger.whole(course.id, slug)
    due = {p.username: whole.due(p.username) for p in people}
    pairings, placed = whole.pairings, whole.teams.keys()
    rule = pairings.rule
    solo = rule.size == 1 or rule.alone == "yes"
    needs = () if solo else {p.username for p in people if p.username not in placed
                             and not (rule.alone == "by permit" and pairings.permitted(p.username, "alone"))}  # fmt: skip
    feedback = {name: at for name in whole.handed_in if (at := whole.feedback_at(name)) is not None}
    return Work(published, due, whole.handed_in.keys(), placed, needs, ledger.pairs.invitations(course.id, slug), feedback)


# ── sending ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Addressed:
    """A letter in the language of its reader, ready to go."""

    to: Person
    cause: str
    language: str
    subject: str
    body: str


Post = Callable[[Addressed], None]
"""Sends one letter; AutograderError when this one cannot go, MachineryError when none can."""


def addressed(course: Course, letter: Letter, person: Person) -> Addressed:
    """The letter as this person reads it."""
    language = person.language or course.mail.language or ENGLISH
    lines = [say(letter.body, language)]
    if course.mail.site:
        lines += ["", course.mail.site]
    return Addressed(person, letter.cause, language, " ".join(say(letter.subject, language).split()), "\n".join(lines) + "\n")


def send(course: Course, ledger: Ledger, found: Iterable[Letter], post: Post, *, actor: str) -> tuple[tuple[Addressed, str], ...]:
    """Send letters and note each that went out; who has no address gets none. Answers each with what went wrong, "" when nothing did."""
    people = {person.username: person for person in ledger.people(course.id)}
    sent = []
    for letter in found:
        person = people.get(letter.to)
        if person is None or not person.email:
            continue
        one = addressed(course, letter, person)
        try:
            post(one)
        except MachineryError:
            raise
        except AutograderError as problem:
            sent.append((one, str(problem)))
            continue
        ledger.letters.note(course.id, letter.to, letter.cause, actor=actor)
        sent.append((one, ""))
    return tuple(sent)


@contextmanager
def alone(state: Path, *, wait: bool = True) -> Iterator[None]:
    """Nobody else sends meanwhile: two at once would both send everything. RuleError when somebody does and we are not to wait."""
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (state / "letters.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RuleError(text("Letters are being sent just now. Look again in a minute."), code="busy") from None
        yield


def way(course: Course, environ: Mapping[str, str], *, clock: Callable[[], datetime]) -> Post:
    """By what letters go: the course's command, else the mail server that the environment names. CourseError when there is neither."""
    if course.mail.command:
        return by_command(course.mail.command, course)
    url = environ.get("AUTOGRADER_SMTP", "")
    if not url:
        raise CourseError(
            'there is no way to send letters: write [mail] command = ["/path/to/program"] into course.toml, or set AUTOGRADER_SMTP to '
            "smtp://user:password@host:587 and AUTOGRADER_MAIL_FROM to the course's address"
        )
    return by_smtp(url, environ.get("AUTOGRADER_MAIL_FROM", ""), course, clock=clock)


def by_command(command: Sequence[str], course: Course) -> Post:
    """A program of the course's own gets each letter as JSON on its standard input, without a shell; it must end with 0."""

    def post(letter: Addressed) -> None:
        said = {"course": course.id, "username": letter.to.username, "name": letter.to.name, "email": letter.to.email,
                "language": letter.language, "cause": letter.cause, "subject": letter.subject, "body": letter.body}  # fmt: skip
        try:
            done = subprocess.run(list(command), input=json.dumps(said), capture_output=True, text=True, timeout=PATIENCE, check=False)
        except (OSError, subprocess.TimeoutExpired) as problem:
            raise MachineryError(f"The command of [mail] did not run: {problem}. Nothing more was sent.") from problem
        if done.returncode != 0:
            last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise RuleError(f"the command of [mail] ended with {done.returncode}: {last[:200]}", code="not-sent")

    return post


def by_smtp(url: str, sender: str, course: Course, *, clock: Callable[[], datetime], connect: Any = None) -> Post:
    """By a mail server: smtp://user:password@host:587 with STARTTLS where the server has it, or smtps://… from the start."""
    place = urlsplit(url)
    try:
        port = place.port
    except ValueError:
        port = 0
    if place.scheme not in ("smtp", "smtps") or not place.hostname or port == 0:
        raise MachineryError("AUTOGRADER_SMTP must look like smtp://user:password@mail.example.org:587, or smtps://…")
    _, at, domain = sender.rpartition("@")
    if not at or not domain.isascii():
        raise MachineryError("AUTOGRADER_MAIL_FROM must be the address that letters come from, such as course@example.org.")
    host = place.hostname

    def post(letter: Addressed) -> None:
        message = _message(letter, sender, domain, course, clock())
        try:
            with _server(place.scheme, host, port, place.username, place.password) as server:
                server.send_message(message)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError, smtplib.SMTPDataError) as problem:
            raise RuleError(f"the mail server refused it: {_reason(problem)}", code="not-sent") from problem
        except (OSError, smtplib.SMTPException) as problem:
            raise MachineryError(f"The mail server {host} cannot be used: {problem}. Nothing more was sent.") from problem

    return post


def _message(letter: Addressed, sender: str, domain: str, course: Course, now: datetime) -> EmailMessage:
    message = EmailMessage()
    try:
        message["To"] = Address(" ".join(letter.to.name.split()), addr_spec=letter.to.email)
    except (ValueError, IndexError, LookupError) as problem:
        raise RuleError(f"{letter.to.email!r} is no address", code="not-sent") from problem
    message["From"] = Address(" ".join(course.title.split()), addr_spec=sender)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(now)
    digest = hashlib.sha256(f"{course.id}\0{letter.to.username}\0{letter.cause}".encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{digest}@{domain}>"
    message["Content-Language"] = letter.language
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message


def _server(scheme: str, host: str, port: int | None, user: str | None, password: str | None) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=PATIENCE, context=context)
    else:
        server = smtplib.SMTP(host, port or 25, timeout=PATIENCE)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        elif user:
            server.close()
            raise smtplib.SMTPException("it offers no encryption, and the password is not sent without it")
    if user:
        server.login(unquote(user), unquote(password or ""))
    return server


def _reason(problem: smtplib.SMTPException) -> str:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(problem.recipients.values()))
        return f"{code} {said.decode(errors='replace')}"
    return str(problem)


RECENT = timedelta(days=3)
"""What happened longer ago is not told."""
