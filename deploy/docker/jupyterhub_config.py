"""The hub in a container that keeps no course; every server is a container of its own, without the course and without the hub's rights.

compose.yaml beside this file starts it with the course's own container. What the variables of the course mean is in
autograder/hub/apart.py; besides them:

    AUTOGRADER_IMAGE      the image of students' servers (single-user.Dockerfile)
    AUTOGRADER_NETWORK    the network of hub, course and servers
    AUTOGRADER_PASSWORDS  file of the password hashes, where no log-in of the university is used (deploy/login)
"""

from __future__ import annotations

import os

from dockerspawner import DockerSpawner

from autograder.hub.apart import configure
from autograder.hub.authenticator import RosterAuthenticator
from autograder.hub.culling import stop_idle_servers

c = get_config()  # noqa: F821
configure(c, os.environ)

c.JupyterHub.bind_url = "http://:8000"
c.JupyterHub.hub_bind_url = "http://:8081"
c.JupyterHub.hub_connect_url = "http://hub:8081"  # as servers reach it
c.JupyterHub.db_url = "sqlite:////srv/hub/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = "/srv/hub/cookie_secret"
c.ConfigurableHTTPProxy.pid_file = "/srv/hub/proxy.pid"

c.JupyterHub.authenticator_class = RosterAuthenticator
c.RosterAuthenticator.passwords = os.environ.get("AUTOGRADER_PASSWORDS", "none")

c.JupyterHub.spawner_class = DockerSpawner
c.DockerSpawner.image = os.environ["AUTOGRADER_IMAGE"]
c.DockerSpawner.allowed_images = []  # students choose no other
c.DockerSpawner.network_name = os.environ["AUTOGRADER_NETWORK"]
c.DockerSpawner.use_internal_ip = True  # nothing is published on the host
c.DockerSpawner.volumes = {"home-{username}": "/srv/home"}  # a home outlives its container; the course is in no volume of theirs
c.DockerSpawner.remove = True
c.DockerSpawner.mem_limit = "2G"
c.DockerSpawner.cpu_limit = 1
c.DockerSpawner.extra_host_config = {
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges"],
    "pids_limit": 500,  # a fork bomb ends there
    "read_only": True,
    "tmpfs": {"/tmp": "size=1g,mode=1777"},
}
c.Spawner.http_timeout = 120
stop_idle_servers(c)
