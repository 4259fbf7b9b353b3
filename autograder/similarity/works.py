"""What students wrote, taken out of their notebooks, and what they were given; archives of earlier terms.

Of a submission only what its students wrote is compared: the cells that they fill in, cells of their own, given cells that they changed,
and Python files that the assignment admits. An archive is a folder in which notebooks lie in any order, also in zip files; each notebook
of this assignment in it is a work.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.authoring.cells import MarkerError, released
from autograder.execution.rebuild import grade_id, parse, rebuild, rebuild_stock, text_of
from autograder.model import Assignment, Submission, SubmissionError
from autograder.similarity.compare import Piece, Work

OWN = "own cells"
MAX_FILE = 20 * 2**20
"""Bytes of a notebook in an archive; larger ones are left out."""
MAX_ARCHIVE = 2**30
"""Bytes read from one archive."""
MAX_ENTRIES = 200_000
"""Files and folders looked through in one archive."""
NESTED = 2
"""Zip files within zip files, as bulk downloads have them."""


def work(assignment: Assignment, submission: Submission) -> Work:
    """A submission as it is compared; one whose notebook cannot be read has no pieces."""
    pieces = _pieces(assignment, submission.files.get(assignment.notebook_name, b""))
    pieces += [
        Piece(OWN, name, content.decode("utf-8", "replace")) for name, content in sorted(submission.files.items()) if name.endswith(".py")
    ]
    return Work(submission.team, submission.members, tuple(pieces))


def given(assignment: Assignment) -> tuple[Piece, ...]:
    """What every student received: stubs, given cells, visible tests."""
    pieces = []
    for cell in assignment.notebook["cells"]:
        kind, text = cell["cell_type"], text_of(cell)
        if kind not in ("code", "markdown"):
            continue
        try:
            text = released(text, kind)
        except MarkerError:  # a notebook that was written for nbgrader alone
            continue
        pieces.append(Piece("", "", text, prose=kind == "markdown"))
    return tuple(pieces)


def _pieces(assignment: Assignment, content: bytes) -> list[Piece]:
    try:
        rebuilt = (rebuild_stock if assignment.stock else rebuild)(assignment.notebook, parse(content, file=assignment.notebook_name))
    except SubmissionError:
        return []
    part_of = {name: problem for problem in assignment.problems for name in problem.solutions}
    pieces = []
    for cell in rebuilt.cells:
        name = grade_id(cell)
        prose, text = cell["cell_type"] != "code", text_of(cell)
        if name in rebuilt.answers and name not in rebuilt.absent:
            problem = part_of.get(name)
            pieces.append(Piece(problem.id if problem else name, name, text, prose))
        elif cell["metadata"].get("autograder", {}).get("student"):
            pieces.append(Piece(OWN, OWN, text, prose))
    return pieces


# ---------------------------------------------------------------- earlier terms


def archived(folder: Path, assignment: Assignment, members: Iterable[str] = ()) -> tuple[Work, ...]:
    """The works of this assignment below a folder, in folders and zip files alike, each named by its path. Where a folder or file of the
    path is called after one of `members`, the work is his own. Symbolic links are not followed."""
    if not folder.is_dir():
        raise SubmissionError("there is no such folder; name one with the submissions of earlier terms", file=str(folder))
    ours = frozenset(members)
    found: list[Work] = []
    names: Counter[str] = Counter()
    for path, content in _notebooks(folder):
        if _is_of(assignment, path, content) and (pieces := _pieces(assignment, content)):
            parts = PurePosixPath(path).parts
            own = ours & {*parts, *(part.partition(".")[0] for part in parts)}
            name = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in path)
            names[name] += 1  # a zip file may have two of a name
            shown = name if names[name] == 1 else f"{name} ({names[name]})"
            found.append(Work(shown, tuple(sorted(own)), tuple(pieces), earlier=True))
    return tuple(found)


def _is_of(assignment: Assignment, path: str, content: bytes) -> bool:
    if PurePosixPath(path).name == assignment.notebook_name:
        return True
    try:
        cells = parse(content, file=path)["cells"]
    except SubmissionError:
        return False
    return bool({grade_id(cell) for cell in cells} & {name for problem in assignment.problems for name in problem.solutions})


def _notebooks(folder: Path) -> Iterator[tuple[str, bytes]]:
    left, seen = MAX_ARCHIVE, 0
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != ".ipynb_checkpoints")
        for name in sorted(files):
            path = Path(place, name)
            seen += 1
            if path.is_symlink() or not path.is_file():
                continue
            shown = os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "replace")
            for found, content in _opened(shown, path):
                left -= len(content)
                if left < 0 or seen > MAX_ENTRIES:
                    raise SubmissionError(
                        f"holds more than {MAX_ARCHIVE // 2**20} MB of notebooks or {MAX_ENTRIES} files; divide it", file=str(folder)
                    )
                yield found, content


def _opened(shown: str, path: Path) -> Iterator[tuple[str, bytes]]:
    if path.suffix == ".ipynb" and path.stat().st_size <= MAX_FILE:
        yield shown, path.read_bytes()
    elif path.suffix == ".zip":
        with path.open("rb") as file:
            yield from _unzipped(shown, file, NESTED)


def _unzipped(shown: str, file: Any, depth: int) -> Iterator[tuple[str, bytes]]:
    """The notebooks of a zip file, which may be no zip file, or one that was made to do harm."""
    try:
        with zipfile.ZipFile(file) as packed:
            for info in packed.infolist()[:MAX_ENTRIES]:
                name = f"{shown}/{info.filename}"
                if ".ipynb_checkpoints" in name or not info.filename.endswith((".ipynb", ".zip")) or info.file_size > MAX_FILE:
                    continue
                with packed.open(info) as entry:
                    content = entry.read(MAX_FILE + 1)
                if len(content) > MAX_FILE:
                    continue
                if info.filename.endswith(".ipynb"):
                    yield name, content
                elif depth:
                    yield from _unzipped(name, io.BytesIO(content), depth - 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise SubmissionError(
            f"cannot be read as a zip file ({error}); unpack it by hand or take it out of the archive", file=shown
        ) from None
