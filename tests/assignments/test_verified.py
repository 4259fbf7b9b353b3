"""A part of `make verify` in every run of the tests: the reference and the release of each assignment, and some of its bank. Which ones
turns with the assignment's text: whoever changes a notebook tries other cases than the change before."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from autograder.authoring import bank, build, stub_cells
from autograder.qualification import qualify

ASSIGNMENTS = sorted(path.parent for path in (Path(__file__).parents[2] / "assignments").glob("*/assignment.toml"))
RIGHT, WRONG = 3, 8
"""Cases of each kind."""


@pytest.mark.parametrize("folder", ASSIGNMENTS, ids=lambda folder: folder.name)
def test_a_part_of_the_bank_does_what_it_says(folder: Path, tmp_path: Path) -> None:
    built = build(folder, source=tmp_path / "source", release=tmp_path / "release")
    cases = bank(folder, built.assignment)

    def turn(name: str) -> bytes:
        return hashlib.sha256(f"{built.assignment.version} {name}".encode()).digest()

    right = sorted((case.name for case in cases if case.correct), key=turn)[:RIGHT]
    wrong = sorted((case.name for case in cases if not case.correct), key=turn)[:WRONG]
    released = json.loads((built.release / built.assignment.notebook_name).read_text(encoding="utf-8"))
    result = qualify(built.assignment, cases, stub_cells(released), seeds=1, workers=1, only=[*right, *wrong])
    assert [(t.case, t.failed, t.expected, t.message) for t in result.surprises] == []
    assert {t.case for t in result.trials} == {"reference", "release", *right, *wrong}
