"""Who is told what, once; nothing private in it; and the ways by which a letter goes out."""

from __future__ import annotations

import json
import socket
import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

import pytest

from autograder.course import Mail, load_course
from autograder.ledger import InvitationPast, Ledger, Person, Published
from autograder.ledger.requests import Answer, Outcome, Request
from autograder.letters import Work, addressed, by_command, by_smtp, letters, letters_of, send, way
from autograder.model import CourseError, MachineryError, Role, RuleError, TeamRule

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
COURSE = load_course(Path(__file__).parents[2] / "courses" / "demo.toml")
ANN = Person("ann", Role.STUDENT, "Ann Levi", "ann@uni.example")
FIND = "Find another partner on the course's pages."
BEN = Person("ben", Role.STUDENT, "", "ben@uni.example")
PAIRS = Published("demo", "hw", "Homework", None, NOW + 9 * DAY, None, None, TeamRule(), "v1", 10, (), NOW - 9 * DAY)


def told(work: Work, *requests: Request, people: tuple[Person, ...] = (ANN, BEN), now: datetime = NOW) -> list[tuple[str, str]]:
    return [(one.to, str(one.body)) for one in letters(COURSE, [work], requests, people, now, now - 3 * DAY)]


def invitation(how: str = "", at: datetime = NOW - HOUR) -> Work:
    return Work(PAIRS, {}, invitations=[InvitationPast("hw", "ann", "ben", at, None if not how else at + HOUR / 2, how)])


def request(answer: str) -> Request:
    by = {"answered": "tina", "withdrawn": "ann"}.get(answer)
    said = Answer(Outcome.UPHELD, "PRIVATE WORDS", 2.0, ("ann",), by, NOW - HOUR) if by else None
    return Request(7, "demo", "hw", "team-00001", "x", "p1", "PRIVATE REASON", "ann", NOW - DAY, ("ann", "ben"), said)


@pytest.mark.parametrize(
    ("work", "said"),
    [
        pytest.param(invitation(), [("ben", "Ann Levi invites you to work together on Homework. Accept or decline on the course's pages.")],
                     id="an invitation is told to whom it is for"),
        pytest.param(invitation("accepted"), [("ann", "ben accepts your invitation: you hand in Homework together.")],
                     id="its answer to who invited"),
        pytest.param(invitation("declined"), [("ann", f"ben declines your invitation for Homework. {FIND}")], id="also a no"),
        pytest.param(invitation("withdrawn"), [], id="a withdrawn invitation is told to nobody"),
        pytest.param(invitation("void"), [], id="nor one that came to nothing"),
        pytest.param(invitation(at=NOW - 4 * DAY), [], id="nor one of long ago"),
        pytest.param(Work(PAIRS, {}, feedback={"ann": NOW - HOUR, "zoe": NOW}),
                     [("ann", "Feedback on Homework is out. Read it on the course's pages.")], id="feedback to members of the course"),
        pytest.param(Work(PAIRS, {}, feedback={"ann": NOW - 4 * DAY}), [], id="not feedback of long ago"),
    ],
)  # fmt: skip
def test_what_happened_is_told(work: Work, said: list[tuple[str, str]]) -> None:
    assert told(work) == said


@pytest.mark.parametrize(("answer", "count"), [("answered", 1), ("withdrawn", 0), ("open", 0)])
def test_an_answered_request_is_told_without_a_word_of_it(answer: str, count: int) -> None:
    found = letters(COURSE, [Work(PAIRS, {})], [request(answer)], (ANN, BEN), NOW, NOW - DAY)
    assert [one.to for one in found] == ["ann"] * count
    assert "PRIVATE" not in str([addressed(COURSE, one, ANN) for one in found])


@pytest.mark.parametrize(
    ("before", "hours"),
    [(49 * HOUR, []), (48 * HOUR, [48]), (7 * HOUR, [48]), (6 * HOUR, [6]), (HOUR, [6]), (timedelta(0), []), (-HOUR, [])],
    ids=["49 h", "48 h", "7 h", "6 h", "1 h", "due", "over"],
)
def test_a_deadline_is_told_in_two_stages_to_those_who_have_not_handed_in(before: timedelta, hours: list[int]) -> None:
    work = Work(PAIRS, {"ann": NOW + before, "ben": NOW + before}, handed_in={"ben"})
    found = letters(COURSE, [work], (), (ANN, BEN), NOW, NOW - DAY)
    assert [(one.to, int(one.cause.split()[-1])) for one in found] == [("ann", stage) for stage in hours]
    assert all("nothing is handed in yet" in str(one.body) for one in found)


def test_an_extension_moves_the_letter_and_makes_it_another_one() -> None:
    first, second = ({"ann": NOW + 5 * HOUR}, {"ann": NOW + 29 * HOUR})
    causes = {one.cause for due in (first, second) for one in letters(COURSE, [Work(PAIRS, due)], (), (ANN,), NOW, NOW)}
    assert len(causes) == 2


def test_who_needs_a_partner_is_told_before_pairs_are_locked_and_before_it_is_due() -> None:
    locked = replace(PAIRS, pairs_lock=NOW + DAY)
    assert [line for _, line in told(Work(locked, {"ann": NOW + 9 * DAY}, needs_partner={"ann"}))] == [
        "Homework is handed in together, and you have no partner yet. Partners find each other until 2026-03-03 11:00 (Asia/Jerusalem); "
        "after that, ask the course staff."]  # fmt: skip
    assert "cannot hand in without one" in told(Work(PAIRS, {"ann": NOW + DAY}, needs_partner={"ann"}))[0][1]


def test_nothing_is_told_of_what_is_not_open() -> None:
    assert told(Work(replace(PAIRS, opens=NOW + HOUR), {"ann": NOW + DAY})) == []


def test_a_letter_is_in_the_language_of_its_reader_and_ends_with_the_course_s_address() -> None:
    letter = letters(COURSE, [invitation()], (), (ANN, BEN), NOW, NOW - DAY)[0]
    course = replace(COURSE, mail=Mail(language="ru", site="https://hub.example.org/course"))
    assert addressed(course, letter, BEN).language == "ru"
    assert addressed(course, letter, replace(BEN, language="he")).language == "he"
    assert addressed(course, letter, BEN).body.endswith("\n\nhttps://hub.example.org/course\n")


# ── in a ledger ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(f"sqlite:///{tmp_path}/ledger.db", clock=lambda: NOW, blobs=tmp_path / "blobs", key=b"k" * 32) as book:
        for person in (ANN, BEN, Person("cat", Role.STUDENT, "Cat")):
            book.enrol(COURSE.id, person.username, person.role, name=person.name, email=person.email, actor="noa")
        book.publish(COURSE.id, "hw", title="Homework", opens=None, due=NOW + DAY, pairs_lock=None, team=TeamRule(), version="v1",
                     archive=b"", points=10, actor="noa")  # fmt: skip
        book.invite(COURSE.id, "hw", "ann", "ben")
        yield book


def test_a_letter_goes_out_once(ledger: Ledger) -> None:
    sent: list[tuple[str, str]] = []
    for _ in range(2):
        found = letters_of(COURSE, ledger, NOW, NOW - DAY)
        send(COURSE, ledger, found, lambda letter: sent.append((letter.to.username, letter.cause.split()[0])), actor="cron")
    assert sorted(sent) == [("ann", "due"), ("ben", "due"), ("ben", "invitation")]      # cat has no address
    ledger.check_chain(COURSE.id)
    assert "Ann" not in str(ledger.audit(COURSE.id)) and "@" not in str(ledger.audit(COURSE.id))


def test_who_was_erased_gets_no_letters(ledger: Ledger) -> None:
    ledger.erase("ben", actor="noa")
    sent: list[str] = []
    send(COURSE, ledger, letters_of(COURSE, ledger, NOW, NOW - DAY), lambda letter: sent.append(letter.to.username), actor="cron")
    assert sent == ["ann"]


def test_one_letter_that_cannot_go_does_not_keep_back_the_others_and_is_tried_again(ledger: Ledger) -> None:
    def post(letter: Any) -> None:
        if letter.to.username == "ann":
            raise RuleError("mailbox full", code="not-sent")

    first = send(COURSE, ledger, letters_of(COURSE, ledger, NOW, NOW - DAY), post, actor="cron")
    assert [(one.to.username, problem) for one, problem in first if problem] == [("ann", "mailbox full")]
    assert [one.to for one in letters_of(COURSE, ledger, NOW, NOW - DAY) if one.to != "cat"] == ["ann"]


# ── by command ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_command_gets_each_letter_as_json_and_no_shell(ledger: Ledger, tmp_path: Path) -> None:
    program, out = tmp_path / "notify", tmp_path / "out"
    program.write_text('#!/bin/sh\ncat >> "$2"\n[ "$1" = "--to; touch pwned" ]\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    post = by_command((str(program), "--to; touch pwned", str(out)), COURSE)
    found = [one for one in letters_of(COURSE, ledger, NOW, NOW - DAY) if one.cause.startswith("invitation")]
    assert [problem for _, problem in send(COURSE, ledger, found, post, actor="cron")] == [""]
    said = json.loads(out.read_text())
    assert said["email"] == "ben@uni.example" and "Ann Levi invites you" in said["body"] and not (tmp_path / "pwned").exists()


def test_a_command_that_fails_is_told(ledger: Ledger, tmp_path: Path) -> None:
    letter = addressed(COURSE, letters_of(COURSE, ledger, NOW, NOW - DAY)[0], BEN)
    with pytest.raises(RuleError, match="ended with 1: it said nothing"):
        by_command(("/bin/false",), COURSE)(letter)
    with pytest.raises(MachineryError, match="did not run"):
        by_command((str(tmp_path / "missing"),), COURSE)(letter)


# ── by SMTP, with a server that speaks it ─────────────────────────────────────────────────────────────────────────────
class Server:
    """A mail server on this machine for one connection at a time: takes letters, refuses those to nobody@…."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self.socket.getsockname()[1]}"
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as wire:
                self.talk(wire)

    def talk(self, wire: Any) -> None:
        def answer(line: str) -> None:
            wire.write(line.encode() + b"\r\n")
            wire.flush()

        answer("220 here")
        while line := wire.readline().decode().strip():
            verb = line.split()[0].upper()
            if verb == "DATA":
                answer("354 go on")
                lines = iter(wire.readline, b".\r\n")
                self.letters.append(b"".join(part[1:] if part.startswith(b"..") else part for part in lines))
            answer("550 no such box" if verb == "RCPT" and "nobody@" in line else "221 bye" if verb == "QUIT" else "250 fine")
            if verb == "QUIT":
                return

    def close(self) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(5)


@pytest.fixture
def server() -> Iterator[Server]:
    one = Server()
    yield one
    one.close()


def test_a_mail_server_gets_a_letter_that_mail_programs_read(ledger: Ledger, server: Server) -> None:
    post = by_smtp(server.url, "course@uni.example", replace(COURSE, title="Mathematik für\nDeep Learning"), clock=lambda: NOW)
    found = [one for one in letters_of(COURSE, ledger, NOW, NOW - DAY) if one.cause.startswith("invitation")]
    assert [problem for _, problem in send(COURSE, ledger, found, post, actor="cron")] == [""]
    (raw,) = server.letters
    letter = cast(EmailMessage, message_from_bytes(raw, policy=policy.default))
    assert (letter["To"], letter["From"]) == ("ben@uni.example", "Mathematik für Deep Learning <course@uni.example>")
    assert letter["Auto-Submitted"] == "auto-generated" and letter["Message-ID"].endswith("@uni.example>")
    assert letter.get_content().startswith("Ann Levi invites you to work together on Homework. Accept or decline")


@pytest.mark.parametrize(
    "email",
    ["nobody@uni.example", "two@uni.example, ann@uni.example", "x@uni.example\nBcc: all@uni.example", "no address", "שלום@uni.example"],
)
def test_an_address_that_cannot_be_reached_is_told_and_adds_no_header(server: Server, email: str) -> None:
    letter = addressed(COURSE, letters(COURSE, [invitation()], (), (ANN, BEN), NOW, NOW - DAY)[0], replace(BEN, email=email))
    with pytest.raises(RuleError):
        by_smtp(server.url, "course@uni.example", COURSE, clock=lambda: NOW)(letter)
    assert server.letters == []


def test_a_name_cannot_add_a_header(server: Server) -> None:
    person = replace(BEN, name="Ben\r\nBcc: all@uni.example\r\n\r\nBuy this")
    letter = addressed(COURSE, letters(COURSE, [invitation()], (), (ANN, BEN), NOW, NOW - DAY)[0], person)
    by_smtp(server.url, "course@uni.example", COURSE, clock=lambda: NOW)(letter)
    read = message_from_bytes(server.letters[0], policy=policy.default)
    assert read["Bcc"] is None and "Buy this" in read["To"]


def test_a_password_is_not_sent_in_the_open(server: Server) -> None:
    url = server.url.replace("smtp://", "smtp://user:secret@")
    letter = addressed(COURSE, letters(COURSE, [invitation()], (), (ANN, BEN), NOW, NOW - DAY)[0], BEN)
    with pytest.raises(MachineryError, match="offers no encryption"):
        by_smtp(url, "course@uni.example", COURSE, clock=lambda: NOW)(letter)


def test_a_server_that_is_not_there_stops_everything(ledger: Ledger) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    post = by_smtp(f"smtp://127.0.0.1:{port}", "course@uni.example", COURSE, clock=lambda: NOW)
    with pytest.raises(MachineryError, match="Nothing more was sent"):
        send(COURSE, ledger, letters_of(COURSE, ledger, NOW, NOW - DAY), post, actor="cron")
    assert ledger.letters.told(COURSE.id) == frozenset()


@pytest.mark.parametrize("url", ["", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:port"])
def test_an_address_of_a_server_must_be_one(url: str) -> None:
    with pytest.raises(MachineryError, match="AUTOGRADER_SMTP"):
        by_smtp(url, "course@uni.example", COURSE, clock=lambda: NOW)


def test_without_a_command_or_a_mail_server_there_is_no_way_and_the_sentence_names_both() -> None:
    with pytest.raises(CourseError, match=r"\[mail\] command .* AUTOGRADER_SMTP"):
        way(COURSE, {}, clock=lambda: NOW)
    assert way(replace(COURSE, mail=Mail(("/bin/true",))), {}, clock=lambda: NOW)
    assert way(COURSE, {"AUTOGRADER_SMTP": "smtp://mail.example.org", "AUTOGRADER_MAIL_FROM": "course@example.org"}, clock=lambda: NOW)
