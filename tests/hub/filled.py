"""A course in which there is something on every page: teams, submissions, grades, feedback, requests, a regrade, a project, marking.

Ann and Ben are a pair in `proofs`, Cat and Dan another one; in `open` nothing is handed in yet. The eight teams of tests/insight have
handed in the assignment SLUG, so that it has figures and pairs that are alike.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from autograder import jobs, regrading
from autograder.authoring import build, release_archive, solution_cells, stub_cells
from autograder.course import Folders
from autograder.hub.authenticator import add_passwords
from autograder.hub.running import running_hub
from autograder.jobs import Workplace, workplace
from autograder.model import TeamRule
from autograder.qualification import with_answers
from tests.insight.conftest import ROOT, SLUG, Clock, assignment_of, fill
from tests.marking.conftest import NOTEBOOK, SETTINGS, grade
from tests.written.papers import paper, plot, typed

from .conftest import COURSE, PEOPLE, HubOfTests, make_site, notebook, release_of

PROOFS = "proofs"
MORE_TOML = """
[[external]]
id = "exam"
title = "Final exam"
[[component]]
id = "exam"
title = "Final exam"
kind = "bonus"
points = 5
items = ["exam"]
"""
FAR = "2099-01-31T21:59:00+00:00"


@dataclass(frozen=True)
class Filled:
    """The hub, and what a path can be made from."""

    hub: HubOfTests
    names: dict[str, str]  # of teams and requests


@contextmanager
def filled_course(folder: Path) -> Iterator[Filled]:
    """The hub with all of it, running."""
    site = make_site(folder)
    with open(site.course_file, "a", encoding="utf-8") as course:
        course.write(MORE_TOML)
    (site.folders.assignments / SLUG).symlink_to(ROOT / "assignments" / SLUG)
    clock = Clock()
    with workplace(Folders(site.folders.root, site.folders.state), clock=clock) as work:
        fill(work, clock, assignment_of())
        for username, (role, name) in PEOPLE.items():
            work.ledger.enrol(COURSE, username, role, name=name, email=f"{username}@uni.example", actor="setup")
        work.ledger.unenrol(COURSE, "sam", actor="setup")
    site.prepare()
    passwords = add_passwords(site.passwords, PEOPLE)
    with site.ledger() as book, running_hub(site, log=site.folders.state / "hub.log") as running:
        hub = HubOfTests(running.url, running.pid, site, book, passwords)
        names: dict[str, str] = {}
        names |= _proofs(hub) | _project(hub)
        _open(hub)
        _course(hub)
        yield Filled(hub, names)


def _proofs(hub: HubOfTests) -> dict[str, str]:
    """Handed in with a PDF, graded, partly marked, with feedback, a regrade and requests."""
    folders = hub.site.folders
    author = folders.assignments / PROOFS
    author.mkdir()
    (author / "assignment.toml").write_text(SETTINGS)
    (author / "notebook.py").write_text(NOTEBOOK)
    built = build(author, source=folders.source, release=folders.release).assignment
    now = datetime.now(UTC)
    hub.book.publish(
        COURSE, PROOFS, title="Proofs & pictures", opens=now - timedelta(days=9), due=now + timedelta(days=1), pairs_lock=None,
        closes=now + timedelta(days=3), team=TeamRule(), version=built.version, archive=release_archive(folders.release, PROOFS),
        points=10.0, files=built.files, written=built.written, actor="ivy",
    )  # fmt: skip
    cells = {**stub_cells(built.notebook), "double": solution_cells(built.notebook)["double"]}
    answers = {"why": "Because $2x = x + x$, and **that** is all.", "picture": "plt.plot([0, 1], [0, 2])\nplt.show()"}
    ours = json.dumps(with_answers(built.notebook, {**cells, **answers})).encode()
    theirs = json.dumps(with_answers(built.notebook, stub_cells(built.notebook))).encode()
    for pair in (("ann", "ben"), ("cat", "dan")):
        hub.book.assign_team(COURSE, PROOFS, pair, actor="tina")
    team = hub.book.submit(COURSE, PROOFS, "ann", {f"{PROOFS}.ipynb": ours})["team"]
    other = hub.book.submit(COURSE, PROOFS, "cat", {f"{PROOFS}.ipynb": theirs, "written.pdf": paper(typed, plot)})["team"]
    work = Workplace(hub.site.course(), folders, hub.book, b"key")
    grade(work, PROOFS)
    tina = hub.person("tina")
    marking = f"assignments/{PROOFS}/marking"
    tina.course("POST", f"{marking}/why/{team}/mark", {"lines": {"r1": 3, "r2": 1.5}, "remarks": ["Say why."]})
    tina.course("POST", f"{marking}/picture/{team}/mark", {"points": 2})
    tina.course("POST", f"{marking}/picture/{team}/second", {"reason": "unsure"})
    tina.course("POST", "conflicts", {"student": "s3a", "reason": "my cousin"})
    jobs.give_feedback(work, PROOFS, actor="tina", now=datetime.now(UTC))
    _regrade(work)
    return {"team": team, "other": other} | _requests(hub)


def _regrade(work: Workplace) -> None:
    """The test is made another one: who was right loses by it. It waits for an instructor."""
    author = work.folders.assignments / PROOFS
    (author / "notebook.py").write_text(NOTEBOOK.replace("checks.assert_equal(double(7), 14)", "checks.assert_equal(double(7), 15)"))
    for _ in regrading.grade(work, regrading.prepare(work, PROOFS, actor="ivy"), workers=1, actor="ivy"):
        pass
    (author / "notebook.py").write_text(NOTEBOOK)


def _requests(hub: HubOfTests) -> dict[str, str]:
    ann, tina = hub.person("ann"), hub.person("tina")
    answered = ann.course("POST", f"assignments/{PROOFS}/requests", {"problem": "paper-why", "reason": "The bound is right.\n\nReally."})
    tina.course("POST", f"requests/{answered['id']}/answer", {"upheld": True, "text": "It is.", "points": 0.5})
    waits = hub.person("cat").course("POST", f"assignments/{PROOFS}/requests", {"problem": "double", "reason": "We did <b>that</b>."})
    return {"answered": str(answered["id"]), "waits": str(waits["id"])}


def _project(hub: HubOfTests) -> dict[str, str]:
    """Ann's pair is through with everything; Cat's has a proposal that was returned."""
    place, past = "projects/project", (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    ann, cat, tina = (hub.person(name) for name in ("ann", "cat", "tina"))

    def files(**given: bytes) -> dict[str, Any]:
        return {"files": {name.replace("_", "."): base64.b64encode(content).decode() for name, content in given.items()}}

    hub.person("ivy").course("POST", f"{place}/publish", {})
    for one, other in (("ann", "ben"), ("cat", "dan")):
        hub.person(one).course("POST", f"{place}/partner", {"do": "invite", "name": other})
        hub.person(other).course("POST", f"{place}/partner", {"do": "accept", "name": one})
    team = str(ann.course("GET", place)["team"])
    ann.course("POST", f"{place}/stages/proposal", files(proposal_pdf=b"%PDF 1"))
    tina.course("POST", f"{place}/teams/{team}/decide", {"stage": "proposal", "approved": True, "text": "Go on.", "seen": 1})
    ann.course("POST", f"{place}/stages/meeting/notes", {"text": "The baseline first.", "when": past})
    ann.course("POST", f"{place}/stages/final", files(run_py=b"print()"))
    tina.course("POST", f"{place}/teams/{team}/schedule", {"stage": "talk", "when": FAR, "place": "Room 861"})
    tina.course("POST", f"{place}/teams/{team}/mark", {"line": "method", "points": "60.5", "comment": "Careful."})
    tina.course("POST", f"{place}/teams/{team}/release", {})
    cat.course("POST", f"{place}/stages/proposal", files(proposal_pdf=b"%PDF 2"))
    waiting = str(cat.course("GET", place)["team"])
    tina.course("POST", f"{place}/teams/{waiting}/decide", {"stage": "proposal", "approved": False, "text": "Too large.", "seen": 1})
    return {"project_team": team, "project_waits": waiting}


def _open(hub: HubOfTests) -> None:
    """Just out: invitations, people who look for a partner, permits, an extension."""
    now = datetime.now(UTC)
    hub.book.publish(
        COURSE, "open", title="Eigenvalues", opens=None, due=now + timedelta(days=2), pairs_lock=now + timedelta(days=1), team=TeamRule(),
        version="v1", archive=release_of("open"), points=10.0, files=("report.pdf",), actor="ivy",
    )  # fmt: skip
    hub.book.publish(
        COURSE, "graded", title="Alone", opens=None, due=now - timedelta(hours=1), pairs_lock=None, team=TeamRule(size=1), version="v1",
        archive=release_of("graded"), points=10.0, actor="ivy",
    )  # fmt: skip
    hub.person("ann").submit("graded", {"graded.ipynb": notebook()})
    hub.person("ann").submit("graded", {"graded.ipynb": notebook("x = 2")})
    hub.book.invite(COURSE, "open", "ann", "dan")
    hub.person("ben").course("POST", "assignments/open/partners", {"note": "Evenings <only>"})
    tina = hub.person("tina")
    tina.course("POST", "assignments/open/permit", {"username": "cat", "kind": "alone"})
    tina.course("POST", "assignments/open/extend", {"username": "ann", "until": FAR, "reason": "ill"})


def _course(hub: HubOfTests) -> None:
    """What concerns the whole course."""
    ivy, tina = hub.person("ivy"), hub.person("tina")
    ivy.course("POST", "arrangements", {"username": "ann", "what": "no-lateness", "reason": "reserve-duty", "note": "up north"})
    ivy.course("POST", "marks", {"csv": "username,item,mark\nann,exam,80\ncat,exam,60\n"})
    text = ivy.course("GET", "policy")["file"]
    ivy.course("POST", "policy/adopt", {"text": text, "from": "2020-01-01T00:00:00+00:00", "reason": "the syllabus"})
    tina.course("POST", f"assignments/{SLUG}/similarity", {})
    pair = tina.course("GET", f"assignments/{SLUG}/similarity")["pairs"][0]
    said = {key: pair[key] for key in ("one", "other", "digest")} | {"reason": "They follow the lecture"}
    tina.course("POST", f"assignments/{SLUG}/similarity/dismiss", said)
