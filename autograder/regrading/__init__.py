"""Grade stored submissions again, beside the published grades: after a test was corrected, who changes from what to what, and why.

`runs` are the verbs: grade, publish, discard; `effects` says what publishing would do to course grades; `report` tells it as a page, as
lines and as JSON. Every step can be repeated: what a regrade has decided it does not grade again, and a command that was cut off goes on
where it stopped. The hidden inputs are those of the first grading, because their seeds follow from the submission, not from the tests'
version; so what changes is the work of the correction.
"""

from autograder.regrading.effects import Effect, effects
from autograder.regrading.report import Told, as_json, lines, page, picture, report_page, shown, state, told, write_page
from autograder.regrading.runs import Pending, discard, grade, prepare, publish

__all__ = [
    "Effect", "Pending", "Told", "as_json", "discard", "effects", "grade", "lines", "page", "picture", "prepare", "publish", "report_page",
    "shown", "state", "told", "write_page",
]  # fmt: skip
