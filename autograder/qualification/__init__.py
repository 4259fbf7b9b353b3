"""Tests that are themselves tested, before an assignment is released.

trials  the reference, the empty release, the bank and the standard mutants, over several seeds, in the processes that grade students
report  what came of them as a page: problem by problem each solution against each test, and how far right and wrong lie apart
"""

from autograder.qualification.report import Margin, margins, page
from autograder.qualification.trials import Qualified, Trial, qualify, with_answers

__all__ = ["Margin", "Qualified", "Trial", "margins", "page", "qualify", "with_answers"]
