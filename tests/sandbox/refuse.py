"""Run a command on a machine that refuses something: namespaces, or landlock, or filters. `python refuse.py WHAT,… COMMAND…`.

A seccomp filter of our own stands for the setting of a kernel, a distribution or a container.
"""

from __future__ import annotations

import errno
import os
import platform
import sys

from autograder.sandbox import linux, seccomp

_MOUNT, _UNSHARE = (165, 40), (272, 97)


def main(refused: set[str], command: list[str]) -> None:
    column = list(seccomp.ARCHITECTURES).index(platform.machine())
    allow, no, none = ((0x06, 0, 0, 0x7FFF0000), (0x06, 0, 0, 0x50000 | errno.EPERM), (0x06, 0, 0, 0x50000 | errno.ENOSYS))
    steps: list[seccomp.Step] = [(0x20, 0, 0, 0)]
    if "namespaces" in refused:
        for number in (_MOUNT[column], _UNSHARE[column]):
            steps += [(0x15, 0, 1, number), no]
        steps += [(0x15, 0, 1, seccomp.CLONE3), none]
        steps += [(0x15, 0, 4, seccomp.CLONE[column]), (0x20, 0, 0, 16), (0x45, 0, 1, seccomp.NEW_NAMESPACES), no, allow]
    if "landlock" in refused:
        steps += [(0x15, 0, 1, 444), none]
    linux.LIBC.prctl(linux.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    seccomp.Filter(seccomp.assemble([*steps, allow])).install()
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(set(sys.argv[1].split(",")), sys.argv[2:])
