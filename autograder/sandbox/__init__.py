"""Limits and confinement of processes; knows Linux, not notebooks.

Two steps, because a warm interpreter must be shared and a student's process must not share anything:

1. `python(code, ...)` gives the command of a *zygote*, run by bubblewrap: it sees the system's libraries, the Python
   environment and the folders named, all read-only, and nothing else: no network, no other processes, an empty /tmp.
2. `fork(prepared)` and `enter(limits, prepared)` give it children for foreign code: each in its own user, mount, pid, network, ipc and
   uts namespaces with an own bounded /tmp, under resource limits, Landlock and seccomp, without capabilities and without a way to
   gain new ones. When a child dies, everything in its pid namespace dies.

    outside    what a zygote sees: the bubblewrap command
    inside     `prepare`, `fork`, `enter`, `limit`: the confinement of one child
    landlock   what a child may reach, by path and socket
    seccomp    which system calls a child may not make
    cgroup     what all processes of one worker may use together, set from outside
    machine    which of all this holds on this machine, tried in a child (`trial`)
    linux      the calls and numbers of the kernel that the others use

Namespaces and bubblewrap (which Flatpak uses for the same purpose) rather than a container engine: no daemon, no root, and a forked
child costs milliseconds.
"""

from __future__ import annotations

from .cgroup import Group
from .cgroup import make as make_group
from .inside import Prepared, alone, enter, fork, prepare
from .machine import Layer, layers, refusal
from .outside import SYMLINKS, SYSTEM, has_bubblewrap, python

__all__ = [
    "SYMLINKS",
    "SYSTEM",
    "Group",
    "Layer",
    "Prepared",
    "alone",
    "enter",
    "fork",
    "has_bubblewrap",
    "layers",
    "make_group",
    "prepare",
    "python",
    "refusal",
]
