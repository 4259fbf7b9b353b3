"""The course's grade rules as data, and the course grade that follows from them, exact and with every step explained.

`rules` says what a policy is and refuses one that cannot work; `grade` is how the rules act, in the order of
`course_grade`. Marks come in as percent, 0 to 100, with late penalties already taken off. All arithmetic is in
fractions. The mark of an exam or project is rounded when it is recorded, and the final grade once more, always half up.
"""
from autograder.policy.grade import CourseGrade, Imagined, Marks, Needed, Step, course_grade, explain, needed, what_if
from autograder.policy.numbers import half_up, near, show
from autograder.policy.rules import Combine, Component, Gate, Item, Kind, Option, Otherwise, Policy, To, weights_after
from autograder.policy.scales import USUAL_CUTS, Scale, module_average, pass_fail, to_ects

__all__ = [
    "USUAL_CUTS", "Combine", "Component", "CourseGrade", "Gate", "Imagined", "Item", "Kind", "Marks", "Needed", "Option",
    "Otherwise", "Policy", "Scale", "Step", "To", "course_grade", "explain", "half_up", "module_average", "near", "needed",
    "pass_fail", "show", "to_ects", "weights_after", "what_if",
]  # fmt: skip
