"""A hub that keeps no course: the course's service runs as somebody else, in a container, or on another machine.

Such a hub holds neither solutions nor the ledger. It knows of the course what the environment says, and asks the service
who somebody is. Needs JupyterHub and Babel alone.

    AUTOGRADER_COURSE_ID         the course's id
    AUTOGRADER_COURSE_URL        where its service listens, as the hub and the servers reach it
    AUTOGRADER_COURSE_TOKEN      shared with the service, whose JUPYTERHUB_API_TOKEN it is: `openssl rand -hex 32`
    AUTOGRADER_FORMGRADER_URL    the same of nbgrader's marking page; may be left out
    AUTOGRADER_FORMGRADER_TOKEN
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.hub.courses import CourseOnHub, asked, first_page, roles, variable
from autograder.hub.entrance import furnish
from autograder.model import MachineryError


def configure(c: Any, environ: Mapping[str, str]) -> None:
    """Set what every such hub has: services, roles, who is in the course. Log-in and spawner are its own."""
    missing = [name for name in ("AUTOGRADER_COURSE_ID", "AUTOGRADER_COURSE_URL", "AUTOGRADER_COURSE_TOKEN") if not environ.get(name)]
    if missing:
        raise MachineryError(f"{', '.join(missing)} must be set: where the course is, and the token that its service has.")
    course = CourseOnHub(environ["AUTOGRADER_COURSE_ID"], "course", environ["AUTOGRADER_COURSE_URL"])
    token = environ["AUTOGRADER_COURSE_TOKEN"]
    services = [
        *c.JupyterHub.get("services", []),
        {"name": course.service, "url": course.url, "api_token": token, "display": True, "oauth_no_confirm": True},
    ]
    if "AUTOGRADER_FORMGRADER_URL" in environ:
        marking = {"name": course.id, "url": environ["AUTOGRADER_FORMGRADER_URL"], "api_token": environ["AUTOGRADER_FORMGRADER_TOKEN"]}
        more = {"display": True, "oauth_no_confirm": True, "oauth_client_allowed_scopes": ["inherit"]}
        services.append({**marking, **more})
    c.JupyterHub.services = services  # after those that a cluster's chart has set already
    c.JupyterHub.load_roles = [*c.JupyterHub.get("load_roles", []), *roles([course])]
    c.JupyterHub.default_url = first_page([course])
    c.JupyterHub.tornado_settings = {"slow_spawn_timeout": 0, "cookie_options": {"SameSite": "Lax"}}
    furnish(c)
    c.Authenticator.allow_all = True  # the roster has decided already
    c.Authenticator.manage_groups = True  # groups are the ledger's, not the hub's
    c.Authenticator.auth_refresh_age = 60  # seconds until a change of the roster is felt
    c.Authenticator.refresh_pre_spawn = True
    c.Spawner.environment = {"AUTOGRADER_COURSES": variable([course])}
    c.Spawner.default_url = "/lab"
    c.RosterRoles.groups_of = asked(course, token)


def told(environ: Mapping[str, str], name: str) -> dict[str, str]:
    """What a hub tells a service that it starts, completed for one that was started by somebody else."""
    name = environ.get("JUPYTERHUB_SERVICE_NAME", name)
    base = environ.get("JUPYTERHUB_BASE_URL", "/")
    usual = {
        "JUPYTERHUB_SERVICE_NAME": name,
        "JUPYTERHUB_BASE_URL": base,
        "JUPYTERHUB_SERVICE_PREFIX": f"{base}services/{name}/",
        "JUPYTERHUB_CLIENT_ID": f"service-{name}",
        "JUPYTERHUB_OAUTH_CALLBACK_URL": f"{base}services/{name}/oauth_callback",
        "JUPYTERHUB_OAUTH_ACCESS_SCOPES": f'["access:services!service={name}"]',
        "JUPYTERHUB_COOKIE_OPTIONS": '{"SameSite": "Lax"}',
    }
    return usual | dict(environ)
