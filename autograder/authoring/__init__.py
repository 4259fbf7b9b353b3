"""From author text to what students receive.

    assignments/<slug>/notebook.py + assignment.toml   load_assignment ->  model.Assignment
                                                       build           ->  source/<slug>/, release/<slug>/
    assignments/<slug>/bank/{correct,wrong}/*.py       bank            ->  BankCase, for qualification
    the model answer of a written cell                 rubrics         ->  Rubric, for whoever marks it
    assignments/topics.toml + the problems' topics         coverage        ->  who asks what, and what nobody asks

Whatever an author can get wrong stops here with an AssignmentError that names file, cell and line. Nothing is run:
whether the tests are good is asked by `qualification`.
"""
from __future__ import annotations

from .assignment import data_files, edition, load_assignment, loaded, problem_of
from .bank import BankCase, bank, bank_case
from .coverage import Covered, Syllabus, as_markdown, coverage, syllabi
from .release import Built, build, release_archive
from .rubric import Rubric, rubrics
from .start import start
from .text import read_author_text, solution_cells, stub_cells

__all__ = [
    "BankCase", "Built", "Covered", "Rubric", "Syllabus", "as_markdown", "bank", "bank_case", "build", "coverage", "data_files", "edition",
    "load_assignment", "loaded", "problem_of", "read_author_text", "release_archive", "rubrics", "solution_cells", "start", "stub_cells",
    "syllabi",
]
