"""Grading a batch from the page: what needs a person, a batch to start, watch and stop, and each failure with its reason.

The batch is the command of a terminal, `autograder grade`, as a process of its own with the reader as its actor: students' code never
runs in the service, and the page closes, or the service ends, without ending it. That is on purpose: the service is started again for
a new version or by the hub, and hours of grading need nothing of it. A service that starts finds the batch by its journal (`batches`).
Open pages hear how far it is by server-sent events; one look at the journal is for all of them, and none at the ledger.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from tornado.iostream import StreamClosedError

from autograder import batches, jobs
from autograder.batches import Failure, Run, far
from autograder.course import Folders
from autograder.hub.access import Visitor
from autograder.hub.api import Said
from autograder.hub.desk import Desk
from autograder.hub.handlers import Handler
from autograder.hub.looks import span
from autograder.hub.page import Form, FormPage, Page
from autograder.hub.section import ONE, Call, Panel, Section
from autograder.ledger import Credit
from autograder.model import AssignmentError, MachineryError, RuleError
from autograder.words import Sayable, Text, say, text

CORES = os.cpu_count() or 1
TICK = 0.5
"""Seconds between two looks at a journal."""
HEARTBEAT = 5.0
"""Seconds after which something is said all the same: nobody between hangs up, and a page that hears nothing knows that it is cut off."""
LONGEST = 600.0
"""Seconds that one answer of events goes on: the browser comes back by itself, and is asked who it is."""
BEGIN_SECONDS = 60.0
"""How long a batch may take to say that it began; a second or two on a quiet machine."""
SECRETS = ("JUPYTERHUB_", "JPY_", "CONFIGPROXY_")
"""Names of the service's environment that are nobody else's."""


@dataclass(frozen=True)
class Waiting:
    """What a batch would grade now."""

    new: int  # submissions of teams that have no grade yet
    changed: int  # the team handed in again, or the assignment or the engine is another one
    graded: int  # already, by this version

    @property
    def count(self) -> int:
        """Of new and changed ones."""
        return self.new + self.changed


@dataclass(frozen=True)
class GradingView:
    """The page: a batch, and what needs a person."""

    slug: str
    title: str
    waiting: Waiting | None
    why_not: Sayable  # nothing can be graded now
    run: Run | None
    names: Mapping[str, str]
    undecided: tuple[Failure, ...]
    written: tuple[Any, ...]  # marking.Progress of each written answer
    requests: int  # that wait for an answer
    missing: int  # students who have handed in nothing
    feedback_at: datetime | None


# ---------------------------------------------------------------- what people do


def view(desk: Desk, visitor: Visitor, slug: str) -> GradingView:
    """What needs a person, and the batch."""
    visitor.require("grade")
    progress = desk.progress(visitor, slug)
    waiting, why_not = None, ""
    try:
        waiting = _waiting(desk, slug)
    except AssignmentError as problem:
        why_not = str(problem)
    names = desk.names()
    open_requests = sum(r.slug == slug and r.answer is None for r in desk.ledger.requests.all(desk.course.id))
    return GradingView(
        slug,
        progress.title,
        waiting,
        why_not,
        batches.seen(desk.folders, slug),
        names,
        undecided(desk.ledger.credits(desk.course.id, slug)),
        _written(desk, slug) if waiting else (),
        open_requests,
        progress.missing,
        progress.feedback_at,
    )


def undecided(credits: Iterable[Credit]) -> tuple[Failure, ...]:
    """The teams whose tests wait for a person, with the reason; written answers do not count here."""
    found = {credit.submission.team: (credit.submission, batches.reason(credit.problems)) for credit in credits}
    return tuple(Failure(team, row.number, row.members, why) for team, (row, why) in sorted(found.items()) if why)


def begin(desk: Desk, visitor: Visitor, slug: str, workers: int, *, team: str = "", force: bool = False) -> Run:
    """Start a batch. RuleError when one runs, when there is nothing to grade, or with what its process said when it did not begin."""
    visitor.require("grade")
    desk.published(slug)
    if not 1 <= workers <= CORES:
        raise RuleError(
            text("This machine has {cores} cores: give 1 to {cores} workers, not {workers}.", cores=CORES, workers=workers), code="workers"
        )
    work = desk.workplace()
    run = batches.seen(desk.folders, slug)
    if run is not None and run.runs:
        raise batches.refusal(work, slug)
    if not jobs.prepare(work, slug, force=force, team=team).waiting:
        raise RuleError(text("Nothing is to be graded: this version has graded everything that counts."), code="nothing")
    options = ["--workers", str(workers), *(["--team", team] if team else []), *(["--force"] if force else [])]
    return _begun(desk.folders, slug, options, actor=visitor.username)


def stop(desk: Desk, visitor: Visitor, slug: str) -> None:
    """End the batch that runs; what is graded stays."""
    visitor.require("grade")
    desk.published(slug)
    batches.stop(desk.folders, slug, by=visitor.username, now=desk.clock())


def newest(desk: Desk, visitor: Visitor, slug: str) -> Run | None:
    """The batch that runs, or ran last."""
    visitor.require("grade")
    desk.published(slug)
    return batches.seen(desk.folders, slug)


def progress_panel(desk: Desk, visitor: Visitor, slug: str) -> tuple[str, Sayable]:
    """For the assignment's page: how far a batch is, if one runs."""
    run = newest(desk, visitor, slug)
    return slug, far(run) if run and run.runs else ""


def pace(run: Run, now: datetime) -> Text:
    """How far a batch that runs is, how fast, and how long it will take."""
    if run.state == "starting":
        return text("The engines are starting.")
    minute, left = run.per_minute(now), run.left(now)
    failed = len(run.failures)
    if minute is None or left is None:
        return text("{done} of {of} graded, {failed} failed.", done=run.done, of=run.of, failed=failed)
    return text(
        "{done} of {of} graded, {failed} failed. {pace} per minute; {span} left.",
        done=run.done,
        of=run.of,
        failed=failed,
        pace=f"{minute:.0f}" if minute >= 10 else f"{minute:.1f}",
        span=span(left),
    )


def as_values(desk: Desk, visitor: Visitor, slug: str) -> dict[str, Any]:
    """The same for programs."""
    run, now = newest(desk, visitor, slug), desk.clock()
    waiting = _waiting(desk, slug)
    told = None if run is None else {"state": run.state, **asdict(run), "per_minute": run.per_minute(now), "left": run.left(now)}
    return {**asdict(waiting), "batch": told}


def _waiting(desk: Desk, slug: str) -> Waiting:
    batch = jobs.prepare(desk.workplace(), slug)
    before = {grade.team for grade in desk.ledger.grades(desk.course.id, slug)}
    changed = sum(row.team in before for row in batch.waiting)
    return Waiting(len(batch.waiting) - changed, changed, len(batch.done))


def _written(desk: Desk, slug: str) -> tuple[Any, ...]:
    from autograder import marking

    work = desk.workplace()
    return marking.counted(work, work.assignment(slug))


def _begun(folders: Folders, slug: str, options: list[str], *, actor: str) -> Run:
    """The batch in a process of its own, once it has said that it began."""
    log = batches.journal_of(folders, slug).with_suffix(".log")
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    command = [sys.executable, "-m", "autograder.cli", "--root", str(folders.root), "grade", *options, "--", slug]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(SECRETS)}
    environment |= {"AUTOGRADER_STATE": str(folders.state), "AUTOGRADER_LEDGER": folders.ledger, "AUTOGRADER_ACTOR": actor}
    with open(log, "wb") as output:
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True)
    threading.Thread(target=process.wait, daemon=True, name=f"batch {slug}").start()  # takes note of its end, whenever that is
    deadline = time.monotonic() + BEGIN_SECONDS
    while time.monotonic() < deadline:
        ended = process.returncode is not None
        run = batches.seen(folders, slug)
        if run is not None and run.pid == process.pid:
            return run
        if ended:
            raise RuleError(text("The batch did not begin: {why}", why=_last_words(log)), code="not-begun")
        time.sleep(0.1)
    raise MachineryError(f"The batch of {slug} said nothing for {BEGIN_SECONDS:.0f} s; see {log}")


def _last_words(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1].removeprefix("autograder: ").removeprefix("Error: ") if lines else "it said nothing"


# ---------------------------------------------------------------- pages


class GradingPage(FormPage):
    """What needs me? And a batch to start and to watch."""

    deeds: ClassVar[Mapping[str, Callable[..., object]]] = {
        "start": lambda desk, who, form, slug: begin(desk, who, slug, _number(form.get("workers", "")), force="force" in form),
        "again": lambda desk, who, form, slug: begin(desk, who, slug, 1, team=form.get("team", ""), force=True),
        "stop": lambda desk, who, form, slug: stop(desk, who, slug),
        "feedback": lambda desk, who, form, slug: desk.release_feedback(who, slug),
    }
    notices: ClassVar[Mapping[str, Text]] = {
        "start": text("The batch has begun. It goes on when you close this page."),
        "again": text("The submission is graded again."),
        "stop": text("The batch is stopped. What was graded stays."),
        "feedback": text("The teams see their feedback now."),
    }

    async def show(self, *, status: int = 200, alert: Sayable = "", form: Form | None = None, slug: str = "", **path: Any) -> None:
        """The page."""
        shown = await self.run(view, self.desk, self.visitor, slug)
        so_far = pace(shown.run, self.desk.clock()) if shown.run and shown.run.runs else ""
        await self.page("grading.html", status=status, alert=alert, form=form or {}, view=shown, pace=so_far, cores=CORES)


class GradingEvents(Page):
    """How far the batch is, as it goes: `progress` with numbers and a sentence, `failure` with a row of the table, and `end`."""

    gone = False

    def not_logged_in(self) -> None:
        """No way to the log-in: nobody looks at this answer. The page comes with its token in the address, where alone it can."""
        Handler.not_logged_in(self)

    def on_connection_close(self) -> None:
        """Nobody listens any more."""
        self.gone = True

    async def get(self, slug: str) -> None:
        """Until the batch ends."""
        run = await self.run(newest, self.desk, self.visitor, slug)
        names = await self.run(self.desk.names)
        watch: Watch = self.settings.setdefault("watch", Watch(self.desk.folders))
        row = self.looks[self.language].get_template("grading_parts.html").module.row  # type: ignore[attr-defined]
        self.set_header("Content-Type", "text/event-stream; charset=utf-8")
        self.set_header("X-Accel-Buffering", "no")  # nginx would keep it until there is more
        began = heard = time.monotonic()
        told, said = 0, ""
        try:
            await self._send(f"retry: {1000 * TICK:.0f}\n\n")
            while run is not None and run.runs and not self.gone and (now := time.monotonic()) < began + LONGEST:
                sentence = say(pace(run, self.desk.clock()), self.language)
                news = sentence != said or now > heard + HEARTBEAT
                events = [_event("progress", {"done": run.done, "of": run.of, "said": sentence})] if news else []
                for failure in run.failures[told:]:
                    html = row(failure, names, f"{self.prefix}assignments/{slug}/")
                    events.append(_event("failure", {"id": f"failed-{failure.team}", "row": html}))
                if events:
                    await self._send("".join(events))
                    heard = now
                told, said = len(run.failures), sentence
                run = await watch.next(slug)
            if run is None or not run.runs:
                await self._send(_event("end", {}))
            await self.finish()
        except StreamClosedError:
            pass  # as above

    async def _send(self, text: str) -> None:
        self.write(text)
        await self.flush()


class Watch:
    """One look at a journal for everybody who waits for the next."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._next: dict[str, asyncio.Task[Run | None]] = {}

    async def next(self, slug: str) -> Run | None:
        """How far the batch is, a moment from now."""
        if slug not in self._next:
            self._next[slug] = asyncio.create_task(self._look(slug))
        return await asyncio.shield(self._next[slug])

    async def _look(self, slug: str) -> Run | None:
        try:
            await asyncio.sleep(TICK)
            return await asyncio.to_thread(batches.seen, self._folders, slug)
        finally:
            del self._next[slug]


def _event(name: str, data: Mapping[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


def _number(written: str) -> int:
    """A whole number of a form."""
    if not (written.isascii() and written.isdigit() and len(written) < 6):
        raise RuleError(text("{written} is no number of workers.", written=repr(written)), code="workers")
    return int(written)


def _workers(said: Said) -> int:
    """Of a program; one for each core where it does not say."""
    workers = said.number("workers", CORES)
    if workers != int(workers):
        raise RuleError(text("{written} is no number of workers.", written=workers), code="workers")
    return int(workers)


SECTION = Section(
    pages=((f"{ONE}/grading", GradingPage), (f"{ONE}/grading/events", GradingEvents)),
    panels=(Panel("teams", "grading_panel.html", "grade", progress_panel),),
    calls=(
        Call(
            "GET",
            f"{ONE}/grading",
            lambda desk, who, said, slug: as_values(desk, who, slug),
            "What a batch would grade, and the batch that runs or ran last.",
        ),
        Call(
            "POST",
            f"{ONE}/grading/start",
            lambda desk, who, said, slug: begin(
                desk, who, slug, _workers(said), team=said.text("team", ""), force=said.flag("force", False)
            ),
            "Start a batch: what is new or changed; with force everything, or with team what counts of one.",
            {"workers": "whole?", "team": "text?", "force": "flag?"},
        ),
        Call("POST", f"{ONE}/grading/stop", lambda desk, who, said, slug: stop(desk, who, slug), "Stop the batch; what is graded stays."),
    ),
)
