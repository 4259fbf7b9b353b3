"""Passwords: made by us, kept as hashes for our eyes only."""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder.course import Folders
from autograder.hub.authenticator import (
    RosterAuthenticator,
    RosterRoles,
    add_passwords,
    change_password,
    matches,
    new_password,
    reset_password,
)
from autograder.hub.site import Site, passwords_of
from autograder.model import MachineryError, RuleError


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


@pytest.mark.parametrize("wrong", ["", " ", "\0", "x" * 10**6, "\ud800", "scrypt$", "ann"])
def test_only_the_present_password_buys_a_new_one(tmp_path: Path, wrong: str) -> None:
    file = tmp_path / "passwords.json"
    first = add_passwords(file, ["ann"])["ann"]
    before = file.read_bytes()
    for username, password in (("ann", wrong), ("ann", first + wrong or "x"), ("nobody", first), ("", "")):
        if (username, password) != ("ann", first):
            with pytest.raises(RuleError, match="not your present password"):
                change_password(file, username, password)
    assert file.read_bytes() == before
    second = change_password(file, "ann", first)
    assert matches(file, "ann", second) and not matches(file, "ann", first)


def test_one_password_buys_one_new_one_however_many_ask_at_once(tmp_path: Path) -> None:
    file = tmp_path / "passwords.json"
    first = add_passwords(file, ["ann", "ben"])["ann"]

    def ask(_: int) -> str:
        try:
            return change_password(file, "ann", first)
        except RuleError:
            return ""

    with ThreadPoolExecutor(4) as pool:
        (second,) = filter(None, pool.map(ask, range(6)))
    assert matches(file, "ann", second)


def test_a_write_that_breaks_off_leaves_the_old_passwords(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "passwords.json"
    first = add_passwords(file, ["ann"])["ann"]

    def full(fd: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            reset_password(file, "ann")
    assert matches(file, "ann", first)
    assert matches(file, "ann", reset_password(file, "ann"))


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"ann": 1}', '{"ann": "scrypt$"}', '{"ann": "md5$AAAA$AAAA"}', "\xff"])
def test_a_damaged_file_lets_nobody_in_and_is_not_written_over(tmp_path: Path, damaged: str) -> None:
    file = tmp_path / "passwords.json"
    add_passwords(file, ["ann"])
    file.write_bytes(damaged.encode("latin-1"))
    for use in (lambda: matches(file, "ann", ""), lambda: add_passwords(file, ["ben"]), lambda: reset_password(file, "ann")):
        with pytest.raises(MachineryError, match="is damaged"):
            use()
    assert file.read_bytes() == damaged.encode("latin-1")


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


class HubUser:
    """Somebody as the hub knows him."""

    def __init__(self, name: str) -> None:
        self.name, self.db, self.deleted = name, self, list[str]()
        tokens = [SimpleNamespace(name="of a page", session_id="1"), SimpleNamespace(name="of a program", session_id=None)]
        self.orm_user = SimpleNamespace(cookie_id="random", api_tokens=tokens)

    def delete(self, token: SimpleNamespace) -> None:
        self.deleted.append(token.name)

    def commit(self) -> None:
        """Nothing to do."""


def test_a_new_password_logs_out_whoever_came_with_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "passwords.json"
    passwords = add_passwords(file, ["ann", "ben"])
    ours = RosterAuthenticator(passwords=str(file), groups_of=lambda username: ["g"], allow_all=True)
    ann, ben = HubUser("ann"), HubUser("ben")
    handler = SimpleNamespace(find_user=lambda name: {"ann": ann}.get(name))
    assert asyncio.run(ours.authenticate(handler, {"username": "ann", "password": passwords["ann"]}))
    ours.add_user(ben)
    ours.add_user(SimpleNamespace(name="ben"))  # as when the hub starts
    assert "random" not in (ann.orm_user.cookie_id, ben.orm_user.cookie_id) and ann.orm_user.cookie_id != ben.orm_user.cookie_id
    ann.deleted.clear()
    assert asyncio.run(ours.refresh_user(ann)) == asyncio.run(ours.refresh_user(ann)) == {"name": "ann", "groups": ["g"]}
    assert ann.deleted == []
    reset_password(file, "ann")
    assert asyncio.run(ours.refresh_user(ben)) and asyncio.run(ours.refresh_user(ann)) is False
    assert ann.deleted == ["of a page"] and asyncio.run(ours.refresh_user(ann)) == {"name": "ann", "groups": ["g"]}
    file.write_text("{")
    assert asyncio.run(ours.refresh_user(ann)) == {"name": "ann", "groups": ["g"]}
