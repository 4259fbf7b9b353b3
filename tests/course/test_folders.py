"""Where a course lives, and its secret."""
from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from autograder.course import Folders, secret
from autograder.model import MachineryError


def test_the_environment_moves_state_and_ledger(tmp_path: Path) -> None:
    usual = Folders.of(tmp_path, {})
    assert (usual.state, usual.ledger_url) == (tmp_path / "state", f"sqlite:///{tmp_path / 'state' / 'ledger.db'}")
    moved = Folders.of(tmp_path, {"AUTOGRADER_STATE": str(tmp_path / "safe"), "AUTOGRADER_LEDGER": "postgresql://db/x"})
    assert (moved.state, moved.ledger_url) == (tmp_path / "safe", "postgresql://db/x")
    assert moved.root == tmp_path


def test_what_students_get_is_under_root_and_the_rest_under_state(tmp_path: Path) -> None:
    folders = Folders(tmp_path / "root", tmp_path / "state")
    assert {folders.assignments.parent, folders.source.parent, folders.release.parent} == {folders.root}
    for private in (folders.submitted, folders.autograded, folders.feedback, folders.pages, folders.blobs,
                    folders.secret_file):
        assert private.is_relative_to(folders.state)


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    folders = Folders(tmp_path, tmp_path / "a" / "state")
    folders.state.mkdir(mode=0o755, parents=True)
    first = secret(folders)
    assert len(first) == 32 and secret(folders) == first
    assert stat.S_IMODE(folders.secret_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folders.state.stat().st_mode) == 0o700
    assert [path.name for path in folders.state.iterdir()] == ["secret"]


def test_processes_that_start_together_get_the_same_secret(tmp_path: Path) -> None:
    folders = Folders(tmp_path, tmp_path / "state")
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: secret(folders), range(32)))) == 1
    assert [path.name for path in folders.state.iterdir()] == ["secret"]


@pytest.mark.parametrize(("content", "mode", "reason"), [
    (b"x" * 32, 0o644, "chmod 600"), (b"x" * 31, 0o600, "31 bytes instead of 32")])
def test_a_damaged_or_open_secret_is_never_replaced(tmp_path: Path, content: bytes, mode: int, reason: str) -> None:
    folders = Folders(tmp_path, tmp_path)
    folders.secret_file.write_bytes(content)
    folders.secret_file.chmod(mode)
    with pytest.raises(MachineryError, match=reason):
        secret(folders)
    assert folders.secret_file.read_bytes() == content
