"""nbgrader's settings in the formgrader service."""

from autograder.hub.formgrader import GradedByThePlatform

c = get_config()  # type: ignore[name-defined]  # noqa: F821

c.CourseDirectory.root = "/course"
# What students wrote is shown without the scripts in it: staff who look at it are logged in to everything.
c.HTMLExporter.sanitize_html = True
# See GradedByThePlatform.
c.Autograde.sanitize_preprocessors = [GradedByThePlatform]
c.Autograde.autograde_preprocessors = [GradedByThePlatform]
