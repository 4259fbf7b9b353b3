"""What a machine can do for the confinement: said as it is, and no grading where a needed layer is missing, unless somebody says so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from autograder import sandbox
from autograder.authoring import load_assignment
from autograder.sandbox import Layer, outside, refusal
from autograder.sandbox.outside import closed
from tests.execution.conftest import HERE as EXECUTION
from tests.execution.conftest import handed_in
from tests.sandbox.conftest import ROOT, as_user, environment, reachable

LAYERS = """
import dataclasses, json
from autograder import sandbox
print(json.dumps([dataclasses.asdict(layer) for layer in sandbox.layers(slot=37)]))
"""
CLI = "from autograder.cli import main; main()"


def run(command: list[str], *, who: str = "root", refused: str = "", cwd: Path = ROOT, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a program as somebody, on a machine that refuses this."""
    refuse = [sys.executable, str(Path(__file__).parent / "refuse.py"), refused] if refused else []
    prefix = as_user(who) or (reachable() if os.getuid() == 0 else [])
    return subprocess.run([*prefix, *refuse, *command], capture_output=True, text=True, cwd=cwd, env=environment(**more), timeout=120)


def layers(who: str, refused: str = "", **more: str) -> dict[str, dict[str, Any]]:
    ran = run([sys.executable, "-c", LAYERS], who=who, refused=refused, **more)
    assert ran.returncode == 0, ran.stderr
    return {layer["name"].split()[0]: layer for layer in json.loads(ran.stdout)}


def test_on_this_machine_all_needed_layers_hold(who: str) -> None:
    found = layers(who)
    assert [name for name, layer in found.items() if layer["needed"] and not layer["active"]] == []
    assert found["seccomp"]["active"]


@pytest.mark.parametrize(
    "refused, missing",
    [
        ("namespaces", {"bubblewrap", "namespaces"}),
        ("landlock", {"Landlock"}),
        ("namespaces,landlock", {"bubblewrap", "namespaces", "Landlock"}),
    ],
    ids=["namespaces", "landlock", "both"],
)
def test_what_the_machine_refuses_is_said_to_be_missing(who: str, refused: str, missing: set[str]) -> None:
    found = layers(who, refused)
    assert {name for name, layer in found.items() if not layer["active"]} - {"control"} == missing
    assert all(found[name]["lost"] for name in missing)
    assert not any(layer["lost"] for layer in found.values() if layer["active"])


def test_without_the_program_bubblewrap_the_namespaces_are_tried_all_the_same(who: str) -> None:
    with TemporaryDirectory() as programs:  # pytest's own folders are closed to others
        for name in ("env", "setpriv"):
            (Path(programs) / name).symlink_to(f"/usr/bin/{name}")
        Path(programs).chmod(0o755)
        found = layers(who, PATH=programs)
    assert not found["bubblewrap"]["active"] and found["namespaces"]["active"]


def test_where_nobody_but_root_may_enter_all_that_is_missing_is_said_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 0)
    monkeypatch.setattr(outside, "closed", lambda path: Path("/root"))
    monkeypatch.setenv("PATH", "")
    assert "Install bubblewrap" in refusal(sandbox.layers())


def test_the_folder_that_only_its_owner_may_enter_is_named() -> None:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        (Path(folder) / "in").mkdir(mode=0o700)
        assert closed(Path(folder) / "in" / "x") == Path(folder) / "in"
        (Path(folder) / "in").chmod(0o711)
        assert closed(Path(folder) / "in" / "x") is None


def layer(name: str, *, active: bool, needed: bool) -> Layer:
    return Layer(name, active, needed, "much", "" if active else "Much is lost.")


@pytest.mark.parametrize(
    "found, said",
    [
        ([layer("walls", active=True, needed=True), layer("roof", active=False, needed=False)], ""),
        ([layer("walls", active=False, needed=True)], "walls: Much is lost."),
    ],
    ids=["all that is needed", "one is missing"],
)
def test_only_needed_layers_refuse(found: list[Layer], said: str) -> None:
    assert refusal(tuple(found)).endswith(said) and bool(refusal(tuple(found))) == bool(said)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of one assignment, and a submission that earns nothing where it can read the course or signal somebody."""
    (tmp_path / "assignments").mkdir()
    (tmp_path / "assignments" / "small").symlink_to(EXECUTION / "small")
    probe = f"""
import os
for action in (lambda: open({str(ROOT / "pyproject.toml")!r}), lambda: os.kill({os.getpid()}, 0)):
    try:
        action()
        os._exit(3)
    except OSError:
        pass
"""
    (tmp_path / "handed").mkdir()
    (tmp_path / "handed" / "maya.ipynb").write_text(json.dumps(handed_in(load_assignment(EXECUTION / "small"), extra={"setup": probe})))
    return tmp_path


def grade(course: Path, *options: str, refused: str = "") -> subprocess.CompletedProcess[str]:
    return run([sys.executable, "-c", CLI, "grade", "small", "--from", "handed", "--workers", "1", *options], refused=refused, cwd=course)


def test_a_machine_that_cannot_confine_does_not_grade(course: Path) -> None:
    ran = grade(course, refused="namespaces")
    assert ran.returncode == 1 and "bubblewrap" in ran.stderr and "--unsafe" in ran.stderr


def test_a_verification_is_refused_as_well(course: Path) -> None:
    ran = run([sys.executable, "-c", CLI, "verify", "small"], refused="namespaces", cwd=course)
    assert ran.returncode == 1 and "--unsafe" in ran.stderr


def test_who_says_unsafe_gets_the_same_score_and_results_that_say_so(course: Path) -> None:
    ran = grade(course, "--unsafe", "--json", "out.json", refused="namespaces")
    assert ran.returncode == 0, ran.stderr
    (result,) = json.loads((course / "out.json").read_text())
    assert result["score"] == result["max_score"]
    assert result["engine"].endswith("unsafe: without bubblewrap and namespaces")


@pytest.mark.long
def test_unsafe_changes_nothing_where_nothing_is_missing(course: Path) -> None:
    assert grade(course, "--unsafe", "--json", "out.json").returncode == 0
    (result,) = json.loads((course / "out.json").read_text())
    assert "unsafe" not in result["engine"]


def test_doctor_tells_programs_as_well(course: Path) -> None:
    told = json.loads(run([sys.executable, "-c", CLI, "doctor", "--json"], refused="namespaces", cwd=course).stdout)
    assert {one["name"] for one in told["layers"] if one["needed"] and not one["active"]} == {"bubblewrap", "namespaces"}
    assert "bubblewrap" in " ".join(told["trouble"])


def test_an_environment_below_tmp_is_seen_although_student_code_has_a_tmp_of_its_own(need: Any) -> None:
    need("bubblewrap")
    with TemporaryDirectory(dir="/tmp") as folder:
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", "--symlinks", f"{folder}/env"], check=True)
        seen = "import os; print(sys.prefix, *os.listdir('/tmp'))"
        command = f"from autograder.sandbox import python; print(*python({seen!r}, (), slot=38), sep='\\0')"
        told = subprocess.run([f"{folder}/env/bin/python", "-c", command], capture_output=True, text=True, check=True,
                              env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
        ran = run(told.stdout.removesuffix("\n").split("\0"))
    assert (ran.stdout.split(), ran.stderr) == ([f"/outside{folder}/env"], "")
