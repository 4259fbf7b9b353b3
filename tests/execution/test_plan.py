"""The names that a cell binds are read without harm from any text, and a cell of ours runs as in a notebook."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.execution.plan import bound, compiled, loaded

NASTY = {
    "signs": "-" * 100_000 + "1",
    "nested calls": "f(" * 3000 + ")" * 3000,
    "a chain of branches": "if 1: pass\n" + "elif 1: pass\n" * 20_000,
    "a long sum": "+".join(["1"] * 50_000),
    "no text": "a\0b",
    "half a character": "x = '\ud800'",
}


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_a_text_that_the_parser_cannot_take_binds_and_reads_nothing(text: str) -> None:
    assert bound(text) == loaded(text) == set()


def test_a_cell_far_too_long_is_not_read() -> None:
    assert bound("x = 1\n" * 10) == {"x"}
    assert bound("x = 1\n" * 100_000) == set()


def test_annotations_in_a_cell_of_ours_are_evaluated_as_in_a_notebook() -> None:
    names: dict[str, Any] = {}
    exec(compiled("%matplotlib inline\ndef double(x: int) -> float: ...", "double-visible"), names)
    assert names["double"].__annotations__ == {"x": int, "return": float}
