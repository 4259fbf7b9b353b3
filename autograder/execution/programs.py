"""A whole program, run once in a confined process with its files: for projects, which are no notebooks.

It sees its own files and Python's libraries, has no network, and is stopped with all that it started when its time is up. What comes
back (its files, its exit code, what it printed) is the student's word and is judged as such, elsewhere.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from autograder.execution.processes import START, Branch, ending
from autograder.execution.wire import Channel, Gone, Refused
from autograder.model import Limits, MachineryError

GRACE = 10.0
"""Seconds beside the program's own, for handing its files over and back."""


@dataclass(frozen=True)
class ProgramRun:
    """What became of a program."""

    code: int  # exit code; negative: ended by this signal
    overdue: bool  # stopped because its time was up
    out_of_memory: bool
    cpu: float  # seconds of processor time, all its processes together
    printed: str  # its beginning and its end
    files: Mapping[str, bytes]  # of the names that were asked for
    strays: tuple[str, ...]  # what it wrote beside its folder

    @property
    def ended_well(self) -> bool:
        """Whether it came to its end and said so."""
        return self.code == 0 and not self.overdue


def run_program(branch: Branch, words: Sequence[str], files: Mapping[str, bytes], *, wanted: Sequence[str], limits: Limits) -> ProgramRun:
    """Run `python *words` in a folder with these files; what is `wanted` of its files afterwards, as patterns, comes back.

    MachineryError when the process could not be started or its files not be handed over.
    """
    child = branch.fork("program", limits)
    branch.out_of_memory()
    try:
        channel = Channel(child.sock, until=time.monotonic() + START)
        try:
            channel.send([list(words), limits.wall, list(wanted), list(files)], list(files.values()))
        except Refused as error:
            raise MachineryError(f"The {len(files)} files could not be handed to a confined process: {error}") from None
        if not child.wait(START + limits.wall + GRACE):
            return ProgramRun(-9, True, branch.out_of_memory(), limits.cpu, "", {}, ())
        channel = Channel(child.sock, until=time.monotonic() + GRACE)
        head, contents = channel.receive()
        return _read(head, contents, wanted, branch.out_of_memory())
    except (Gone, TypeError, ValueError):
        killed = branch.out_of_memory()
        if killed:
            return ProgramRun(-9, False, True, 0.0, "", {}, ())
        raise MachineryError(f"The process that ran a program ended without a word{ending(child.last_words())}.") from None
    finally:
        child.end()
        child.see_dead()


def _read(head: Any, contents: Sequence[bytearray], wanted: Sequence[str], killed: bool) -> ProgramRun:
    """The answer; TypeError or ValueError for one that cannot be."""
    code, overdue, cpu, printed, strays, names = head
    files = {str(name): bytes(content) for name, content in zip(names, contents, strict=True)
             if any(_matches(str(name), pattern) for pattern in wanted)}
    return ProgramRun(int(code), bool(overdue), killed, float(cpu), str(printed), files, tuple(map(str, strays)))


def _matches(name: str, pattern: str) -> bool:
    parts, asked = name.split("/"), pattern.split("/")
    return len(parts) == len(asked) and all(map(fnmatchcase, parts, asked))
