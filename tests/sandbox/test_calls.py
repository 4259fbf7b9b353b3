"""The filter of system calls: the list against the kernel's headers, the program run here by a small reading of its rules for both kinds of
machines, and the calls themselves made by a confined child."""

from __future__ import annotations

import errno
import platform
import re
import struct
from pathlib import Path

import pytest

from autograder.sandbox import seccomp
from tests.sandbox.conftest import Confined

ALLOWED, EPERM, ENOSYS = 0x7FFF0000, 0x50000 | errno.EPERM, 0x50000 | errno.ENOSYS
HEADERS = {"x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"), "aarch64": Path("/usr/include/asm-generic/unistd.h")}
MACHINES = ["x86_64", "aarch64"]
NEW_USER, THREAD = 0x10000000, 0x3D0F00
ORDINARY = {"x86_64": (0, 9, 62, 202, 319), "aarch64": (63, 222, 129, 98, 279)}
"""read, mmap, kill, futex, memfd_create"""


def judged(machine: str, number: int, *arguments: int, architecture: int | None = None) -> int:
    """What the filter says to a call: the kernel's reading of the program, as far as ours goes."""
    data = struct.pack("=iIQ6Q", number, architecture or seccomp.ARCHITECTURES[machine], 0, *(*arguments, 0, 0, 0, 0, 0, 0)[:6])
    steps = list(struct.iter_unpack("=HBBI", seccomp.program(machine)))
    place = held = 0
    while True:
        what, true, false, value = steps[place]
        place += 1
        if what == 0x20:
            held = struct.unpack_from("=I", data, value)[0]
        elif what == 0x06:
            return int(value)
        else:
            holds = {0x15: held == value, 0x25: held > value, 0x45: bool(held & value)}[what]
            place += true if holds else false


def number_of(machine: str, name: str) -> int | None:
    both = seccomp.FORBIDDEN[name]
    return both if isinstance(both, int) else both[MACHINES.index(machine)]


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("name", sorted(seccomp.FORBIDDEN))
def test_forbidden_calls_fail_with_eperm(machine: str, name: str) -> None:
    number = number_of(machine, name)
    assert number is None or judged(machine, number) == EPERM


@pytest.mark.parametrize("machine", MACHINES)
def test_everything_else_is_allowed(machine: str) -> None:
    looked_at = {pair[MACHINES.index(machine)] for pair in (seccomp.CLONE, seccomp.SOCKET, seccomp.SOCKETPAIR, seccomp.PERSONALITY)}
    forbidden = {number_of(machine, name) for name in seccomp.FORBIDDEN} | looked_at | {seccomp.CLONE3}
    assert all(judged(machine, n) == ALLOWED for n in range(seccomp.NEWEST + 1) if n not in forbidden)
    assert not forbidden & set(ORDINARY[machine])


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    "call, arguments, expected",
    [
        (seccomp.CLONE, (THREAD,), ALLOWED),
        (seccomp.CLONE, (17,), ALLOWED),
        (seccomp.CLONE, (NEW_USER | 17,), EPERM),
        (seccomp.CLONE, (0x20000 | 17,), EPERM),
        (seccomp.SOCKET, (1, 1, 0), ALLOWED),
        (seccomp.SOCKET, (2, 1, 0), EPERM),
        (seccomp.SOCKETPAIR, (1, 1, 0), ALLOWED),
        (seccomp.SOCKETPAIR, (30, 1, 0), EPERM),
        (seccomp.PERSONALITY, (0xFFFFFFFF,), ALLOWED),
        (seccomp.PERSONALITY, (0,), ALLOWED),
        (seccomp.PERSONALITY, (0x40000,), EPERM),
        (seccomp.IOCTL, (0, 0x5413), ALLOWED),
        (seccomp.IOCTL, (0, 0x5412), EPERM),
        (seccomp.IOCTL, (0, 0x541C), EPERM),
    ],
    ids=lambda value: str(value) if isinstance(value, tuple) else {ALLOWED: "allowed", EPERM: "refused"}[value],
)
def test_arguments_are_looked_at(machine: str, call: tuple[int, int], arguments: tuple[int, ...], expected: int) -> None:
    assert judged(machine, call[MACHINES.index(machine)], *arguments) == expected


@pytest.mark.parametrize("machine", MACHINES)
def test_foreign_and_unknown_calls_are_refused(machine: str) -> None:
    assert judged(machine, 0, architecture=0x40000003) == EPERM  # 32-bit x86
    assert judged(machine, 0, architecture=0x40000028) == EPERM  # 32-bit arm
    assert judged(machine, 0x40000000) == ENOSYS  # x32
    assert judged(machine, seccomp.NEWEST + 1) == ENOSYS
    assert judged(machine, seccomp.CLONE3) == ENOSYS


@pytest.mark.parametrize("machine", MACHINES)
def test_the_numbers_are_those_of_the_kernels_headers(machine: str) -> None:
    if not HEADERS[machine].exists():
        pytest.skip("the kernel's headers are not installed")
    told = {name: int(number) for name, number in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", HEADERS[machine].read_text())}
    told |= {new: told[old] for old, new in (("umount", "umount2"),) if old in told and new not in told}
    names = {"clone": seccomp.CLONE, "socket": seccomp.SOCKET, "socketpair": seccomp.SOCKETPAIR}
    names |= {"personality": seccomp.PERSONALITY, "ioctl": seccomp.IOCTL}
    ours = {name: number_of(machine, name) for name in seccomp.FORBIDDEN}
    ours |= {name: pair[MACHINES.index(machine)] for name, pair in names.items()} | {"clone3": seccomp.CLONE3}
    newest = max(told.values())
    assert {n: v for n, v in ours.items() if v is not None and v <= newest and told.get(n) != v} == {}


CALL = """
import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
def call(*arguments):
    ctypes.set_errno(0)
    result = libc.syscall(*arguments)
    return errno.errorcode.get(ctypes.get_errno(), result)
"""


def test_a_confined_child_meets_the_filter(confined: Confined) -> None:
    machine = platform.machine()
    numbers = {name: number for name in seccomp.FORBIDDEN if (number := number_of(machine, name)) is not None}
    # Arguments that the kernel would find fault with in another way.
    told = confined.run(f"{CALL}answer = {{name: call(n, -1, -1, -1, -1, -1, -1) for name, n in {numbers!r}.items()}}")
    assert set(told.values()) == {"EPERM"}


def test_a_confined_child_makes_no_namespace(confined: Confined) -> None:
    column = MACHINES.index(platform.machine())
    text = f"{CALL}import os\ntry:\n    os.fork() or os._exit(0)\n    forked = True\nexcept OSError:\n    forked = False\n"
    text += f"answer = forked, call({seccomp.CLONE[column]}, {NEW_USER | 17}, 0, 0, 0, 0), call({seccomp.CLONE3}, 0, 0)"
    assert confined.run(text) == [True, "EPERM", "ENOSYS"]


def test_threads_start(confined: Confined) -> None:
    text = "import threading\nanswer = []\nt = threading.Thread(target=answer.append, args=(1,))\nt.start(); t.join()"
    assert confined.run(text) == [1]


@pytest.mark.skipif(platform.machine() != "x86_64", reason="calls of the 32-bit kind are made another way elsewhere")
def test_a_32_bit_call_is_refused(confined: Confined) -> None:
    text = """
import ctypes, mmap
page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(bytes.fromhex("b814000000cd80c3"))  # mov eax, 20 (getpid); int 0x80; ret
answer = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
"""
    assert confined.run(text) == -errno.EPERM
