"""Where one hub has its course, its state, its ports and its programs.

Everything comes from the environment, because the hub, its services and its proxy are processes that only share that:

    AUTOGRADER_COURSE        path of course.toml
    AUTOGRADER_ROOT          folder with assignments/, source/ and release/; default: where course.toml is
    AUTOGRADER_STATE         folder of everything that is written; default: state/ in the root
    AUTOGRADER_MORE_COURSES  further courses of the same hub (deploy/several-courses)
    AUTOGRADER_HUB_PORT      the port for browsers; the four ports after it are used on loopback; default 8000
    AUTOGRADER_PASSWORDS     file of the password hashes; default: in the state folder; `none` where people log in elsewhere
    AUTOGRADER_PROXY         path of configurable-http-proxy; default: where `scripts/setup` puts it, then PATH
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from autograder.course import Course, Folders, load_course, secret
from autograder.ledger import Ledger
from autograder.model import MachineryError, Role

SERVICE = "course"
PACKAGE = Path(__file__).resolve().parents[1]
MORE_COURSES = "AUTOGRADER_MORE_COURSES"
MAIL = ("AUTOGRADER_SMTP", "AUTOGRADER_MAIL_FROM")
"""By which mail server letters go, for the service that sends them; see `autograder.letters`."""


@dataclass(frozen=True)
class Site:
    """One hub."""

    folders: Folders
    course_file: Path
    port: int = 8000
    password_file: str = ""  # "" is the default place, "none" no passwords

    @classmethod
    def of(cls, environ: Mapping[str, str] = os.environ) -> Site:
        """As the environment says; MachineryError when it says something impossible."""
        course_file = Path(environ.get("AUTOGRADER_COURSE", "course.toml")).resolve()
        folders = Folders.of(Path(environ.get("AUTOGRADER_ROOT", course_file.parent)), environ)
        port = environ.get("AUTOGRADER_HUB_PORT", "8000")
        if not port.isdecimal() or not 1 <= int(port) <= 65531:
            raise MachineryError(f"AUTOGRADER_HUB_PORT is {port!r}; give a port from 1 to 65531 whose four neighbours above are free too.")
        return cls(folders, course_file, int(port), environ.get("AUTOGRADER_PASSWORDS", ""))

    def environment(self) -> dict[str, str]:
        """What a child process needs to find the same site."""
        return {
            "AUTOGRADER_COURSE": str(self.course_file.resolve()),
            "AUTOGRADER_ROOT": str(self.folders.root),
            "AUTOGRADER_STATE": str(self.folders.state),
            **{name: os.environ[name] for name in MAIL if name in os.environ},
            "AUTOGRADER_HUB_PORT": str(self.port),
            "PYTHONPATH": str(PACKAGE.parent),
            **({"AUTOGRADER_LEDGER": self.folders.ledger} if self.folders.ledger else {}),
            **({"AUTOGRADER_PASSWORDS": self.password_file} if self.password_file else {}),
            **({MORE_COURSES: os.environ[MORE_COURSES]} if os.environ.get(MORE_COURSES) else {}),
        }

    @property
    def hub_state(self) -> Path:
        """The hub's own database, cookie secret and password file; mode 0700."""
        return _hub_state(self.folders)

    @property
    def passwords(self) -> Path | None:
        """Hashes of the passwords; see `authenticator`. None: people log in elsewhere."""
        return passwords_of(self.folders, self.password_file)

    @property
    def homes(self) -> Path:
        """The home folders of the single-user servers."""
        return self.folders.state / "homes"

    @property
    def ports(self) -> dict[str, int]:
        """By what listens there. Only `public` is for browsers."""
        return {name: self.port + number for number, name in enumerate(("public", "hub", "proxy", SERVICE, "formgrader"))}

    def prepare(self) -> None:
        """Make the folders, closed to everybody else. May be repeated."""
        for folder in (self.folders.state, self.hub_state, self.homes, self.folders.nbgrader):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)

    def course(self) -> Course:
        """The course; CourseError names what is wrong in course.toml."""
        course = load_course(self.course_file)
        if course.id == SERVICE:
            raise MachineryError(
                f"The course's id is {SERVICE!r}, the name of a service of the hub. Choose another id in {self.course_file}."
            )
        return course

    def others(self, environ: Mapping[str, str] = os.environ) -> tuple[Site, ...]:
        """The further courses of this hub, as AUTOGRADER_MORE_COURSES says; their people have their passwords with ours."""
        files = [Path(name).resolve() for name in environ.get(MORE_COURSES, "").split(os.pathsep) if name]
        return tuple(
            Site(Folders(file.parent, file.parent / "state"), file, self.port + number * len(self.ports), str(self.passwords or "none"))
            for number, file in enumerate(files, 1)
        )

    @cached_property
    def groups_of(self) -> Callable[[str], list[str]]:
        """From a user name to his hub groups as the course's ledger has them now; the ledger stays open."""
        course, ledger = self.course().id, self.ledger()
        return lambda username: groups_of(course, ledger.role_of(course, username))

    def ledger(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Ledger:
        """The course's book."""
        return Ledger(self.folders.ledger_url, clock=clock, blobs=self.folders.blobs, key=secret(self.folders))


def passwords_of(folders: Folders, file: str | None = None) -> Path | None:
    """Where the hashes of a course's passwords are, None when they are none of ours; `file` as AUTOGRADER_PASSWORDS has it."""
    file = os.environ.get("AUTOGRADER_PASSWORDS", "") if file is None else file
    return None if file == "none" else Path(file) if file else _hub_state(folders) / "passwords.json"


def _hub_state(folders: Folders) -> Path:
    return folders.state / "hub"


def groups_of(course: str, role: Role | None) -> list[str]:
    """The hub groups of a member. nbgrader knows staff and students of a course by the first two names."""
    staff = [f"formgrade-{course}"]
    return {None: [], Role.STUDENT: [f"nbgrader-{course}"], Role.TA: staff, Role.INSTRUCTOR: [*staff, f"instructors-{course}"]}[role]


def proxy_command(state: Path, environ: Mapping[str, str] = os.environ) -> list[str]:
    """The command of the hub's proxy. MachineryError with what to do when it is not installed.

    It is a node program; the pip package of the same name is not used, since its first websocket handshake always fails.
    """
    name = "configurable-http-proxy"
    places = [state / "node/node_modules" / name / "bin" / name, Path(sys.prefix, "bin", name)]
    found = environ.get("AUTOGRADER_PROXY") or next((str(place) for place in places if place.exists()), None) or shutil.which(name)
    if not found or not Path(found).exists():
        raise MachineryError(
            f"The hub's proxy is missing{f' at {found}' if found else ''}. Run scripts/setup run, or npm install {name}@5.3.0 "
            "and set AUTOGRADER_PROXY to its path."
        )
    node = shutil.which("node") or str(Path(sys.prefix, "bin", "node"))
    if not Path(node).exists():
        raise MachineryError("The hub's proxy needs node, which is not installed. Run scripts/setup run.")
    return [node, str(Path(found).resolve())]
