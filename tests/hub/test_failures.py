"""Whatever is killed or full: who has a receipt finds his work in the book, and nobody else's work is half there."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from autograder.hub.authenticator import add_passwords
from autograder.hub.client import Client, ClientError
from autograder.hub.handlers import sentence_of
from autograder.hub.running import Hub, running_hub
from autograder.hub.site import Site
from autograder.ledger import Ledger, fingerprint
from autograder.model import MachineryError, Role, TeamRule
from tests.postgresql import Server

from .conftest import COURSE, notebook, release_of

STUDENTS = ("ann", "ben", "cat", "dan")
RESTART_SECONDS = 90.0
"""The hub looks after its services every half minute."""


def fill(book: Ledger) -> None:
    """Four students, and an assignment that each does alone."""
    for name in STUDENTS:
        book.enrol(COURSE, name, Role.STUDENT, name=name.title(), actor="setup")
    book.publish(COURSE, "hw", title="HW", opens=None, due=datetime.now(UTC) + timedelta(days=1), pairs_lock=None, team=TeamRule(size=1),
                 version="v1", archive=release_of("hw"), points=10.0, actor="setup")  # fmt: skip


def service_pid(site: Site) -> int | None:
    """The process that listens on the service's port."""
    port = f"{site.ports['course']:04X}"
    sockets = {line.split()[9] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
               if line.split()[1].endswith(f":{port}") and line.split()[3] == "0A"}  # fmt: skip
    for place in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if os.readlink(place).removeprefix("socket:[").removesuffix("]") in sockets:
                return int(place.parts[2])
        except OSError:
            continue
    return None


class Senders:
    """Students who hand in again and again, each time something else, and keep what they were answered."""

    def __init__(self, people: dict[str, Client]) -> None:
        self.receipts: list[tuple[dict[str, Any], dict[str, bytes]]] = []
        self.failures = 0
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._send, args=(person,)) for person in people.values()]
        for thread in self._threads:
            thread.start()

    def _send(self, person: Client) -> None:
        number = 0
        while not self._ended.is_set():
            number += 1
            files = {"hw.ipynb": notebook(f"x = {number}  # {person.username} " + "." * 50_000)}
            try:
                self.receipts.append((person.submit("hw", files), files))
            except (OSError, ClientError):
                self.failures += 1
                time.sleep(0.1)

    def end(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()


def assert_kept(site: Site, receipts: list[tuple[dict[str, Any], dict[str, bytes]]]) -> None:
    """Every receipt verifies and its bytes are there; numbers have no gap and the chain holds."""
    with site.ledger() as book:
        rows = {(row.team, row.number): row for row in book.submissions(COURSE, "hw")}
        for receipt, files in receipts:
            row = rows[receipt["team"], receipt["number"]]
            assert book.verify_receipt(receipt) and row.sha256 == receipt["sha256"] == fingerprint(files)
            assert book.load(row).files == files
        for team in {team for team, _ in rows}:
            numbers = sorted(number for name, number in rows if name == team)
            assert numbers == list(range(1, len(numbers) + 1))
        assert all(book.load(row) for row in rows.values())
        book.check_chain(COURSE)


@pytest.fixture
def filled(site: Site, need: Callable[[str], Path]) -> tuple[Site, dict[str, str]]:
    need("proxy")
    site.prepare()
    with site.ledger() as book:
        fill(book)
    return site, add_passwords(site.passwords, STUDENTS)


@pytest.fixture
def filled_postgresql(site: Site, need: Callable[[str], Path], fresh_database: str) -> tuple[Site, dict[str, str]]:
    """The same with its book in PostgreSQL."""
    need("proxy")
    site = replace(site, folders=replace(site.folders, ledger=fresh_database))
    site.prepare()
    with site.ledger() as book:
        fill(book)
    return site, add_passwords(site.passwords, STUDENTS)


def people_of(hub: Hub, passwords: dict[str, str]) -> dict[str, Client]:
    return {name: Client(hub.url, name, passwords[name]) for name in STUDENTS}


@pytest.mark.hub
@pytest.mark.long
def test_a_service_that_is_killed_while_work_comes_in_keeps_what_it_answered_and_is_started_again_by_the_hub(
    filled: tuple[Site, dict[str, str]], tmp_path: Path
) -> None:
    site, passwords = filled
    draw = random.Random(1)
    with running_hub(site, log=tmp_path / "hub.log") as hub:
        senders = Senders(people_of(hub, passwords))
        try:
            for _ in range(2):
                time.sleep(draw.uniform(0.5, 2))
                killed = service_pid(site)
                assert killed is not None
                os.kill(killed, signal.SIGKILL)
                deadline = time.monotonic() + RESTART_SECONDS
                while (again := service_pid(site)) in (None, killed):
                    assert time.monotonic() < deadline, (tmp_path / "hub.log").read_text()[-3000:]
                    time.sleep(0.2)
                before = len(senders.receipts)
                while len(senders.receipts) < before + 4:  # it takes work again
                    assert time.monotonic() < deadline
                    time.sleep(0.1)
        finally:
            senders.end()
        assert senders.failures and again
    assert_kept(site, senders.receipts)


@pytest.mark.hub
@pytest.mark.long
def test_a_hub_that_is_killed_while_work_comes_in_has_it_all_when_it_is_started_again(
    filled: tuple[Site, dict[str, str]], tmp_path: Path
) -> None:
    site, passwords = filled
    with running_hub(site, log=tmp_path / "hub.log") as hub:
        senders = Senders(people_of(hub, passwords))
        deadline = time.monotonic() + 60
        while len(senders.receipts) < 10 and time.monotonic() < deadline:
            time.sleep(0.05)
        os.kill(hub.pid, signal.SIGKILL)
        time.sleep(1)
        senders.end()
        assert len(senders.receipts) >= 10 and senders.failures
    assert_kept(site, senders.receipts)
    while any(_taken(port) for port in site.ports.values()):
        time.sleep(0.1)
    with running_hub(site, log=tmp_path / "again.log") as hub:
        ann = Client(hub.url, "ann", passwords["ann"])
        numbers = [row["number"] for row in ann.course("GET", "assignments/hw/submissions")]
        told = [receipt["number"] for receipt, _ in senders.receipts if receipt["by"] == "ann"]
        assert set(told) <= set(numbers)
        assert ann.submit("hw", {"hw.ipynb": notebook("after")})["number"] == max(numbers) + 1


@pytest.mark.hub
@pytest.mark.long
def test_a_postgresql_that_ends_at_once_while_work_comes_in_has_all_that_was_answered_and_the_service_goes_on(
    filled_postgresql: tuple[Site, dict[str, str]], postgresql: Server, tmp_path: Path
) -> None:
    site, passwords = filled_postgresql
    with running_hub(site, log=tmp_path / "hub.log") as hub:
        ann = Client(hub.url, "ann", passwords["ann"])
        senders = Senders(people_of(hub, passwords))
        try:
            for _ in range(3):
                before, deadline = len(senders.receipts), time.monotonic() + 60
                postgresql.crash()
                while len(senders.receipts) < before + 8:
                    assert time.monotonic() < deadline, (tmp_path / "hub.log").read_text()[-3000:]
                    time.sleep(0.05)
        finally:
            senders.end()
        postgresql.crash()  # while nobody asks: whoever comes next sees nothing of it
        own = [receipt["number"] for receipt, _ in senders.receipts if receipt["by"] == "ann"]
        assert set(own) <= {row["number"] for row in ann.course("GET", "assignments/hw/submissions")}
    assert_kept(site, senders.receipts)


def _taken(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def started(site: Site) -> subprocess.CompletedProcess[str]:
    """The service as the hub starts it, until it ends."""
    environ = {**os.environ, **site.environment(), "JUPYTERHUB_SERVICE_URL": f"http://127.0.0.1:{site.ports['course']}",
               "JUPYTERHUB_BASE_URL": "/", "JUPYTERHUB_SERVICE_PREFIX": "/services/course/", "JUPYTERHUB_API_TOKEN": "t",
               "JUPYTERHUB_CLIENT_ID": "service-course"}  # fmt: skip
    command = [sys.executable, "-m", "autograder.hub.service"]
    return subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120)


def test_a_service_that_finds_its_course_file_broken_says_so_in_one_sentence_and_ends(site: Site) -> None:
    site.prepare()
    site.course_file.write_text("id = [")
    ended = started(site)
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1 and "cannot start" in ended.stderr and "course.toml" in ended.stderr


def test_a_service_that_finds_its_port_taken_says_so_in_one_sentence_and_ends(site: Site) -> None:
    site.prepare()
    with socket.socket() as other:
        other.bind(("127.0.0.1", site.ports["course"]))
        other.listen()
        ended = started(site)
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1 and "cannot start" in ended.stderr and "Is another one running?" in ended.stderr


# ---------------------------------------------------------------- a full disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Eight megabytes of their own."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", str(place)], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"only who may mount can try a full disk: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("free", [0, 60_000, 150_000, 500_000])
def test_on_a_full_disk_work_is_refused_whole_and_taken_again_as_soon_as_there_is_room(small_disk: Path, free: int) -> None:
    with Ledger(f"sqlite:///{small_disk}/ledger.db", clock=lambda: datetime.now(UTC), blobs=small_disk / "blobs", key=b"k" * 32) as book:
        fill(book)
        receipts = [book.submit(COURSE, "hw", "ann", {"hw.ipynb": notebook("first")})]
        ballast = small_disk / "ballast"
        room = shutil.disk_usage(small_disk).free - free
        ballast.write_bytes(bytes(max(room, 0)))
        refused = 0
        for number in range(12):
            try:
                receipts.append(book.submit(COURSE, "hw", "ann", {"hw.ipynb": notebook(f"x = {number}" + "." * 100_000)}))
            except MachineryError as problem:
                refused += 1
                assert "nothing was changed" in str(sentence_of(problem))
        assert refused
        rows = book.submissions(COURSE, "hw")  # reading goes on
        assert [(row.number, row.sha256) for row in rows] == [(r["number"], r["sha256"]) for r in receipts]
        assert not list(small_disk.glob("blobs/*/.new-*"))
        ballast.unlink()
        receipts.append(book.submit(COURSE, "hw", "ann", {"hw.ipynb": notebook("last" + "." * 100_000)}))
        rows = book.submissions(COURSE, "hw")
        assert [row.number for row in rows] == list(range(1, len(rows) + 1)) == [receipt["number"] for receipt in receipts]
        assert all(book.load(row).files for row in rows) and all(map(book.verify_receipt, receipts))
        assert json.loads(json.dumps(receipts[-1])) == receipts[-1]
        book.check_chain(COURSE)
