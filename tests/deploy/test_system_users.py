"""Everybody has an account: log-in by PAM, servers as their owners, the course as a user of its own."""

from __future__ import annotations

import os
import pwd
import re
import secrets
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.hub.client import Client, ClientError
from autograder.hub.confinement import account_of
from autograder.model import Role, SandboxError
from tests.deploy.conftest import DEPLOY, Apart, MakeSite
from tests.hub.conftest import execute

HERE = DEPLOY / "system-users"
ROOT = Path(__file__).parents[2]
ROOT_ONLY = pytest.mark.skipif(os.getuid() != 0, reason="only root can make accounts and become other users")


@dataclass(frozen=True)
class Accounts:
    """Accounts of this test alone."""

    root: Path
    passwords: dict[str, str]


@pytest.fixture
def accounts() -> Iterator[Accounts]:
    """Three people and the course's own user, with homes under one folder that everybody may pass through."""
    root = Path("/var/tmp", f"accounts-{secrets.token_hex(4)}")
    root.mkdir(0o755)
    passwords = {f"{name}-{secrets.token_hex(3)}": secrets.token_hex(12) for name in ("ann", "ben", "eve", "keeper")}
    try:
        for name in passwords:
            subprocess.run(
                ["useradd", "--create-home", "--base-dir", str(root), "--shell", "/bin/bash", name], check=True, capture_output=True
            )
            (root / name).chmod(0o755)  # as carelessly as people leave them
        given = "".join(f"{name}:{password}\n" for name, password in passwords.items())
        subprocess.run(["chpasswd"], input=given, text=True, check=True, capture_output=True)
        yield Accounts(root, passwords)
    finally:
        for name in passwords:
            subprocess.run(["userdel", "--force", "--remove", name], capture_output=True, check=False)
        shutil.rmtree(root)


@pytest.fixture
def for_everybody() -> Iterator[None]:
    """This clone's environment as the configuration wants it, where that is what runs."""
    state = ROOT / "state"
    if not Path(sys.prefix).is_relative_to(state):
        yield
        return
    if (state / "secret").exists():
        pytest.skip("this clone keeps a course, so its environment is its owner's alone")
    before = stat.S_IMODE(state.stat().st_mode)
    subprocess.run([ROOT / "scripts" / "setup", "run"], env={**os.environ, "AUTOGRADER_FOR_EVERYBODY": "1"}, check=True)
    try:
        yield
    finally:
        state.chmod(before)


@ROOT_ONLY
@pytest.mark.hub
@pytest.mark.long
@pytest.mark.usefixtures("for_everybody")
def test_servers_run_as_their_owners_and_see_neither_each_other_nor_the_course(
    accounts: Accounts, make_site: MakeSite, apart: Apart, tmp_path: Path
) -> None:
    ann, ben, eve, keeper = accounts.passwords
    everybody = subprocess.run(
        ["setpriv", "--reuid", keeper, "--clear-groups", sys.executable, "-c", "import autograder"], check=False, cwd="/"
    )
    if everybody.returncode:
        pytest.skip("this Python or this clone lies where other users cannot read it")
    course = accounts.root / "course"
    course.mkdir(0o700)
    site = make_site("algebra", {ann: Role.STUDENT, ben: Role.STUDENT}, course)
    for path in (course, *course.rglob("*")):
        shutil.chown(path, keeper, keeper)
    for name in (ann, ben):
        secret = accounts.root / name / "diary.txt"
        secret.write_text(f"the diary of {name}")
        shutil.chown(secret, name, name)
    state = tmp_path / "hub"
    (state / "homes").mkdir(0o700, parents=True)
    become = ["setpriv", "--reuid", keeper, "--regid", keeper, "--clear-groups", "--"]
    (kept,) = re.findall(r"^CapabilityBoundingSet=(.+)$", (HERE / "autograder-hub.service").read_text(), re.MULTILINE)
    sets = "-all," + ",".join(f"+{name.removeprefix('CAP_').lower()}" for name in kept.split())
    bounded = ["setpriv", "--bounding-set", sets, "--inh-caps=-all", "--"]  # as the unit starts it
    with apart(site, HERE / "jupyterhub_config.py", state=state, become=become, bounded=bounded) as url:
        with pytest.raises(ClientError) as refused:
            Client(url, eve, accounts.passwords[eve])  # an account, but not in the roster
        assert f"{eve} is in no course of this hub" in refused.value.answer.text
        with pytest.raises(ClientError):
            Client(url, ann, accounts.passwords[ben])
        with pytest.raises(ClientError):
            Client(url, "root", "")
        people = {name: Client(url, name, accounts.passwords[name]) for name in (ann, ben)}
        people[ann].start_server()
        closed = [accounts.root / ben / "diary.txt", accounts.root / ann, course / "source/hw/hw.ipynb", state]
        code = f"""
import os, pathlib
print(os.getuid(), os.getgid(), os.getgroups(), os.environ["HOME"])
print(pathlib.Path("diary.txt").read_text())
pathlib.Path("made.txt").write_text("by a cell")
print(*map(os.path.exists, {[str(path) for path in closed]}))
"""
        said = execute(people[ann], code).splitlines()
        account = pwd.getpwnam(ann)
        assert said[0] == f"{account.pw_uid} {account.pw_gid} [] /home/{ann}"
        assert said[1] == f"the diary of {ann}" and said[2] == "False False False False"
        assert (accounts.root / ann / "made.txt").owner() == ann
        answer = people[ann].request("POST", f"user/{ann}/assignments/fetch", {"assignment_id": "hw", "course_id": "algebra"}).json
        assert answer["success"], answer
        answer = people[ann].request("POST", f"user/{ann}/assignments/submit", {"assignment_id": "hw", "course_id": "algebra"}).json
        assert answer["success"], answer
    assert {path.owner() for path in course.rglob("*")} == {keeper}  # nobody else has written there


def test_a_clone_that_keeps_a_course_is_never_set_up_for_everybody(tmp_path: Path) -> None:
    for folder in ("scripts", "autograder", "tests", "state"):
        (tmp_path / folder).mkdir()
    (tmp_path / "state" / "secret").write_bytes(b"s")
    (tmp_path / "state").chmod(0o700)
    shutil.copy(ROOT / "scripts" / "setup", tmp_path / "scripts")
    environ = {**os.environ, "AUTOGRADER_FOR_EVERYBODY": "1"}
    done = subprocess.run([tmp_path / "scripts" / "setup", "run"], env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "state/ keeps a course" in done.stderr
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["root", "nobody", "daemon", "no such account", ""])
def test_servers_never_run_as_an_account_of_the_system(name: str) -> None:
    with pytest.raises(SandboxError, match="account"):
        account_of(name)


@pytest.mark.parametrize("unit", sorted(HERE.glob("*.service")), ids=lambda unit: unit.name)
def test_systemd_understands_the_units(unit: Path, tmp_path: Path) -> None:
    verifier = shutil.which("systemd-analyze")
    if verifier is None:
        pytest.skip("systemd is not installed")
    for path in HERE.glob("*.service"):  # the programs are on another machine, and its user too
        text = path.read_text().replace("/opt/autograder/state/env/bin/python", sys.executable).replace("User=autograder", "User=daemon")
        (tmp_path / path.name).write_text(text)
    said = subprocess.run([verifier, "verify", "--man=no", str(tmp_path / unit.name)], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")


def test_the_units_agree_with_the_configuration_about_places_and_ports() -> None:
    units = {path.stem.removeprefix("autograder-"): path.read_text() for path in HERE.glob("*.service")}
    assert set(units) == {"hub", "course", "formgrader"}
    assert "deploy/system-users/jupyterhub_config.py" in units["hub"] and "InaccessiblePaths=-/srv/autograder" in units["hub"]
    for name, module in (("course", "autograder.hub.service"), ("formgrader", "autograder.hub.formgrader")):
        assert f"-m {module}\n" in units[name] and "User=autograder\n" in units[name] and "CapabilityBoundingSet=\n" in units[name]
        assert "JUPYTERHUB_API_URL=http://127.0.0.1:8001/hub/api" in units[name]  # AUTOGRADER_HUB_PORT 8000, and the hub one above
