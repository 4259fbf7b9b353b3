"""Arguments changed in place: the same things are numbered on both sides, and only content of the same form is put back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from autograder.execution.changes import changeable, content, put_back
from autograder.execution.wire import Decoder, Encoder, Refused


def refuse(value: Any, encoder: Encoder) -> Any:
    raise Refused("nothing but data here")


def sent(value: Any) -> tuple[Any, Any]:
    """The tree of a value, and the value as the other side has it."""
    encoder = Encoder(refuse)
    tree = encoder.encode(value)
    return tree, Decoder([bytearray(b) for b in encoder.buffers], lambda tree, decoder: None).decode(tree)


VALUES = {
    "nested": [[1, [2.0]], {"a": [3], "b": {4}}, (np.zeros(2), [torch.ones(2)])],
    "nothing that changes": [(1, "two", frozenset((3,)))],
    "one object twice": (lambda item: [item, item])([1]),
}


@pytest.mark.parametrize("case", VALUES)
def test_both_sides_number_the_same_things(case: str) -> None:
    tree, there = sent(VALUES[case])
    here = list(changeable(tree, VALUES[case]))
    assert [content(item, refuse) for item in here] == [content(item, refuse) for item in changeable(tree, there)]


def test_what_a_handle_stands_for_is_not_looked_into() -> None:
    tree = {"k": "list", "v": [{"k": "handle", "i": 1}]}
    assert list(changeable(tree, [[1, 2]])) == [[[1, 2]]]


@pytest.mark.parametrize(
    "old, new",
    [
        ([1, 2], [3]),
        ({"a": 1}, {"b": 2}),
        ({1}, {2, 3}),
        (np.zeros((2, 2)), np.ones((2, 2))),
        (torch.zeros(3), torch.ones(3)),
        (torch.zeros(3, requires_grad=True), torch.ones(3, requires_grad=True)),
    ],
    ids=["list", "dict", "set", "array", "tensor", "tensor with a gradient"],
)
def test_the_content_is_put_into_the_object_itself(old: Any, new: Any) -> None:
    put_back(old, new)
    assert content(old, refuse) == content(new, refuse) and old is not new


@pytest.mark.parametrize(
    "old, new",
    [
        ([1], (2,)),
        (np.zeros(2), np.ones(3)),
        (np.zeros(2), np.ones(2, dtype=np.float32)),
        (np.zeros(2), [1, 1]),
        (torch.zeros(2), torch.ones(3)),
    ],
    ids=["another type", "another shape", "another dtype", "a list for an array", "another size"],
)
def test_what_has_another_form_is_left_out(old: Any, new: Any) -> None:
    before = content(old, refuse)
    put_back(old, new)
    assert content(old, refuse) == before
