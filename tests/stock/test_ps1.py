"""nbgrader's own demo course, with its two example submissions, scored as nbgrader scores it."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbgrader
import pytest

from tests.stock import courses

pytestmark = pytest.mark.long
GUIDE = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, slot: int) -> tuple[Path, Path]:
    """The course graded by nbgrader, and by us: ours starts without a gradebook."""
    root = tmp_path_factory.mktemp("ps1") / "course"
    for part in ("source/ps1", "submitted/bitdiddle/ps1", "submitted/hacker/ps1"):
        shutil.copytree(GUIDE / part, root / part)
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'course101'\n")
    ours, _, assignment = courses.by_us(root, slug="ps1", slot=slot)
    assert not assignment.apart  # though one of its tests deletes the student's function to see who misses it
    return courses.by_nbgrader(root, slug="ps1"), ours


def test_scores_are_those_of_nbgrader(graded: tuple[Path, Path]) -> None:
    stock, ours = map(courses.scores, graded)
    assert len(stock) == 18 and (1.0, False) in stock.values() and (None, True) in stock.values()
    assert ours == stock


def test_comments_are_those_of_nbgrader(graded: tuple[Path, Path]) -> None:
    stock, ours = map(courses.comments, graded)
    assert "No response." in stock.values()
    assert ours == stock


def test_nbgrader_goes_on_from_our_gradebook(graded: tuple[Path, Path]) -> None:
    courses.nbgrader(graded[1], "generate_feedback ps1", "export", "autograde ps1 --force")
    assert courses.scores(graded[1]) == courses.scores(graded[0])
    assert (graded[1] / "feedback" / "hacker" / "ps1" / "problem1.html").exists()
