"""Author text (jupytext percent) to a checked nbgrader source notebook.

One key in a cell line says what the cell is, and its value is nbgrader's grade_id:

    # %% solution="lu"                          the student fills it in
    # %% test="lu-factors" points=7             tests, visible and hidden
    # %% [markdown] manual="proof" points=6     a written answer, marked by hand
    # %% given="setup"                          code that the student receives, locked
    # %% look="lu"                              draws the student's own result; not run when grading

Everything that can be wrong in one cell, or between cells, stops here with an AssignmentError that names file, cell and
line, because each of these mistakes is silent later: a misspelt key makes a graded cell a free one, a forgotten region
publishes the reference. What assignment.toml says about the cells is checked in `assignment`.
"""
from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import jupytext
import nbformat

from ..model import AssignmentError
from ..syntax import parse_strictly
from .cells import Cell, Region, bound_names, checker_calls, released
from .strict import nearest

WIDTH = 98                                                  # columns that fit beside JupyterLab's file browser
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
ROLES: dict[str, dict[str, bool]] = {                       # key in the cell line -> nbgrader's flags
    "solution": {"grade": False, "solution": True, "locked": False, "task": False},
    "test": {"grade": True, "solution": False, "locked": True, "task": False},
    "manual": {"grade": True, "solution": True, "locked": False, "task": False},
    "given": {"grade": False, "solution": False, "locked": True, "task": False},
}
KEYS = (*ROLES, "look", "points")
LAYOUT = ("lines_to_next_cell", "lines_to_end_of_cell_marker", "cell_marker")      # jupytext's own notes
NO_CHECKERS = frozenset({"fresh_rng", "remote", "source_of"})                       # of `checks`, but decide nothing
TEST_ID = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)-([A-Za-z][A-Za-z0-9_]*)")
PLAIN_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LONGEST_ID = 64                                             # nbformat's limit for a cell id


def read_author_text(text: str, *, file: str) -> dict[str, Any]:
    """The nbgrader source notebook (nbformat 4.5) that the text describes.

    Cell ids are the grade_ids, or `cell-007` for others, so the same text gives the same notebook.
    Raises AssignmentError, naming file, cell and line, for everything that would go wrong later.
    """
    cells = _read(text, file)
    for cell in cells:
        _check(cell)
    _check_together(cells)
    notebook = {
        "cells": [_to_notebook(cell) for cell in cells],
        "metadata": {"kernelspec": dict(KERNEL)},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    nbformat.validate(notebook)
    return notebook


def solution_cells(notebook: Mapping[str, Any]) -> dict[str, str]:
    """grade_id -> source of the cells that students fill in, written answers included."""
    return {told["grade_id"]: _source(cell) for cell, told in _named(notebook) if told["solution"]}


def stub_cells(notebook: Mapping[str, Any]) -> dict[str, str]:
    """grade_id -> what the student starts from; the same from a source notebook and from its release."""
    return {told["grade_id"]: released(_source(cell), cell["cell_type"])
            for cell, told in _named(notebook) if told["solution"]}


def _source(cell: Mapping[str, Any]) -> str:
    """A cell's text; in a notebook's file it may be a list of lines."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _named(notebook: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    for cell in notebook["cells"]:
        if told := cell["metadata"].get("nbgrader"):
            yield cell, told


# ---------------------------------------------------------------- reading

def _read(text: str, file: str) -> tuple[Cell, ...]:
    try:
        parsed = jupytext.reads(text, fmt="py:percent")
    except Exception as error:              # jupytext, yaml and nbformat share no exception class
        raise AssignmentError(f"cannot be read as jupytext percent text: {error}", file=file) from None
    kernel = parsed.metadata.get("kernelspec", KERNEL).get("name")
    if kernel != KERNEL["name"]:
        raise AssignmentError(f'unknown kernel "{kernel}" in the header; write '
                              "kernelspec: {name: python3, display_name: Python 3, language: python}", file=file)
    if not parsed.cells:
        raise AssignmentError('there are no cells; a cell begins with a line "# %%"', file=file)
    cells, at, rows = [], 0, text.split("\n")
    for number, raw in enumerate(parsed.cells, 1):
        source = raw.source.strip("\n")
        lines, at = _locate(source.split("\n"), rows, at)
        told = {key: value for key, value in raw.metadata.items() if key not in LAYOUT}
        cell = Cell(number, raw.cell_type, source, told, file, lines)
        if raw.cell_type not in ("code", "markdown"):
            raise cell.error(f"a {raw.cell_type} cell; write # %% or # %% [markdown]. A header at the top of the file "
                             "must be valid YAML, or it becomes a raw cell")
        cells.append(cell)
    return tuple(cells)


def _locate(source: Sequence[str], rows: Sequence[str], start: int) -> tuple[tuple[int, ...], int]:
    """Line numbers (from 1) of the source lines in the text, and where to search on: jupytext does not keep them."""
    def bare(line: str) -> str:
        return line.lstrip("# \t").rstrip()

    lines = []
    for line in source:
        wanted = bare(line)
        if wanted:
            start = next((i for i in range(start, len(rows)) if bare(rows[i]) == wanted), start - 1) + 1
        lines.append(max(start, 1))
    return tuple(lines), start


# ---------------------------------------------------------------- one cell

def _check(cell: Cell) -> None:
    _check_keys(cell)
    _check_id(cell)
    _check_points(cell)
    _check_regions(cell, cell.regions())
    if cell.kind == "code":
        _check_code(cell)


def _check_keys(cell: Cell) -> None:
    if "incorrectly_encoded_metadata" in cell.told:
        raise cell.error(f"the cell line cannot be read near {cell.told['incorrectly_encoded_metadata']!r}; "
                         'write texts in double quotes and no space around "=", such as test="lu-factors" points=7')
    for key in cell.told:
        if key not in KEYS:
            raise cell.error(f'unknown key "{key}" in the cell line{nearest(key, KEYS)}')
    roles = [key for key in cell.told if key in ROLES or key == "look"]
    if len(roles) > 1:
        raise cell.error(f"is {' and '.join(roles)} at once; a cell has one of these keys")
    if roles and roles[0] in ("solution", "test", "given", "look") and cell.kind != "code":
        raise cell.error(f"a {roles[0]} cell holds code; remove [markdown] from its cell line")


def _check_id(cell: Cell) -> None:
    for role in ROLES:
        if role not in cell.told:
            continue
        name = cell.told[role]
        pattern = TEST_ID if role == "test" else PLAIN_ID
        if not isinstance(name, str) or not pattern.fullmatch(name):
            form = ('"<solution>-<property>", such as "lu-factors": letters, digits and underscores around one hyphen'
                    if role == "test" else "a name of letters, digits and underscores, such as \"lu\"")
            raise cell.error(f"{role}={name!r} is not {form}")
        if len(name) > LONGEST_ID:
            raise cell.error(f'"{name}" has {len(name)} characters; {LONGEST_ID} are possible')
    if "look" in cell.told and not isinstance(cell.told["look"], str):
        raise cell.error(f'look={cell.told["look"]!r} is not the id of a solution, such as "lu"')


def _check_points(cell: Cell) -> None:
    graded = "test" in cell.told or "manual" in cell.told
    if not graded:
        if "points" in cell.told:
            raise cell.error("has points but is neither a test nor a manual cell, so nobody could earn them")
        return
    points = cell.told.get("points")
    if points is None:
        raise cell.error("points are missing; write points=4 in the cell line"
                         + (", or points=0 for definitions that other tests use" if "test" in cell.told else ""))
    if isinstance(points, bool) or not isinstance(points, int | float):
        raise cell.error(f"points={points!r} must be a number")
    if not 0 <= points < float("inf"):
        raise cell.error(f"points={points} must not be negative" if points < 0 else f"points={points} must be finite")
    if points == 0 and "manual" in cell.told:
        raise cell.error("points=0 for a written answer; a cell without points is plain [markdown]")


def _check_regions(cell: Cell, regions: tuple[Region, ...]) -> None:
    for region in regions:
        if region.hidden and "test" not in cell.told:
            raise cell.error("hidden tests stand outside a test cell, where nbgrader does not remove them; move them "
                             'into a cell with test="…"', region.first)
        if not region.hidden and not ("solution" in cell.told or "manual" in cell.told):
            raise cell.error("a solution stands outside a solution cell; give the cell line solution=\"…\" or move it",
                             region.first)
        if not any(line.strip() for line in cell.source.split("\n")[region.first + 1:region.last]):
            raise cell.error("the region is empty", region.first)
    if ("solution" in cell.told or "manual" in cell.told) and not regions:
        begin, end = (("### BEGIN SOLUTION", "### END SOLUTION") if cell.kind == "code"
                      else ("<!-- BEGIN SOLUTION -->", "<!-- END SOLUTION -->"))
        what = "the reference" if cell.kind == "code" else "model answer and rubric"
        raise cell.error(f"has no solution region, so it is not said what students may see; "
                         f"put {what} between {begin} and {end}")


def _check_code(cell: Cell) -> None:
    tree = _parse(cell, cell.source, "")
    stub = _parse(cell, released(cell.source, "code"), "after the regions are removed, what students receive ")
    hidden = {at for region in cell.regions() for at in range(region.first, region.last + 1)}
    for at, line in enumerate(cell.source.split("\n")):
        if at not in hidden and len(line) > WIDTH:
            raise cell.error(f"a line that students see has {len(line)} columns, {WIDTH} fit on their screen; "
                             "break it", at)
    if "solution" in cell.told:
        name = cell.told["solution"]
        bound = bound_names(tree)
        if name not in bound:
            raise cell.error(f'does not define "{name}"{nearest(name, bound)}. '
                             "A solution id is the name that the cell defines")
        if name not in bound_names(stub):
            raise cell.error(f'"{name}" is defined inside the region only; begin the region below its def line, or '
                             f'bind it before (`{name} = ""`), so that the empty release fails with a sentence')
    if "test" in cell.told and cell.told["points"] and not set(checker_calls(tree)) - NO_CHECKERS:
        raise cell.error("is graded but calls no checker (`checks.…(…)`), so everybody would pass")


def _parse(cell: Cell, source: str, prefix: str) -> ast.Module:
    try:
        return parse_strictly(source, cell.name)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        magic = source.split("\n")[line - 1:line]
        if magic and magic[0].lstrip().startswith(("%", "!")):
            raise cell.error(f"{prefix}does not compile: {magic[0].strip()!r} is an IPython command; "
                             "cells are plain Python, as tests run without IPython", line - 1) from None
        at = min(line - 1, len(cell.lines) - 1) if not prefix else 0
        raise cell.error(f"{prefix}does not compile: {getattr(error, 'msg', None) or error}", at) from None


# ---------------------------------------------------------------- between cells

def _check_together(cells: Sequence[Cell]) -> None:
    seen: dict[str, Cell] = {}
    solutions = [cell.told["solution"] for cell in cells if "solution" in cell.told]
    for cell in cells:
        if cell.name in seen and cell.name != str(cell.number):
            raise cell.error(f"the id was used before, in line {seen[cell.name].lines[0]}; ids are unique")
        seen[cell.name] = cell
        of = cell.told["test"].partition("-")[0] if "test" in cell.told else cell.told.get("look")
        if of is None:
            continue
        what = "tests" if "test" in cell.told else "looks at"
        if of not in solutions:
            raise cell.error(f'{what} "{of}", but no cell has solution="{of}"{nearest(str(of), solutions)}')
        if of not in seen:
            raise cell.error(f'{what} "{of}" before the cell with solution="{of}"; move it below')


# ---------------------------------------------------------------- the notebook

def header(test: str, points: float) -> str:
    """The first line of a test cell, written by the build: points are stated once, in the metadata."""
    return f"# {test}, {points:g} point{'' if points == 1 else 's'}"


def _to_notebook(cell: Cell) -> dict[str, Any]:
    metadata: dict[str, Any] = {}
    for role, flags in ROLES.items():
        if role in cell.told:
            metadata["nbgrader"] = {"schema_version": 3, "grade_id": cell.told[role], **flags}
            if flags["grade"]:
                metadata["nbgrader"]["points"] = cell.told["points"]
    if "look" in cell.told:
        metadata["tags"] = ["look"]
    if cell.told.get("points") and "test" in cell.told:
        cell = replace(cell, source=f"{header(cell.told['test'], cell.told['points'])}\n{cell.source}")
    made = {
        "id": cell.name if "nbgrader" in metadata else f"cell-{cell.number:03}",
        "cell_type": cell.kind,
        "metadata": metadata,
        "source": cell.source,
    }
    return made | ({"execution_count": None, "outputs": []} if cell.kind == "code" else {})
