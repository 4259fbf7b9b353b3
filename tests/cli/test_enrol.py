"""Whoever is enrolled can log in to the hub: a password is made once, and again only when it was lost."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.course import Folders
from autograder.hub.authenticator import matches
from autograder.hub.site import passwords_of

Enrol = Callable[..., str | None]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(Path(__file__).parents[2] / "courses" / "demo.toml", tmp_path / "course.toml")
    monkeypatch.delenv("AUTOGRADER_STATE", raising=False)
    return tmp_path


@pytest.fixture
def enrol(root: Path) -> Enrol:
    def run(*more: str) -> str | None:
        """Enrol noa; the password that was shown."""
        done = CliRunner().invoke(main, ["--root", str(root), "enrol", "noa", "--name", "Noa Levi", *more], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        shown = re.search(r"shown this once and stored nowhere: (\S+)", done.output)
        return shown[1] if shown else None

    return run


def test_a_new_person_gets_a_password_that_logs_in(root: Path, enrol: Enrol) -> None:
    password = enrol("--role", "instructor")
    assert password and matches(passwords_of(Folders.of(root)), "noa", password)
    assert not any(password.encode() in path.read_bytes() for path in (root / "state").rglob("*") if path.is_file())


def test_a_changed_role_keeps_the_password(root: Path, enrol: Enrol) -> None:
    password = enrol()
    assert password and enrol("--role", "ta") is None
    assert matches(passwords_of(Folders.of(root)), "noa", password)


def test_a_lost_password_is_replaced(root: Path, enrol: Enrol) -> None:
    lost, found = enrol(), enrol("--new-password")
    file = passwords_of(Folders.of(root))
    assert lost and found and matches(file, "noa", found) and not matches(file, "noa", lost)
