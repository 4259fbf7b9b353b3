"""Servers that nobody uses are stopped, so that a machine serves more people than it has memory for at once.

    AUTOGRADER_IDLE_MINUTES   how long without activity; 0 stops none; default 240

Files are on the disk and stay; what was only in a kernel's memory is lost. Servers tell of their activity every five
minutes, so less than ten make no sense. Exams run in servers with a name, and those are left alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from autograder.hub import DIES_WITH_PARENT
from autograder.model import MachineryError

DEFAULT_MINUTES = "240"


def stop_idle_servers(c: Any, environ: Mapping[str, str] = os.environ) -> None:
    """Add the service that does it, with no right but to see activity and to stop servers. Call it after services and roles are set."""
    said = environ.get("AUTOGRADER_IDLE_MINUTES", DEFAULT_MINUTES)
    try:
        seconds = int(60 * float(said))
    except (ValueError, OverflowError):
        seconds = -1
    if seconds < 0:
        raise MachineryError(f"AUTOGRADER_IDLE_MINUTES is {said!r}; give a number of minutes, or 0 to stop no servers.")
    if seconds == 0:
        return
    name = "idle-servers"
    program = [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={seconds}", "--cull-named-servers=False"]
    command = [*DIES_WITH_PARENT, *program]
    c.JupyterHub.services = [*c.JupyterHub.services, {"name": name, "command": command}]
    scopes = ["list:users", "read:users:activity", "read:servers", "delete:servers"]
    c.JupyterHub.load_roles = [*c.JupyterHub.load_roles, {"name": name, "services": [name], "scopes": scopes}]
