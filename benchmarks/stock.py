"""nbgrader itself over a batch: a course folder of its own, `nbgrader autograde` and `nbgrader generate_feedback` as they come.

One process of the command grades the whole batch, as its users do. What the command costs before it looks at a submission is measured
by its `--help`, so that a part of the batch can stand for the whole: see `each`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.bare import ONE_THREAD
from benchmarks.batches import Batch

FEEDBACK = """
import json, sys, time
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
api = NbGraderAPI(CourseDirectory(root=sys.argv[1]))
start = time.perf_counter()
told = api.generate_feedback(sys.argv[2])
print(json.dumps([time.perf_counter() - start, told["success"], told.get("error") or ""]))
"""
"""nbgrader's feedback for a whole batch in one process, without what its start costs."""
AT_MOST = 1800.0
"""Seconds for one command; it needs a minute or two."""
SCORES = """
import json, sys
from nbgrader.api import Gradebook
with Gradebook("sqlite:///" + sys.argv[1] + "/gradebook.db") as book:
    print(json.dumps({one.student.id: one.score for one in book.assignment_submissions(sys.argv[2])}))
"""


class Course:
    """A course in a folder that holds nothing else, with the batch handed in."""

    def __init__(self, folder: Path, batch: Batch) -> None:
        self.folder, self.batch, self.slug = folder, batch, batch.assignment.slug
        source = folder / "source" / self.slug
        source.mkdir(parents=True)
        (source / batch.assignment.notebook_name).write_text(json.dumps(batch.assignment.notebook), encoding="utf-8")
        for submission in batch.submissions:
            place = folder / "submitted" / submission.team / self.slug
            place.mkdir(parents=True)
            for name, content in submission.files.items():
                (place / name).write_bytes(content)
        self._run("generate_assignment", self.slug, environment=ONE_THREAD)

    def autograde(self, *, one_thread: bool) -> float:
        """Seconds of the command over the batch, from nothing."""
        for made in ("autograded", "feedback"):
            shutil.rmtree(self.folder / made, ignore_errors=True)
        return self._run("autograde", self.slug, environment=ONE_THREAD if one_thread else {})

    def start(self) -> float:
        """Seconds of the command before it looks at a submission."""
        return self._run("autograde", "--help", environment={})

    def scores(self) -> dict[str, float]:
        """What its gradebook says, by team."""
        told: dict[str, float] = json.loads(self._python(SCORES))
        return told

    def feedback(self) -> float:
        """Seconds for the feedback of the batch in one process, its start not counted."""
        seconds, success, error = json.loads(self._python(FEEDBACK).splitlines()[-1])
        if not success:
            raise RuntimeError(f"nbgrader could not make feedback: {error}")
        return float(seconds)

    def feedback_command(self) -> float:
        """Seconds of the command for one submission."""
        return self._run("generate_feedback", self.slug, "--force", "--student", self.batch.submissions[0].team, environment={})

    def _python(self, code: str) -> str:
        command = [sys.executable, "-c", code, str(self.folder), self.slug]
        done = subprocess.run(command, cwd=self.folder, env=_environment({}), check=True, capture_output=True, text=True)
        return done.stdout

    def _run(self, *arguments: str, environment: Mapping[str, str]) -> float:
        begin = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments],
            cwd=self.folder,
            env=_environment(environment),
            capture_output=True,
            text=True,
            timeout=AT_MOST,
        )
        seconds = time.perf_counter() - begin
        if done.returncode:
            raise RuntimeError(f"nbgrader {' '.join(arguments)} ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
        return seconds


def each(seconds: float, start: float, measured: int, size: int) -> float:
    """Seconds per submission of a batch of `size`, from those that `measured` submissions took: the start is spread over the batch."""
    return (seconds - start) / measured + start / size


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """The user's environment with nothing said about threads, and without nbgrader settings of a home folder."""
    kept = {name: value for name, value in os.environ.items() if name not in ONE_THREAD}
    return {**kept, "JUPYTER_NO_CONFIG": "1", **given}
