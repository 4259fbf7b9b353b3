"""Each test process runs foreign code under a user of its own."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def slot(worker_id: str) -> int:
    return 70 + (int(worker_id.removeprefix("gw")) if worker_id.startswith("gw") else 0)
