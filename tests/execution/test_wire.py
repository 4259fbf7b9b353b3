"""Plain data crosses by value, exactly; anything else, and any frame that is not as agreed, is refused."""

from __future__ import annotations

import contextlib
import json
import math
import socket
import struct
import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.execution.wire import Channel, Decoder, Encoder, Gone, Late, Refused, readable


def refuse(value: Any, *_: Any) -> Any:
    raise Refused(f"no {type(value).__name__}")


def through(value: Any) -> Any:
    encoder = Encoder(refuse)
    tree = json.loads(json.dumps(encoder.encode(value)))
    return Decoder([bytearray(b) for b in encoder.buffers], refuse).decode(tree)


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary()
    | st.complex_numbers(allow_nan=False)
    | st.fractions()
    | st.just(Decimal("0.1"))
)
VALUES = st.recursive(
    SCALARS,
    lambda i: st.lists(i, max_size=4) | st.tuples(i, i) | st.dictionaries(st.text() | st.integers(), i, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_plain_values_arrive_equal_and_of_the_same_type(value: Any) -> None:
    got = through(value)
    assert got == value and type(got) is type(value)


@given(
    hnp.arrays(
        st.sampled_from([np.float64, np.float32, np.int64, np.int8, np.uint16, np.bool_, np.complex128]),
        hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
    ),
    st.booleans(),
)
def test_arrays_arrive_with_dtype_shape_and_order(array: Any, columns: bool) -> None:
    array = np.asfortranarray(array) if columns else array
    got = through(array)
    assert type(got) is np.ndarray and got.dtype == array.dtype and got.shape == array.shape and got.tobytes() == array.tobytes()
    assert got.flags.f_contiguous == array.flags.f_contiguous and got.flags.writeable


@pytest.mark.parametrize(
    "tensor",
    [
        torch.arange(6.0).reshape(2, 3),
        torch.zeros(0, 3),
        torch.ones(2, dtype=torch.int8),
        torch.ones(2, 2).T,
        torch.tensor(True),
        torch.tensor([[0.5, -3.0]], dtype=torch.bfloat16).T,
        torch.tensor([1 + 2j, 3j]).conj(),
        torch.tensor([1 + 2j, 3j]).conj().imag,
        torch.ones(3, requires_grad=True),
    ],
)
def test_tensors_arrive_with_dtype_shape_and_grad_flag(tensor: torch.Tensor) -> None:
    got = through(tensor)
    assert (
        got.dtype == tensor.dtype and got.shape == tensor.shape and torch.equal(got, tensor) and got.requires_grad == tensor.requires_grad
    )


def test_special_floats_and_the_gradient_of_a_leaf_arrive() -> None:
    assert math.isnan(through(math.nan)) and through([math.inf, -math.inf]) == [math.inf, -math.inf]
    leaf = torch.ones(2, requires_grad=True)
    leaf.sum().backward()
    assert torch.equal(through(leaf).grad, torch.ones(2))
    assert isinstance(through(torch.nn.Parameter(torch.ones(2))), torch.nn.Parameter)


class Sub(float):
    pass


@pytest.mark.parametrize(
    "value",
    [
        object(),
        Sub(1),
        np.array([object()]),
        np.array(["a"]),
        np.array([1.0]).view(np.matrix),
        lambda: 1,
        int,
        np.ones(2).view(np.recarray),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_plain_is_left_to_the_side_in_question(value: Any) -> None:
    with pytest.raises(Refused):
        through(value)


@pytest.mark.parametrize(
    "tree",
    [
        {"k": "array", "d": "|b1", "s": [3], "f": False, "b": 0},
        {"k": "tensor", "d": "bool", "s": [3], "b": 0, "p": False, "r": False},
        {"k": "scalar", "d": "|b1", "b": 0},
    ],
    ids=lambda tree: tree["k"],
)
def test_a_truth_value_is_0_or_1_whatever_its_byte(tree: dict[str, Any]) -> None:
    got = np.asarray(Decoder([bytearray(b"\xff\x02\x00")], refuse).decode(tree))
    assert got.tobytes() == b"\1\1\0"[: got.nbytes]


def test_nesting_is_limited_both_ways() -> None:
    deep: Any = 1
    for _ in range(100):
        deep = [deep]
    with pytest.raises(Refused):
        Encoder(refuse).encode(deep)
    tree: Any = 1
    for _ in range(100):
        tree = {"k": "list", "v": [tree]}
    with pytest.raises(Refused):
        Decoder([], refuse).decode(tree)


MALFORMED = [
    {"k": "array", "d": "<f8", "s": [2], "f": False, "b": 0},
    {"k": "array", "d": "O", "s": [1], "f": False, "b": 0},
    {"k": "array", "d": "<f8", "s": [-1], "f": False, "b": 0},
    {"k": "array", "d": "<f8", "s": [2**40, 2**40], "f": False, "b": 0},
    {"k": "array", "d": "f8,f8", "s": [1], "f": False, "b": 0},
    {"k": "array", "d": "<f8", "s": ["1"], "f": False, "b": 0},
    {"k": "array", "d": "<f8", "s": [1], "f": False, "b": 7},
    {"k": "array", "d": "<f8", "s": [1], "f": False, "b": -1},
    {"k": "array"},
    {"k": "tensor", "d": "qint8", "s": [1], "b": 0, "p": 0, "r": 0},
    {"k": "torch_dtype", "v": "load"},
    {"k": "int", "v": "x"},
    {"k": "int", "v": 3},
    {"k": "float", "v": "1"},
    {"k": "dict", "v": [[{"k": "list", "v": []}, 1]]},
    {"k": "set", "v": [{"k": "list", "v": []}]},
    {"k": "fraction", "v": [1, 0]},
    {"k": "range", "v": [1, 2, 0]},
    {"k": "pickle", "v": "gANd"},
    {"k": "M"},
    {"k": 3},
    {},
    [1],
    {"k": "decimal", "v": "x"},
    {"k": "complex", "v": ["1", 2]},
    {"k": "list", "v": 3},
    {"k": "list", "v": {"a": 1}},
    {"k": "tensor", "d": "int64", "s": [1], "b": 0, "p": False, "r": True},
    {"k": "tensor", "d": "int64", "s": [1], "b": 0, "p": True, "r": True},
    {"k": "int", "v": "0x" + "f" * 30_000},
    {"k": "dtype", "v": ",,i4"},
    {"k": "decimal", "v": "1e999999"},
    {"k": "dtype", "v": "f8,"},
    {"k": "dtype", "v": "f77"},
]


@pytest.mark.parametrize("tree", MALFORMED, ids=lambda tree: str(tree)[:60])
def test_malformed_values_are_refused(tree: Any) -> None:
    with pytest.raises(Refused):
        Decoder([bytearray(8)], refuse).decode(tree)


TREES = st.recursive(
    st.none() | st.integers() | st.floats() | st.text(max_size=5),
    lambda i: (
        st.lists(i, max_size=3)
        | st.dictionaries(
            st.sampled_from(["k", "v", "d", "s", "b", "f", "p", "r", "g", "i"]),
            i | st.sampled_from(["list", "array", "tensor", "dict", "<f8", "float64", "int", "scalar", "size"]),
            max_size=6,
        )
    ),
    max_leaves=15,
)


@given(TREES)
@settings(max_examples=500)
def test_any_tree_is_either_a_value_or_refused(tree: Any) -> None:
    with contextlib.suppress(Refused):
        Decoder([bytearray(8), bytearray(0)], refuse).decode(tree)


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, Channel]]:
    ours, theirs = socket.socketpair()
    theirs.settimeout(5)
    yield ours, Channel(theirs)
    ours.close()
    theirs.close()


def frame(text: bytes) -> bytes:
    return struct.pack(">I", len(text)) + text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x00",
        struct.pack(">I", 2**31),
        frame(b"{"),
        frame(b"[1, 2, 3]"),
        frame(b"[1, [-5]]"),
        frame(b"[1, [1.5]]"),
        frame(b"[1, [99999999999]]"),
        frame(b"[1, {}]"),
        frame(b"[1, [5]]") + b"abc",
        frame(b"[" * 50_000),
        frame(b"\xff\xff"),
        frame(b"[1, [" + b"1," * 200_000 + b"1]]"),
    ],
    ids=lambda c: repr(c[:30]),
)
def test_a_frame_that_is_not_as_agreed_ends_the_conversation(content: bytes, ends: tuple[socket.socket, Channel]) -> None:
    ours, channel = ends

    def send() -> None:
        with contextlib.suppress(OSError):  # a frame may be refused before all of it was read
            ours.sendall(content)
            ours.shutdown(socket.SHUT_WR)

    sender = threading.Thread(target=send)
    sender.start()
    with pytest.raises(Gone):
        channel.receive()
    channel.sock.close()
    sender.join(5)
    assert not sender.is_alive()


def test_gone_is_no_exception_that_a_test_could_swallow() -> None:
    assert not issubclass(Gone, Exception)


@given(st.fractions())
def test_fractions_stay_exact(value: Fraction) -> None:
    assert through(value) == value


def test_long_lists_of_floats_arrive_exactly() -> None:
    values = [0.1, math.inf, -0.0, 5e-324, *range(3)] + [1 / n for n in range(1, 40)]
    for value in ([float(v) for v in values], tuple(map(float, values))):
        got = through(value)
        assert type(got) is type(value) and [v.hex() for v in got] == [v.hex() for v in value]
    assert math.isnan(through([math.nan] * 9)[8])


@pytest.mark.parametrize("content", [b"", b"\0\0", frame(b"[1,[4]]") + b"abc"], ids=["nothing", "half a length", "half a buffer"])
def test_a_frame_that_trickles_is_given_up_at_the_deadline(content: bytes, ends: tuple[socket.socket, Channel]) -> None:
    ours, channel = ends
    ours.sendall(content)
    with pytest.raises(Late):
        Channel(channel.sock, until=time.monotonic() + 0.05).receive()


def test_a_frame_that_nobody_takes_is_given_up_at_the_deadline(ends: tuple[socket.socket, Channel]) -> None:
    with pytest.raises(Late):
        Channel(ends[1].sock, until=time.monotonic() + 0.05).send(["x"], [bytes(2**24)])


def test_buffers_that_nobody_wants_are_not_allocated(ends: tuple[socket.socket, Channel]) -> None:
    ours, channel = ends
    ours.sendall(frame(b"[1,[1]]"))
    with pytest.raises(Gone, match="announced 1 bytes"):
        channel.receive(at_most=0)


def test_a_frame_of_too_many_values_is_none(ends: tuple[socket.socket, Channel]) -> None:
    ours, channel = ends
    sender = threading.Thread(target=ours.sendall, args=[frame(b"[[" + b"[]," * 10**6 + b"1],[]]")])
    sender.start()
    with pytest.raises(Gone, match="values"):
        channel.receive()
    sender.join(5)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain\n\ttext é 🙂", "plain\n\ttext é 🙂"),
        ("\ud800", "?"),
        ("\x1b[2J\0\x7f\x9b", "\ufffd[2J\ufffd\ufffd\ufffd"),
        ("a" * 30, "a" * 20),
        (["x"], ""),
        (None, ""),
    ],
    ids=ascii,
)
def test_text_of_a_student_is_made_readable(text: Any, shown: str) -> None:
    assert readable(text, 20) == shown
