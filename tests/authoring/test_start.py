"""A new assignment can be read at once, and takes nobody's place. That it verifies is tried with the page for authors."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring import bank, load_assignment, start
from autograder.model import AssignmentError


def test_a_new_assignment_has_tests_and_a_bank(tmp_path: Path) -> None:
    written = start(tmp_path, "hw18-flows")
    assignment = load_assignment(tmp_path / "hw18-flows")
    assert assignment.points == 20 and {p.id for p in assignment.problems} == {"p1", "p2", "p2-proof"}
    cases = bank(tmp_path / "hw18-flows", assignment)
    assert sum(case.correct for case in cases) == 4 and len(written) == len(cases) + 2


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "hw18-flows").mkdir()
    with pytest.raises(AssignmentError, match="is there already"):
        start(tmp_path, "hw18-flows")
    assert list((tmp_path / "hw18-flows").iterdir()) == []


@pytest.mark.parametrize("slug", ["HW18", "../outside", "a b", ""])
def test_a_name_that_is_no_slug_makes_nothing(slug: str, tmp_path: Path) -> None:
    with pytest.raises(AssignmentError, match="is no slug"):
        start(tmp_path / "assignments", slug)
    assert list(tmp_path.iterdir()) == []
