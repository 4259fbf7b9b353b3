"""A case: what somebody hands in for the golden notebook, in a folder that says what it tries and what it deserves.

    case.toml       tries     = "Rewrites the tests' syntax trees."      one sentence
                    family    = "runtime"
                    others    = "reference"     what stands in the solution cells that it does not touch: the author's solution, or
                                                (left out) the stub of the release
                    quick     = true            time limits of a second or two, for what runs until it is stopped
                    long      = true            only in the long tests
                    hole      = "…"             it succeeds against the engine of today, and why: its test must fail until that is mended
                    stock     = 12              what nbgrader's own autograde was measured to give: points, or what happens; "not run: …"
                                                with the reason where that was too dangerous
                    [deserves]                  points for each problem; 0 for what is left out
                    softmax = 2
                    [status]                    of some tests, where it matters how they end
                    softmax-hidden = "error"
                    [links]                     symbolic links in the submitted folder, which git should not carry: name -> target
                    notes.txt = "/etc/hostname"
    cells.py        laid over the released notebook:  `# %% softmax`         replaces the solution cell with this grade_id
                                                      `# %% after softmax`   a cell of the student's own after that cell
                                                      `# %% before first`    one at the very beginning
                    what stands above the first such line is a note to the reader
    edit.py         `edit(notebook, files)` changes both in place, after the cells: `notebook` is nbformat's dict, `files` holds the
                    other files as relative name -> bytes; bytes under the notebook's own name replace it
    submission/     files that lie beside the notebook

All but case.toml may be missing. No case carries a whole notebook: it would be stale with the next change to the golden one.
"""

from __future__ import annotations

import copy
import json
import re
import runpy
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.authoring import load_assignment
from autograder.authoring.cells import released
from autograder.execution.rebuild import grade_id
from autograder.model import Assignment, Status

SIX = Path(__file__).parent / "six"
BASES = ("release", "reference")
LINE = re.compile(r"^# %% (?P<where>after |before )?(?P<name>\S+)[ \t]*\n", re.MULTILINE)


@dataclass(frozen=True)
class Overlay:
    """A cell that the case brings. `where` is "" (instead of), "after" or "before" the cell with this grade_id."""

    where: str
    name: str
    text: str


@dataclass(frozen=True)
class Case:
    """See the module. `deserves` has every problem that earns something; `stock` is text, for the table."""

    folder: Path
    tries: str
    family: str
    deserves: Mapping[str, float]
    status: Mapping[str, Status]
    stock: str = ""
    others: str = "release"
    quick: bool = False
    long: bool = False
    hole: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    cells: tuple[Overlay, ...] = ()

    @property
    def name(self) -> str:
        """Of its folder."""
        return self.folder.name

    def files(self, assignment: Assignment) -> dict[str, bytes]:
        """What is handed in, without links: relative name -> bytes."""
        notebook = base(assignment, self.others)
        for overlay in self.cells:
            _lay(notebook, overlay, self.folder)
        beside = self.folder / "submission"
        files = {path.relative_to(beside).as_posix(): path.read_bytes() for path in sorted(beside.rglob("*")) if path.is_file()}
        if (self.folder / "edit.py").exists():
            runpy.run_path(str(self.folder / "edit.py"))["edit"](notebook, files)
        return {assignment.notebook_name: json.dumps(notebook, indent=1).encode()} | files

    def write(self, assignment: Assignment, place: Path) -> None:
        """The same as a folder, with its links; a name that leads out of it is an error."""
        place.mkdir(parents=True)
        for name, content in self.files(assignment).items():
            path = place / name
            if not path.resolve().is_relative_to(place.resolve()):
                raise ValueError(f"{self.name}: {name!r} leads out of the folder")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for name, target in self.links.items():
            (place / name).symlink_to(target)


def golden() -> Assignment:
    """The golden notebook's assignment."""
    return load_assignment(SIX)


def base(assignment: Assignment, kind: str = "release") -> dict[str, Any]:
    """A notebook as students receive it, or ("reference") with the author's solutions in it; no hidden tests in either."""
    notebook = copy.deepcopy(dict(assignment.notebook))
    for cell in notebook["cells"]:
        solution = cell["metadata"].get("nbgrader", {}).get("solution", False)
        if not (solution and kind == "reference"):
            cell["source"] = released(cell["source"], cell["cell_type"])
    return notebook


def read_cases(folder: Path) -> tuple[Case, ...]:
    """All cases below a folder, by name."""
    return tuple(read_case(path.parent) for path in sorted(folder.glob("*/case.toml")))


def read_case(folder: Path) -> Case:
    """The case in a folder; ValueError says what is wrong with it."""
    told = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))
    known = set(Case.__dataclass_fields__) - {"folder", "cells"}
    if unknown := set(told) - known:
        raise ValueError(f"{folder.name}/case.toml: unknown {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}")
    if told.get("others", BASES[0]) not in BASES:
        raise ValueError(f'{folder.name}/case.toml: others = "{told["others"]}"; there are {", ".join(BASES)}')
    path = folder / "cells.py"
    status = {name: Status(word) for name, word in told.pop("status", {}).items()}
    return Case(folder, cells=overlays(path.read_text(encoding="utf-8")) if path.exists() else (), status=status,
                **{"deserves": {}} | told | {"stock": str(told.get("stock", ""))})


def overlays(text: str) -> tuple[Overlay, ...]:
    """The cells of a cells.py, in order.

    >>> overlays("# a note\\n# %% softmax\\nx = 1\\n\\n# %% after setup\\ny = 2\\n")
    (Overlay(where='', name='softmax', text='x = 1'), Overlay(where='after', name='setup', text='y = 2'))
    """
    marks = list(LINE.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return tuple(Overlay((mark["where"] or "").strip(), mark["name"], text[mark.end():end].strip("\n"))
                 for mark, end in zip(marks, ends, strict=True))


def extra_cell(text: str) -> dict[str, Any]:
    """A code cell of the student's own."""
    return {"cell_type": "code", "metadata": {}, "source": text, "outputs": [], "execution_count": None}


def find_cell(notebook: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The cell with this grade_id."""
    return next(cell for cell in notebook["cells"] if grade_id(cell) == name)


def _lay(notebook: dict[str, Any], overlay: Overlay, folder: Path) -> None:
    cells = notebook["cells"]
    if overlay.where == "before":
        cells.insert(0, extra_cell(overlay.text))
        return
    at = next((i for i, cell in enumerate(cells) if grade_id(cell) == overlay.name), None)
    if at is None:
        raise ValueError(f"{folder.name}/cells.py: no cell {overlay.name!r} in the notebook")
    if not overlay.where:
        cells[at]["source"] = overlay.text
        return
    while at + 1 < len(cells) and not grade_id(cells[at + 1]) and cells[at + 1]["cell_type"] == "code" and "id" not in cells[at + 1]:
        at += 1                                     # after the cells that were laid there before
    cells.insert(at + 1, extra_cell(overlay.text))
