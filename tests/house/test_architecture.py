"""The layer table in docs/architecture.md is the rule; here the package is held to it.

A part is a module or a package directly in autograder/. It may import parts of lower layers, and those of its own layer
that its row names under "beside". What it imports from other people's packages is what its row names under "leans on",
no more and no less, so that a new dependency is a decision somebody wrote down.
"""
from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.house.imports import PACKAGE, imports, modules, part, read
from tests.house.project import pyproject

PAGE = PACKAGE.parent / "docs" / "architecture.md"


@dataclass(frozen=True)
class Row:
    layer: int
    part: str
    beside: frozenset[str]
    leans_on: frozenset[str]


@cache
def table() -> dict[str, Row]:
    """The rows `| layer | part | beside | leans on | … |` of the page."""
    rows = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and cells[0].isdigit():
            name = cells[1].strip("`/")
            assert name not in rows, f"{name} has two rows in {PAGE.name}"
            rows[name] = Row(int(cells[0]), name, frozenset(re.findall(r"`(\w+)`", cells[2])),
                             frozenset(re.findall(r"`(\w+)`", cells[3])))
    return rows


def allowed(importer: str, imported: str) -> bool:
    """Whether the table lets one part import another."""
    one, other = table()[importer], table()[imported]
    return other.layer < one.layer or imported in one.beside


def test_every_part_has_a_row_and_every_row_a_part() -> None:
    there = {part(module) for module in modules()} - {""}
    assert there == set(table())


@pytest.mark.parametrize("name", sorted(table()))
def test_imports_go_down(name: str) -> None:
    wrong = [str(i) for i in imports() if i.ours and part(i.module) == name
             and part(i.target) not in ("", name) and not allowed(name, part(i.target))]
    assert not wrong


@pytest.mark.parametrize("name", sorted(table()))
def test_what_stands_beside_is_used_and_in_the_same_layer(name: str) -> None:
    used = {part(i.target) for i in imports() if i.ours and part(i.module) == name}
    for other in table()[name].beside:
        assert table()[other].layer == table()[name].layer, f"{other} is not in the layer of {name}"
        assert other in used, f"{name} does not import {other}: take it out of the table"


@pytest.mark.parametrize("name", sorted(table()))
def test_a_part_leans_on_what_its_row_says(name: str) -> None:
    assert {i.target for i in imports() if not i.ours and part(i.module) == name} == table()[name].leans_on


def test_what_is_imported_is_declared() -> None:
    declared = {re.split(r"[^\w.-]", name)[0].lower() for name in pyproject()["project"]["dependencies"]}
    assert {package.lower() for row in table().values() for package in row.leans_on} <= declared


def test_the_package_itself_imports_nothing() -> None:
    assert not [str(i) for i in imports() if part(i.module) == ""]


def test_the_checks_travel_alone() -> None:
    # Their files are copied into the release, where no autograder is installed: only themselves, by relative imports.
    strange = [str(i) for i in imports() if part(i.module) == "checks" and i.ours
               and not (i.relative and part(i.target) == "checks")]
    assert not strange


def test_no_module_waits_for_itself() -> None:
    graph: dict[str, set[str]] = {module: set() for module in modules()}
    for i in imports():
        # A package's own __init__ may name itself, by `from . import x`.
        if i.ours and i.target != i.module:
            graph[i.module].add(i.target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("import cycle: " + " -> ".join(reversed(error.args[1])))


@pytest.mark.parametrize("text, expected", [
    ("import numpy.linalg as la", [("numpy", False)]),
    ("from autograder.model import Status", [("autograder.model", True)]),
    ("from autograder import model", [("autograder.model", True)]),
    ("from . import model", [("autograder.model", True)]),
    ("from .model import Status, Role", [("autograder.model", True)]),
    ("def late():\n    import torch", [("torch", False)]),
    ("import json\nfrom pathlib import Path", []),
], ids=["foreign", "ours", "ours as a module", "relative", "several names", "inside a function", "standard library"])
def test_imports_are_read_as_python_means_them(text: str, expected: list[tuple[str, bool]]) -> None:
    found = [(i.target, i.ours) for i in read("autograder.somewhere", text)]
    assert list(dict.fromkeys(found)) == expected


@pytest.mark.parametrize("module, is_package, text, target", [
    ("autograder.checks", True, "from .basic import close", "autograder.checks.basic"),
    ("autograder.checks.gradient", False, "from .basic import close", "autograder.checks.basic"),
    ("autograder.checks.gradient", False, "from ..model import Role", "autograder.model"),
], ids=["in a package", "beside", "above"])
def test_a_relative_import_starts_where_it_stands(module: str, is_package: bool, text: str, target: str) -> None:
    assert [i.target for i in read(module, text, is_package=is_package)] == [target]


@pytest.mark.parametrize("module", sorted(modules()))
def test_a_module_opens_with_what_it_is_for(module: str) -> None:
    assert ast.get_docstring(ast.parse(modules()[module].read_text(encoding="utf-8")))
