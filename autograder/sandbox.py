"""Limits and confinement of one process; knows Linux, not notebooks.

Two steps, because a warm interpreter must be shared and a student's process must not share anything:

1. `bubblewrap(...)` gives the command prefix under which a *zygote* starts: it sees the system's libraries, the Python
   environment and the folders named, all read-only, and nothing else: no network, no other processes, an empty /tmp. Started as root,
   an outer stage first gives up root for an unprivileged user, since root inside a user namespace is still root to the kernel's
   resource limits.
2. `enter(...)` is called in a freshly forked child of the zygote, before any foreign code: own user, mount, pid, network,
   ipc and uts namespaces, an own bounded tmpfs, resource limits, no capabilities, no way to gain new ones. When the process that
   forked it dies, everything in its pid namespace dies.

Namespaces and bubblewrap (which Flatpak uses for the same purpose) rather than a container engine: no daemon, no root, and a forked
child costs milliseconds. Traps that cost others time: bubblewrap makes parent folders with mode 0700 unless told otherwise;
/proc can only be mounted in a nested namespace where the outer one shows all of it; PR_SET_PDEATHSIG is lost on a change of uid.
"""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
import struct
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.model import Limits, SandboxError

UNPRIVILEGED = 61000
"""User and group id for foreign code when we are root; each slot adds its number, so that process counts are not shared."""

_NEWNS, _NEWUTS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
_MS_REC, _MS_PRIVATE, _MS_NOSUID, _MS_NODEV, _MS_NOEXEC = 0x4000, 1 << 18, 2, 4, 8
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 1, 4, 24, 38
_CAPABILITY_VERSION_3 = 0x20080522

SYSTEM = ("/usr", "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/alternatives")
SYMLINKS = (("usr/lib", "/lib"), ("usr/lib64", "/lib64"), ("usr/bin", "/bin"), ("usr/sbin", "/sbin"))
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/tmp",
    "TMPDIR": "/tmp",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "agg",
    "PYTHONDONTWRITEBYTECODE": "1",
    "MPLCONFIGDIR": "/tmp/matplotlib",
    "IPYTHONDIR": "/tmp/ipython",
    # One thread: a forked child of a process with a thread pool hangs, and two threads were several times slower on two cores.
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


def missing() -> tuple[str, ...]:
    """What this machine lacks for confined execution, each as a sentence that says what to do. Empty when all is there."""
    lacks = []
    if sys.platform != "linux":
        return ("Confined execution needs Linux.",)
    if shutil.which("bwrap") is None:
        lacks.append("bubblewrap is not installed: apt-get install bubblewrap")
    elif subprocess.run([*bubblewrap([], slot=0), "/usr/bin/true"], capture_output=True, check=False).returncode:
        lacks.append(
            "bubblewrap cannot make namespaces here: allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1, "
            "or the AppArmor setting of your distribution)"
        )
    return tuple(lacks)


def bubblewrap(visible: Sequence[Path], *, slot: int, at: Sequence[tuple[Path, str]] = ()) -> list[str]:
    """The command prefix of a confined process.

    visible  folders and files to show read-only at their own path, besides the system's libraries
    at       (path here, path inside) to show read-only under another name
    slot     number of the worker; as root it chooses the unprivileged user
    """
    shown = [*(Path(p) for p in SYSTEM if Path(p).exists()), *visible]
    root = os.getuid() == 0
    named = [(str(here), inside) for here, inside in at]
    view = _view([(str(p), str(p)) for p in shown] + named)
    # The inner stage starts from what the outer one shows.
    again = _view([(str(p), str(p)) for p in shown] + [(inside, inside) for _, inside in named]) if root else view
    # Its own controlling terminal is given up (--new-session), so that nothing can be typed into ours.
    inner = [
        "bwrap",
        "--unshare-all",
        "--die-with-parent",
        "--new-session",
        "--clearenv",
        *again,
        "--proc",
        "/proc",
        "--dev",
        "/dev",
        "--tmpfs",
        "/tmp",
        "--remount-ro",
        "/",
        "--chdir",
        "/tmp",
    ]
    for name, value in ENVIRONMENT.items():
        inner += ["--setenv", name, value]
    if not root:
        return inner
    uid = str(UNPRIVILEGED + slot)
    outer = [
        "bwrap",
        *view,
        "--bind",
        "/proc",
        "/proc",
        "--dev",
        "/dev",
        "--tmpfs",
        "/tmp",
        "--cap-add",
        "CAP_SETUID",
        "--cap-add",
        "CAP_SETGID",
        "setpriv",
        "--reuid",
        uid,
        "--regid",
        uid,
        "--clear-groups",
        "--",
    ]
    return outer + inner


def _view(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Read-only binds and the usual links, outer folders first, with every parent made readable (bubblewrap would make it 0700)."""
    args: list[str] = []
    made: set[str] = set()
    for here, inside in sorted(dict.fromkeys(pairs), key=lambda pair: pair[1].count("/")):
        for parent in reversed(Path(inside).parents):
            if str(parent) != "/" and str(parent) not in made:
                made.add(str(parent))
                if not any(str(parent) == b or str(parent).startswith(b + "/") for _, b in pairs if b != inside):
                    args += ["--perms", "0755", "--dir", str(parent)]
        args += ["--ro-bind", here, inside]
    for target, link in SYMLINKS:
        args += ["--symlink", target, link] if os.path.islink(link) else []
    return args


def enter(limits: Limits) -> None:
    """Confine the calling process, a fresh fork of a zygote, for foreign code. Returns in a child that is pid 1 of its namespaces.

    The calling process itself stays behind as a stub: it waits for the child and ends as the child ended (a signal becomes the same
    signal), so that its parent sees how it went; SIGTERM to the stub ends all.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    uid, gid = os.getuid(), os.getgid()
    libc.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)  # else /proc/self belongs to root and the maps cannot be written
    _try(libc.unshare(_NEWUSER | _NEWNS | _NEWPID | _NEWIPC | _NEWUTS | _NEWNET), "unshare")
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{uid} {uid} 1")
    _write("/proc/self/gid_map", f"{gid} {gid} 1")
    child = os.fork()
    if child:
        _end_as(child)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    os.setsid()
    _mount(libc, None, "/", None, _MS_REC | _MS_PRIVATE)
    _mount(
        libc,
        "tmpfs",
        "/tmp",
        "tmpfs",
        _MS_NOSUID | _MS_NODEV,
        f"size={limits.scratch},mode=0700,uid={uid},gid={gid},nr_inodes=20000",
    )
    if os.path.isdir("/dev/shm"):
        _mount(libc, "tmpfs", "/dev/shm", "tmpfs", _MS_NOSUID | _MS_NODEV, "size=64m,mode=1777")
    _mount(libc, "proc", "/proc", "proc", _MS_NOSUID | _MS_NODEV | _MS_NOEXEC)
    os.chdir("/tmp")
    limit(limits)
    _drop_capabilities(libc)
    _try(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")


def limit(limits: Limits) -> None:
    """Set the resource limits of the calling process; children inherit them."""
    cpu = max(1, int(limits.cpu + 0.999))
    for which, soft, hard in [
        (resource.RLIMIT_CPU, cpu, cpu + 2),
        (resource.RLIMIT_NPROC, limits.processes, limits.processes),
        (resource.RLIMIT_FSIZE, limits.file_size, limits.file_size),
        (resource.RLIMIT_NOFILE, limits.open_files, limits.open_files),
        (resource.RLIMIT_AS, limits.memory, limits.memory),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_MEMLOCK, 0, 0),
        (resource.RLIMIT_MSGQUEUE, 0, 0),
    ]:
        resource.setrlimit(which, (soft, hard))


def _end_as(child: int) -> None:
    """Wait for the child and end in the same way. SIGTERM ends the child, and this returns when its whole namespace is gone: the kernel
    keeps the namespace's first process until all others are dead. Open files are given up at once: a copy held here would hide
    their closing."""
    signal.signal(signal.SIGTERM, lambda *_: os.kill(child, signal.SIGKILL))
    os.closerange(0, 4096)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.signal(-code, signal.SIG_DFL) if -code not in (signal.SIGKILL, signal.SIGSTOP) else None
        os.kill(os.getpid(), -code)
    os._exit(code & 0xFF)


def _drop_capabilities(libc: ctypes.CDLL) -> None:
    for capability in range(64):
        libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = ctypes.create_string_buffer(struct.pack("Ii", _CAPABILITY_VERSION_3, 0), 8)
    _try(libc.capset(header, ctypes.create_string_buffer(24)), "capset")


def _mount(libc: ctypes.CDLL, source: str | None, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    words = [None if word is None else word.encode() for word in (source, target, kind, data)]
    _try(libc.mount(words[0], words[1], words[2], ctypes.c_ulong(flags), words[3]), f"mount {target}")


def _write(path: str, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)


def _try(result: int, what: str) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise SandboxError(f"{what} failed: {os.strerror(number)} (errno {number}).")
