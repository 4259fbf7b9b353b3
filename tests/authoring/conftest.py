"""Fixtures: `fixture` is the path of a small assignment, `altered` copies it with a text replaced."""
from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

SMALL = Path(__file__).parent / "fixture" / "small-steps"


@pytest.fixture
def fixture() -> Path:
    """The small assignment, not to be written to."""
    return SMALL


@pytest.fixture
def altered(tmp_path: Path) -> Callable[..., Path]:
    """`altered("notebook.py", old, new)`: a copy of the small assignment in which `old` stands as `new`."""
    def make(name: str, old: str, new: str) -> Path:
        folder = tmp_path / "assignments" / SMALL.name
        shutil.copytree(SMALL, folder, dirs_exist_ok=True)
        text = (folder / name).read_text()
        assert text.count(old) >= 1, f"{old!r} does not stand in {name}"
        (folder / name).write_text(text.replace(old, new, 1))
        return folder
    return make
