"""Confine one process: called in the zygote, which starts no foreign code, and then in each child, before any foreign code.

    prepared = prepare()            once in the zygote
    child = fork(prepared)          like os.fork; the child is the first process of its own namespaces
    enter(limits, prepared, keep=…) in the child: from here on it cannot get out
    alone(prepared, children)       in the child, later: end whatever its own children left, and empty its folders

The child is the zygote's own: SIGKILL to it ends everything in its namespaces, and the kernel keeps it until all of that is dead. When the
zygote dies, so does it. Everything that can be made ready before is made ready in `prepare`, since a batch forks thousands of times.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..model import Limits
from . import landlock, linux, seccomp
from .linux import LIBC, attempt
from .outside import OWN_FOLDERS, PACKAGE, SYSTEM

NAMESPACES = (
    linux.CLONE_NEWUSER
    | linux.CLONE_NEWPID
    | linux.CLONE_NEWNS
    | linux.CLONE_NEWNET
    | linux.CLONE_NEWIPC
    | linux.CLONE_NEWUTS
)
SHARED_MEMORY = 64 * 2**20
"""Bytes in /dev/shm, through which data loaders pass tensors."""
MOST_FILES = 1 << 16
_CAPABILITY_VERSION_3 = 0x20080522


@dataclass(frozen=True)
class Prepared:
    """What each child needs, made ready once."""

    thread: int  # where the C library keeps the thread's number
    namespaces: int  # CLONE_NEW… flags; 0 where the machine has none and whoever asked goes on without
    maps: tuple[tuple[str, bytes], ...]  # user and group inside: the same as outside, and no others
    owner: bytes  # of the child's own folders, as a mount option
    capabilities: range  # all that the kernel knows
    no_capabilities: tuple[bytes, bytes]
    landlock: int  # version; 0 where there is none
    filter: seccomp.Filter | None  # None where the kernel or the machine has none


def prepare(*, unsafe: bool = False) -> Prepared:
    """Make ready what children need; the calling process has one thread, and nobody but root may look into it any more.

    unsafe  go on where no namespaces can be made; the other layers stay
    """
    LIBC.prctl(linux.PR_SET_DUMPABLE, 0, 0, 0, 0)
    uid, gid = os.getuid(), os.getgid()
    thread = linux.thread_number_at()
    last = int(Path("/proc/sys/kernel/cap_last_cap").read_text())
    return Prepared(
        thread=thread,
        namespaces=NAMESPACES if not unsafe or _can_make_namespaces(thread) else 0,
        maps=(
            ("/proc/self/setgroups", b"deny"),
            ("/proc/self/uid_map", b"%d %d 1" % (uid, uid)),
            ("/proc/self/gid_map", b"%d %d 1" % (gid, gid)),
        ),
        owner=b"uid=%d,gid=%d" % (uid, gid),
        capabilities=range(last + 1),
        no_capabilities=(struct.pack("Ii", _CAPABILITY_VERSION_3, 0), bytes(24)),
        landlock=landlock.version(),
        filter=seccomp.filter_here(),
    )


def _can_make_namespaces(thread: int) -> bool:
    child = linux.fork_with(NAMESPACES, thread)
    if child == 0:
        os._exit(0)
    if child > 0:
        os.waitpid(child, 0)
    return child > 0


def fork(prepared: Prepared) -> int:
    """Fork into new namespaces of every kind: 0 in the child, its number in the caller."""
    return attempt(linux.fork_with(prepared.namespaces, prepared.thread), "clone into new namespaces")


def enter(limits: Limits, prepared: Prepared, *, keep: Iterable[int] = ()) -> None:
    """Confine the calling process, a child of `fork`, for good, with all that it will start.

    keep  files that stay open; the first three become /dev/null, all others are closed
    """
    LIBC.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    LIBC.prctl(linux.PR_SET_DUMPABLE, 1, 0, 0, 0)  # else /proc/self belongs to root and cannot be written
    os.setsid()
    _write("/proc/self/oom_score_adj", b"1000")  # where memory ends, it ends for foreign code first
    if prepared.namespaces:
        for path, text in prepared.maps:
            _write(path, text)
        _mount_own_folders(limits, prepared)
        os.chdir("/tmp")
    else:
        os.chdir(tempfile.mkdtemp(prefix="autograder-"))
    _close_all_but(keep)
    limit(limits)
    _give_up_capabilities(prepared)
    attempt(LIBC.prctl(linux.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    if prepared.landlock:
        landlock.restrict(prepared.landlock, _reach(prepared))
    if prepared.filter is not None:
        prepared.filter.install()


def alone(prepared: Prepared, children: Iterable[int]) -> None:
    """End these children of the caller's, with all that they started where there are namespaces, and empty its own folders."""
    if prepared.namespaces:
        with suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)  # everybody in this namespace but the caller, which is its first process
        with suppress(ChildProcessError):
            while True:
                os.waitpid(-1, 0)
        for folder in OWN_FOLDERS:
            for left in os.scandir(folder):
                _remove(left)
        return
    for child in children:
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _remove(left: os.DirEntry[str]) -> None:
    if not left.is_dir(follow_symlinks=False):
        os.unlink(left.path)
        return
    try:
        shutil.rmtree(left.path)
    except (OSError, RecursionError):  # deeper than Python's own goes
        subprocess.run(["/bin/rm", "-rf", left.path], check=True)


def limit(limits: Limits) -> None:
    """Set the resource limits of the calling process; children inherit them."""
    cpu = max(1, int(limits.cpu + 0.999))
    for which, soft, hard in (
        (resource.RLIMIT_CPU, cpu, cpu + 2),
        (resource.RLIMIT_NPROC, limits.processes, limits.processes),
        (resource.RLIMIT_FSIZE, limits.file_size, limits.file_size),
        (resource.RLIMIT_NOFILE, limits.open_files, limits.open_files),
        (resource.RLIMIT_AS, limits.memory, limits.memory),
        (resource.RLIMIT_CORE, 1, 1),  # 0 would still feed a core dump to a collecting program of the host's
        (resource.RLIMIT_MEMLOCK, 0, 0),
        (resource.RLIMIT_MSGQUEUE, 0, 0),
    ):
        resource.setrlimit(which, (soft, hard))


def _mount_own_folders(limits: Limits, prepared: Prepared) -> None:
    """An own bounded /tmp and /dev/shm, and a /proc that shows the own namespace."""
    private = linux.MS_NOSUID | linux.MS_NODEV
    for folder, size, files in zip(OWN_FOLDERS, (limits.scratch, SHARED_MEMORY), (20000, 5000), strict=True):
        _mount(b"tmpfs", folder, private, b"size=%d,nr_inodes=%d,mode=0700,%s" % (size, files, prepared.owner))
    _mount(b"proc", "/proc", private | linux.MS_NOEXEC)


def _mount(kind: bytes, target: str, flags: int, data: bytes | None = None) -> None:
    attempt(LIBC.mount(kind, target.encode(), kind, flags, data), f"mount {target}")


def _reach(prepared: Prepared) -> list[tuple[int, tuple[str, ...]]]:
    """What Landlock lets through. Inside the namespaces the mounts show only what may be read."""
    if prepared.namespaces:
        return [(landlock.READ, ("/",)), (landlock.USE, ("/dev",)), (landlock.WRITE, OWN_FOLDERS)]
    read = (*SYSTEM, sys.prefix, sys.base_prefix, str(PACKAGE), "/proc")
    return [(landlock.READ, read), (landlock.READ | landlock.USE, ("/dev",)), (landlock.WRITE, (os.getcwd(), "/dev/shm"))]


def _close_all_but(keep: Iterable[int]) -> None:
    null = os.open("/dev/null", os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    first = 3
    for file in sorted(keep):
        os.closerange(first, file)
        first = file + 1
    os.closerange(first, MOST_FILES)


def _give_up_capabilities(prepared: Prepared) -> None:
    drop = LIBC.prctl
    for capability in prepared.capabilities:
        drop(linux.PR_CAPBSET_DROP, capability, 0, 0, 0)
    attempt(LIBC.capset(*prepared.no_capabilities), "capset")


def _write(path: str, text: bytes) -> None:
    file = os.open(path, os.O_WRONLY)
    try:
        os.write(file, text)
    finally:
        os.close(file)
