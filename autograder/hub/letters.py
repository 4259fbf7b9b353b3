"""What students are to be told now, and telling them; `autograder letters` does the same by command, from cron for example."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from autograder import letters as writing
from autograder.hub.access import Visitor
from autograder.hub.desk import Desk
from autograder.hub.handlers import answer_for, sentence_of
from autograder.hub.page import Form, FormPage
from autograder.hub.paging import paged
from autograder.hub.section import Call, Panel, Section
from autograder.hub.views import Who
from autograder.letters import Addressed, Letter
from autograder.model import AutograderError, MachineryError, RuleError
from autograder.words import Sayable

AT_ONCE = timedelta(seconds=20)
"""So long one press of the button sends; what is left then goes out at the next one."""


@dataclass(frozen=True)
class LetterView:
    """One letter as its reader gets it."""

    to: Who
    language: str
    subject: str
    body: str
    problem: str = ""  # why it could not go


@dataclass(frozen=True)
class LettersView:
    """What would go out now."""

    letters: tuple[LetterView, ...]
    without: tuple[Who, ...]  # who would get one and has no address


@dataclass(frozen=True)
class Sent:
    """What a press of the button did."""

    sent: int
    failed: tuple[LetterView, ...]


def waiting(desk: Desk, visitor: Visitor) -> LettersView:
    """What is to be told now and was not told yet."""
    visitor.require("send letters")
    mark = (desk.state(), desk.names(), int(desk.clock().timestamp()) // 300)  # a deadline comes near by time alone
    return desk.memory.kept("letters", mark, lambda: _waiting(desk))


def _waiting(desk: Desk) -> LettersView:
    people = {person.username: person for person in desk.ledger.people(desk.course.id)}
    found = _found(desk)
    ready = tuple(_view(writing.addressed(desk.course, one, people[one.to])) for one in found if people[one.to].email)
    silent = dict.fromkeys(one.to for one in found if not people[one.to].email)
    return LettersView(ready, tuple(Who(name, people[name].name or name) for name in silent))


def send(desk: Desk, visitor: Visitor) -> Sent:
    """Send them, for as long as somebody waits for the answer."""
    visitor.require("send letters")
    with writing.alone(desk.folders.state, wait=False):
        try:
            post = writing.way(desk.course, os.environ, clock=desk.clock)
            done = writing.send(desk.course, desk.ledger, _while_waited_for(desk, _found(desk)), post, actor=visitor.username)
        except MachineryError as problem:  # of the command or the mail server: whoever sends has to know
            raise RuleError(str(problem), code="no-mail") from problem
    failed = tuple(_view(one, problem) for one, problem in done if problem)
    return Sent(len(done) - len(failed), failed)


def _found(desk: Desk) -> tuple[Letter, ...]:
    now = desk.clock()
    return writing.letters_of(desk.course, desk.ledger, now, now - writing.RECENT)


def _while_waited_for(desk: Desk, found: Iterable[Letter]) -> Iterator[Letter]:
    end = desk.clock() + AT_ONCE
    for one in found:
        if desk.clock() >= end:
            return
        yield one


def _view(letter: Addressed, problem: str = "") -> LetterView:
    who = Who(letter.to.username, letter.to.name or letter.to.username)
    return LetterView(who, letter.language, letter.subject, letter.body, problem)


class LettersPage(FormPage):
    """What would students be told now?"""

    async def show(
        self, *, status: int = 200, alert: Sayable = "", form: Form | None = None, done: Sent | None = None, **path: Any
    ) -> None:
        """The letters, and after sending what went out."""
        view = await self.run(waiting, self.desk, self.visitor)
        rows = paged(
            view.letters,
            lambda one: (one.to.username, one.to.name, one.subject),
            find=self.get_query_argument("find", ""),
            number=self.get_query_argument("page", "1"),
        )
        await self.page("letters.html", status=status, alert=alert, view=view, rows=rows, done=done)

    async def post(self, **path: str) -> None:
        """Send, and say what became of it."""
        try:
            done = await self.run(send, self.desk, self.visitor)
        except AutograderError as refused:
            if self.closed_by(refused):
                raise
            await self.show(status=answer_for(refused)[0], alert=sentence_of(refused))
            return
        await self.show(done=done)


SECTION = Section(
    pages=(("letters", LettersPage),),
    panels=(Panel("roster", "letters_panel.html", "send letters", lambda desk, visitor: True),),
    calls=(
        Call("GET", "letters", lambda desk, who, said: waiting(desk, who), "What students would be told now."),
        Call("POST", "letters/send", lambda desk, who, said: send(desk, who), "Tell them; answers how many went out and which could not."),
    ),
)
