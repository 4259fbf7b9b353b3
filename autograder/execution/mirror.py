"""What a test does to the libraries of its own process, done in the student's as well.

A test may seed the global random generators, or take a library's function away (`np.linalg.solve = None`), and means the student's code.
Both are read from the test's own text. Only constants travel, and the state of the generators only from T to S: the other way round the
student's process would choose the inputs of the tests.
"""

from __future__ import annotations

import ast
import types
from collections.abc import Callable
from typing import Any

PATCH = "__mirror__"
"""The name in T's namespace under which a rewritten test tells of a patch."""


def seeds(tree: ast.AST) -> bool:
    """Whether a test seeds a global generator."""
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("seed", "manual_seed", "set_state")
        for node in ast.walk(tree)
    )


def with_patches_told(tree: ast.Module) -> ast.Module:
    """The test, which after each assignment to an attribute calls PATCH with the object, the attribute's name and the value."""
    _Teller().visit(tree)
    return ast.fix_missing_locations(tree)


class _Teller(ast.NodeTransformer):
    def visit_Assign(self, node: ast.Assign) -> Any:
        target = node.targets[0]
        if len(node.targets) > 1 or not isinstance(target, ast.Attribute):
            return node
        told = ast.parse(f"{PATCH}({ast.unparse(target.value)}, {target.attr!r})").body[0]
        return [node, ast.copy_location(told, node)]


Patch = Callable[[types.ModuleType, str, Any], None]
Unpatch = Callable[[types.ModuleType, str], None]


def teller(patch: Patch, unpatch: Unpatch) -> Callable[[Any, str], None]:
    """What stands under PATCH: tells of attributes of modules, a constant or something else."""

    def tell(owner: Any, name: str) -> None:
        if type(owner) is types.ModuleType:
            value = getattr(owner, name)
            if value is None or type(value) in (bool, int, float, str):
                patch(owner, name, value)
            else:
                unpatch(owner, name)

    return tell
