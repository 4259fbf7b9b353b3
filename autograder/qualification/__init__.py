"""Tests that are themselves tested, before an assignment is released.

trials  the reference, the empty release, the bank and the standard mutants, over several seeds, in the processes that grade students
kept    the file in which they are kept, so that a verification can be gone on with
report  what came of them as a page: problem by problem each solution against each test, and how far right and wrong lie apart
"""

from autograder.qualification.kept import kept_trials
from autograder.qualification.report import Margin, margins, page
from autograder.qualification.trials import Qualified, Trial, qualify, with_answers

__all__ = ["Margin", "Qualified", "Trial", "kept_trials", "margins", "page", "qualify", "with_answers"]
