"""How the similarity of solutions is judged: copies in disguise against independent solutions, from the banks of the assignments.

`python -m tests.similarity.disguises` prints the table of docs/tas.md. The right solutions of a problem in a bank, and its reference,
solve the same problem in different ways; some were written as variations of each other, so their similarity is an upper bound for what
independent students have. A copy is one of them, rewritten by a program in the ways in which copies are hidden.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

from autograder.authoring import bank, load_assignment, solution_cells, stub_cells
from autograder.similarity import Comparison, Piece, Work, compare

ASSIGNMENTS = Path(__file__).parents[2] / "assignments"
DISGUISES = ("reformatted", "renamed", "constants", "moved lines", "dead code", "all of these")
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
Problem = tuple[str, tuple[str, ...], str]  # name, its solutions, what students start from


@cache
def problems() -> tuple[Problem, ...]:
    """The problems of all assignments that have several right solutions."""
    found = []
    for folder in sorted(ASSIGNMENTS.glob("hw*")):
        assignment = load_assignment(folder)
        reference, stubs = solution_cells(assignment.notebook), stub_cells(assignment.notebook)
        by_cells: dict[tuple[str, ...], list[str]] = {}
        for case in bank(folder, assignment):
            if case.correct:
                by_cells.setdefault(case.replaces, []).append(without_docstring(case.source))
        for cells, sources in by_cells.items():
            sources.append("\n".join(reference[cell] for cell in cells))
            found.append((f"{folder.name} {cells[0]}", tuple(sources), "\n".join(stubs[cell] for cell in cells)))
    return tuple(found)


def without_docstring(source: str) -> str:
    """A bank case without its header, which is no solution."""
    first = ast.parse(source).body[0]
    return "\n".join(source.split("\n")[first.end_lineno :])


def share(one: str, other: str, given: str) -> float:
    """The larger share of two solutions."""
    found = alone(one, other, given)
    return max((pair.share for pair in found.pairs), default=0.0)


def alone(one: str, other: str, given: str = "") -> Comparison:
    """Two solutions of one problem, and nobody else."""
    works = [Work(name, (name,), (Piece("p1", "p1", text),)) for name, text in (("one", one), ("other", other))]
    return compare(works, [Piece("", "", given)], top=0)


def long_enough(source: str, given: str) -> bool:
    """A solution of one or two lines looks like every other; it says nothing."""
    found = alone(source, source, given).pairs
    return bool(found) and found[0].shared >= 5


def independent() -> Iterator[float]:
    """The shares of pairs of different solutions of the same problem."""
    for _, sources, given in problems():
        for one, other in combinations([source for source in sources if long_enough(source, given)], 2):
            yield share(one, other, given)


def copies(disguise: str) -> Iterator[float]:
    """The shares of solutions and their disguised copies."""
    for _, sources, given in problems():
        for source in sources:
            if long_enough(source, given):
                yield share(source, disguised(source, disguise), given)


def disguised(source: str, disguise: str) -> str:
    """The same solution, written as somebody who hides a copy would write it."""
    tree = ast.parse(source)
    everything = disguise == "all of these"
    if everything or disguise == "constants":
        change_constants(tree)
    if everything or disguise == "dead code":
        insert_dead_code(tree)
    if everything or disguise == "moved lines":
        move_lines(tree)
    if everything or disguise == "renamed":
        rename(tree)
    return ast.unparse(ast.fix_missing_locations(tree))  # drops comments and layout in any case


def change_constants(tree: ast.AST) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            node.value = 2 * node.value + 1


def rename(tree: ast.AST) -> None:
    """Every name but those of Python and of the libraries' modules."""
    names: dict[str, str] = {}
    kept = {*dir(builtins), "np", "torch"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id not in kept:
            node.id = names.setdefault(node.id, f"v{len(names)}")
        elif isinstance(node, ast.arg):
            node.arg = names.setdefault(node.arg, f"v{len(names)}")


def insert_dead_code(tree: ast.AST) -> None:
    """A line that does nothing after every third statement."""
    for node in list(ast.walk(tree)):
        for name in ("body", "orelse"):
            body = getattr(node, name, None)
            if isinstance(body, list) and not isinstance(node, ast.Module):
                filled = []
                for number, statement in enumerate(body):
                    filled.append(statement)
                    if number % 3 == 1 and not isinstance(statement, ast.Return | ast.Raise | ast.Break | ast.Continue):
                        filled += ast.parse('unused = len("x") + 1').body
                setattr(node, name, filled)


def move_lines(tree: ast.AST) -> None:
    """Neighbours that do not need each other change places."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        at = 0
        while isinstance(body, list) and at + 1 < len(body):
            first, second = body[at], body[at + 1]
            if all(isinstance(s, ast.Assign | ast.FunctionDef) for s in (first, second)) and not (
                written(first) & named(second) or written(second) & named(first)
            ):
                body[at], body[at + 1] = second, first
                at += 1
            at += 1


def named(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | written(tree)


def written(tree: ast.AST) -> set[str]:
    stored = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return stored | {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def quantiles(values: Sequence[float]) -> tuple[float, ...]:
    ordered = sorted(values)
    return tuple(ordered[min(int(part * len(ordered)), len(ordered) - 1)] for part in QUANTILES)


def table() -> str:
    """The measured table, as it stands in the docs."""
    rows = [("independent solutions", list(independent()))]
    rows += [(f"copy, {disguise}", list(copies(disguise))) for disguise in DISGUISES]
    lines = ["| | pairs | 5 % have at most | 25 % | half | 75 % | 95 % |", "|---|---:|---:|---:|---:|---:|---:|"]
    lines += [f"| {name} | {len(values)} | " + " | ".join(f"{100 * q:.0f} %" for q in quantiles(values)) + " |" for name, values in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
