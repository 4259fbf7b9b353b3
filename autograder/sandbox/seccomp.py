"""The system calls that foreign code may not make: a seccomp filter, as classic BPF that the kernel runs at each call.

A list of what is forbidden rather than of what is allowed: numpy, torch and whatever a student imports may use any ordinary call, and a new
C library's choice of calls must not cost points. Forbidden is what looks into or changes other processes, what makes namespaces and
mounts, what programs the kernel, sets the clock, talks to any network, or keeps memory apart from any process. A forbidden call
fails with EPERM like for any other unprivileged process; it never kills. Calls newer than this list fail as if the kernel did not
have them (ENOSYS), and so does clone3, whose arguments a filter cannot read: the C library then takes clone.

Assembled here, in a few lines, rather than by libseccomp: no library to be there, and the program is the same bytes on every machine of
one kind. Only those calls whose arguments are looked at are examined each time; for the others the kernel remembers the answer.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import socket
import struct
from collections.abc import Sequence

from . import linux

# Number on x86_64 and on aarch64; None where a machine does not have the call. One number where they agree.
FORBIDDEN: dict[str, tuple[int | None, int | None] | int] = {
    # other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "pidfd_getfd": 438,
    "process_madvise": 440,
    "process_mrelease": 448,
    # namespaces and mounts
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": 428,
    "move_mount": 429,
    "fsopen": 430,
    "fsconfig": 431,
    "fsmount": 432,
    "fspick": 433,
    "mount_setattr": 442,
    "open_tree_attr": 467,
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "quotactl": (179, 60),
    "quotactl_fd": 443,
    "acct": (163, 89),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "fanotify_init": (300, 262),
    "fanotify_mark": (301, 263),
    # the kernel itself
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": 425,
    "io_uring_enter": 426,
    "io_uring_register": 427,
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "create_module": (174, None),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    "syslog": (103, 116),
    "lookup_dcookie": (212, 18),
    "iopl": (172, None),
    "ioperm": (173, None),
    "modify_ldt": (154, None),
    "uselib": (134, None),
    "vhangup": (153, 58),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    # keys of the user outside
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    # memory and queues that outlive the process that filled them
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
}
CLONE, SOCKET, SOCKETPAIR, PERSONALITY, IOCTL = (56, 220), (41, 198), (53, 199), (135, 92), (16, 29)
CLONE3 = 435
NEWEST = 469
"""The last system call that this list knows (file_setattr, Linux 6.17). On x86_64 the calls of the x32 kind are above it as well."""
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""The kernel's names for the kinds of calls. A process can make others (32-bit ones on both): all of them are refused."""
NEW_NAMESPACES = 0x7E020000
"""Every CLONE_NEW… flag that clone takes."""
TYPE_INTO_TERMINAL = (0x5412, 0x541C)
"""TIOCSTI and TIOCLINUX: put words into the mouth of whoever owns the terminal."""

_LOAD, _EQUAL, _ABOVE, _ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000
_MODE_FILTER = 2

_GET_SECCOMP = 21

Step = tuple[int, int, int, int]  # what to do, steps to skip when true, when false, with which number


def program(machine: str = platform.machine()) -> bytes:
    """The filter for this kind of machine ("x86_64" or "aarch64"); KeyError for another."""
    column = list(ARCHITECTURES).index(machine)
    allow, forbid, unknown = (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _FAIL | errno.EPERM), (_RETURN, 0, 0, _FAIL | errno.ENOSYS)
    steps: list[Step] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, ARCHITECTURES[machine]),
        forbid,
        (_LOAD, 0, 0, _NUMBER),
        (_ABOVE, 0, 1, NEWEST),
        unknown,
    ]

    def on(number: int, *then: Step) -> None:
        steps.extend([(_EQUAL, 0, len(then), number), *then])

    def argument(place: int) -> Step:
        return (_LOAD, 0, 0, _ARGUMENTS + 8 * place)  # its low half; both machines are little-endian

    on(CLONE3, unknown)
    on(CLONE[column], argument(0), (_ANY_BIT, 0, 1, NEW_NAMESPACES), forbid, allow)
    for number in (SOCKET[column], SOCKETPAIR[column]):
        # Sockets between processes stay: torch's data loaders use them.
        on(number, argument(0), (_EQUAL, 1, 0, socket.AF_UNIX), forbid, allow)
    on(PERSONALITY[column], argument(0), (_EQUAL, 2, 0, 0xFFFFFFFF), (_EQUAL, 1, 0, 0), forbid, allow)
    on(IOCTL[column], argument(1), *((_EQUAL, left, 0, k) for left, k in zip((2, 1), TYPE_INTO_TERMINAL, strict=True)), allow, forbid)
    for either in FORBIDDEN.values():
        number_here = either if isinstance(either, int) else either[column]
        if number_here is not None:
            on(number_here, forbid)
    return assemble([*steps, allow])


def assemble(steps: Sequence[Step]) -> bytes:
    """Steps as the kernel reads them (struct sock_filter)."""
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


class Filter:
    """A program where the kernel can read it, made once; `install` puts it before the calling process and all that it starts."""

    def __init__(self, text: bytes) -> None:
        self._text = ctypes.create_string_buffer(text, len(text))
        head = struct.pack("HxxxxxxQ", len(text) // 8, ctypes.addressof(self._text))  # struct sock_fprog
        self._head = ctypes.create_string_buffer(head, len(head))
        self._at = ctypes.addressof(self._head)

    def install(self) -> None:
        """Needs no_new_privs."""
        linux.attempt(linux.LIBC.prctl(linux.PR_SET_SECCOMP, _MODE_FILTER, self._at, 0, 0), "seccomp")


def filter_here() -> Filter | None:
    """The filter of this machine; None where the kernel has none, or the machine is of a kind that is not known here."""
    known = platform.machine() in ARCHITECTURES and linux.LIBC.prctl(_GET_SECCOMP, 0, 0, 0, 0) >= 0
    return Filter(program()) if known else None
