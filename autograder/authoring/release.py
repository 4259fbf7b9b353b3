"""Writes source/<slug>/ and release/<slug>/: each folder is replaced as a whole or not at all, and repeating changes
nothing.

nbgrader's own `generate_assignment` makes the release, in a child process and a temporary course directory, because it
changes its working directory and reads settings from wherever it stands. It runs with --no-db, which is nbgrader's own
way to leave the gradebook alone; the gradebook learns of the assignment elsewhere.

A released folder is complete. The checks travel in it as `autograder/checks` without an `autograder/__init__.py`: such
a folder is a namespace package, which Python takes only when no installed `autograder` is found.

Before anything is put in its place, the release is compared with what the author text says students receive, so that an
error in the removing, ours or nbgrader's, stops the build instead of publishing a solution.
"""
from __future__ import annotations

import fcntl
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from .. import __version__
from ..model import Assignment, AssignmentError, MachineryError
from .assignment import NOTHING_ELSE, data_files, load_assignment
from .cells import released, visible_lines, withheld_lines

CHECKS = Path(__file__).parents[1] / "checks"
BUILD_SECONDS = 120                     # for nbgrader's two seconds, on a machine that is busy
TELLING = 24                            # a shorter line of code may stand in a data file by chance
EPOCH = (1980, 1, 1, 0, 0, 0)           # the oldest date that zip knows; archives must not depend on the clock


@dataclass(frozen=True)
class Built:
    """What `build` wrote. `changed` is false when both folders were as they should be already."""

    assignment: Assignment
    source: Path                        # source/<slug>
    release: Path                       # release/<slug>
    changed: bool


def build(folder: Path, *, source: Path, release: Path, checks: Path = CHECKS) -> Built:
    """Write source/<slug>/ and release/<slug>/ from an assignment folder.

    `source` and `release` are the folders that hold all assignments. On any error both stay as they were:
    AssignmentError for the author, MachineryError when nbgrader fails for another reason. Several processes may build
    at once.
    """
    assignment = load_assignment(folder)
    slug, data, text = assignment.slug, data_files(folder), str(folder / "notebook.py")
    check_regions_stay_inside(assignment, data, file=text)
    beside = _checks(checks, assignment)
    source.mkdir(parents=True, exist_ok=True)
    release.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"build-{slug}-") as temporary:
        course = Path(temporary)
        _write(course / "source" / slug, {assignment.notebook_name: _notebook_bytes(assignment.notebook)} | data)
        _generate_assignment(course, slug)
        made = course / "release" / slug
        _check_release(assignment, data, made, file=text)
        _write(made / "autograder", beside)
        changed = [_put(course / "source" / slug, source / slug), _put(made, release / slug)]
    return Built(assignment, source / slug, release / slug, any(changed))


def release_archive(release: Path, slug: str) -> bytes:
    """release/<slug>/ as a zip whose bytes depend on nothing but names and contents."""
    folder = release / slug
    if not folder.is_dir():
        raise AssignmentError(f"there is no release of {slug}; run: autograder build {slug}", file=str(folder))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files(folder).items():
            entry = zipfile.ZipInfo(f"{slug}/{name}", EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


# ---------------------------------------------------------------- nbgrader

def _generate_assignment(course: Path, slug: str) -> None:
    environment = {
        **os.environ,
        "JUPYTER_NO_CONFIG": "1",               # nobody's own settings decide what a release looks like
        "JUPYTER_DATA_DIR": str(course), "JUPYTER_RUNTIME_DIR": str(course), "IPYTHONDIR": str(course),
    }
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", slug, "--no-db",
               f"--CourseDirectory.root={course}", "--Exchange.course_id=build"]
    try:
        done = subprocess.run(command, cwd=course, env=environment, stdin=subprocess.DEVNULL, text=True,
                              capture_output=True, timeout=BUILD_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise MachineryError(f"nbgrader generate_assignment {slug} did not end within {BUILD_SECONDS} s; is the "
                             "machine overloaded? Build again") from None
    if done.returncode:
        raise MachineryError(f"nbgrader generate_assignment {slug} failed:\n{done.stderr.strip()[-2000:]}")


def _checks(checks: Path, assignment: Assignment) -> dict[str, bytes]:
    """The files of the release's `autograder/` folder, with a record of what they are."""
    files = {f"checks/{name}": content for name, content in _files(checks).items() if name.endswith(".py")}
    if "checks/__init__.py" not in files:
        raise MachineryError(f"there are no checks in {checks}; is the installation of autograder complete?")
    digest = hashlib.sha256(b"".join(name.encode() + b"\0" + content for name, content in files.items()))
    record = {"assignment": assignment.version, "autograder": __version__, "checks": digest.hexdigest()}
    return files | {"versions.json": (json.dumps(record, indent=1, sort_keys=True) + "\n").encode()}


# ---------------------------------------------------------------- nothing hidden remains

def check_regions_stay_inside(assignment: Assignment, data: Mapping[str, bytes], *, file: str) -> None:
    """AssignmentError when a telling line of a region also stands where students can read it.

    A line that the notebook shows as a whole outside the regions is public, and so are imports.
    """
    cells = assignment.notebook["cells"]
    shown = [line.strip() for cell in cells for line in visible_lines(cell["source"], cell["cell_type"])]
    public = {assignment.notebook_name: "\n".join(shown).encode()} | dict(data)
    for cell in cells:
        for line in withheld_lines(cell["source"], cell["cell_type"]):
            telling = line.strip()
            if len(telling) < TELLING or telling in shown or telling.startswith(("import ", "from ")):
                continue
            for name, content in public.items():
                if telling.encode() in content:
                    raise AssignmentError(f"a line of its region, {telling!r}, also stands in {name}, which students "
                                          "receive; remove it there, or show it in the notebook if it is no secret",
                                          file=file, cell=cell["metadata"]["nbgrader"]["grade_id"])


def _check_release(assignment: Assignment, data: Mapping[str, bytes], made: Path, *, file: str) -> None:
    """AssignmentError unless the release is exactly what stands outside the regions, and the data."""
    files = _files(made)
    notebook = nbformat.reads(files.pop(assignment.notebook_name).decode(), as_version=4)
    if files != data:
        odd = sorted(name for name in files.keys() | data.keys() if files.get(name) != data.get(name))
        raise AssignmentError(f"the release differs from data/ in {', '.join(odd)}; nothing was released. nbgrader "
                              "leaves out files over 100 MB and those called feedback", file=file)
    expected: list[tuple[str, str, list[Any]]]
    expected = [(cell["id"], released(cell["source"], cell["cell_type"]), []) for cell in assignment.notebook["cells"]]
    found = [(cell.id, cell.source, cell.get("outputs", [])) for cell in notebook.cells]
    if found != expected:
        cell = next((ours[0] for ours, theirs in zip(expected, found, strict=False) if ours != theirs), "at the end")
        raise AssignmentError("the release does not show what the text leaves outside its regions; nothing was "
                              "released", file=file, cell=cell)


# ---------------------------------------------------------------- files

def _notebook_bytes(notebook: Mapping[str, Any]) -> bytes:
    text: str = nbformat.writes(nbformat.from_dict(notebook))
    return (text.rstrip("\n") + "\n").encode()


def _files(folder: Path) -> dict[str, bytes]:
    """Relative POSIX path -> content of every file below, without what running a notebook there leaves behind."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and not NOTHING_ELSE & set(path.relative_to(folder).parts)}


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _put(made: Path, place: Path) -> bool:
    """Make `place` a copy of `made`, as a whole; false when it is one already."""
    with _locked(place.parent):
        if place.is_dir() and _files(place) == _files(made):
            return False
        fresh = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
        try:
            shutil.copytree(made, fresh / "new")
            if place.exists():
                place.rename(fresh / "old")
            (fresh / "new").rename(place)
        finally:
            shutil.rmtree(fresh)
        return True


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One writer in this folder at a time, among all processes of the machine."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
