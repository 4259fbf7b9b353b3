"""What a server that foreign people work in can see of the machine, as a bubblewrap command.

Students run any code they like in their servers, terminals included, so the server itself is confined and not only its
kernels: it sees the system's programs and the Python environment (read-only), its own home, a private /tmp, and nothing
else. Not the course, the ledger, the other homes, other people's processes.

The network is shared with the machine: the hub and its proxy reach the server through loopback, and students may install
packages. So nothing on loopback may answer without a token, and kernels talk through sockets in the private /tmp
(`single_user/`). Grading, where code gets no network at all, is confined by `autograder.sandbox`.

As root, every user gets a uid of his own that exists nowhere else; as anybody else all servers run as ourselves, and the
mounts alone keep them apart.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from autograder.model import SandboxError
from autograder.sandbox import SYMLINKS, SYSTEM

FIRST_UID, LAST_UID = 30000, 59999  # above people's accounts on Debian, below those that systemd gives away
FIRST_ACCOUNT, LAST_ACCOUNT = 1000, 60000  # of people, as Debian gives them
PROCESSES = 2000  # of one user, threads included; a fork bomb ends there
SCRATCH = 2**30  # bytes in /tmp and in /dev/shm, which are memory

_NETWORK = ("/etc/hosts", "/etc/nsswitch.conf", "/etc/resolv.conf", "/etc/ssl/certs", "/etc/mime.types")


def confined(
    *,
    read: Mapping[Path, str],
    write: Mapping[Path, str],
    hidden: Sequence[Path] = (),
    uid: int | None = None,
    gid: int | None = None,
    start_in: str,
) -> list[str]:
    """The command prefix.

    read, write  here -> path inside, beside the system and the Python environment
    hidden       folders that must not be seen even where they lie inside something that is shown
    uid          user inside, when we are root; None: as ourselves, without root's rights
    gid          his group; None: the same number
    start_in     working folder inside
    """
    system = [Path(p) for p in (*SYSTEM, *_NETWORK) if Path(p).exists()]
    binds = [("--ro-bind", str(path), str(path)) for path in (*system, *_environment())]
    binds += [("--ro-bind", str(here), inside) for here, inside in read.items()]
    binds += [("--bind", str(here), inside) for here, inside in write.items()]
    shown = [Path(inside) for _, _, inside in binds]
    binds += [("--tmpfs", "", str(path)) for path in hidden if any(path != s and path.is_relative_to(s) for s in shown)]
    command = [
        "bwrap",
        "--die-with-parent",
        "--new-session",
        "--unshare-pid",
        "--unshare-ipc",
        "--unshare-uts",
        "--unshare-cgroup-try",
        "--cap-drop",
        "ALL",
    ]
    # Ourselves: a namespace of our own even as root, so that root's rights end where the mounts end.
    command += (
        ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        if uid is not None
        else ["--unshare-user", "--uid", "1000", "--gid", "1000"]
        if os.getuid() == 0
        else ["--unshare-user"]
    )
    command += [part for target, link in SYMLINKS if os.path.islink(link) for part in ("--symlink", target, link)]
    command += ["--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--dir", "/var/tmp"]
    for scratch in ("/tmp", "/dev/shm"):
        command += ["--perms", "1777", "--size", str(SCRATCH), "--tmpfs", scratch]
    command += _mounts(dict.fromkeys(binds))
    command += ["--remount-ro", "/", "--"]
    if uid is not None:
        command += [
            "setpriv",
            "--reuid",
            str(uid),
            "--regid",
            str(uid if gid is None else gid),
            "--clear-groups",
            "--inh-caps=-all",
            "--no-new-privs",
            "--",
        ]
        command += ["prlimit", f"--nproc={PROCESSES}", "--core=0", "--"]
    # Only now: a home is closed to root without its rights.
    command += ["env", f"--chdir={start_in}"]
    return command


def check() -> None:
    """SandboxError with what to do, when servers cannot be confined on this machine."""
    missing = [name for name in ("bwrap", "setpriv", "prlimit") if shutil.which(name) is None]
    if missing:
        raise SandboxError(
            f"{', '.join(missing)} not found: single-user servers cannot be confined. Run: apt-get install bubblewrap util-linux"
        )
    uid = FIRST_UID if os.getuid() == 0 else None
    tried = subprocess.run(
        [*confined(read={}, write={}, uid=uid, start_in="/"), "/usr/bin/true"], capture_output=True, text=True, check=False
    )
    if tried.returncode:
        raise SandboxError(
            f"bubblewrap cannot confine servers on this machine: {tried.stderr.strip()}. Allow unprivileged user namespaces "
            "(sysctl kernel.unprivileged_userns_clone=1, or the AppArmor setting of your distribution), or the container's "
            "security profile."
        )


def folder_name(username: str) -> str:
    """A user's name as the name of a folder: itself when that is plain, unique in any case."""
    if re.fullmatch(r"[a-z0-9_][a-z0-9._-]{0,63}", username):
        return username
    quoted = quote(username, safe="")
    # The percent sign cannot occur in a plain name, so no two users share a folder.
    return f"%{quoted}" if len(quoted) < 120 else f"%{sha256(username.encode()).hexdigest()}"


def home_of(homes: Path, username: str) -> tuple[Path, int | None]:
    """A user's home, made when it is not there, and the uid of its owner when we are root.

    The home's owner is the record of who has which uid, so a uid outlives the hub's database and never changes hands.
    """
    home = homes / folder_name(username)
    home.mkdir(mode=0o700, exist_ok=True)
    if os.getuid() != 0:
        return home, None
    if not FIRST_UID <= home.stat().st_uid <= LAST_UID:
        taken = {entry.stat(follow_symlinks=False).st_uid for entry in os.scandir(homes)}
        free = max((uid for uid in taken if FIRST_UID <= uid <= LAST_UID), default=FIRST_UID - 1) + 1
        if free > LAST_UID:
            raise SandboxError(f"There are {len(taken)} homes in {homes}, and no user id is left below {LAST_UID + 1}. Remove old homes.")
        os.chown(home, free, free)
    return home, home.stat().st_uid


def account_of(username: str) -> pwd.struct_passwd:
    """Somebody's account on this machine; the system's own accounts are nobody's."""
    try:
        account = pwd.getpwnam(username)
    except KeyError:
        raise SandboxError(f"{username} has no account on this machine. Make one, under the name that the roster has.") from None
    if not FIRST_ACCOUNT <= account.pw_uid <= LAST_ACCOUNT:
        raise SandboxError(f"{username} is an account of the system (uid {account.pw_uid}); servers are for people's accounts.")
    return account


def _environment() -> tuple[Path, ...]:
    """The Python environment that we run in, with the Python that it was made from."""
    paths = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parents[1]}
    return tuple(path for path in sorted(paths) if path not in (Path("/"), Path("/usr"), Path("/usr/local")))


def _mounts(binds: Mapping[tuple[str, str, str], None]) -> list[str]:
    """Outer folders first, so that an inner one is shown as asked. Parents are made readable; bubblewrap's own have mode 0700."""
    args: list[str] = []
    ours = {Path("/"), Path("/tmp"), Path("/var/tmp")}  # where folders can be made: not in something of the machine
    shown = {Path("/proc"), Path("/dev")}
    for option, here, inside in sorted(binds, key=lambda bind: (len(Path(bind[2]).parts), bind[2])):
        for parent in reversed(Path(inside).parents):
            if parent in ours | shown:
                continue
            around = next(path for path in parent.parents if path in ours | shown)
            if around in ours:
                args += ["--perms", "0755", "--dir", str(parent)]
                ours.add(parent)
        if option == "--tmpfs":
            args += ["--perms", "0755", "--tmpfs", inside]
            ours.add(Path(inside))
        else:
            args += [option, here, inside]
            shown.add(Path(inside))
    return args
