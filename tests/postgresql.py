"""A PostgreSQL server of the tests' own. It refuses to run as root; `postgres` runs it then."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

USER = "postgres" if os.getuid() == 0 else None


class Server:
    """Started when it is made, on a free port of its own. `close` removes everything."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="ledger-postgresql-"))
        if USER:
            shutil.chown(self._folder, USER)
        self._port = _free_port()
        assert self._run("initdb", "-D", self._data, "-U", "ledger", "-A", "trust", "-E", "UTF8", "--no-sync").wait() == 0
        self._process = self._started()

    def fresh_database(self) -> str:
        """The URL of a new database."""
        name = f"ledger_{time.monotonic_ns()}"
        assert self._run("createdb", *self._address, "-U", "ledger", name).wait() == 0
        return f"postgresql+psycopg://ledger@127.0.0.1:{self._port}/{name}"

    def crash(self) -> None:
        """End it at once, without tidying up, and start it again: it recovers from its log."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait()
        self._process = self._started()

    def close(self) -> None:
        """End it."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait()
        shutil.rmtree(self._folder)

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    @property
    def _address(self) -> tuple[str, ...]:
        return ("-h", "127.0.0.1", "-p", str(self._port))

    def _run(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(self._folder)}
        return subprocess.Popen([self._programs / program, *arguments], env=environment, cwd=self._folder, user=USER, group=USER,
                                extra_groups=[] if USER else None, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip

    def _started(self) -> subprocess.Popen[bytes]:
        settings = (f"port={self._port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off")
        process = self._run("postgres", "-D", self._data, *(word for setting in settings for word in ("-c", setting)))
        while self._run("pg_isready", "-q", *self._address).wait() != 0:
            assert process.poll() is None, "PostgreSQL ended by itself"
        return process


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
