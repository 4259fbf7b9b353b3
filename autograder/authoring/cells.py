"""One cell of author text: where it stands, which parts students do not receive, what it defines.

A *region* is the part between `### BEGIN SOLUTION` and `### END SOLUTION`, or the same with `HIDDEN TESTS`; in markdown
the markers are comments, `<!-- BEGIN SOLUTION -->`. nbgrader removes regions by looking for capital words anywhere in a
line and overlooks a misspelt marker, which would publish a reference solution; so a line that only resembles a marker
is an error here. Nothing in this module reads files or knows about points.
"""
from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..model import AssignmentError

CODE_STUB = ("# YOUR CODE HERE", "raise NotImplementedError()")     # what nbgrader leaves in place of a region
TEXT_STUB = ("YOUR ANSWER HERE",)

EXACT_IN_CODE = re.compile(r"\s*### (BEGIN|END) (SOLUTION|HIDDEN TESTS)\s*")
EXACT_IN_TEXT = re.compile(r"\s*<!-- (BEGIN|END) (SOLUTION) -->\s*")
SEEN_BY_NBGRADER = re.compile(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)|### (HASHED )?AUTOTEST")
RESEMBLING = re.compile(r"^\s*(#+|<!--)\s*(begin|end)[\s_-]*(the[\s_-]*)?(solution|hidden|mark[\s_-]*scheme)",
                        re.IGNORECASE)

Kind = Literal["code", "markdown"]


@dataclass(frozen=True)
class Region:
    """A part that students do not receive. `first` and `last` are the indices of its two marker lines."""

    hidden: bool                        # hidden tests; otherwise a solution
    first: int
    last: int


class MarkerError(ValueError):
    """A marker is wrong; `at` is the index of its line in the cell."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


def find_regions(source: str, kind: Kind) -> tuple[Region, ...]:
    """The regions of a cell in order; MarkerError when a marker is misspelt, nested, alone or out of order."""
    exact = EXACT_IN_CODE if kind == "code" else EXACT_IN_TEXT
    found: list[Region] = []
    opened: tuple[str, int] | None = None
    for at, line in enumerate(source.split("\n")):
        marker = exact.fullmatch(line)
        if marker is None:
            if SEEN_BY_NBGRADER.search(line) or RESEMBLING.search(line):
                wanted = "### BEGIN SOLUTION, ### END SOLUTION, ### BEGIN HIDDEN TESTS or ### END HIDDEN TESTS"
                if kind == "markdown":
                    wanted = "<!-- BEGIN SOLUTION --> or <!-- END SOLUTION -->"
                raise MarkerError(f"{line.strip()!r} resembles a marker but is none; write exactly {wanted}, "
                                  "alone in its line", at)
            continue
        edge, name = marker[1], marker[2]
        if edge == "BEGIN":
            if opened is not None:
                raise MarkerError(f"BEGIN {name} stands inside the {opened[0]} region that began in line "
                                  f"{opened[1] + 1} of the cell; end that one first, regions do not nest", at)
            opened = (name, at)
        elif opened is None:
            raise MarkerError(f"END {name} has no BEGIN {name} before it in this cell", at)
        elif opened[0] != name:
            raise MarkerError(f"END {name} comes where END {opened[0]} is due", at)
        else:
            found.append(Region(hidden=name == "HIDDEN TESTS", first=opened[1], last=at))
            opened = None
    if opened is not None:
        raise MarkerError(f"BEGIN {opened[0]} has no END {opened[0]} after it in this cell", opened[1])
    return tuple(found)


def visible_lines(source: str, kind: Kind) -> tuple[str, ...]:
    """The lines that students receive unchanged, without markers."""
    away = {at for region in find_regions(source, kind) for at in range(region.first, region.last + 1)}
    return tuple(line for at, line in enumerate(source.split("\n")) if at not in away)


def withheld_lines(source: str, kind: Kind) -> tuple[str, ...]:
    """The lines inside the regions, without markers."""
    lines = source.split("\n")
    return tuple(line for region in find_regions(source, kind) for line in lines[region.first + 1:region.last])


def released(source: str, kind: Kind) -> str:
    """What nbgrader releases of this cell: solutions become a stub with their indent, hidden tests vanish."""
    lines, out, done = source.split("\n"), [], 0
    for region in find_regions(source, kind):
        out += lines[done:region.first]
        if not region.hidden:
            marker = lines[region.first]
            indent = marker[:len(marker) - len(marker.lstrip())]
            out += [indent + line for line in (CODE_STUB if kind == "code" else TEXT_STUB)]
        done = region.last + 1
    return "\n".join(out + lines[done:])


@dataclass(frozen=True)
class Cell:
    """A cell as the author wrote it. `told` is its metadata, `lines` the line in the file of each source line."""

    number: int                         # from 1
    kind: Kind
    source: str
    told: Mapping[str, Any]
    file: str
    lines: tuple[int, ...]

    @property
    def name(self) -> str:
        """The grade_id, or the cell's number: how messages call it."""
        return next((str(self.told[key]) for key in ("solution", "test", "manual", "given") if key in self.told),
                    str(self.number))

    def error(self, message: str, at: int = 0) -> AssignmentError:
        """An error that names file, cell and line; `at` is the index of the line in the source."""
        return AssignmentError(message, file=self.file, cell=self.name, line=self.lines[at] if self.lines else 0)

    def regions(self) -> tuple[Region, ...]:
        """`find_regions` with the place in the message."""
        try:
            return find_regions(self.source, self.kind)
        except MarkerError as wrong:
            raise self.error(str(wrong), wrong.at) from None


def bound_names(tree: ast.Module) -> frozenset[str]:
    """The names that a cell binds at its top level when it runs."""
    return frozenset(_bound(tree))


def _bound(node: ast.AST) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield child.name
        elif isinstance(child, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in child.names)
        elif isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
            yield child.id
        elif isinstance(child, ast.AnnAssign) and child.value is None:
            continue
        elif not isinstance(child, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            yield from _bound(child)


def checker_calls(tree: ast.Module) -> tuple[str, ...]:
    """The checkers that a test cell calls so that they raise: `checks.close(...)`, not `checks.close.verdict(...)`."""
    return tuple(
        node.func.attr for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name) and node.func.value.id == "checks"
    )
