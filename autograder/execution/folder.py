"""A folder that two processes keep alike, each with files of its own: what one writes, the other is told.

Tests and student's code hand each other files in some courses. They share no directory, since a shared one could hold links, modules and
files that change while they are read; here plain files travel by name and content, few and small, and nothing leads out of the folder.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

MAX_FILES = 200
MAX_BYTES = 16 * 2**20
"""Of all files that are told at once; what is more stays where it is."""
HIDDEN = ("matplotlib", "ipython", "__pycache__", "tester")
"""Folders that libraries and this engine make."""


class Told:
    """One side's folder, and what the other side knows of it."""

    def __init__(self, root: Path, known: Collection[str] = ()) -> None:
        self.root = root
        self._known = {name: mark for name, mark in self._marks() if name in known}

    def changes(self, *, besides: Collection[str] = ()) -> tuple[dict[str, bytes], list[str]]:
        """Files that are new or different since the last time, and the names of those that are gone; without those `besides`."""
        now = dict(self._marks())
        gone = [name for name in self._known if name not in now and name not in besides]
        files: dict[str, bytes] = {}
        room = MAX_BYTES
        for name, mark in now.items():
            if name in besides or self._known.get(name) == mark:
                continue
            if len(files) == MAX_FILES or mark[0] > room:
                continue
            files[name] = (self.root / name).read_bytes()
            room -= len(files[name])
            self._known[name] = mark
        for name in gone:
            del self._known[name]
        return files, gone

    def take(self, files: Mapping[Any, Any], gone: Collection[Any], *, besides: Collection[str] = ()) -> None:
        """Make the other side's changes here; names that lead elsewhere or cannot be had, and those `besides`, are passed over."""
        for name in gone:
            if is_plain(name) and name not in besides:
                with suppress(OSError):
                    (self.root / name).unlink(missing_ok=True)
                    self._known.pop(name, None)
        for name, content in list(files.items())[:MAX_FILES]:
            if is_plain(name) and name not in besides and type(content) is bytes:
                path = self.root / name
                with suppress(OSError):
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
                    self._known[name] = _mark(path)

    def _marks(self) -> Iterator[tuple[str, tuple[int, int]]]:
        for folder, inner, names in os.walk(self.root):
            inner[:] = sorted(name for name in inner if not name.startswith(".") and name not in HIDDEN)
            for name in sorted(names):
                path = Path(folder, name)
                told = path.relative_to(self.root).as_posix()
                if is_plain(told) and path.is_file() and not path.is_symlink():
                    yield told, _mark(path)


def is_plain(name: Any) -> bool:
    """Whether this is the relative name of a file in the folder or below, none of it hidden."""
    if type(name) is not str or not name or len(name) > 300 or "\x00" in name or "\\" in name or not name.isprintable():
        return False
    path = PurePosixPath(name)
    return not path.is_absolute() and all(part not in HIDDEN and not part.startswith(".") for part in path.parts)


def _mark(path: Path) -> tuple[int, int]:
    told = path.stat()
    return told.st_size, told.st_mtime_ns
