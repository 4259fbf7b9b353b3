"""What a submission may be, and its one form as bytes.

`check` refuses what cannot be taken, with a sentence that names the file and says what to do. `pack` turns files into
bytes that depend on names and contents alone (a ZIP archive, sorted, uncompressed, without times), so that identical
work has an identical SHA-256 everywhere; `unpack` turns them back. Nothing is written to disk and nothing is executed.
"""
from __future__ import annotations

import hashlib
import io
import json
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from autograder.model import SubmissionError
from autograder.words import text

MEGABYTE = 1_000_000
_EPOCH = (1980, 1, 1, 0, 0, 0)                                      # the earliest time that ZIP can say


@dataclass(frozen=True)
class Allowance:
    """How much one submission may be."""

    total: int = 20 * MEGABYTE                                      # bytes of all files together
    files: int = 100
    name: int = 200                                                 # bytes of a file's path in UTF-8


USUAL = Allowance()


def pack(files: Mapping[str, bytes]) -> bytes:
    """The files as bytes that depend on their names and contents only."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system, info.external_attr = 3, 0o600 << 16
            archive.writestr(info, files[name])
    return packed.getvalue()


def unpack(packed: bytes) -> dict[str, bytes]:
    """The files of `pack`."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def fingerprint(files: Mapping[str, bytes]) -> str:
    """SHA-256 of the packed files: identifies the work."""
    return hashlib.sha256(pack(files)).hexdigest()


def check(files: Mapping[str, bytes], *, notebook: str, allowed: Iterable[str] = (),
          allowance: Allowance = USUAL) -> None:
    """Raise SubmissionError unless these files are a submission: `notebook` is there and readable, every other file
    matches one of the `allowed` patterns (`report.pdf`, `figures/*.png`), and everything is small enough."""
    _check_form(files, allowance)
    if notebook not in files:
        others = sorted(name for name in files if name.endswith(".ipynb"))
        found = f" (found: {', '.join(others)})" if others else ""
        raise SubmissionError(f"The notebook is missing{found}. Rename yours to {notebook} and submit again.",
                              file=notebook)
    patterns = tuple(allowed)
    for name in sorted(set(files) - {notebook}):
        if not any(_matches(name, pattern) for pattern in patterns):
            wanted = f"Besides {notebook} it takes {', '.join(patterns)}." if patterns else f"It takes {notebook} only."
            raise SubmissionError(f"This file is not part of the assignment. {wanted} Remove the file and submit "
                                  "again.", file=name)
    read_notebook(files[notebook], file=notebook)


def check_files(files: Mapping[str, bytes], *, allowed: Iterable[str], allowance: Allowance = USUAL) -> None:
    """Raise SubmissionError unless these files can be taken where no notebook is asked for: there is one at least, each matches one of
    the `allowed` patterns, and everything is small enough."""
    patterns = tuple(allowed)
    if not files:
        raise SubmissionError(text("There are no files. Hand in {patterns}.", patterns=", ".join(patterns)))
    _check_form(files, allowance)
    for name in sorted(files):
        if not any(_matches(name, pattern) for pattern in patterns):
            raise SubmissionError(text("This file is not asked for; what is taken: {patterns}. Leave it out and hand in again.",
                                       patterns=", ".join(patterns)), file=name)


def read_notebook(content: bytes, *, file: str) -> dict[str, Any]:
    """The notebook of a submission as a dictionary; SubmissionError unless it is nbformat 4 with a list of cells."""
    again = "Open it in JupyterLab, save it, and submit again."
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise SubmissionError(f"This is not a notebook: it is not UTF-8 text. {again}", file=file) from None
    except (ValueError, RecursionError):
        raise SubmissionError(f"This notebook cannot be read: its JSON is broken or cut off. {again}",
                              file=file) from None
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4:
        raise SubmissionError(f"This is not a notebook of format 4. {again}", file=file)
    cells = notebook.get("cells")
    if not isinstance(cells, list) or not all(_is_cell(cell) for cell in cells):
        raise SubmissionError(f"This notebook has no readable list of cells. {again}", file=file)
    return notebook


def _is_cell(cell: object) -> bool:
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        return False
    source = cell.get("source")
    return (isinstance(source, str) or (isinstance(source, list) and all(isinstance(line, str) for line in source))) \
        and isinstance(cell.get("metadata", {}), dict)


def _check_form(files: Mapping[str, bytes], allowance: Allowance) -> None:
    if len(files) > allowance.files:
        raise SubmissionError(f"There are {len(files)} files; at most {allowance.files} can be taken. Submit only what "
                              "the assignment asks for.")
    total = sum(len(content) for content in files.values())
    if total > allowance.total:
        largest = max(files, key=lambda name: len(files[name]))
        raise SubmissionError(
            f"The submission has {total / MEGABYTE:.1f} MB; at most {allowance.total / MEGABYTE:.0f} MB can be taken. "
            f"The largest file is {_shown(largest)} with {len(files[largest]) / MEGABYTE:.1f} MB. Clear the notebook's "
            "outputs or leave out large files, save, and submit again.")
    for name in files:
        _check_name(name, allowance)
    _check_distinct(files)


def _check_name(name: str, allowance: Allowance) -> None:
    if _unprintable(name):
        raise SubmissionError("A file name contains an invisible or control character. Rename the file and submit "
                              "again.", file=_shown(name))
    parts = name.split("/")
    if name.startswith("/") or "\\" in name or ":" in name or not name.strip() or {"", ".", ".."} & set(parts):
        raise SubmissionError("A file name must be a path inside the submission, such as figures/loss.png. Rename the "
                              "file and submit again.", file=_shown(name))
    if len(name.encode()) > allowance.name:
        raise SubmissionError(f"A file name has {len(name.encode())} bytes; at most {allowance.name} can be taken. "
                              "Choose a shorter one.", file=_shown(name))


def _check_distinct(files: Iterable[str]) -> None:
    """Two names that some disk takes for one, or a file that is also a folder, cannot both be written."""
    seen: dict[str, str] = {}
    for name in sorted(files):
        plain = unicodedata.normalize("NFC", name).casefold()
        parents = ["/".join(plain.split("/")[:end]) for end in range(1, plain.count("/") + 1)]
        clash = next((seen[p] for p in (plain, *parents) if p in seen), None)
        if clash is not None:
            raise SubmissionError(f"This name and {clash} cannot both be stored on every computer. Rename one of them.",
                                  file=name)
        seen[plain] = name


def _matches(name: str, pattern: str) -> bool:
    """A star stays within one folder."""
    parts, wanted = name.split("/"), pattern.split("/")
    return len(parts) == len(wanted) and all(fnmatchcase(part, want) for part, want in zip(parts, wanted, strict=True))


def _shown(name: str) -> str:
    """A name that is safe to print."""
    short = name if len(name) <= 80 else name[:77] + "..."
    return short.encode("unicode_escape").decode() if _unprintable(name) else short


def _unprintable(name: str) -> bool:
    return any(unicodedata.category(letter).startswith("C") for letter in name)
