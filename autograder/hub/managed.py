"""The services of a course that the hub starts itself, as its configuration has them."""

from __future__ import annotations

import sys
from typing import Any

from autograder.hub import DIES_WITH_PARENT
from autograder.hub.courses import CourseOnHub
from autograder.hub.formgrader import command as formgrader_command
from autograder.hub.site import SERVICE, Site


def course_on_hub(site: Site, service: str = SERVICE) -> CourseOnHub:
    """The site's course, its pages on loopback."""
    return CourseOnHub(site.course().id, service, f"http://127.0.0.1:{site.ports[SERVICE]}")


def services(site: Site, course: CourseOnHub) -> list[dict[str, Any]]:
    """Its pages, and nbgrader's marking page for staff; what that one may see is in `formgrader`."""
    return [
        {
            "name": course.service,
            "display": True,
            "url": course.url,
            "oauth_no_confirm": True,
            "command": [*DIES_WITH_PARENT, sys.executable, "-m", "autograder.hub.service"],
            "environment": site.environment(),
        },
        {
            "name": course.id,
            "display": True,
            "url": f"http://127.0.0.1:{site.ports['formgrader']}",
            "oauth_no_confirm": True,
            "command": formgrader_command(site.folders),
            "environment": {"JUPYTERHUB_DEFAULT_URL": "/formgrader"},
            "oauth_client_allowed_scopes": ["inherit"],
        },
    ]
