"""nbgrader's exchange without a shared folder: fetch, submit and feedback go to the course's service with the user's own hub token.

JupyterLab's Assignment List and nbgrader's commands work unchanged. What a student may do is decided by the service, which knows him by
his token; the clock and the number of a submission are the service's, and its signed receipt is kept beside the notebook. This file is
all that a single-user server needs (Python's library and nbgrader): it lies in the folder of its settings, away from the course.

AUTOGRADER_COURSES names the courses of this hub: "calc-1=http://127.0.0.1:8004/services/course/", several with spaces between.
"""

from __future__ import annotations

import base64
import io
import json
import os
import re
import shutil
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any

from nbgrader.exchange import abc
from traitlets import Bool
from traitlets.config import Config

SECONDS = 60
"""That a request may take; a large submission goes over a slow line."""


def use_course(config: Config) -> None:
    """Let nbgrader's exchange be the course's service."""
    config.Exchange.path_includes_course = len(courses()) > 1  # two courses may have an assignment of the same name
    config.ExchangeFactory.exchange = Course
    config.ExchangeFactory.list = List
    config.ExchangeFactory.fetch_assignment = FetchAssignment
    config.ExchangeFactory.fetch_feedback = FetchFeedback
    config.ExchangeFactory.submit = Submit
    config.ExchangeFactory.collect = Collect
    config.ExchangeFactory.release_assignment = ReleaseAssignment
    config.ExchangeFactory.release_feedback = ReleaseFeedback


# ---------------------------------------------------------------- the service


class Refused(Exception):
    """What the service says to somebody who may not, or that it cannot be reached."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.stranger = status == 403  # he is not in that course


class Service:
    """One course's API, as this user."""

    def __init__(self, address: str, token: str) -> None:
        self._address, self._token = address.rstrip("/") + "/api/", token

    def ask(self, method: str, path: str, said: Any = None) -> Any:
        """What the service answers as JSON; Refused with its sentence when it does not."""
        return json.loads(self.bytes(method, path, said))

    def bytes(self, method: str, path: str, said: Any = None) -> bytes:
        """What the service answers."""
        body = None if said is None else json.dumps(said).encode()
        headers = {"Authorization": f"token {self._token}", "Content-Type": "application/json"}
        request = urllib.request.Request(self._address + path, data=body, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as refused:
            raise Refused(_sentence(refused.read(), refused.code), refused.code) from None
        except OSError as trouble:
            raise Refused(f"The course does not answer ({trouble}). Nothing was changed; try again in a minute.") from None


def _sentence(body: bytes, status: int) -> str:
    try:
        return str(json.loads(body)["error"])
    except (ValueError, KeyError, TypeError):
        return f"The course answered {status}. Log in again, and tell the course staff if it stays."


def courses(environ: Mapping[str, str] = os.environ) -> dict[str, Service]:
    """The courses of this hub."""
    token = environ.get("JUPYTERHUB_API_TOKEN", "")
    named = (entry.partition("=") for entry in environ.get("AUTOGRADER_COURSES", "").split())
    return {name: Service(address, token) for name, _, address in named}


class Course(abc.Exchange):  # type: ignore[misc]  # nbgrader has no types
    """What all verbs share: which course is meant, and where its work lies."""

    path_includes_course = Bool(False, help="Whether work lies in a folder of its course.").tag(config=True)

    def start(self) -> Any:
        """As nbgrader does it; what the service refuses is said in the log, as nbgrader says what it refuses itself."""
        try:
            return super().start()
        except Refused as refused:
            self.fail(str(refused))

    def init_src(self) -> None:
        """Nothing is looked up in folders."""

    def init_dest(self) -> None:
        """Likewise."""

    @property
    def course(self) -> str:
        """The course that was named, or the only one."""
        known = courses()
        name = (self.coursedir.course_id if self.coursedir else "") or (next(iter(known)) if len(known) == 1 else "")
        if name not in known:
            self.fail(f"There is no course {name!r} here; there are {', '.join(known) or 'none'}. Name one with --course.")
        return str(name)

    @property
    def service(self) -> Service:
        """The service of that course."""
        return courses()[self.course]

    @property
    def slug(self) -> str:
        """The assignment that was named, safe in a path and in an address."""
        name = str(self.coursedir.assignment_id) if self.coursedir else ""
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
            self.fail(f"{name!r} is no assignment's name.")
        return name

    def folder(self, slug: str, course: str) -> Path:
        """Where an assignment lies in the user's home."""
        return Path(self.assignment_dir).absolute() / (course if self.path_includes_course else "") / slug


# ---------------------------------------------------------------- for students


class List(Course, abc.ExchangeList):  # type: ignore[misc]
    """What is out, what was fetched, and what the team has handed in, with feedback where it is."""

    def copy_files(self) -> None:
        """Nothing is copied."""

    def list_files(self) -> list[dict[str, Any]]:
        """As the Assignment List wants it."""
        wanted = self.coursedir.course_id if self.coursedir else ""
        named = {name: service for name, service in courses().items() if wanted in ("", "*", name)}
        list_one = self._submitted if self.cached or self.inbound else self._released
        found: list[dict[str, Any]] = []
        for name, service in named.items():
            try:
                found += list_one(name, service)
            except Refused as refused:
                if len(named) == 1 or not refused.stranger:
                    raise
                self.log.info("%s: %s", name, refused)  # the hub has courses that this person is not in
        for entry in found:
            self.log.info("%s %s %s", entry["course_id"], entry["assignment_id"], entry["status"])
        return found

    def remove_files(self) -> None:
        """The book keeps everything."""
        self.fail("What was released or handed in cannot be removed from here.")

    def _released(self, course: str, service: Service) -> Iterator[dict[str, Any]]:
        for row in service.ask("GET", "assignments"):
            if "state" not in row or row["state"] == "opens later":  # staff see other rows: they have no work of their own
                continue
            folder = self.folder(row["slug"], course)
            fetched = folder.is_dir()
            notebooks = sorted(folder.glob("*.ipynb")) if fetched else [folder / f"{row['slug']}.ipynb"]
            yield {
                "course_id": course,
                "assignment_id": row["slug"],
                "status": "fetched" if fetched else "released",
                "path": str(folder),
                "notebooks": [{"notebook_id": path.stem, "path": str(path)} for path in notebooks],
            }

    def _submitted(self, course: str, service: Service) -> Iterator[dict[str, Any]]:
        for row in service.ask("GET", "assignments"):
            rows = row.get("submissions") or []
            if rows:
                submissions = [self._submission(course, row, one) for one in sorted(rows, key=lambda one: one["number"])]
                about = {"course_id": course, "student_id": "", "assignment_id": row["slug"], "status": "submitted"}
                yield {**about, "submissions": submissions}

    def _submission(self, course: str, row: Mapping[str, Any], one: Mapping[str, Any]) -> dict[str, Any]:
        name = stamp(one)
        here = self.folder(row["slug"], course) / "feedback" / name
        out = bool(row["feedback"] and one["counts"])
        there = (here / f"{row['slug']}.html").is_file()
        feedback = {
            "has_local_feedback": there,
            "has_exchange_feedback": out,
            "feedback_updated": False,
            "local_feedback_path": str(here) if there else None,
        }
        return {
            "course_id": course,
            "student_id": one["by"]["username"],
            "assignment_id": row["slug"],
            "timestamp": name,
            "status": "submitted",
            "path": str(here),
            "notebooks": [{"notebook_id": row["slug"], "path": str(here), **feedback}],
            **feedback,
        }


def stamp(submission: Mapping[str, Any]) -> str:
    """A submission's name: when, which number, by whom. It is shown, and names the folder of its feedback."""
    at = datetime.fromisoformat(submission["submitted_at"]).astimezone(UTC)
    by = re.sub(r"[^\w.@-]", "_", submission["by"]["username"])
    return f"{at:%Y-%m-%d %H:%M:%S} UTC #{submission['number']} {by}"


class FetchAssignment(Course, abc.ExchangeFetchAssignment):  # type: ignore[misc]
    """The release, into the user's home."""

    def copy_files(self) -> None:
        """Whole, or not at all; with --replace only what is missing."""
        folder = self.folder(self.slug, self.course)
        if folder.exists() and not self.replace_missing_files:
            self.fail(f"You already have a copy of the assignment in this directory: {folder.name}")
        archive = self.service.bytes("GET", f"assignments/{self.slug}/archive")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".fetching-") as scratch:
            unpacked = unpack(archive, Path(scratch))
            if not folder.exists():
                unpacked.rename(folder)
            for path in sorted(unpacked.rglob("*")) if unpacked.exists() else ():
                place = folder / path.relative_to(unpacked)
                if path.is_dir():
                    place.mkdir(exist_ok=True)
                elif not place.exists():
                    shutil.copy(path, place)
        self.log.info("Fetched as: %s %s", self.course, self.slug)


def unpack(archive: bytes, into: Path) -> Path:
    """The one folder that the archive holds."""
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        names = [PurePosixPath(name) for name in packed.namelist()]
        if not names or any(name.is_absolute() or ".." in name.parts for name in names) or len({name.parts[0] for name in names}) != 1:
            raise Refused("The archive that came is damaged. Try again.")
        packed.extractall(into)
    return into / names[0].parts[0]


class Submit(Course, abc.ExchangeSubmit):  # type: ignore[misc]
    """Hand in the notebook and the files that the assignment asks for."""

    def copy_files(self) -> None:
        """Send them, and keep the receipt."""
        service, slug = self.service, self.slug
        row = service.ask("GET", f"assignments/{slug}")
        folder = self.folder(slug, self.course)
        notebook = f"{slug}.ipynb"
        if not (folder / notebook).is_file():
            self.fail(f"There is no {notebook} in {folder}. Fetch the assignment, and keep the notebook's name.")
        patterns = (notebook, *row.get("files", ()))
        files = {name: base64.b64encode(path.read_bytes()).decode() for name, path in taken(folder, patterns)}
        receipt = service.ask("POST", f"assignments/{slug}/submit", {"files": files})
        kept = folder / "receipts" / f"receipt-{receipt['number']:04}.json"
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(json.dumps(receipt, indent=1) + "\n", encoding="utf-8")
        self.log.info("Submitted as: %s %s #%s at %s", self.course, slug, receipt["number"], receipt["submitted_at"])


def taken(folder: Path, patterns: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    """The files of a folder that match: name with slashes, and path."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and any(matches(name, pattern) for pattern in patterns):
            yield name, path


def matches(name: str, pattern: str) -> bool:
    """As the service decides it: part by part, so that a star does not reach over a slash."""
    parts, asked = name.split("/"), pattern.split("/")
    return len(parts) == len(asked) and all(map(fnmatchcase, parts, asked))


class FetchFeedback(Course, abc.ExchangeFetchFeedback):  # type: ignore[misc]
    """The page of the submission that counts."""

    def copy_files(self) -> None:
        """Beside the work, under the submission's name."""
        service, slug = self.service, self.slug
        page = service.bytes("GET", f"assignments/{slug}/feedback")
        counting = [one for one in service.ask("GET", f"assignments/{slug}/submissions") if one["counts"]]
        if not counting:
            self.fail("Nothing of yours counts for this assignment yet.")
        folder = self.folder(slug, self.course) / "feedback" / stamp(counting[0])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{slug}.html").write_bytes(page)
        self.log.info("Fetched as: %s %s", self.course, slug)


# ---------------------------------------------------------------- for staff


class ReleaseAssignment(Course, abc.ExchangeReleaseAssignment):  # type: ignore[misc]
    """Publish to the students."""

    def copy_files(self) -> None:
        """The service has what is built."""
        self.service.ask("POST", f"assignments/{self.slug}/release", {})
        self.log.info("Released as: %s %s", self.course, self.slug)


class ReleaseFeedback(Course, abc.ExchangeReleaseFeedback):  # type: ignore[misc]
    """Show the teams their pages."""

    def copy_files(self) -> None:
        """Only the platform's own pages go to students: nbgrader's show hidden tests."""
        shown = self.service.ask("POST", f"assignments/{self.slug}/feedback", {})
        self.log.info("Feedback released to %s teams", shown["teams"])


class Collect(Course, abc.ExchangeCollect):  # type: ignore[misc]
    """What counts of every team, into submitted/."""

    def copy_files(self) -> None:
        """A folder for each team, with the time at which the work came."""
        service, slug = self.service, self.slug
        for team in service.ask("GET", f"assignments/{slug}/teams")["teams"]:
            for one in team["submissions"]:
                if not one["counts"]:
                    continue
                path = f"assignments/{slug}/submissions/{one['number']}/archive?team={urllib.parse.quote(team['id'])}"
                folder = Path(self.coursedir.format_path(self.coursedir.submitted_directory, team["id"], slug))
                self._collect(service.bytes("GET", path), folder, one["submitted_at"])

    def _collect(self, packed: bytes, folder: Path, submitted_at: str) -> None:
        at = datetime.fromisoformat(submitted_at).astimezone(UTC)
        written = at.strftime("%Y-%m-%d %H:%M:%S.%f UTC")
        if folder.exists() and (folder / "timestamp.txt").is_file() and (folder / "timestamp.txt").read_text() == written:
            return
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            archive.extractall(folder)
        (folder / "timestamp.txt").write_text(written)
        self.log.info("Collected: %s", folder)
