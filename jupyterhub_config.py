"""The hub of this course. Where things are comes from the environment: see autograder/hub/site.py."""

from __future__ import annotations

import os
import sys

from autograder.hub import DIES_WITH_PARENT, confinement
from autograder.hub.authenticator import RosterAuthenticator
from autograder.hub.courses import first_page, roles, variable
from autograder.hub.culling import stop_idle_servers
from autograder.hub.entrance import furnish
from autograder.hub.managed import course_on_hub, services
from autograder.hub.site import Site, proxy_command
from autograder.hub.spawner import ConfinedSpawner

c = get_config()  # noqa: F821

os.umask(0o077)  # what the hub writes is nobody else's
site = Site.of()
site.prepare()
confinement.check()  # a hub that cannot confine servers does not start
course = course_on_hub(site)
ports = site.ports

# ── where it listens, and what it keeps ───────────────────────────────────────────────────────────────────────────────
# On loopback: in production a web server with TLS stands before it (deploy/proxy), and subdomain_host gives every server an
# origin of its own. Other log-ins, real users, containers and several courses on one hub are in deploy/.
c.JupyterHub.bind_url = f"http://127.0.0.1:{ports['public']}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{ports['hub']}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{ports['proxy']}"
c.ConfigurableHTTPProxy.command = [*DIES_WITH_PARENT, *proxy_command(site.folders.state)]
c.ConfigurableHTTPProxy.pid_file = str(site.hub_state / "proxy.pid")
c.JupyterHub.db_url = f"sqlite:///{site.hub_state / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(site.hub_state / "cookie_secret")
c.JupyterHub.default_url = first_page([course])  # after the log-in: what must I do next?
c.JupyterHub.tornado_settings = {
    "slow_spawn_timeout": 0,  # a page with progress instead of a wait
    "cookie_options": {"SameSite": "Lax"},  # no cookie for a form on somebody else's page
}

furnish(c)  # its own pages, in the reader's language: see autograder/hub/entrance.py

# ── who gets in ───────────────────────────────────────────────────────────────────────────────────────────────────────
c.JupyterHub.authenticator_class = RosterAuthenticator
c.RosterAuthenticator.passwords = str(site.passwords)
c.RosterRoles.groups_of = site.groups_of
c.Authenticator.allow_all = True  # the roster has decided already
c.Authenticator.manage_groups = True  # groups are the ledger's, not the hub's
c.Authenticator.auth_refresh_age = 60  # seconds until a change of the roster is felt
c.Authenticator.refresh_pre_spawn = True

# ── what each may do; the course's own pages ask the ledger again ─────────────────────────────────────────────────────
c.JupyterHub.load_roles = roles([course])

# ── servers ───────────────────────────────────────────────────────────────────────────────────────────────────────────
c.JupyterHub.spawner_class = ConfinedSpawner
c.ConfinedSpawner.homes = str(site.homes)
c.ConfinedSpawner.hidden = [str(site.folders.root), str(site.folders.state)]
# Where nbgrader's exchange finds the course: JupyterLab's Assignment List fetches and submits there.
c.Spawner.environment = {"AUTOGRADER_COURSES": variable([course])}
c.Spawner.cmd = [os.path.join(sys.prefix, "bin", "jupyterhub-singleuser")]
c.Spawner.default_url = "/lab"
c.Spawner.http_timeout = 120  # seconds; JupyterLab starts slowly on a cold disk
c.JupyterHub.cleanup_servers = True  # servers are children of the hub and end with it

# ── services ──────────────────────────────────────────────────────────────────────────────────────────────────────────
c.JupyterHub.services = services(site, course)
stop_idle_servers(c)  # see autograder/hub/culling.py
