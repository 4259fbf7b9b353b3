"""One small assignment and one running engine for all tests of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.authoring import load_assignment
from autograder.execution import Engine
from autograder.execution.rebuild import grade_id
from autograder.model import Assignment

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def small() -> Assignment:
    return load_assignment(HERE / "small")


@pytest.fixture(scope="session")
def engine(worker_id: str) -> Iterator[Engine]:
    slot = int(worker_id.removeprefix("gw")) if worker_id.startswith("gw") else 0
    with Engine(slot=10 + slot) as running:
        yield running


def handed_in(assignment: Assignment, answers: dict[str, str] | None = None, *, extra: dict[str, str] | None = None) -> dict[str, Any]:
    """The notebook as a student might hand it in: some solution cells replaced, extra code cells put after the cell with that name."""
    cells = []
    for cell in assignment.notebook["cells"]:
        name = grade_id(cell)
        cells.append({**cell, "source": (answers or {}).get(name, cell["source"])})
        if name in (extra or {}):
            cells.append(
                {
                    "cell_type": "code",
                    "metadata": {},
                    "source": (extra or {})[name],
                    "outputs": [],
                    "execution_count": None,
                }
            )
    return {**assignment.notebook, "cells": cells}
