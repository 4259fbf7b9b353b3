"""nbgrader's settings in this checkout: they let nbgrader's commands and formgrader, started here, work on what the platform
wrote. The hub's formgrader has settings of its own, because it runs confined.
"""
import os
import tomllib
from pathlib import Path

from autograder.nbgrader_execute import use_engine

c = get_config()  # noqa: F821
here = Path(__file__).resolve().parent
state = Path(os.environ.get("AUTOGRADER_STATE", here / "state")).resolve()

# The name that the exchange and JupyterHub's groups know this course by.
c.CourseDirectory.course_id = tomllib.loads((here / "course.toml").read_text(encoding="utf-8"))["id"]
# submitted/, autograded/, feedback/ and gradebook.db hold students' work, so they live beside the ledger, not in git.
c.CourseDirectory.root = str(state / "nbgrader")
# These two are built from assignments/ and belong to the checkout.
c.CourseDirectory.source_directory = str(here / "source")
c.CourseDirectory.release_directory = str(here / "release")
# Students' code runs confined, and the scores are those of `autograder grade`. Only that one writes them into the ledger.
use_engine(c)
# The author texts, with the limits of each problem, and the secret, so that the hidden inputs are the same as well.
c.ConfinedExecute.assignments = str(here / "assignments")
c.ConfinedExecute.secret_file = str(state / "secret")
