"""What an attack would be after, planted where it would look, and how to see that none of it came out.

One word stands in the golden notebook's solutions and hidden tests, in the secret, in the environment of whoever grades and in a
course folder on disk. Of the hidden arguments, which are plain numbers, the first of each problem stands for the rest.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, MutableMapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from autograder.execution.rebuild import flag
from autograder.feedback import page
from autograder.grading import seed_key
from autograder.model import Assignment, Graded, Submission

WORD = "kestrel"
SECRET = f"{WORD} in the secret of some bytes".encode()[:32]
BEGIN = re.compile(r"^(?P<indent> *)### BEGIN (?P<kind>HIDDEN TESTS|SOLUTION)\n", re.MULTILINE)


def planted(assignment: Assignment) -> Assignment:
    """The assignment with the word in its solutions, its hidden tests and what they bind."""

    def plant(match: re.Match[str]) -> str:
        line = f"{WORD}_in_the_test = '{WORD}'" if match["kind"] == "HIDDEN TESTS" else f"# {WORD} in the solution"
        return f"{match[0]}{match['indent']}{line}\n"

    cells = [{**cell, "source": BEGIN.sub(plant, cell["source"])} for cell in assignment.notebook["cells"]]
    return replace(assignment, notebook={**assignment.notebook, "cells": cells})


def plant_around(course: Path, assignment: Assignment, environ: MutableMapping[str, str]) -> None:
    """The word in nbgrader's folders, in a gradebook and in the environment."""
    source = course / "source" / assignment.slug
    source.mkdir(parents=True)
    (source / assignment.notebook_name).write_text(json.dumps(planted(assignment).notebook))
    (course / "gradebook.db").write_text(f"SQLite format 3 {WORD}")
    other = course / "submitted" / "somebody" / assignment.slug
    other.mkdir(parents=True)
    (other / assignment.notebook_name).write_text(json.dumps({"cells": [], "word": WORD}))
    environ["AUTOGRADER_WORD"] = WORD


def hidden_numbers() -> tuple[str, ...]:
    """The first hidden argument of each problem as Python prints it, without the digits that printing may round."""
    rng13 = np.random.default_rng(13)
    rng13.normal(size=3)
    made = torch.Generator().manual_seed(15)
    torch.randn(6, 4, generator=made), torch.randn(6, generator=made), torch.randn(3, 6, generator=made), torch.randn(3, generator=made)
    first = (
        np.random.default_rng(11).normal(scale=2.0, size=(7, 5))[0, 0],
        np.random.default_rng(12).normal(size=(9, 6))[0, 0],
        rng13.normal(size=3)[0],
        np.random.default_rng(14).normal(size=(20, 4))[0, 0],
        torch.randn(8, 4, generator=made)[0, 0].item(),
    )
    return tuple(str(abs(number))[:8] for number in first)


def shown(assignment: Assignment, graded: Graded) -> Iterator[tuple[str, str]]:
    """Everything that students get to see of a graded submission: (where, text)."""
    for problem in graded.problems:
        for test in problem.tests:
            yield f"the message of {test.id}", test.message
    for number, cell in enumerate(graded.notebook["cells"]):
        if not (cell["cell_type"] == "code" and flag(cell, "grade")):
            yield f"the text of cell {number}", str(cell["source"])
        yield f"the outputs of cell {number}", json.dumps(cell.get("outputs", []))
    text = page(assignment, graded, team=graded.submission, members=graded.members, number=1, submitted_at=None, marks={})
    yield "the feedback page", text


def leaks(assignment: Assignment, graded: Graded, handed_in: Submission) -> list[str]:
    """Where something can be seen that was hidden; what the students wrote themselves is theirs."""
    own = handed_in.files[assignment.notebook_name].decode(errors="replace")
    words = [WORD, seed_key(SECRET, assignment.slug, handed_in.sha256).hex(), *hidden_numbers()]
    return [f"{where}: {word}" for where, text in shown(assignment, graded) for word in words if word in text and word not in own]


def running(root: int) -> dict[int, str]:
    """The living processes below this one: number -> command."""
    parents: dict[int, tuple[int, str]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                stat = Path(f"/proc/{entry}/stat").read_text()
                command = Path(f"/proc/{entry}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            state, parent = stat.rpartition(")")[2].split()[:2]
            if state not in "ZX":
                parents[int(entry)] = (int(parent), command)
    below: dict[int, str] = {}
    waiting = [root]
    while waiting:
        number = waiting.pop()
        for child, (parent, command) in parents.items():
            if parent == number and child not in below:
                below[child] = command
                waiting.append(child)
    return below


