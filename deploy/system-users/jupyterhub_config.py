"""A hub on a machine where everybody has an account: people log in with it, and their servers run as them, confined.

The hub runs as root, to become other users, and keeps no course: the service of the course runs as a user of its own, who
alone can read the course's folder (the units beside this file; what the variables mean is in autograder/hub/apart.py).
The Python environment must be where everybody can run it, such as /opt/autograder, made there in a clone that keeps no course
itself by `AUTOGRADER_FOR_EVERYBODY=1 scripts/setup run`.

    AUTOGRADER_HUB_STATE   the hub's own files, root's alone: /var/lib/autograder-hub
    AUTOGRADER_HUB_PORT    the first of three ports; the web server with TLS (deploy/proxy) goes there
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from jupyterhub.auth import PAMAuthenticator

from autograder.hub import DIES_WITH_PARENT, confinement
from autograder.hub.apart import configure
from autograder.hub.authenticator import RosterRoles
from autograder.hub.culling import stop_idle_servers
from autograder.hub.site import proxy_command
from autograder.hub.spawner import ConfinedSpawner


class RosterAccounts(RosterRoles, PAMAuthenticator):
    """The machine's passwords, the roster's roles."""


c = get_config()  # noqa: F821
os.umask(0o077)
confinement.check()
state = Path(os.environ["AUTOGRADER_HUB_STATE"])
port = int(os.environ.get("AUTOGRADER_HUB_PORT", "8000"))

c.JupyterHub.authenticator_class = RosterAccounts
configure(c, os.environ)
c.PAMAuthenticator.open_sessions = False  # servers are confined and need no session of the machine

c.JupyterHub.spawner_class = ConfinedSpawner
c.ConfinedSpawner.accounts = True
c.ConfinedSpawner.homes = str(state / "homes")  # nobody's: homes are the accounts'
c.ConfinedSpawner.hidden = [str(state)]
c.Spawner.cmd = [os.path.join(sys.prefix, "bin", "jupyterhub-singleuser")]
c.Spawner.http_timeout = 120
c.JupyterHub.cleanup_servers = True
stop_idle_servers(c)

c.JupyterHub.bind_url = f"http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{port + 1}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{port + 2}"
c.ConfigurableHTTPProxy.command = [*DIES_WITH_PARENT, *proxy_command(Path(sys.prefix).parent)]
c.ConfigurableHTTPProxy.pid_file = str(state / "proxy.pid")
c.JupyterHub.db_url = f"sqlite:///{state / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(state / "cookie_secret")
