"""The golden notebook with words planted in it, and one engine for all attacks."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from autograder.execution import Engine
from autograder.model import Assignment
from tests.attacks.planted import plant_around, planted
from tests.golden.cases import golden


@pytest.fixture(scope="session")
def six() -> Assignment:
    return golden()


@pytest.fixture(scope="session")
def engine(worker_id: str, six: Assignment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    slot = int(worker_id.removeprefix("gw")) if worker_id.startswith("gw") else 0
    course = tmp_path_factory.mktemp("course")
    place = course / "autograded" / "attacker" / six.slug
    place.mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)  # where nbgrader's kernel would start
        plant_around(course, planted(six), os.environ)
        patch.setenv("AUTOGRADER_WORD", os.environ["AUTOGRADER_WORD"])
        with Engine(slot=40 + slot) as running:
            yield running
