"""A new assignment: a small one that verifies, to be changed piece by piece."""

from __future__ import annotations

import shutil
from pathlib import Path

from ..model import AssignmentError
from .assignment import SLUG

SKELETON = Path(__file__).parent / "skeleton"


def start(assignments: Path, slug: str) -> tuple[Path, ...]:
    """Make assignments/<slug>/ with a notebook, its settings and a bank; the files that were written.

    Raises AssignmentError when the slug is none, or the folder is there already.
    """
    if not SLUG.fullmatch(slug):
        raise AssignmentError(f'"{slug}" is no slug: small letters, digits and single hyphens, such as "hw18-flows"', file=str(assignments))
    folder = assignments / slug
    if folder.exists():
        raise AssignmentError("is there already; choose another name, or change what is there", file=str(folder))
    shutil.copytree(SKELETON, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
