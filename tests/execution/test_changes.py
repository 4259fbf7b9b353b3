"""What can be changed in place is found on both sides in the same order, however it crosses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.execution.changes import changeable
from autograder.execution.wire import Decoder, Encoder, Refused

NESTED = [[0.5] * 20, ([1, 2], (0.5,) * 20), {"a": np.ones(2), "b": {1}}]


def refuse(*_: Any) -> Any:
    raise Refused


@pytest.mark.parametrize("value", [NESTED, [0.5] * 20, [0.5], (0.5,) * 20, {}], ids=["nested", "floats", "float", "tuple", "empty"])
def test_both_sides_find_the_same_parts(value: Any) -> None:
    encoder = Encoder(refuse)
    tree = encoder.encode(value)
    there = Decoder([bytearray(b) for b in encoder.buffers], refuse).decode(tree)
    ours, theirs = ([type(part) for part in changeable(tree, side)] for side in (value, there))
    assert ours == theirs and (tuple in ours) is False
