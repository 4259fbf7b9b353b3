"""From author text to what students receive.

    assignments/<slug>/notebook.py + assignment.toml   load_assignment ->  model.Assignment
                                                       build           ->  source/<slug>/, release/<slug>/
    assignments/<slug>/bank/{correct,wrong}/*.py       bank            ->  BankCase, for qualification

Whatever an author can get wrong stops here with an AssignmentError that names file, cell and line. Nothing is run:
whether the tests are good is asked by `qualification`.
"""
from __future__ import annotations

from .assignment import data_files, load_assignment, problem_of
from .bank import BankCase, bank, bank_case
from .release import Built, build, release_archive
from .text import read_author_text, solution_cells, stub_cells

__all__ = [
    "BankCase", "Built", "bank", "bank_case", "build", "data_files", "load_assignment", "problem_of",
    "read_author_text", "release_archive", "solution_cells", "stub_cells",
]
