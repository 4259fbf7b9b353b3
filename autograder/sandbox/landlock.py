"""What a process may reach, held to by Landlock: a second lock behind the namespaces, on the kernel's own account of paths and sockets.

The mounts already show only what may be seen, and read-only; Landlock says the same once more in a way that no mount undoes: write in
the own /tmp and nowhere else, no TCP at all, no abstract socket and no signal to anybody outside. What a kernel offers
depends on its Landlock version (ABI): files since 1 (Linux 5.13), TCP since 4 (6.7), sockets and signals since 6 (6.12).
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterable
from contextlib import suppress

from . import linux

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446  # the same on every machine
_VERSION, _PATH_BENEATH = 1, 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_MAKE_CHAR, _MAKE_BLOCK, _TRUNCATE, _IOCTL_DEV = 1 << 6, 1 << 11, 1 << 14, 1 << 15
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
"""How many kinds of access to files each version knows; 16 since version 5."""

READ = _READ_FILE | _READ_DIR | _EXECUTE
USE = _WRITE_FILE | _TRUNCATE | _IOCTL_DEV
"""Write to what is there, such as /dev/null, and make nothing new."""
WRITE = (1 << 16) - 1 - _MAKE_CHAR - _MAKE_BLOCK
_OF_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
"""What can be said of a single file; the rest is about folders."""


def version() -> int:
    """The Landlock version of this kernel; 0 where it is missing or switched off."""
    return max(linux.syscall(_CREATE, None, 0, _VERSION), 0)


def restrict(version: int, rules: Iterable[tuple[int, Iterable[str]]]) -> None:
    """Hold the calling process and all that it starts to these rules: kinds of access, and paths with all that lies below them.

    Needs no_new_privs. The rules are made here and not once in the zygote, since they name the process's own /tmp. A path that does
    not exist needs no rule.
    """
    files = (1 << _RIGHTS.get(version, 16)) - 1
    handled = struct.pack("QQQ", files, 3, 3)[: 8 if version < 4 else 16 if version < 6 else 24]  # files; TCP; sockets and signals
    ruleset = linux.attempt(linux.syscall(_CREATE, handled, len(handled), 0), "landlock_create_ruleset")
    for access, paths in rules:
        for path in paths:
            with suppress(FileNotFoundError):
                _allow(ruleset, access & files, path)
    linux.attempt(linux.syscall(_RESTRICT, ruleset, 0), "landlock_restrict_self")
    os.close(ruleset)


def _allow(ruleset: int, access: int, path: str) -> None:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    if not stat.S_ISDIR(os.fstat(place).st_mode):
        access &= _OF_A_FILE
    linux.attempt(linux.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", access, place), 0), f"landlock for {path}")
    os.close(place)
