"""The student's text behind a function: its own cell, and every student binding that can be reached from it by name.

Read from the cells' syntax trees, not from the running objects, which may lie. The guard that rules out library routines
reads this text; cells that a problem does not use must not fail it (`import torch` for one problem, forbidden in another).
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from autograder.execution.plan import _without_magics as without_magics


def reachable(cells: Sequence[str], name: str) -> str:
    """All statements of the student's cells that `name` depends on; empty when no cell binds the name.

    A cell that binds a needed name as a function or class is taken whole, as its helpers stand there; of other cells, the statements
    that bind a needed name or change something through it (`np.norm = ...`, `setattr(np, ...)`).
    """
    parsed = []
    for text in cells:
        try:
            parsed.append((without_magics(text), ast.parse(without_magics(text))))
        except (SyntaxError, ValueError, RecursionError):
            continue
    needed, taken = {name}, set[tuple[int, int]]()
    if not any(name in _binds(node) for _, tree in parsed for node in tree.body):
        return ""
    changed = True
    while changed:
        changed = False
        for number, (_, tree) in enumerate(parsed):
            whole = any(isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and node.name == name for node in tree.body)
            for place, node in enumerate(tree.body):
                if (number, place) in taken or not (whole or _binds(node) & needed or _touches(node) & needed):
                    continue
                taken.add((number, place))
                needed |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
                changed = True
    return "\n".join(
        ast.get_source_segment(text, node) or ""
        for number, (text, tree) in enumerate(parsed)
        for place, node in enumerate(tree.body)
        if (number, place) in taken
    )


def _binds(node: ast.stmt) -> set[str]:
    """Names that a top-level statement binds, also inside its blocks (if, for, with, try), not inside functions."""
    names: set[str] = set()
    waiting: list[ast.AST] = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(part.name)
            continue
        if isinstance(part, (ast.Import, ast.ImportFrom)):
            names |= {(item.asname or item.name).split(".")[0] for item in part.names}
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            names.add(part.id)
        if not isinstance(part, ast.Lambda):
            waiting += ast.iter_child_nodes(part)
    return names


def _touches(node: ast.stmt) -> set[str]:
    """Names through which a statement stores an attribute or an item, or calls setattr, anywhere inside it."""
    names: set[str] = set()
    for part in ast.walk(node):
        if isinstance(part, (ast.Attribute, ast.Subscript)) and isinstance(part.ctx, (ast.Store, ast.Del)):
            root: ast.AST = part
            while isinstance(root, (ast.Attribute, ast.Subscript)):
                root = root.value
            if isinstance(root, ast.Name) and not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                names.add(root.id)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in ("setattr", "delattr"):
            names |= {n.id for a in part.args[:1] for n in ast.walk(a) if isinstance(n, ast.Name)}
    return names
