"""Statistics of assignments and of the course grade: what was hard, what told students apart, what they misunderstood, when they worked.

`measures` are functions over numbers, `figures` applies them to results, `page` shows them with a picture and a table for each. About
fewer than five teams nothing is shown. Figures are for judging an assignment, not a person.
"""

from autograder.analysis.figures import CourseFigures, Figures, ProblemFigures, Result, TestFigures, course_figures, figures
from autograder.analysis.page import as_json, body, course_body

__all__ = [
    "CourseFigures",
    "Figures",
    "ProblemFigures",
    "Result",
    "TestFigures",
    "as_json",
    "body",
    "course_body",
    "course_figures",
    "figures",
]
