"""What every test may rely on.

need    `need("chromium")` is the path of a component of the machine. Where it is missing the test fails with the line that
        installs it: a test that is skipped on a bare machine says nothing. `AUTOGRADER_SKIP_MISSING=1` skips instead, except
        in CI. Components: axe (its script), bubblewrap, caddy, chromium, nginx, postgresql (the folder of its programs),
        proxy (the hub's).
fresh_database, postgresql
        the URL of a new database, and the server that it is on; see tests/postgresql.py.

Hypothesis draws the same examples in every run; `HYPOTHESIS_PROFILE=explore` looks for new ones. The environment's own
programs (nbgrader starts `alembic`, the hub its proxy) come first on PATH, and numerical libraries use one thread.
"""
from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import hypothesis.configuration
import pytest

from tests.postgresql import Server

ROOT = Path(__file__).resolve().parent.parent

os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "/usr/bin:/bin")])
for _variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")
sys.dont_write_bytecode, os.environ["PYTHONDONTWRITEBYTECODE"] = True, "1"  # a folder that a test compares holds what was put there
os.umask(0o022)  # what a test writes for an unprivileged user to read can be read, whoever runs the tests

hypothesis.configuration.set_hypothesis_home_dir(ROOT / "state" / "cache" / "hypothesis")
hypothesis.settings.register_profile("same", derandomize=True, deadline=None, database=None)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=1000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def _on_path(program: str) -> Path | None:
    found = shutil.which(program)
    return Path(found) if found else None


def _chromium() -> Path | None:
    # Debian's wrapper in /usr/bin prints shell errors where no desktop is installed.
    program = Path("/usr/lib/chromium/chromium")
    return program if program.exists() else _on_path("chromium")


def _postgresql() -> Path | None:
    found = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    return max(found, key=lambda path: int(path.parent.name), default=None)


def _nginx() -> Path | None:
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")     # where an ordinary user does not look
    return Path(found) if found and shutil.which("openssl") else None


def _axe() -> Path | None:
    script = ROOT / "state" / "node" / "node_modules" / "axe-core" / "axe.min.js"
    return script if script.exists() else None


COMPONENTS: dict[str, tuple[Callable[[], Path | None], str]] = {
    "axe": (_axe, "scripts/setup test"),
    "bubblewrap": (lambda: _on_path("bwrap"), "apt-get install bubblewrap"),
    "caddy": (lambda: _on_path("caddy"), "apt-get install caddy"),
    "chromium": (_chromium, "apt-get install chromium"),
    "nginx": (_nginx, "apt-get install nginx-light openssl"),
    "postgresql": (_postgresql, "apt-get install postgresql"),
    "proxy": (lambda: _on_path("configurable-http-proxy"), "scripts/setup test"),
}


def find_component(name: str, environ: dict[str, str] | os._Environ[str] = os.environ) -> Path:
    """The path of a component; a failed test where it is missing, or a skipped one as the module says."""
    find, install = COMPONENTS[name]
    path = find()
    if path is None:
        sentence = f"{name} is not installed on this machine. Run: {install}"
        if environ.get("AUTOGRADER_SKIP_MISSING") == "1" and not environ.get("CI"):
            pytest.skip(sentence)
        pytest.fail(sentence, pytrace=False)
    return path


@pytest.fixture(scope="session")
def need() -> Callable[[str], Path]:
    """See the module."""
    return find_component


@pytest.fixture(scope="session")
def postgresql(need: Callable[[str], Path]) -> Iterator[Server]:
    """A PostgreSQL server of our own."""
    server = Server(need("postgresql"))
    yield server
    server.close()


@pytest.fixture
def fresh_database(postgresql: Server) -> str:
    """The URL of a database of its own on it."""
    return postgresql.fresh_database()
