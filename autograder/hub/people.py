"""One person of the course: added, changed, removed, and his name forgotten. Whole files of people are in `tables`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from autograder.hub.access import Unknown, Visitor
from autograder.hub.authenticator import add_passwords
from autograder.hub.desk import Desk
from autograder.hub.handlers import answer_for, sentence_of
from autograder.hub.page import Form, FormPage, field
from autograder.hub.section import Call, Panel, Section
from autograder.ledger import Person
from autograder.model import AutograderError, Role, RuleError
from autograder.words import Sayable, Text, text

PERSON = r"people/(?P<username>[^/]+)"


@dataclass(frozen=True)
class PersonalView:
    """One person, and whether he asked to be forgotten."""

    person: Person
    erased: bool


def look(desk: Desk, visitor: Visitor, username: str) -> PersonalView:
    """Somebody who is in the course."""
    visitor.require("change roster")
    person = desk.ledger.person(desk.course.id, username)
    if person is None:
        raise Unknown(text("Nobody in this course has the user name {username}.", username=repr(username)))
    return PersonalView(person, username in desk.ledger.erased())


def put(desk: Desk, visitor: Visitor, username: str, *, name: str | None = None, email: str | None = None, role: str | None = None) -> str:
    """Take somebody into the course, or change him; None stays as it is. Answers the password of a new person, shown this once."""
    visitor.require("change roster")
    old = desk.ledger.person(desk.course.id, username) or Person(username, Role.STUDENT)
    erased = username in desk.ledger.erased()
    new = Person(
        username, _role(role or old.role), old.name if name is None else name.strip(), old.email if email is None else email.strip()
    )
    if erased and (new.name or new.email):
        said = text("The name of {username} was erased on request. To bring it back: autograder enrol.", username=username)
        raise RuleError(said, code="erased")
    if not (new.name or erased):
        raise RuleError(text("Please fill in {meaning}.", meaning=text("the name")), code="empty")
    if new.email and not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+", new.email):
        raise RuleError(text("{email} is no address.", email=repr(new.email)), code="bad-address")
    if username == visitor.username and new.role is not old.role:
        raise RuleError(text("Your own role is changed by another instructor."), code="own-role")
    desk.ledger.enrol(desk.course.id, username, new.role, name=new.name, email=new.email, actor=visitor.username)
    return "" if desk.passwords is None else add_passwords(desk.passwords, [username]).get(username, "")


def _role(word: str) -> Role:
    if word not in set(Role):
        raise RuleError(text("There is no {word} here; there are {known}.", word=repr(word), known=", ".join(Role)), code="unknown-word")
    return Role(word)


def remove(desk: Desk, visitor: Visitor, username: str, reason: str) -> None:
    """End somebody's membership; what he handed in and was given stays in the book."""
    look(desk, visitor, username)
    if username == visitor.username:
        raise RuleError(text("You cannot remove yourself. Ask another instructor."), code="own-role")
    if not reason.strip():
        raise RuleError(text("Please fill in {meaning}.", meaning=text("the reason")), code="empty")
    desk.ledger.unenrol(desk.course.id, username, actor=visitor.username, reason=reason)


def erase(desk: Desk, visitor: Visitor, username: str, confirmed: str) -> None:
    """Forget a person's name and address, as `autograder erase` does. `confirmed`: the user name, once more."""
    look(desk, visitor, username)
    if confirmed.strip() != username:
        said = text("To erase this name, write the user name {username}. Nothing was changed.", username=username)
        raise RuleError(said, code="not-confirmed")
    desk.ledger.erase(username, actor=visitor.username)


# ---------------------------------------------------------------- pages


class AddPage(FormPage):
    """Who comes into the course? A new password is shown in the answer and nowhere else."""

    async def show(
        self, *, status: int = 200, alert: Sayable = "", form: Form | None = None, added: str = "", password: str = "", **path: Any
    ) -> None:
        """The form, and who was added."""
        self.visitor.require("change roster")
        await self.page("person_add.html", status=status, alert=alert, form=form or {}, added=added, password=password)

    async def post(self, **path: str) -> None:
        """Add somebody. The answer is the page itself, since a password must not stand in an address."""
        form = {name: self.get_body_argument(name).strip() for name in self.request.body_arguments}
        try:
            username = field(form, "username", text("the user name"))
            said = {name: form.get(name) for name in ("name", "email", "role")}
            password = await self.run(put, self.desk, self.visitor, username, **said)
        except AutograderError as refused:
            if self.closed_by(refused):
                raise
            await self.show(status=answer_for(refused)[0], alert=sentence_of(refused), form=form)
            return
        await self.show(added=username, password=password)


class PersonPage(FormPage):
    """What does the course hold of this person, and what is to change?"""

    deeds: ClassVar[Mapping[str, Callable[..., object]]] = {
        "change": lambda desk, who, form, username: put(
            desk, who, username, name=form.get("name"), email=form.get("email"), role=form.get("role")
        ),
        "remove": lambda desk, who, form, username: remove(desk, who, username, form.get("reason", "")),
        "erase": lambda desk, who, form, username: erase(desk, who, username, form.get("confirmed", "")),
    }
    notices: ClassVar[Mapping[str, Text]] = {
        "change": text("The person is changed."),
        "erase": text("Name and address are erased in all courses."),
    }

    async def show(self, *, status: int = 200, alert: Sayable = "", form: Form | None = None, username: str = "", **path: Any) -> None:
        """The person, with the three forms."""
        view = await self.run(look, self.desk, self.visitor, username)
        await self.page("person.html", status=status, alert=alert, form=form or {}, view=view)

    def after(self, form: Form) -> str:
        """Who was removed has no page any more."""
        return f"{self.prefix}roster?done=remove" if form["do"] == "remove" else super().after(form)


SECTION = Section(
    pages=(("people", AddPage), (PERSON, PersonPage)),
    panels=(Panel("roster", "person_panel.html", "change roster", lambda desk, visitor: True),),
    calls=(
        Call(
            "POST",
            PERSON,
            lambda desk, who, said, username: {
                "password": put(desk, who, username, **{name: said.text(name) for name in ("name", "email", "role") if name in said.body})
            },
            "Take a person into the course, or change him; answers the password of a new one.",
            {"name": "text?", "email": "text?", "role": "text?"},
        ),
        Call(
            "POST",
            f"{PERSON}/remove",
            lambda desk, who, said, username: remove(desk, who, username, said.text("reason")),
            "End a person's membership; his work stays in the book.",
            {"reason": "text"},
        ),
        Call(
            "POST",
            f"{PERSON}/erase",
            lambda desk, who, said, username: erase(desk, who, username, said.text("username")),
            "Forget a person's name and address in all courses, for good.",
            {"username": "text"},
        ),
    ),
)
