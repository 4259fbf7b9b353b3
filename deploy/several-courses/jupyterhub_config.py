"""One hub for several courses, each with a course.toml and a state folder of its own.

AUTOGRADER_COURSE names the first, whose state folder also keeps the hub's own files: logins, homes. The others:

    AUTOGRADER_MORE_COURSES   paths of their course.toml, with a colon between: /srv/algebra/course.toml:/srv/graphs/course.toml

The pages of the first are the service `course`, those of another `course-<its id>`; each course takes five ports. Commands
for another course need its AUTOGRADER_COURSE, and the first one's AUTOGRADER_PASSWORDS: everybody has one password for the hub.
Where instructors of different courses should not have to trust each other, people log in at the university (deploy/login).
"""

from __future__ import annotations

from pathlib import Path

from autograder.hub.courses import first_page, roles, together, variable
from autograder.hub.culling import stop_idle_servers
from autograder.hub.managed import course_on_hub, services
from autograder.hub.site import Site

c = get_config()  # noqa: F821
load_subconfig(str(Path(__file__).parents[2] / "jupyterhub_config.py"))  # noqa: F821

first = Site.of()
others = first.others()
for site in others:
    site.prepare()
on_hub = [course_on_hub(first), *(course_on_hub(site, f"course-{site.course().id}") for site in others)]

c.JupyterHub.services = [service for site, course in zip([first, *others], on_hub, strict=True) for service in services(site, course)]
c.JupyterHub.load_roles = roles(on_hub)  # whoever is in one course opens that one's pages, and no others
stop_idle_servers(c)
c.JupyterHub.default_url = first_page(on_hub)
c.RosterRoles.groups_of = together([site.groups_of for site in [first, *others]])
c.ConfinedSpawner.hidden = [str(folder) for site in [first, *others] for folder in (site.folders.root, site.folders.state)]
c.Spawner.environment = {"AUTOGRADER_COURSES": variable(on_hub)}  # fetched work lies in a folder of its course
