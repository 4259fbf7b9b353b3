"""The course's service under load: a full course on a real hub, every page and every GET call, and a storm before a deadline.

Everything is real: the hub with its proxy, tokens of its people, a ledger on disk. What is asked is taken from the service's own tables,
so a page that is added is measured without a word here; who may read it is found by asking.
"""

from __future__ import annotations

import base64
import json
import math
import random
import re
import secrets
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.authoring import loaded
from autograder.course import Folders
from autograder.hub import api, pages
from autograder.hub.desk import Desk
from autograder.hub.running import CONFIG, Hub, free_port, running_hub
from autograder.hub.service import SECTIONS
from autograder.hub.site import SERVICE, Site
from autograder.ledger import Ledger, fingerprint
from benchmarks.big_course import COURSE, INSTRUCTORS, PICTURE, PROJECT, ROOT, SEED, TAS, Size, build, filled
from benchmarks.open_loop import Answer, Shot, fire

RATE = 20.0  # requests a second of the mixture
MIXTURE_SECONDS = 60.0
ALONE = 20  # times that each page is asked for by itself
STORM_SECONDS = 60.0
MAY_BE_EMPTY = re.compile(r"archive|files/|stages/|projects/.*teams|paper\.pdf|picture-|/next$|/submit$|regrade|verification/report")
"""What has no answer where nothing of the kind was handed in, or only leads on."""
GAP = re.compile(r"\(\?P<(\w+)>((?:[^()]|\([^()]*\))*)\)")
WORDS = re.compile(r"[\w.-]+(\|[\w.-]+)*")
OFTEN: Mapping[str, float] = {
    "": 30, "assignments/{slug}/": 25, "assignments/{slug}/feedback/": 8, "api/assignments": 6, "api/assignments/{slug}": 6,
    "api/standing": 3, "students/{username}": 3, "assignments/{slug}/marking/{answer}/{team}/": 6,
}  # fmt: skip
"""How much more often than the others what is looked at most is asked for in the mixture."""
STAFF_SHARE = 0.15
"""How often it is somebody of the staff who asks."""


@dataclass(frozen=True)
class Target:
    """A page or a call, for somebody in a role."""

    pattern: str  # with {gaps}
    role: str  # "student", "ta" or "instructor"

    @property
    def name(self) -> str:
        """As the table calls it."""
        return f"{self.role} {self.pattern or '(first page)'}"


@dataclass
class Stage:
    """The hub under load, with what is needed to ask it."""

    hub: Hub
    size: Size
    ledger: Ledger
    tokens: dict[str, str]
    folder: Path
    admin: str

    def token(self, username: str) -> str:
        """A hub token of this person, made when first asked for."""
        if username not in self.tokens:
            said = _hub(self.hub, self.admin, "POST", f"users/{username}/tokens", {"note": "load", "expires_in": 24 * 3600})
            self.tokens[username] = said["token"]
        return self.tokens[username]

    def url(self, path: str) -> str:
        """Below the service."""
        return f"{self.hub.url}services/{SERVICE}/{path}"

    def fill(self, target: Target, draw: random.Random) -> tuple[str, str]:
        """(path, user name) for one request: somebody in the role, about something that is his to see."""
        slug = self.size.slugs[draw.randrange(len(self.size.slugs) - 1)] if "marking" not in target.pattern else self._marked
        shown = self.ledger.whole(COURSE, slug).shown
        row = draw.choice([row for row in self.ledger.submissions(COURSE, slug) if row.team in shown])
        username = {"student": row.members[0], "ta": draw.choice(TAS), "instructor": draw.choice(INSTRUCTORS)}[target.role]
        project = target.pattern.removeprefix("api/").startswith("projects/")
        values = {"slug": PROJECT if project else slug, "number": str(row.number), "username": row.members[0], "team": row.team,
                  "answer": self._answer, "stage": "proposal"}  # fmt: skip
        path = target.pattern.format(**values)
        if target.role != "student" and "submissions/" in path:
            path += f"?team={row.team}"
        if target.role != "student" and re.search(r"feedback/?$|api/standing$", path):
            path += f"?student={row.members[0]}"
        return path, username

    @property
    def _marked(self) -> str:
        return next(slug for slug in self.size.slugs[:-1] if slug.startswith("hw"))

    @property
    def _answer(self) -> str:
        assignment = loaded(ROOT / "assignments" / self._marked)
        return next(problem.solutions[0] for problem in assignment.problems if problem.by_hand)


@contextmanager
def stage(size: Size, folder: Path, now: datetime) -> Iterator[Stage]:
    """A hub of this size, everybody known to it."""
    site = Site(Folders(folder / "course", folder / "course" / "state"), folder / "course" / "course.toml", free_port())
    build(site, size, now)
    admin = secrets.token_hex(16)
    config = folder / "config.py"
    config.write_text(
        f"load_subconfig({str(CONFIG)!r})\n"
        f"c.JupyterHub.services.append({{'name': 'load', 'api_token': {admin!r}}})\n"
        "c.JupyterHub.load_roles.append({'name': 'load', 'services': ['load'], 'scopes': ['admin:users', 'tokens']})\n",
        encoding="utf-8",
    )
    with running_hub(site, log=folder / "hub.log", config=config) as hub, site.ledger() as ledger:
        _hub(hub, admin, "POST", "users", {"usernames": [*size.usernames, *TAS, *INSTRUCTORS]})
        yield Stage(hub, size, ledger, {}, folder, admin)


def _hub(hub: Hub, admin: str, method: str, path: str, said: Mapping[str, Any]) -> Any:
    headers = {"Authorization": f"token {admin}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{hub.url}hub/api/{path}", json.dumps(said).encode(), headers, method=method)
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=120) as reply:
        return json.loads(reply.read())


# ---------------------------------------------------------------- every page and every call


def patterns(desk: Desk) -> tuple[str, ...]:
    """All pages and GET calls of the service, with {gaps}. Of a gap that only takes certain words the first word stands there."""
    calls = (*api.CALLS, api.SUBMIT, *(call for section in SECTIONS for call in section.calls))
    read = {f"api/{call.path}" for call in calls if call.method == "GET"}
    written = {f"api/{call.path}" for call in calls} - read | {"language"}
    routes = [path for path, *_ in (*pages.routes("", desk, {}, SECTIONS), *api.routes("", desk, SECTIONS))]
    kept = [path for path in routes if ".*" not in path and "(?P<deed>" not in path and path not in written]
    return tuple(dict.fromkeys(GAP.sub(lambda gap: gap[2].split("|")[0] if WORDS.fullmatch(gap[2]) else f"{{{gap[1]}}}", path)
                               for path in kept))  # fmt: skip


def targets(there: Stage, desk: Desk, draw: random.Random) -> tuple[tuple[Target, ...], tuple[str, ...]]:
    """What answers 200, by who may read it; and the patterns that nobody could read."""
    found, unread = [], []
    for pattern in patterns(desk):
        mine = []
        for role in ("student", "ta", "instructor"):
            path, username = there.fill(target := Target(pattern, role), draw)
            if _status(there, path, username) == 200:
                mine.append(target)
        found += mine
        unread += [] if mine else [pattern]
    return tuple(found), tuple(unread)


def _status(there: Stage, path: str, username: str) -> int:
    request = urllib.request.Request(there.url(path), headers={"Authorization": f"token {there.token(username)}"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())
    try:
        with opener.open(request, timeout=120) as reply:
            reply.read()
            return int(reply.status)
    except urllib.error.HTTPError as refused:
        return refused.code


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def mixture(there: Stage, all_of_them: Sequence[Target], draw: random.Random) -> list[Answer]:
    """A minute of everything together, at `RATE`."""
    students = [one for one in all_of_them if one.role == "student"]
    staff = [one for one in all_of_them if one.role != "student"]
    plan = []
    for number in range(int(RATE * MIXTURE_SECONDS)):
        among = staff if draw.random() < STAFF_SHARE else students
        target = draw.choices(among, [OFTEN.get(one.pattern, 1.0) for one in among])[0]
        path, username = there.fill(target, draw)
        plan.append(Shot(number / RATE, target.name, there.url(path), there.token(username)))
    return fire(plan, there.folder)


def alone(there: Stage, target: Target, draw: random.Random) -> list[Answer]:
    """One page by itself: as often as `RATE` says."""
    plan = []
    for number in range(ALONE):
        path, username = there.fill(target, draw)
        plan.append(Shot(number / RATE, target.name, there.url(path), there.token(username)))
    return fire(plan, there.folder)


def within(answers: Sequence[Answer], share: float) -> float:
    """Milliseconds within which this share of the answers came."""
    took = sorted(answer.seconds for answer in answers)
    return 1000 * took[min(len(took) - 1, math.ceil(share * len(took)) - 1)]


# ---------------------------------------------------------------- the storm


@dataclass(frozen=True)
class Storm:
    """What came of a storm."""

    answers: tuple[Answer, ...]
    teams: int
    refused: int  # answers that are no receipt
    lost: int  # receipts that do not verify, or whose bytes are not there
    wrong: int  # gaps and doubles in the numbers of a team, and submissions without a receipt
    seconds: float


def storm(there: Stage, draw: random.Random) -> Storm:
    """All teams within a minute before the deadline, most of them in its last ten seconds: either partner, sometimes both at the same
    instant with different work, sometimes the same bytes again."""
    slug = there.size.open
    notebook = json.loads((ROOT / "release" / slug / f"{slug}.ipynb").read_text(encoding="utf-8"))
    plan: list[Shot] = []
    sent: dict[str, dict[str, bytes]] = {}
    teams = there.ledger.teams(COURSE, slug)
    for team in teams:
        at = STORM_SECONDS - min(draw.expovariate(1 / 8), STORM_SECONDS - 1)
        partners = draw.sample(team.members, 2 if draw.random() < 0.2 else 1)
        for username in partners:
            files = {f"{slug}.ipynb": filled(notebook, username, picture=PICTURE[: draw.randint(4000, len(PICTURE))])}
            sent[username] = files
            body = there.folder / f"{username}.json"
            body.write_text(json.dumps({"files": {name: base64.b64encode(content).decode() for name, content in files.items()}}))
            times = (at, at + draw.uniform(0.05, 2)) if draw.random() < 0.15 else (at,)
            plan += [Shot(t, username, there.url(f"api/assignments/{slug}/submit"), there.token(username), str(body)) for t in times]
    answers = fire(sorted(plan, key=lambda shot: shot.at), there.folder)
    receipts = [(one, json.loads(one.said)) for one in answers if one.status == 200]
    rows = {(row.team, row.number): row for row in there.ledger.submissions(COURSE, slug)}
    lost = 0
    for one, receipt in receipts:
        row = rows.get((receipt["team"], receipt["number"]))
        kept = row is not None and row.sha256 == receipt["sha256"] == fingerprint(sent[one.name])
        lost += not (kept and there.ledger.verify_receipt(receipt) and row and there.ledger.load(row).files == sent[one.name])
    told = {(receipt["team"], receipt["number"]) for _, receipt in receipts}
    wrong = len(rows.keys() ^ told)
    for team in teams:
        numbers = sorted(number for name, number in rows if name == team.id)
        wrong += numbers != list(range(1, len(numbers) + 1))
    there.ledger.check_chain(COURSE)
    return Storm(tuple(answers), len(teams), len(answers) - len(receipts), lost, wrong, max(shot.at for shot in plan))


def run(size: Size, now: datetime) -> Iterator[tuple[str, Any]]:
    """The whole measurement, step by step: ("unread", patterns), ("mixture", answers), ("alone", (target, answers)), ("storm", Storm)."""
    draw = random.Random(SEED)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, stage(size, Path(folder), now) as there:
        site = Site(Folders(there.folder / "course", there.folder / "course" / "state"), there.folder / "course" / "course.toml")
        desk = Desk(site.course(), site.folders, there.ledger, lambda: datetime.now(UTC), None)
        every, unread = targets(there, desk, draw)
        yield "unread", tuple(pattern for pattern in unread if not MAY_BE_EMPTY.search(pattern))
        yield "mixture", mixture(there, every, draw)
        for target in every:
            yield "alone", (target, alone(there, target, draw))
        yield "storm", storm(there, draw)
