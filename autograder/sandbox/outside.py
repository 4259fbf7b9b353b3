"""What a zygote sees of the machine: a bubblewrap command that shows it libraries, read-only, and nothing of a course.

Started as root, an outer stage first gives up root for an unprivileged user, since root inside a user namespace is still root to the
kernel's resource limits. Traps that cost others time: bubblewrap makes parent folders with mode 0700 unless told otherwise; /proc can
only be mounted in a nested namespace where the outer one shows all of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from ..model import SandboxError

PACKAGE = Path(__file__).parents[1]
OWN_FOLDERS = ("/tmp", "/dev/shm")
"""What foreign code has of its own, empty and bounded."""
UNPRIVILEGED = 61000
"""User and group id for foreign code when we are root; each slot adds its number, so that process counts are not shared."""

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


def has_bubblewrap(slot: int = 0) -> bool:
    """Whether bubblewrap is here and can make namespaces."""
    try:
        return subprocess.run([*bubblewrap([], slot=slot), "/usr/bin/true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _interpreter() -> tuple[Path, ...]:
    """Where the running Python has its libraries, as far as the system's folders do not hold them."""
    return tuple(dict.fromkeys(Path(p) for p in (sys.prefix, sys.base_prefix, sys.exec_prefix) if not p.startswith("/usr")))


def python(code: str, parts: Sequence[str], *, slot: int, confined: bool = True) -> list[str]:
    """The command of a Python process, confined as a zygote, that runs this code and can import these parts of our own package.

    confined  False for who says that it may see the whole machine
    """
    folder = "/grading" if confined else str(PACKAGE.parent)
    shown = [(PACKAGE / part, f"{folder}/{PACKAGE.name}/{part}") for part in parts]
    shown += [(path, place(path)) for path in _interpreter()]
    executable = place(Path(sys.executable)) if confined else sys.executable
    prefix = bubblewrap(shown, slot=slot) if confined else _unconfined(slot)
    return [*prefix, executable, "-s", "-P", "-B", "-c", f"import sys; sys.path.insert(0, {folder!r}); {code}"]


def place(path: Path) -> str:
    """Where a path of ours is shown: at itself, unless it lies where foreign code has a folder of its own instead."""
    return f"/outside{path}" if any(path.is_relative_to(own) for own in OWN_FOLDERS) else str(path)


def _unconfined(slot: int) -> list[str]:
    """The command prefix of a process that sees the whole machine, for who says that it may: with the same environment, and, started as
    root, as an unprivileged user all the same."""
    words = ["env", "--ignore-environment", "--chdir=/tmp", *(f"{name}={value}" for name, value in ENVIRONMENT.items())]
    if os.getuid() != 0:
        return words
    for path in (*_interpreter(), PACKAGE):
        if (folder := closed(path)) is not None:
            raise SandboxError(
                f"Started by root, student code runs as an unprivileged user, and nobody but root may enter {folder}, where {path} lies. "
                f"Start this as an ordinary user, or install Python and this program where everybody may read them."
            )
    return [*words, *_as_user(slot)]


def closed(path: Path) -> Path | None:
    """The first folder on the way to this path that only its owner may enter."""
    return next((folder for folder in reversed(path.parents) if not folder.stat().st_mode & 0o001), None)


def _as_user(slot: int) -> list[str]:
    uid = str(UNPRIVILEGED + slot)
    return ["setpriv", "--reuid", uid, "--regid", uid, "--clear-groups", "--"]


def bubblewrap(visible: Sequence[tuple[Path, str]], *, slot: int) -> list[str]:
    """The command prefix of a confined process.

    visible  (path here, path inside) of folders and files to show read-only, besides the system's libraries
    slot     number of the worker; as root it chooses the unprivileged user
    """
    shown = [(path, path) for path in SYSTEM if Path(path).exists()] + [(str(here), inside) for here, inside in visible]
    root = os.getuid() == 0
    view = _view(shown)
    # The inner stage starts from what the outer one shows.
    again = _view([(inside, inside) for _, inside in shown]) if root else view
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
        "--remount-ro",
        "/dev",
        "--tmpfs",
        "/tmp",
        "--remount-ro",
        "/",
        "--hostname",
        "grading",
        "--chdir",
        "/tmp",
    ]
    for name, value in ENVIRONMENT.items():
        inner += ["--setenv", name, value]
    if not root:
        return inner
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
        *_as_user(slot),
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
