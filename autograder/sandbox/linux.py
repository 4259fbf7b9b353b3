"""What the kernel offers and Python's `os` does not: system calls through libc, bound once, and the numbers they go by.

The numbers are the kernel's stable interface, in the order of its headers; from 424 up they are the same on every machine.
`fork_with` is a fork that makes namespaces in the same step, so that the child is their first process without a second fork.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
from collections.abc import Mapping
from types import MappingProxyType

from ..model import SandboxError

CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
_CLONE_CHILD_CLEARTID, _CLONE_CHILD_SETTID = 0x200000, 0x1000000

MS_NOSUID, MS_NODEV, MS_NOEXEC = 2, 4, 8
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 24, 38

MACHINES: Mapping[str, Mapping[str, int]] = MappingProxyType({"x86_64": {"clone": 56}, "aarch64": {"clone": 220}})

# Every call below holds the interpreter's lock: none waits, and a fork must not find the lock in another state than it left it.
LIBC = ctypes.PyDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long
LIBC.prctl.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_ulong]
LIBC.mount.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_ulong, ctypes.c_char_p]
LIBC.capset.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
LIBC.pthread_self.restype = ctypes.c_ulong


def syscall(number: int, *args: int | bytes | None) -> int:
    """A system call by its number; -1 and `errno` where it fails."""
    words = [ctypes.c_ulong(arg) if isinstance(arg, int) else ctypes.c_char_p(arg) for arg in args]
    return int(LIBC.syscall(ctypes.c_long(number), *words))


def attempt(result: int, what: str) -> int:
    """The result of a call; SandboxError with the kernel's reason when it failed."""
    if result < 0:
        number = ctypes.get_errno()
        raise SandboxError(f"{what} failed: {os.strerror(number)} (errno {number}).")
    return result


def fork_with(namespaces: int, thread: int) -> int:
    """`os.fork` into new namespaces (a sum of CLONE_NEW…): 0 in the child, which is the first process of them.

    One system call instead of unshare and a second fork, which would copy the page tables of a warm interpreter twice. The C library has
    no function for it, so what its fork does is done here: the interpreter's hooks run, and the kernel writes the child's number
    into the library's record of its thread (`thread`, see `thread_number_at`). Its locks are free: there is one thread.
    """
    number = MACHINES[platform.machine()]["clone"]
    ctypes.pythonapi.PyOS_BeforeFork()
    flags = namespaces | _CLONE_CHILD_SETTID | _CLONE_CHILD_CLEARTID | signal.SIGCHLD
    # The place of the child's number is the fourth or the fifth argument, by machine; the other one is not read with these flags.
    child = syscall(number, flags, 0, 0, thread, thread)
    if child == 0:
        ctypes.pythonapi.PyOS_AfterFork_Child()
    else:
        ctypes.pythonapi.PyOS_AfterFork_Parent()
    return child


def thread_number_at() -> int:
    """The address where the C library keeps the number of the calling thread, which has to be the only one.

    It tells debuggers where that is (`_thread_db_pthread_tid`: size in bits, count, offset), and what stands there is checked.
    """
    if len(os.listdir("/proc/self/task")) != 1:
        raise SandboxError("A process with several threads cannot be forked: their locks would stay taken. Set OMP_NUM_THREADS=1.")
    try:
        _, _, offset = (ctypes.c_uint32 * 3).in_dll(LIBC, "_thread_db_pthread_tid")
        address = int(LIBC.pthread_self()) + offset
        if ctypes.c_int.from_address(address).value == os.getpid():
            return address
    except ValueError:
        pass
    raise SandboxError("This machine's C library is not glibc as far as threads go; grading needs glibc 2.34 or later.")
