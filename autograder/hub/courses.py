"""The courses of one hub: who is in them, and what the hub lets whom reach.

Needs JupyterHub and Python's library alone, so that a hub which keeps no course (in a container, or as another user) can
ask the course's own service instead.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from autograder.model import MachineryError

SECONDS = 10
"""That a course may take to say who somebody is."""


@dataclass(frozen=True)
class CourseOnHub:
    """One course as the hub knows it."""

    id: str
    service: str  # the name of its pages on the hub
    url: str  # where its pages listen, as the hub and the servers reach it

    @property
    def address(self) -> str:
        """Of its pages, past the proxy."""
        return f"{self.url.rstrip('/')}/services/{self.service}/"

    @property
    def groups(self) -> list[str]:
        """The hub groups of its people. nbgrader fixes how they are named."""
        return [f"nbgrader-{self.id}", f"formgrade-{self.id}"]


def roles(courses: Sequence[CourseOnHub]) -> list[dict[str, Any]]:
    """The hub's roles: each group opens its own course's services, and a server's own token opens no more than its owner's pages."""
    names = [name for course in courses for name in (course.id, course.service)]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise MachineryError(
            f"Two services of this hub would be called {twice[0]!r}. Give one of the courses another id in its course.toml."
        )
    given = []
    for course in courses:
        members, staff = course.groups
        given += [
            {
                "name": f"members-{course.id}",
                "description": f"The pages of {course.id}",
                "groups": [members, staff],
                "scopes": [f"access:services!service={course.service}"],
            },
            {
                "name": f"staff-{course.id}",
                "description": f"formgrader of {course.id}",
                "groups": [staff],
                "scopes": [f"access:services!service={course.id}", f"read:services!service={course.id}"],
            },
        ]
    pages = [f"access:services!service={course.service}" for course in courses]
    # All code in a server can read its token: it opens that server and the pages of the courses, nothing else.
    return [*given, {"name": "server", "scopes": ["users:activity!user", "access:servers!server", *pages]}]


def variable(courses: Iterable[CourseOnHub]) -> str:
    """AUTOGRADER_COURSES: where nbgrader's exchange in a student's server finds them."""
    return " ".join(f"{course.id}={course.address}" for course in courses)


def first_page(courses: Sequence[CourseOnHub]) -> Callable[[Any], str]:
    """Where the hub sends whoever asks for no page: to the course that he is in, or where he chooses between several."""

    def page(handler: Any) -> str:
        if handler.current_user is None and len(courses) > 1:
            return str(handler.settings["login_url"])  # asked again afterwards
        groups = {group.name for group in handler.current_user.groups} if handler.current_user else set()
        his = [course for course in courses if len(courses) == 1 or groups & set(course.groups)]
        if len(his) != 1:
            return f"{handler.hub.base_url}home"
        pages = handler.services[his[0].service]
        return f"{pages.host}{pages.prefix}"

    return page


def asked(course: CourseOnHub, token: str) -> Callable[[str], list[str]]:
    """A function from a user name to his groups, which asks the course's service. `token` is the one that the hub gave it."""

    def groups_of(username: str) -> list[str]:
        request = urllib.request.Request(
            f"{course.address}groups?user={quote(username, safe='')}", headers={"Authorization": f"token {token}"}
        )
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=SECONDS) as answer:
                return [str(name) for name in json.loads(answer.read())]
        except (OSError, ValueError) as trouble:
            raise MachineryError(f"The course {course.id} at {course.url} does not say who {username} is: {trouble}.") from None

    return groups_of


def together(parts: Sequence[Callable[[str], list[str]]]) -> Callable[[str], list[str]]:
    """The groups of somebody in all courses."""
    return lambda username: [group for groups_of in parts for group in groups_of(username)]
