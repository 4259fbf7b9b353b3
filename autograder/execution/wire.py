"""Frames and values between the student's process and the tester: plain data by value, everything else by name or handle.

A frame is a length, a JSON head and raw buffers beside it (arrays do not pass through JSON). Values are tagged trees. Only exact
built-in types, numpy arrays and scalars of numeric dtypes, and torch tensors cross by value, rebuilt by the receiver from dtype,
shape and bytes, each checked; there is no tag that imports, calls or unpickles anything for the tester. What is not plain goes to
a hook (`other`) of the side in question. JSON rather than pickle because pickle runs code; rather than msgpack because the standard
library's parser is enough when buffers travel apart.
"""

from __future__ import annotations

import json
import math
import re
import socket
import struct
import sys
import time
from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

MAX_FRAME = 256 * 2**20
"""Bytes of one frame, buffers included: 2 GiB of memory hold a few of them."""
MAX_HEAD = 16 * 2**20
MAX_PARTS = 2_000_000
"""Values in one head: each may become some 70 bytes of memory from 3 bytes of text."""
MAX_DEPTH = 60
MAX_BUFFERS = 100_000
MAX_DIGITS = 20_000
"""Hexadecimal digits of one integer: what takes no time to convert, divide or compare."""
SMALL = 1 << 16
"""Bytes that go out in one piece with what follows; larger ones are not copied."""
NUMERIC = "biufc"
DTYPE = re.compile(r"[<>|=]?[biufc][0-9]{1,2}")
PLAIN = frozenset((type(None), bool, int, float, str))
TENSOR_TYPES = (
    "float64",
    "float32",
    "float16",
    "bfloat16",
    "int64",
    "int32",
    "int16",
    "int8",
    "uint8",
    "bool",
    "complex64",
    "complex128",
)
UNREADABLE = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)], "\N{REPLACEMENT CHARACTER}")

Tree = Any
Buffer = bytes | bytearray | memoryview
Other = Callable[[Any, "Encoder"], Tree]
Made = Callable[[dict[str, Any], "Decoder"], Any]


class Refused(TypeError):
    """A value cannot cross, or a frame is not what it should be."""


class Gone(BaseException):
    """The other side ended or broke the protocol. Not an Exception: no test and no checker may swallow it."""


class Late(Gone):
    """The other side did not take or send a whole frame in time."""


_text_of = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_tree_of = json.JSONDecoder().decode


def readable(text: Any, at_most: int) -> str:
    """Text of a student's as it may be stored, shown on a page and printed: cut, without lone surrogates and without control characters
    besides line breaks and tabs. What is not text becomes none."""
    return text[:at_most].translate(UNREADABLE).encode("utf-8", "replace").decode() if type(text) is str else ""


class Channel:
    """Frames over a connected stream socket.

    until  instant of `time.monotonic` by which every frame must have passed as a whole, however it trickles; None when somebody else
           watches the time
    """

    def __init__(self, sock: socket.socket, *, until: float | None = None) -> None:
        self.sock, self.until = sock, until

    def send(self, head: Tree, buffers: Sequence[Buffer] = ()) -> None:
        """Send one frame; raises Gone when nobody is there to take it."""
        text = _text_of([head, [len(b) for b in buffers]]).encode("ascii")
        size = len(text) + sum(map(len, buffers))
        if len(text) > MAX_HEAD or size > MAX_FRAME:
            raise Refused(f"The value is too large to be handed over: more than {MAX_FRAME // 2**20} MiB.")
        start = struct.pack(">I", len(text)) + text
        for piece in [b"".join((start, *buffers))] if size <= SMALL else [start, *buffers]:
            self._send(piece)

    def receive(self, *, at_most: int = MAX_FRAME) -> tuple[Tree, list[bytearray]]:
        """The next frame: (head, buffers). Raises Gone at the end of the stream and on a frame that is none.

        at_most  bytes of buffers that are taken; they are allocated as they are announced
        """
        (length,) = struct.unpack(">I", self._exactly(4))
        if length > MAX_HEAD:
            raise Gone(f"a frame announced {length} bytes of text")
        text = self._exactly(length)
        if length > MAX_PARTS and sum(map(text.count, (b",", b"[", b"{"))) > MAX_PARTS:
            raise Gone(f"a frame of more than {MAX_PARTS} values")
        try:
            head, lengths = _tree_of(text.decode("ascii"))
        except (ValueError, RecursionError, TypeError):
            raise Gone("a frame that is not JSON of the agreed form") from None
        if type(lengths) is not list or len(lengths) > MAX_BUFFERS or any(type(n) is not int or n < 0 for n in lengths):
            raise Gone("a frame with impossible buffers")
        if sum(lengths) > at_most:
            raise Gone(f"a frame announced {sum(lengths)} bytes")
        return head, [self._exactly(n) for n in lengths]

    def _send(self, piece: Buffer) -> None:
        view = memoryview(piece)
        try:
            if self.until is None:
                self.sock.sendall(view)
                return
            while view:
                self._watch()
                view = view[self.sock.send(view) :]
        except TimeoutError:
            raise Late("nobody took a frame in time") from None
        except OSError as error:
            raise Gone(f"nobody answers: {error}") from None

    def _exactly(self, count: int) -> bytearray:
        buffer = bytearray(count)
        view = memoryview(buffer)
        while view:
            try:
                if self.until is not None:
                    self._watch()
                got = self.sock.recv_into(view)
            except TimeoutError:
                raise Late("half a frame, and no more in time") from None
            except OSError as error:
                raise Gone(f"the connection broke: {error}") from None
            if not got:
                raise Gone("the process ended")
            view = view[got:]
        return buffer

    def _watch(self) -> None:
        assert self.until is not None
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.sock.settimeout(left)


class Encoder:
    """Turns a value into a tagged tree and buffers. `other` answers for everything that is not plain data."""

    def __init__(self, other: Other) -> None:
        self.other = other
        self.buffers: list[Buffer] = []
        self._depth = 0

    def encode(self, value: Any) -> Tree:
        """The tree of a value; its arrays are appended to `buffers`."""
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is str:
            return value if len(value) <= MAX_HEAD else self._too_large(len(value))
        if kind is int:
            return value if -(2**53) < value < 2**53 else {"k": "int", "v": hex(value)}
        if kind is float:
            return value if math.isfinite(value) else {"k": "float", "v": repr(value)}
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Refused(f"The value is nested more than {MAX_DEPTH} levels deep.")
        try:
            return self._plain(value, kind)
        finally:
            self._depth -= 1

    def _plain(self, value: Any, kind: type) -> Tree:
        encode = self.encode
        if kind in (list, tuple) and len(value) > 8 and set(map(type, value)) == {float}:
            return {"k": kind.__name__, "b": self._buffer(array("d", value).tobytes())}  # as text they would take ten times as long
        if kind in (list, tuple, set, frozenset):
            return {"k": kind.__name__, "v": [encode(item) for item in value]}
        if kind in (dict, OrderedDict):
            return {"k": "dict", "v": [[encode(key), encode(item)] for key, item in value.items()]}
        if kind is complex:
            return {"k": "complex", "v": [encode(value.real), encode(value.imag)]}
        if kind in (bytes, bytearray):
            return {"k": "bytes", "b": self._buffer(bytes(value))}
        if kind is range:
            return {"k": "range", "v": [value.start, value.stop, value.step]}
        if kind is slice:
            return {"k": "slice", "v": [encode(value.start), encode(value.stop), encode(value.step)]}
        if value is Ellipsis:
            return {"k": "ellipsis"}
        if kind is Fraction:
            return {"k": "fraction", "v": [encode(value.numerator), encode(value.denominator)]}
        if kind is Decimal:
            return {"k": "decimal", "v": str(value)}
        if kind is np.ndarray and value.dtype.kind in NUMERIC:
            if value.nbytes > MAX_FRAME:                    # a view of one number can claim any size
                self._too_large(value.nbytes)
            columns = bool(value.flags.f_contiguous and not value.flags.c_contiguous)
            return {
                "k": "array",
                "d": value.dtype.newbyteorder("=").str,
                "s": list(value.shape),
                "f": columns,
                "b": self._buffer(np.asarray(value, dtype=value.dtype.newbyteorder("=")).tobytes("F" if columns else "C")),
            }
        if isinstance(value, np.generic) and kind.__module__ == "numpy" and value.dtype.kind in NUMERIC:
            return {"k": "scalar", "d": value.dtype.str, "b": self._buffer(value.tobytes())}
        if isinstance(value, np.dtype) and value.kind in NUMERIC:
            return {"k": "dtype", "v": value.str}
        torch = sys.modules.get("torch")
        if torch is not None:
            if kind in (torch.Tensor, torch.nn.Parameter):
                return self._tensor(value, torch)
            if kind is torch.Size:
                return {"k": "size", "v": list(value)}
            if kind is torch.dtype:
                return {"k": "torch_dtype", "v": str(value).removeprefix("torch.")}
        return self.other(value, self)

    def _tensor(self, value: Any, torch: Any) -> Tree:
        name = str(value.dtype).removeprefix("torch.")
        if name not in TENSOR_TYPES or value.layout is not torch.strided:
            return self.other(value, self)
        plain = value.detach().cpu().resolve_conj().resolve_neg().contiguous()
        bits = plain.view(torch.int16) if name == "bfloat16" else plain  # numpy does not know it
        tree = {
            "k": "tensor",
            "d": name,
            "s": list(plain.shape),
            "b": self._buffer(bits.numpy().tobytes()),
            "p": type(value) is not torch.Tensor,
            "r": bool(value.requires_grad),
        }
        if value.is_leaf and value.grad is not None:
            tree["g"] = self.encode(value.grad.detach())
        return tree

    def _too_large(self, size: int) -> Any:
        raise Refused(f"The value is too large to be handed over: {size} bytes.")

    def _buffer(self, content: bytes) -> int:
        self.buffers.append(content)
        return len(self.buffers) - 1


class Decoder:
    """Rebuilds a value from a tree and buffers, checking everything. `made` answers for tags that are not plain data."""

    def __init__(self, buffers: Sequence[bytearray], made: Made) -> None:
        self.buffers, self.made = buffers, made
        self._depth = 0

    def decode(self, tree: Tree) -> Any:
        """The value of a tree; raises Refused for anything that is not exactly as agreed."""
        kind = type(tree)
        if tree is None or kind in (bool, int, float, str):
            return tree
        if kind is not dict or type(tree.get("k")) is not str:
            raise Refused("a value without a kind")
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Refused(f"a value nested more than {MAX_DEPTH} levels deep")
        try:
            return self._value(tree, tree["k"])
        except (
            KeyError,
            ValueError,
            IndexError,
            OverflowError,
            TypeError,
            AttributeError,
            RuntimeError,
            ArithmeticError,
        ) as error:
            raise error if isinstance(error, Refused) else Refused(f"a malformed {tree['k'][:20]!a}") from None
        finally:
            self._depth -= 1

    def _value(self, tree: dict[str, Any], kind: str) -> Any:
        decode = self.decode
        match kind:
            case "list":
                items = self._floats(tree["b"]) if "b" in tree else self._items(tree["v"])
                return items if PLAIN.issuperset(map(type, items)) else [decode(item) for item in items]
            case "tuple":
                items = self._floats(tree["b"]) if "b" in tree else self._items(tree["v"])
                return tuple(items if PLAIN.issuperset(map(type, items)) else [decode(item) for item in items])
            case "set":
                return {decode(item) for item in self._items(tree["v"])}
            case "frozenset":
                return frozenset(decode(item) for item in self._items(tree["v"]))
            case "dict":
                return {decode(key): decode(item) for key, item in self._items(tree["v"])}
            case "int":
                return int(self._text(tree["v"], MAX_DIGITS), 16)
            case "float":
                return {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}[tree["v"]]
            case "complex":
                return complex(self._number(tree["v"][0]), self._number(tree["v"][1]))
            case "bytes":
                return bytes(self._taken(tree["b"]))
            case "range":
                return range(*(self._integer(n) for n in tree["v"]))
            case "slice":
                return slice(*(decode(n) for n in tree["v"]))
            case "ellipsis":
                return Ellipsis
            case "fraction":
                return Fraction(*(self._integer(decode(n)) for n in tree["v"]))
            case "decimal":
                number = Decimal(self._text(tree["v"], 1000))
                return number if not number.is_finite() or abs(number.adjusted()) < 5000 else self._refuse("a number beyond all numbers")
            case "array":
                return self._array(tree)
            case "scalar":
                return self._numbers(self._taken(tree["b"]), self._dtype(tree["d"]))[0]
            case "dtype":
                return self._dtype(tree["v"])
            case "tensor" | "size" | "torch_dtype":
                return self._torch(tree, kind)
            case _:
                return self.made(tree, self)

    def _array(self, tree: dict[str, Any]) -> np.ndarray[Any, Any]:
        dtype, shape, content = self._dtype(tree["d"]), self._shape(tree["s"]), self._taken(tree["b"])
        if math.prod(shape) * dtype.itemsize != len(content):
            raise Refused("an array whose bytes do not fit its shape")
        return self._numbers(content, dtype).reshape(shape, order="F" if tree["f"] is True else "C")

    def _numbers(self, content: bytearray, dtype: np.dtype[Any]) -> np.ndarray[Any, Any]:
        # A truth value whose byte is neither 0 nor 1 would be read in one way here and in another there.
        return np.frombuffer(content, np.uint8) != 0 if dtype.kind == "b" else np.frombuffer(content, dtype)

    def _torch(self, tree: dict[str, Any], kind: str) -> Any:
        import torch

        if kind == "size":
            return torch.Size(self._shape(tree["v"]))
        if kind == "torch_dtype":
            return getattr(torch, tree["v"]) if tree["v"] in TENSOR_TYPES else self._refuse("an unknown dtype")
        if tree["d"] not in TENSOR_TYPES:
            raise Refused("an unknown dtype")
        dtype, shape, content = getattr(torch, tree["d"]), self._shape(tree["s"]), self._taken(tree["b"])
        if math.prod(shape) * dtype.itemsize != len(content):
            raise Refused("a tensor whose bytes do not fit its shape")
        if content and dtype is torch.bool:
            content = bytearray(self._numbers(content, np.dtype("?")))
        value = (torch.frombuffer(content, dtype=dtype) if content else torch.empty(0, dtype=dtype)).reshape(shape)
        if tree["p"] is True:
            value = torch.nn.Parameter(value, requires_grad=tree["r"] is True)
        elif tree["r"] is True:
            value.requires_grad_(True)
        if "g" in tree:
            grad = self.decode(tree["g"])
            if type(grad) is torch.Tensor and grad.shape == value.shape and grad.dtype == value.dtype:
                value.grad = grad
        return value

    def _items(self, items: Any) -> list[Any]:
        return items if type(items) is list else self._refuse("something that is not a list of values")

    def _floats(self, index: Any) -> list[float]:
        floats = array("d")
        floats.frombytes(self._taken(index))
        return floats.tolist()

    def _taken(self, index: Any) -> bytearray:
        return self.buffers[index] if type(index) is int and index >= 0 else self._refuse("a buffer without a number")

    def _dtype(self, text: Any) -> np.dtype[Any]:
        """Of numpy's own name for it alone: what numpy reads as a list of fields, it reads as Python."""
        return np.dtype(text) if type(text) is str and DTYPE.fullmatch(text) else self._refuse("a dtype that is not numeric")

    def _shape(self, sizes: Any) -> tuple[int, ...]:
        if type(sizes) is not list or len(sizes) > 32 or any(type(n) is not int or n < 0 for n in sizes):
            raise Refused("an impossible shape")
        return tuple(sizes)

    def _text(self, text: Any, at_most: int) -> str:
        return text if type(text) is str and len(text) <= at_most else self._refuse("text where something else should be")

    def _integer(self, number: Any) -> int:
        return number if type(number) is int else self._refuse("a number that is not an integer")

    def _number(self, tree: Any) -> float:
        number = self.decode(tree)
        return float(number) if type(number) in (int, float) else float(self._refuse("something that is not a number"))

    def _refuse(self, what: str) -> Any:
        raise Refused(what)
