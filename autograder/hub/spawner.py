"""Single-user servers, each confined to the Python environment and its user's home."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from jupyterhub.spawner import SimpleLocalProcessSpawner  # type: ignore[import-untyped]
from jupyterhub.utils import random_port  # type: ignore[import-untyped]
from traitlets import Bool, List, Unicode

from autograder.hub.confinement import account_of, confined, folder_name, home_of
from autograder.model import SandboxError

SETTINGS = Path(__file__).parent / "single_user"
SETTINGS_INSIDE = "/etc/jupyter-course"
KEPT = ("JUPYTERHUB_", "JPY_", "LANG", "LC_", "MEM_", "CPU_", "AUTOGRADER_COURSES")
"""How the names of what a server finds in its environment begin."""


class ConfinedSpawner(SimpleLocalProcessSpawner):  # type: ignore[misc]  # jupyterhub has no types
    """A local process inside bubblewrap; see `confinement` for what it sees."""

    homes = Unicode(help="Folder of the home folders, one per user.").tag(config=True)
    accounts = Bool(help="Whether people have accounts on this machine: servers run as them, in their homes.").tag(config=True)
    hidden = List(Unicode(), help="Folders that no server may see, wherever they lie.").tag(config=True)

    async def start(self) -> tuple[str, int]:
        """Start the server; answers where it listens."""
        self.port: int = self.port or random_port()
        home: Path
        uid: int | None
        gid: int | None = None
        if self.accounts:
            account = account_of(self.user.name)
            home, uid, gid = Path(account.pw_dir), account.pw_uid, account.pw_gid
        else:
            home, uid = home_of(Path(self.homes), self.user.name)
        passwd = self._identity(uid)
        prefix = confined(
            read={SETTINGS: SETTINGS_INSIDE, passwd / "passwd": "/etc/passwd", passwd / "group": "/etc/group"},
            write={home: self._home()},
            hidden=[Path(folder) for folder in self.hidden],
            uid=uid,
            gid=gid,
            start_in=self._home(),
        )
        command = [*prefix, *self.cmd, *self.get_args()]
        self.log.info("Starting the confined server of %s on port %s", self.user.name, self.port)
        # The environment goes by the process, never by the command line, where everybody on the machine could read the token.
        self.proc = subprocess.Popen(command, env=self.get_env(), stdin=subprocess.DEVNULL, start_new_session=True)
        self.pid = self.proc.pid
        for _ in range(20):  # the hub itself would wait two minutes for a process that has ended at once
            await asyncio.sleep(0.05)
            if self.proc.poll() is not None:
                raise SandboxError(f"The server of {self.user.name} ended with status {self.proc.returncode}; the hub's log says why.")
        return (self.ip or "127.0.0.1", self.port)

    def get_env(self) -> dict[str, str]:
        """Nothing of the hub's own environment but the language; what the server needs, and its token."""
        env: dict[str, str] = super().get_env()
        kept = {name: value for name, value in env.items() if name.startswith(KEPT)}
        home = self._home()
        return kept | {
            "USER": self.user.name,
            "LOGNAME": self.user.name,
            "HOME": home,
            "SHELL": "/bin/bash",
            "LANG": kept.get("LANG", "C.UTF-8"),
            "PATH": os.pathsep.join(
                dict.fromkeys([f"{home}/.local/bin", str(Path(sys.prefix, "bin")), "/usr/local/bin", "/usr/bin", "/bin"])
            ),
            "JUPYTER_CONFIG_PATH": SETTINGS_INSIDE,
            "JUPYTER_RUNTIME_DIR": "/tmp/jupyter",
            "MPLCONFIGDIR": "/tmp/matplotlib",
        }

    def user_env(self, env: dict[str, str]) -> dict[str, str]:
        """`get_env` decides."""
        return env

    async def _signal(self, sig: int) -> bool:
        """To the server itself: bubblewrap would not pass it on, and the server would have no time to close."""
        inner = _server(self.pid) if sig in (signal.SIGINT, signal.SIGTERM) else None
        if inner is None:
            return bool(await super()._signal(sig))
        try:
            os.kill(inner, sig)
        except ProcessLookupError:
            return False
        return True

    def _home(self) -> str:
        return f"/home/{folder_name(self.user.name)}"

    def _identity(self, uid: int | None) -> Path:
        """passwd and group as the server sees them: root, himself, nobody."""
        own = os.getuid() if uid is None else uid
        folder = Path(self.homes).parent / "hub" / "identities" / str(own) / folder_name(self.user.name)
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        name = folder_name(self.user.name)
        nologin = "/usr/sbin/nologin"
        lines = {
            "passwd": f"root:x:0:0::/:{nologin}\n{name}:x:{own}:{own}::{self._home()}:/bin/bash\nnobody:x:65534:65534::/:{nologin}\n",
            "group": f"root:x:0:\n{name}:x:{own}:\nnogroup:x:65534:\n",
        }
        for file, text in lines.items():
            (folder / file).write_text(text)
            (folder / file).chmod(0o644)
        return folder


def _server(pid: int) -> int | None:
    """The confined process: bubblewrap's child is the first process of the pid namespace, and the server is its child."""
    for _ in range(2):
        children: list[Any] = []
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except OSError:
            return None
        if len(children) != 1:
            return None
        pid = int(children[0])
    return pid
