"""The floor under a batch: see `bare`, which runs it; here it is asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

from autograder.execution.rebuild import parse, rebuild
from benchmarks.bare import ONE_THREAD, Cell
from benchmarks.batches import Batch

PROGRAM = Path(__file__).with_name("bare.py")


def cells_of(batch: Batch) -> list[list[Cell]]:
    """Per submission the code cells in order: the author's given and test cells, the submission's solutions."""
    assignment = batch.assignment
    made = []
    for submission in batch.submissions:
        notebook = rebuild(assignment.notebook, parse(submission.files[assignment.notebook_name], file=assignment.notebook_name))
        made.append([_cell(cell) for cell in notebook.cells if cell["cell_type"] == "code"])
    return made


def _cell(cell: Any) -> Cell:
    told = cell["metadata"].get("nbgrader", {"grade": False})
    return (told["grade_id"] if told["grade"] else "", cell["source"])


class Floor:
    """The warm interpreter, from outside."""

    def __init__(self, batch: Batch) -> None:
        self._cells = cells_of(batch)
        self._teams = [submission.team for submission in batch.submissions]
        self._points = {test.id: test.points for problem in batch.assignment.problems for test in problem.tests}
        reference = [_cell(cell) for cell in batch.assignment.notebook["cells"] if cell["cell_type"] == "code"]
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **ONE_THREAD}
        )
        self.pid = self._process.pid
        self._ask(reference)

    def __enter__(self) -> Floor:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._process:
            self._process.stdin.close() if self._process.stdin else None

    def run(self, workers: int) -> tuple[float, float, dict[str, float]]:
        """Run the batch once: wall seconds, cpu seconds of the forks, score by team."""
        wall, cpu, failed = self._ask([workers, self._cells])
        total = sum(self._points.values())
        return wall, cpu, {team: total - sum(self._points[test] for test in tests) for team, tests in zip(self._teams, failed, strict=True)}

    def _ask(self, question: Any) -> Any:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        if not (answer := self._process.stdout.readline()):
            raise RuntimeError("the process of the floor ended; what it said stands above")
        return json.loads(answer)
