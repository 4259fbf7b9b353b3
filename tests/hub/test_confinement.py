"""What a confined process sees, tried with real ones: as whoever runs the tests, and as an ordinary user when that is root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.hub import confinement
from autograder.hub.confinement import confined, folder_name, home_of
from autograder.model import SandboxError

ROOT = os.getuid() == 0
ORDINARY = 65534


@pytest.fixture(autouse=True)
def _bubblewrap(need: Callable[[str], Path]) -> None:
    need("bubblewrap")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A course folder with an environment inside it and homes."""
    for folder in ("env/bin", "state/homes", "assignments", "given"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "env/tool").write_text("tool")
    (tmp_path / "assignments/solution").write_text("solution")
    (tmp_path / "state/ledger.db").write_text("book")
    (tmp_path / "given/page").write_text("page")
    return tmp_path


def run(command: list[str], code: str, *, ordinary: bool = False) -> str:
    give_up = ["setpriv", "--reuid", str(ORDINARY), "--regid", str(ORDINARY), "--clear-groups", "--"] if ordinary else []
    done = subprocess.run([*give_up, *command, "/bin/sh", "-c", code], capture_output=True, text=True, timeout=30, check=False)
    return done.stdout.strip() or f"{done.returncode} {done.stderr.strip()}"


def test_only_what_is_named_is_there(place: Path) -> None:
    home, uid = home_of(place / "state/homes", "ann")
    command = confined(read={place / "given": "/given"}, write={home: "/own/ann"}, uid=uid, start_in="/own/ann")
    assert run(command, "ls /own /given; pwd; cat /given/page") == "/given:\npage\n\n/own:\nann\n/own/ann\npage"
    assert "No such file" in run(command, f"ls {place}")
    assert "Read-only" in run(command, "echo x > /given/page") or "denied" in run(command, "echo x > /given/page")
    assert run(command, "echo kept > file; cat file") == "kept" and (home / "file").read_text() == "kept\n"
    assert run(command, "ls /proc | grep -c '^[0-9]'") in {"3", "4", "5", "6"}
    assert run(command, "grep CapEff /proc/self/status").split()[-1] == "0" * 16


def test_a_hidden_folder_is_empty_even_inside_one_that_is_shown(place: Path) -> None:
    home, uid = home_of(place / "state/homes", "ann")
    hidden = [place / "state", place / "assignments"]
    read = {place: str(place), place / "env": str(place / "env")}
    command = confined(read=read, write={home: "/own/ann"}, hidden=hidden, uid=uid, start_in="/")
    place.chmod(0o755)
    seen = run(command, f"cat {place}/env/tool; ls {place}/state {place}/assignments")
    assert seen.split() == [f"tool{place}/assignments:", f"{place}/state:"]


def test_an_environment_inside_a_hidden_folder_stays_visible(place: Path) -> None:
    _, uid = home_of(place / "state/homes", "ann")
    inside = place / "state" / "env"
    shutil.copytree(place / "env", inside)
    read = {place: str(place), inside: str(inside)}
    command = confined(read=read, write={}, hidden=[place / "state"], uid=uid, start_in="/")
    place.chmod(0o755)
    assert run(command, f"cat {inside}/tool; ls {place}/state") == "toolenv"
    assert "No such file" in run(command, f"cat {place}/state/ledger.db")


def test_two_homes_never_meet(place: Path) -> None:
    homes = place / "state/homes"
    ann, ben = home_of(homes, "ann"), home_of(homes, "ben")
    (ben[0] / "diary").write_text("own")
    command = confined(read={}, write={ann[0]: "/own/ann"}, uid=ann[1], start_in="/own/ann")
    assert "No such file" in run(command, f"cat {ben[0]}/diary /own/ben/diary")
    assert home_of(homes, "ann") == ann
    if ROOT:
        assert ann[1] != ben[1] and {ann[0].stat().st_uid, ben[0].stat().st_uid} == {ann[1], ben[1]}
        (homes / "ann").rmdir()
        assert home_of(homes, "cat")[1] not in (ben[1], 0)


@pytest.mark.skipif(not ROOT, reason="tries what an ordinary user can do, by giving up root")
def test_an_ordinary_user_confines_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(dir="/var/tmp") as made:  # pytest's own folders are closed to other users
        place = Path(made)
        (place / "given").mkdir()
        (place / "given/page").write_text("page")
        for path in (place, place / "given"):
            os.chown(path, ORDINARY, ORDINARY)
        monkeypatch.setattr(os, "getuid", lambda: ORDINARY)
        home, uid = home_of(place, "ann")
        monkeypatch.undo()
        os.chown(home, ORDINARY, ORDINARY)
        monkeypatch.setattr(os, "getuid", lambda: ORDINARY)
        monkeypatch.setattr(confinement, "_environment", tuple)  # ours may lie in a folder of root's; the shell needs none
        command = confined(read={place / "given": "/given"}, write={home: "/own/ann"}, uid=uid, start_in="/own/ann")
        assert uid is None
        assert run(command, "cat /given/page; ls /own; echo x > f && cat f", ordinary=True).split() == ["pageann", "x"]
        assert "No such file" in run(command, f"ls {place}", ordinary=True)


def test_the_python_environment_runs_inside(place: Path) -> None:
    home, uid = home_of(place / "state/homes", "ann")
    command = confined(read={}, write={home: "/own/ann"}, uid=uid, start_in="/own/ann")
    assert run(command, f"{sys.executable} -c 'import jupyterhub, numpy; print(numpy.add(1, 2))'") == "3"


def test_a_machine_that_cannot_confine_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    confinement.check()
    (tmp_path / "bwrap").write_text("#!/bin/sh\necho 'No permissions to create a new namespace' >&2; exit 1\n")
    (tmp_path / "bwrap").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(SandboxError, match=r"(?s)No permissions to create a new namespace.*unprivileged_userns_clone"):
        confinement.check()
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SandboxError, match="apt-get install"):
        confinement.check()


usernames = st.text(st.characters(exclude_characters="/\\", exclude_categories=["Cc", "Cs", "Z"]), min_size=1, max_size=128)


@given(usernames)
def test_every_user_name_makes_one_safe_folder(username: str) -> None:
    name = folder_name(username)
    assert "/" not in name and name not in (".", "..") and not name.startswith(".") and len(name) < 200 and name.isascii()


@given(st.sets(usernames, min_size=2, max_size=30))
def test_two_user_names_never_share_a_folder(names: set[str]) -> None:
    assert len({folder_name(name) for name in names}) == len(names)


@pytest.mark.parametrize(("one", "other"), [("a%41", "aA"), ("%41", "A"), ("é", "%C3%A9"), ("ann", "Ann")])
def test_escaping_does_not_make_two_names_one(one: str, other: str) -> None:
    assert folder_name(one) != folder_name(other)
