"""One person of the course: added, changed, removed, given a new password, and his name forgotten; everybody's own password.

Whole files of people are in `tables`. A password is made here and never chosen; it stands in one answer, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from autograder.hub.access import Unknown, Visitor
from autograder.hub.authenticator import add_passwords, change_password, matches, reset_password
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
    left: bool  # he is in the course no more
    password: bool  # whether the visitor may give him a new password


def look(desk: Desk, visitor: Visitor, username: str) -> PersonalView:
    """Somebody who is or was in the course."""
    visitor.require("change roster")
    person = desk.ledger.person(desk.course.id, username)
    gone = None if person else next((one for one in desk.ledger.left(desk.course.id) if one.username == username), None)
    found = person or gone
    if found is None:
        raise Unknown(text("Nobody in this course has the user name {username}.", username=repr(username)))
    may_renew = desk.passwords is not None and person is not None and _why_no_password(desk, person) is None
    return PersonalView(found, username in desk.ledger.erased(), person is None, may_renew)


def gone(desk: Desk, visitor: Visitor) -> tuple[Person, ...]:
    """Who left the course and whose name is still kept."""
    visitor.require("change roster")
    left = desk.memory.kept("left", desk.ledger.stamp(), lambda: desk.ledger.left(desk.course.id))
    return tuple(person for person in left if person.name or person.email)


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
    if look(desk, visitor, username).left:
        raise Unknown(text("Nobody in this course has the user name {username}.", username=repr(username)))
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


def renew(desk: Desk, visitor: Visitor, username: str) -> str:
    """A new password for a student or a TA who has lost his; the one before ends. It is in this answer and nowhere else.

    Who has a password can do all that its owner may. So nobody gets one from here for another instructor, nor for somebody who has a part
    in a course that this instructor may not see: that is for whoever keeps the server (autograder enrol --new-password).
    """
    look(desk, visitor, username)
    person = desk.ledger.person(desk.course.id, username)
    if person is None:
        raise Unknown(text("Nobody in this course has the user name {username}.", username=repr(username)))
    file = _passwords(desk)
    if refused := _why_no_password(desk, person):
        raise RuleError(refused, code="not-his-password")
    desk.ledger.note_password(desk.course.id, username, actor=visitor.username)  # first, so that none is given without a line
    return reset_password(file, username)


def _why_no_password(desk: Desk, person: Person) -> Text | None:
    if person.role is Role.INSTRUCTOR:
        return text("An instructor's password is not renewed by another one. He changes his own here, or the administrator gives him one.")
    if desk.several or desk.ledger.roles_of(person.username).keys() != {desk.course.id}:
        return text("This password opens other courses too, so it is not renewed here. The administrator gives a new one.")
    return None


def change_own(desk: Desk, visitor: Visitor, old: str) -> str:
    """A new password for oneself in place of the old one."""
    visitor.require("see the course")
    file = _passwords(desk)
    if matches(file, visitor.username, old):
        desk.ledger.note_password(desk.course.id, visitor.username, actor=visitor.username)
    return change_password(file, visitor.username, old)


def _passwords(desk: Desk) -> Path:
    if desk.passwords is None:
        raise RuleError(text("People log in to this hub elsewhere, so there is no password to change here."), code="no-passwords")
    return desk.passwords


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

    async def show(
        self, *, status: int = 200, alert: Sayable = "", form: Form | None = None, username: str = "", password: str = "", **path: Any
    ) -> None:
        """The person, with the forms."""
        view = await self.run(look, self.desk, self.visitor, username)
        await self.page("person.html", status=status, alert=alert, form=form or {}, view=view, password=password)

    async def post(self, **path: str) -> None:
        """A new password is shown in the answer itself, since it must not stand in an address."""
        if self.get_body_argument("do", "") != "password":
            await super().post(**path)
            return
        try:
            password = await self.run(renew, self.desk, self.visitor, path["username"])
        except RuleError as refused:
            await self.show(status=answer_for(refused)[0], alert=sentence_of(refused), username=path["username"])
            return
        await self.show(username=path["username"], password=password)

    def after(self, form: Form) -> str:
        """Who was removed has no page any more."""
        return f"{self.prefix}roster?done=remove" if form["do"] == "remove" else super().after(form)


class PasswordPage(FormPage):
    """My own password, in place of which I want another one."""

    async def show(self, *, status: int = 200, alert: Sayable = "", password: str = "", **path: Any) -> None:
        """The form; in the answer the new password."""
        self.visitor.require("see the course")
        await self.page("password.html", status=status, alert=alert, password=password, ours=self.desk.passwords is not None)

    async def post(self, **path: str) -> None:
        """Change it."""
        try:
            password = await self.run(change_own, self.desk, self.visitor, self.get_body_argument("old", "").strip())
        except RuleError as refused:
            await self.show(status=answer_for(refused)[0], alert=sentence_of(refused))
            return
        await self.show(password=password)


def _ours(desk: Desk, visitor: Visitor) -> bool | None:
    """Whether there is a password to change."""
    return True if desk.passwords is not None else None


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
        Call(
            "POST",
            f"{PERSON}/password",
            lambda desk, who, said, username: {"password": renew(desk, who, username)},
            "Give a student or a TA a new password, answered this once; the one before and its sessions end.",
        ),
    ),
)
LAST = Section(
    pages=(("password", PasswordPage),),
    panels=(
        Panel("course", "password_panel.html", "see the course", _ours),
        Panel("staff", "password_panel.html", "see the course", _ours),
        Panel("roster", "left_panel.html", "change roster", lambda desk, visitor: gone(desk, visitor) or None),
    ),
    calls=(
        Call(
            "POST",
            "password",
            lambda desk, who, said: {"password": change_own(desk, who, said.text("old"))},
            "A new password of one's own in place of the old one, answered this once.",
            {"old": "text"},
        ),
    ),
)
"""What stands at the end of a page: one's own password on the first one, who left on the roster."""
