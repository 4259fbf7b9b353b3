"""No silence of the student's process holds a worker: neither half a report, nor one that came too early, nor cell after cell."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from autograder.execution import Engine
from autograder.execution import engine as engines
from autograder.grading import grade
from autograder.model import Assignment, Graded
from tests.execution.conftest import handed_in
from tests.execution.test_engine import SECRET, earned, submission

WALL = 1.0
SAY = """
import gc, json, socket, struct, time
text = json.dumps([["done", None, []], []]).encode()
for thing in gc.get_objects():
    if type(thing) is socket.socket:
        try: thing.send({what})
        except OSError: pass
time.sleep(10**6)
"""


@pytest.fixture
def quick(small: Assignment, monkeypatch: pytest.MonkeyPatch) -> Assignment:
    monkeypatch.setattr(engines, "CELLS_WALL", WALL)
    return replace(small, limits=replace(small.limits, wall=WALL))


def graded(quick: Assignment, engine: Engine, answers: dict[str, str], extra: dict[str, str] | None = None) -> tuple[Graded, float]:
    start = time.monotonic()
    result = grade(quick, submission(handed_in(quick, answers, extra=extra), "s"), engine=engine, secret=SECRET)
    return result, time.monotonic() - start


def test_half_a_report_costs_its_own_cell(quick: Assignment, engine: Engine) -> None:
    result, _ = graded(quick, engine, {"total": SAY.format(what="b'\\0\\0'")})
    assert earned(result) == {"double": 6, "total": 0, "slope": 3}


@pytest.mark.long
def test_a_report_that_came_early_and_silence_after_it_end_in_time(quick: Assignment, engine: Engine) -> None:
    early = SAY.format(what="struct.pack('>I', len(text)) + text")
    result, seconds = graded(quick, engine, {"total": early}, {"total": "x = 1  # " + "long " * 200_000})
    assert earned(result)["double"] == 6 and earned(result)["total"] == 0
    assert seconds < 60  # it would not end at all


def test_cells_that_hang_are_given_up_after_some(quick: Assignment, engine: Engine) -> None:
    cells = handed_in(quick)["cells"]
    place = next(i for i, cell in enumerate(cells) if "slope" in str(cell["metadata"]))
    own = [
        {"cell_type": "code", "metadata": {}, "source": f"import os\nos._exit(1)  # {n}", "outputs": [], "execution_count": None}
        for n in range(30)
    ]
    notebook = {**quick.notebook, "cells": [*cells[:place], *own, *cells[place:]]}
    result = grade(quick, submission(notebook, "t"), engine=engine, secret=SECRET)
    assert earned(result) == {"double": 6, "total": 3, "slope": 0}
    assert f"not run: {engines.MAX_LOST} cells before it" in result.problems[2].message
