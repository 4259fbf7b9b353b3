"""The golden notebook and one engine for all honest habits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.execution import Engine
from autograder.model import Assignment
from tests.golden.cases import golden


@pytest.fixture(scope="session")
def six() -> Assignment:
    return golden()


@pytest.fixture(scope="session")
def engine(worker_id: str) -> Iterator[Engine]:
    slot = int(worker_id.removeprefix("gw")) if worker_id.startswith("gw") else 0
    with Engine(slot=60 + slot) as running:
        yield running
