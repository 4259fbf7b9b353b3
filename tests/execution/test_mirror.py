"""What a test does to libraries is read from its text: constants in the place of members, and seeds."""

from __future__ import annotations

import ast
import math
import types
from typing import Any

import pytest

from autograder.execution.mirror import PATCH, seeds, teller, with_patches_told


def told(text: str) -> list[tuple[Any, ...]]:
    """What a test tells of its patches, in order."""
    heard: list[tuple[Any, ...]] = []
    tell = teller(lambda *patch: heard.append(patch), lambda *back: heard.append(back))
    module = types.ModuleType("library")
    module.f = module.inner = math  # type: ignore[attr-defined]
    names = {"library": module, "thing": types.SimpleNamespace(), PATCH: tell}
    exec(compile(with_patches_told(ast.parse(text)), "<test>", "exec"), names)
    return [(owner.__name__, *rest) for owner, *rest in heard]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("library.f = None", [("library", "f", None)]),
        ("if True:\n    library.f = 3", [("library", "f", 3)]),
        ("keep = library.f\nlibrary.f = None\nlibrary.f = keep", [("library", "f", None), ("library", "f")]),
        ("library.f = [1]", [("library", "f")]),
        ("thing.f = None", []),
        ("x = 3", []),
    ],
    ids=["a constant", "inside a statement", "put back", "no constant", "no module", "a name"],
)
def test_a_patch_of_a_module_is_told(text: str, expected: list[tuple[Any, ...]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("np.random.seed(0)", True),
        ("torch.manual_seed(1)", True),
        ("random.seed(2)\nf()", True),
        ("rng = np.random.default_rng(0)", False),
        ("seed = 3\nf(seed)", False),
    ],
)
def test_seeds_of_global_generators_are_found(text: str, expected: bool) -> None:
    assert seeds(ast.parse(text)) is expected
