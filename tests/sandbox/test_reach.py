"""Whom foreign code can reach: nobody on the network, and no process but its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sandbox.conftest import Confined, as_user, environment

SOCKETS = {
    "tcp": "socket.AF_INET, socket.SOCK_STREAM",
    "udp": "socket.AF_INET, socket.SOCK_DGRAM",
    "tcp over version 6": "socket.AF_INET6, socket.SOCK_STREAM",
    "raw packets": "socket.AF_PACKET, socket.SOCK_RAW",
    "the kernel's routing": "socket.AF_NETLINK, socket.SOCK_RAW",
    "virtual machines": "socket.AF_VSOCK, socket.SOCK_STREAM",
    "the kernel's ciphers": "socket.AF_ALG, socket.SOCK_SEQPACKET",
}


@pytest.mark.parametrize("kind", SOCKETS)
def test_no_socket_for(confined: Confined, kind: str) -> None:
    assert confined.outcome(f"socket.socket({SOCKETS[kind]})") == "EPERM"


def test_it_has_no_network_but_its_own_idle_loopback(confined: Confined) -> None:
    lines = confined.run("answer = open('/proc/net/dev').read().splitlines()[2:]")
    assert [line.split()[:2] for line in lines] == [["lo:", "0"]]


def test_an_abstract_socket_of_the_machine_cannot_be_reached(confined: Confined) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        name = f"\0autograder-test-{os.getpid()}"
        server.bind(name)
        server.listen()
        assert confined.outcome(f"socket.socket(socket.AF_UNIX).connect({name!r})") in ("ECONNREFUSED", "EPERM")


def test_a_socket_in_a_folder_of_the_machine_is_not_there(confined: Confined, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        server.listen()
        assert confined.outcome(f"socket.socket(socket.AF_UNIX).connect({str(tmp_path / 's')!r})") == "ENOENT"


def test_processes_of_its_own_may_talk_through_sockets(confined: Confined) -> None:
    text = "import socket\na, b = socket.socketpair()\na.send(b'x')\nanswer = b.recv(1).decode()"
    assert confined.run(text) == "x"


def test_it_can_signal_nobody_else(confined: Confined) -> None:
    ours = os.getpid()
    text = f"""
import os
answer = []
for number in (0, 9, 15):
    for process in (-1, {ours}, 2, 3):
        try:
            os.kill(process, number)
            answer.append([process, number])
        except ProcessLookupError:
            pass
"""
    assert confined.run(text) == []


def test_neighbours_do_not_see_one_another(confined: Confined) -> None:
    read, write = os.pipe()
    neighbour = confined.start("import os\nos.read(GO, 1)\nanswer = os.listdir('/proc')", files={"GO": read})
    try:
        assert confined.run("import os\nanswer = [p for p in os.listdir('/proc') if p.isdigit()]") == ["1"]
        assert confined.outcome(f"os.kill({neighbour}, 9)") == "ESRCH"
    finally:
        os.close(read)
        os.close(write)
    assert confined.end(neighbour).code == 0


def test_the_zygote_lets_nobody_look_into_it(who: str) -> None:
    get_dumpable = "ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)"
    text = f"import ctypes; from autograder import sandbox; sandbox.prepare(); print({get_dumpable})"
    assert subprocess.check_output([*as_user(who), sys.executable, "-c", text], env=environment(), cwd="/") == b"0\n"


def test_gaining_rights_by_a_program_is_over(confined: Confined) -> None:
    status = confined.run("answer = dict(line.split(':\\t') for line in open('/proc/self/status').read().splitlines() if ':\\t' in line)")
    assert status["NoNewPrivs"] == "1" and status["Seccomp"] == "2"
    assert {int(status[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")} == {0}
