"""Bytes on disk, found by their SHA-256.

A blob is complete and on disk before `put` returns (temporary file, fsync, rename, fsync of the folder), is written
once and never changed, and is readable by its owner only. Losing the process at any moment leaves at most a temporary
file.
"""
from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from autograder.model import MachineryError


def put(folder: Path, content: bytes) -> str:
    """Store the bytes; the answer is their SHA-256. Storing the same bytes again changes nothing. MachineryError when they cannot be
    stored, such as on a full disk: nothing of them stays then."""
    try:
        return _put(folder, content)
    except OSError as error:
        raise MachineryError(f"These bytes cannot be stored: {error}. Nothing of them was kept. See that the disk has room and that "
                             f"{folder} can be written to.") from error


def _put(folder: Path, content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()
    path = _path(folder, digest)
    if path.exists() and path.read_bytes() == content:
        _sync(path.parent)                          # whoever wrote it may have been killed before this
        return digest
    _make(path.parent, folder)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")       # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.rename(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync(path.parent)
    return digest


def get(folder: Path, digest: str) -> bytes:
    """The bytes with this SHA-256; MachineryError when they are gone or damaged."""
    path = _path(folder, digest)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise MachineryError(f"The stored file {digest} cannot be read: {error}. Restore it from the "
                             "backup.") from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise MachineryError(f"The stored file {path} is damaged: its content no longer has the SHA-256 that names it. "
                             "Restore it from the backup.")
    return content


def _path(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest


def _make(folder: Path, top: Path) -> None:
    """Make a folder and, on disk too, its entry in its parents."""
    missing = [folder, *[parent for parent in folder.parents if parent == top or top in parent.parents]]
    top.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in reversed(missing):
        path.mkdir(exist_ok=True, mode=0o700)
        _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
