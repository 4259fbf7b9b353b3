"""The names that a cell binds are read without harm from any text."""

from __future__ import annotations

import pytest

from autograder.execution.plan import bound, loaded

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
