"""Passwords: made by us, kept as hashes for our eyes only."""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder.course import Folders
from autograder.hub.authenticator import RosterRoles, add_passwords, matches, new_password, reset_password
from autograder.hub.site import Site, passwords_of
from autograder.model import MachineryError


def test_only_the_own_password_matches(tmp_path: Path) -> None:
    file = tmp_path / "hub" / "passwords.json"
    made = add_passwords(file, ["ann", "ben"])
    assert matches(file, "ann", made["ann"]) and matches(file, "ben", made["ben"])
    for username, password in [
        ("ann", made["ben"]),
        ("ann", ""),
        ("eve", made["ann"]),
        ("", ""),
        ("Ann", made["ann"]),
        ("ann", made["ann"] + "\0"),
    ]:
        assert not matches(file, username, password), (username, password)


def test_nobody_else_can_read_the_file_and_it_holds_no_password(tmp_path: Path) -> None:
    file = tmp_path / "passwords.json"
    made = add_passwords(file, ["ann"])
    assert file.stat().st_mode & 0o777 == 0o600
    assert made["ann"] not in file.read_text()
    file.chmod(0o640)
    with pytest.raises(MachineryError, match="chmod 600"):
        matches(file, "ann", made["ann"])


def test_whoever_has_a_password_keeps_it_until_it_is_reset(tmp_path: Path) -> None:
    file = tmp_path / "passwords.json"
    first = add_passwords(file, ["ann"])["ann"]
    assert add_passwords(file, ["ann", "ben"]).keys() == {"ben"}
    assert matches(file, "ann", first)
    second = reset_password(file, "ann")
    assert matches(file, "ann", second) and not matches(file, "ann", first)


def test_people_added_at_once_all_keep_their_passwords(tmp_path: Path) -> None:
    file = tmp_path / "passwords.json"
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda n: add_passwords(file, [f"p{n}"]), range(8)))
    assert all(matches(file, name, password) for one in made for name, password in one.items())
    assert sorted(os.listdir(tmp_path)) == ["passwords.json", "passwords.lock"]


def test_passwords_are_long_and_never_the_same() -> None:
    made = {new_password() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(password) == 19 and not set("01ilo") & set(password) for password in made)


def test_where_people_log_in_elsewhere_no_password_is_made(tmp_path: Path) -> None:
    folders = Folders(tmp_path, tmp_path / "state")
    assert passwords_of(folders, "none") is None and add_passwords(None, ["ann"]) == {}
    with pytest.raises(MachineryError, match="log in elsewhere"):
        reset_password(None, "ann")
    assert Site(folders, tmp_path / "course.toml", password_file="none").passwords is None


def test_courses_of_one_hub_share_a_file_of_passwords(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, file = Site(Folders(tmp_path, tmp_path / "state"), tmp_path / "course.toml"), tmp_path / "b" / "course.toml"
    (second,) = first.others({"AUTOGRADER_MORE_COURSES": str(file)})
    assert second.passwords == first.passwords and second.folders.state == tmp_path / "b" / "state"
    assert set(first.ports.values()) & set(second.ports.values()) == set()
    assert Site.of(second.environment()) == second
    monkeypatch.setenv("AUTOGRADER_PASSWORDS", str(first.passwords))  # as for the commands of the second
    assert passwords_of(second.folders) == first.passwords


@pytest.mark.parametrize(("answer", "expected"), [(["g"], {"name": "ann", "groups": ["g"]}), ([], False), (MachineryError("down"), True)])
def test_who_left_is_logged_out_and_nobody_because_the_course_does_not_answer(answer: object, expected: object) -> None:
    def groups_of(username: str) -> object:
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert asyncio.run(RosterRoles(groups_of=groups_of, allow_all=True).refresh_user(SimpleNamespace(name="ann"))) == expected
