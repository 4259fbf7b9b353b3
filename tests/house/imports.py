"""Who imports whom in autograder/, read from the source with `ast`. Imports inside functions count; nothing is run."""
from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "autograder"


@dataclass(frozen=True)
class Import:
    """`module` (a dotted name) imports `target`: ours by its full name, somebody else's by its first word."""

    module: str
    target: str
    ours: bool
    line: int
    relative: bool = False

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}"


def part(module: str) -> str:
    """The row of the table that a module belongs to: the name below autograder, "" for the package itself."""
    return module.partition(".")[2].partition(".")[0]


@cache
def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name; a package stands for its __init__."""
    return {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
            for path in sorted(PACKAGE.rglob("*.py")) if not {"skeleton", "single_user"} & set(path.parts)}
    # what authors start from, and the settings of students' servers, are files that others read, not modules


@cache
def imports() -> tuple[Import, ...]:
    """Every import in the package that is not of the standard library."""
    return tuple(found for module, path in modules().items()
                 for found in read(module, path.read_text(encoding="utf-8"), is_package=path.name == "__init__.py"))


def read(module: str, text: str, *, is_package: bool = False) -> Iterator[Import]:
    """The imports in the text of one module."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names, relative = [alias.name for alias in node.names], False
        elif isinstance(node, ast.ImportFrom):
            names, relative = [_origin(module, node, alias.name, is_package) for alias in node.names], node.level > 0
        else:
            continue
        for name in dict.fromkeys(names):
            if name.partition(".")[0] == PACKAGE.name:
                yield Import(module, _module_of(name), True, node.lineno, relative)
            elif name.partition(".")[0] not in sys.stdlib_module_names:
                yield Import(module, name.partition(".")[0], False, node.lineno)


def _origin(module: str, node: ast.ImportFrom, name: str, is_package: bool) -> str:
    """Full name of what `from … import name` takes."""
    above = module.split(".")
    above = above[:len(above) - node.level + is_package] if node.level else []
    return ".".join([*above, *([node.module] if node.module else []), name])


def _module_of(name: str) -> str:
    """`autograder.model.Status` is something in the module `autograder.model`."""
    while name not in modules():
        name = name.rpartition(".")[0]
    return name
