"""`python -m benchmarks.fuzz_wire [FRAMES]`: what a student's process may send, wrong in a million ways, against those who read it.

Frames of real conversations (values, exceptions, calls back, reports on cells) are changed in their structure or their bytes and
given to the three readers: the channel with the decoder, the tester's conversation `Asked`, and the supervisor's report on a cell.
A reader may end with a value of the agreed exact types, with Refused or Gone, or with the student's exception; never with another
exception, never late, never with much more memory than the frame. Every frame follows from its number, so a failure names the
number that repeats it: `python -m benchmarks.fuzz_wire NUMBER 1`. `tests/execution/test_fuzz.py` lets hypothesis choose instead.
"""

from __future__ import annotations

import json
import mmap
import os
import random
import resource
import struct
import sys
import time
import types
import warnings
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout, suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch

from autograder.execution.engine import CellEnd, _cell_end
from autograder.execution.handles import CallableHandle, Handle
from autograder.execution.student import Outputs, Served
from autograder.execution.tester import Asked
from autograder.execution.wire import NUMERIC, Channel, Decoder, Encoder, Gone, Refused

FRAMES = 1_000_000
RESULTS = Path(__file__).resolve().parent / "results.json"
SECONDS = 3.0
"""Of processor time for one frame; the largest that are tried take a tenth of it on a quiet machine."""
MEMORY = 1 << 30
"""Bytes that a process may grow by: a frame of the largest size, the text and the values of a head of the largest size."""
ROOM = 10_000
"""Characters of outputs that the supervisor keeps."""
AGREED = (bool, int, float, str, complex, bytes, range, slice, Fraction, Decimal, torch.Size, Handle, CallableHandle, types.FunctionType)

ATOMS: list[Any] = [
    None, True, False, 0, 1, -1, 7, 2**31, 2**63, -(2**63) - 1, 10**400, 0.0, -0.0, 1.5, float("nan"), float("inf"), 1e308, "", "k", "v",
    "b", "\ud800", "\0", "a" * 300, "<f8", "|O", "<f8,<f8", "O", "V8", "f16", "<U4", "m8", "float64", "qint8", "bfloat16", "__class__",
    "builtins", "StopIteration", "AssertionError", "SystemExit", "GeneratorExit", "KeyboardInterrupt", "ExceptionGroup", "torch", "Tensor",
    "1e999999999", "0x" + "f" * 30_000, "-inf", "nan", [], {}, [[]], {"k": None}, {"k": "list", "v": {}}, {"k": "handle"},
    {"k": "callback", "i": 1},
    {"k": "callback", "i": 10**9}, {"k": "handle", "i": -5, "c": True, "n": "\udfff", "t": [["torch", "Tensor"]]},
    {"k": "handle", "i": 1, "c": False, "n": "x", "t": [["builtins", "int"], ["x"], 3]}, {"k": "int", "v": "-0x"},
    {"k": "int", "v": "0x" + "9" * 20_000},
    {"k": "array", "d": "<f8", "s": [0, 2**62, 2**62], "f": False, "b": 0}, {"k": "array", "d": "<c16", "s": [-1], "f": True, "b": 0},
    {"k": "array", "d": "|b1", "s": [1] * 40, "f": 1, "b": 0}, {"k": "scalar", "d": "<f2", "b": 0}, {"k": "bytes", "b": -1},
    {"k": "list", "b": 0},
    {"k": "tensor", "d": "bool", "s": [0], "b": 0, "p": True, "r": True, "g": 1},
    {"k": "tensor", "d": "int64", "s": [1], "b": 0, "p": False, "r": True},
    {"k": "size", "v": [2**70]}, {"k": "range", "v": [0, 2**70, 1]}, {"k": "fraction", "v": [1, 0]}, {"k": "decimal", "v": "sNaN"},
    {"k": "complex", "v": [1e999, {"k": "float", "v": "nan"}]}, {"k": "set", "v": [{"k": "dict", "v": []}]}, {"k": "dict", "v": [[1]]},
    {"k": "dict", "v": [[1, 2, 3]]}, {"k": "dict", "v": "ab"}, {"k": "generator", "c": "PCG64", "s": {}},
    {"k": "named", "m": "os", "q": "system"},
    {"stdout": "x", "changed": {"0": 5, "7": 1}}, {"stdout": 3, "stderr": "\ud800"},
]
KINDS = [
    "list", "tuple", "set", "frozenset", "dict", "int", "float", "complex", "bytes", "range", "slice", "ellipsis", "fraction", "decimal",
    "array", "scalar", "dtype", "tensor", "size", "torch_dtype", "handle", "callback", "named", "stub", "stream", "error", "display_data",
    "answer", "raise", "done", "forked", "execute_result",
]
TOKENS = [
    b"NaN", b"Infinity", b"-Infinity", b"9" * 5000,
    b"[" * 1200, b'{"k":', b'"k":"int",', b"\xff", b"\\ud800", b"\\u0000", b"]", b"}", b",", b'"',
]

VALUES: list[Any] = [
    None, True, 3, -(2**70), 1.5, float("nan"), "text", "é\n", b"bytes", 2j, [1, 2.0, "x"], [float(i) for i in range(20)], (1, (2,)),
    {1, 2},
    frozenset("ab"), {"a": 1, 2: [3]}, range(3), slice(1, None), ..., Fraction(1, 3), Decimal("0.1"), np.arange(6.0).reshape(2, 3),
    np.asfortranarray(np.eye(3)), np.zeros((0, 4)), np.float32(2), np.dtype("i4"), torch.ones(2, 3), torch.nn.Parameter(torch.ones(2)),
    torch.Size([1, 2]), torch.float64, [np.ones(2), {"w": torch.zeros(1)}], np.array(5), np.array([1 + 2j]),
]


class Broken(Exception):
    """A reader did what none may do."""


class Stream:
    """A connected socket to somebody who has sent these bytes and listens no more."""

    def __init__(self, content: bytes = b"", chunk: int = 1 << 20) -> None:
        self.content, self.place, self.chunk, self.sent = content, 0, chunk, bytearray()

    def recv_into(self, view: memoryview) -> int:
        got = self.content[self.place : self.place + min(len(view), self.chunk)]
        view[: len(got)] = got
        self.place += len(got)
        return len(got)

    def sendall(self, content: bytes) -> None:
        self.sent += content


@dataclass
class Frame:
    """A head as text, and its buffers."""

    text: str
    buffers: list[bytes]


@cache
def frames() -> tuple[list[Frame], list[Frame]]:
    """What an honest student's process says: (to the tester, to the supervisor)."""
    asked = Asked(Channel(Stream()), mmap.mmap(-1, 1), [], [])  # type: ignore[arg-type]
    questions = Stream()
    asked.channel = Channel(questions)  # type: ignore[arg-type]
    names: dict[str, Any] = {f"v{i}": value for i, value in enumerate(VALUES)} | {
        "f": lambda x: x, "fails": lambda x: 1 / 0, "calls": lambda f: f(3), "net": torch.nn.Linear(2, 2), "kind": KeyError,
    }  # fmt: skip
    said = Outputs(1000)
    said.text("stdout", "printed\n")
    shell = types.SimpleNamespace(user_ns=names, run_cell=lambda *_, **__: None)
    for name in (*names, "absent"):
        _quietly(lambda name=name: asked.get(name))
    function = CallableHandle(asked, 1, "f", [])
    for ask in (
        lambda: asked.call(function, (np.ones(3), 2), {"key": [1.5] * 20}),
        lambda: asked.operate("getattr", function, "__doc__"),
        lambda: asked.operate("len", function),
        lambda: asked.operate("iter", function),
    ):
        _quietly(ask)
    answers = Stream(bytes(questions.sent))
    served = Served(Channel(answers), shell, said, [], lambda text: None)  # type: ignore[arg-type]
    with suppress(Gone):
        served.serve()
    told = _parsed(bytes(answers.sent))
    for args in ([3], [np.ones(2), 1.5], [[1, 2], {"a": None}]):
        encoder = Encoder(served._other)
        head = ["callback", 1, encoder.encode(args), encoder.encode({"key": 1})]
        told.append(Frame(json.dumps([head, [len(b) for b in encoder.buffers]]), [bytes(b) for b in encoder.buffers]))
    picture = {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo=", "text/plain": "<Figure>"}, "metadata": {}}
    stream = {"output_type": "stream", "name": "stdout", "text": "printed\n"}
    error = {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": ["a", "b"]}
    reports: list[Any] = [
        ["done", None, [stream, picture]], ["done", ["ValueError", "no", 3], [error]], ["done", ["E", "t", "3: x = 1"], []], ["forked"],
        ["done", None, [{"output_type": "execute_result", "data": {"text/plain": "5"}, "metadata": {}, "execution_count": None}] * 3],
    ]  # fmt: skip
    return told, [Frame(json.dumps([report, []]), []) for report in reports]


def _parsed(sent: bytes) -> list[Frame]:
    found = []
    while sent:
        (length,) = struct.unpack(">I", sent[:4])
        text, sent = sent[4 : 4 + length].decode(), sent[4 + length :]
        buffers = []
        for size in json.loads(text)[1]:
            buffers.append(sent[:size])
            sent = sent[size:]
        found.append(Frame(text, buffers))
    return found


def _quietly(work: Callable[[], Any]) -> None:
    with suppress(Gone, KeyError):
        work()


# ---------------------------------------------------------------- changing


def changed(frame: Frame, rng: random.Random) -> bytes:
    """The frame as bytes, after some changes."""
    head, lengths = json.loads(frame.text)
    buffers = list(frame.buffers)
    for _ in range(rng.choice((0, 1, 1, 2, 4))):
        head = _change(head, rng)
    if rng.random() < 0.1:
        lengths = _change(lengths, rng)
    if rng.random() < 0.1 and buffers:
        buffers[rng.randrange(len(buffers))] = rng.randbytes(rng.choice((0, 1, 8, 100)))
    text = json.dumps([head, lengths]).encode()
    if rng.random() < 0.15:
        text = _cut(text, rng)
    length = len(text) if rng.random() < 0.95 else rng.choice((0, 1, len(text) - 1, len(text) + 1, 2**24, 2**24 + 1, 2**32 - 1))
    whole = struct.pack(">I", max(length, 0)) + text + b"".join(buffers)
    if rng.random() < 0.05:
        whole = _cut(whole, rng)
    return whole


def _change(tree: Any, rng: random.Random) -> Any:
    """The tree with something else at one place, which is reached at random."""
    if type(tree) in (list, dict) and tree and rng.random() < 0.8:
        place = rng.choice(list(tree)) if type(tree) is dict else rng.randrange(len(tree))
        if place == 0 and type(tree[0]) is str and len(tree) > 1 and rng.random() < 0.8:
            place = 1                               # a frame with another first word is soon refused
        what = rng.random()
        if what < 0.05:
            del tree[place]
        elif what < 0.08 and type(tree) is list:
            tree.extend([tree[place]] * rng.choice((1, 3, 50)))
        elif what < 0.1 and type(tree) is dict:
            tree[rng.choice("kvbdsfprgitncem")] = deepcopy(rng.choice(ATOMS))
        elif what < 0.2 and place == "k":
            tree["k"] = rng.choice(KINDS)
        else:
            tree[place] = _change(tree[place], rng)
        return tree
    what = rng.random()
    if what < 0.7:
        return deepcopy(rng.choice(ATOMS)) if rng.random() < 0.9 else rng.choice(KINDS)
    if what < 0.8:
        return {"k": rng.choice(("list", "tuple", "set")), "v": [tree] * rng.choice((1, 3))}
    if what < 0.85:
        for _ in range(rng.choice((30, 59, 61, 200))):
            tree = {"k": "list", "v": [tree]} if what < 0.83 else [tree]
        return tree
    if type(tree) is int:
        return tree + rng.choice((-1, 1, 2**32))
    return [tree] if type(tree) is not str else tree + rng.choice(("\ud800", "x", tree))


def _cut(text: bytes, rng: random.Random) -> bytes:
    """Bytes with a piece gone, doubled, overwritten, or with something put in."""
    a, b = sorted((rng.randrange(len(text) + 1), rng.randrange(len(text) + 1)))
    what = rng.randrange(5)
    if what == 0:
        return text[:a]
    if what == 1:
        return text[:a] + text[b:]
    if what == 2:
        return text[:b] + text[a:]
    if what == 3:
        return text[:a] + rng.randbytes(min(b - a, 20)) + text[b:]
    return text[:a] + rng.choice(TOKENS) + text[a:]


def heavy(rng: random.Random) -> bytes:
    """A frame as large, as deep or as slow as may be."""
    numbers = [n * (2**61 - 1) for n in range(3000)]  # they all have one hash
    tree = rng.choice((
        {"k": "list", "v": [[]] * 300_000}, {"k": "list", "v": [1] * 500_000}, {"k": "set", "v": numbers},
        {"k": "dict", "v": [[n, 1] for n in numbers]}, "a" * 3_000_000, {"k": "bytes", "b": 0}, {"k": "list", "b": 0},
        {"k": "list", "v": [{"k": "fraction", "v": [{"k": "int", "v": "0x" + "f" * 19_000}] * 2}] * 20},
    ))  # fmt: skip
    kind = rng.randrange(4)
    if kind == 0:  # announced, but not sent
        text = json.dumps([["answer", tree], rng.choice(([2**28], [2**28 + 1], [2**18] * 1000, [0] * 100_000, [1] * 100_001))]).encode()
    elif kind == 1:
        text = b'[["answer",' + b"[" * 200_000
    elif kind == 2:
        text = json.dumps([["done", None, [{"output_type": "stream", "name": "stdout", "text": "x" * 5000}] * 1500], []]).encode()
    else:
        text = json.dumps([["answer", tree], [2**22]]).encode()
    return struct.pack(">I", len(text)) + text + bytes(2**22 if kind == 3 else 0)


# ---------------------------------------------------------------- reading


def read(number: int, rng: random.Random) -> str:
    """Make one frame, let one reader read it; how that ended. Raises Broken when it did what none may do."""
    told, reports = frames()
    reader = rng.choice((_decoded, _asked, _asked, _reported))
    source = reports if reader is _reported and rng.random() < 0.9 else told
    if number % 5000 == 4999:
        content = heavy(rng)
    elif rng.random() < 0.02:
        content = rng.randbytes(rng.randrange(200))
    else:
        content = b"".join(changed(rng.choice(source), rng) for _ in range(rng.choice((1, 2, 3))))
    stream = Stream(content, rng.choice((1 << 20, 1 << 20, 7)) if len(content) < 10_000 else 1 << 20)
    start = time.process_time()
    try:
        ended = reader(stream, rng)
    except (Refused, Gone) as error:
        ended = type(error).__name__
    except Broken:
        raise
    except BaseException as error:
        raise Broken(f"{reader.__name__[1:]} raised {type(error).__name__}: {str(error)[:200]}") from error
    seconds = time.process_time() - start
    if seconds > SECONDS:
        raise Broken(f"{reader.__name__[1:]} took {seconds:.1f} s")
    return ended


def _decoded(stream: Stream, rng: random.Random) -> str:
    head, buffers = Channel(stream).receive()  # type: ignore[arg-type]
    tree = head[1] if type(head) is list and len(head) > 1 else head
    agreed(Decoder(buffers, _refused).decode(tree))
    return "value"


def _refused(tree: dict[str, Any], decoder: Decoder) -> Any:
    raise Refused("an unknown kind")


def _asked(stream: Stream, rng: random.Random) -> str:
    asked = Asked(Channel(stream), mmap.mmap(-1, 1), ["def f(x):\n    return 1 / 0\n"], [])  # type: ignore[arg-type]
    asked.watching = asked.copy_back = rng.random() < 0.3
    asked._number(lambda *args, **kwargs: args)
    handle = CallableHandle(asked, 1, "f", [])
    ask = rng.choice((lambda: asked.get("f"), lambda: asked.call(handle, ([1], np.ones(2)), {}), lambda: asked.operate("next", handle)))
    try:
        value = ask()
    except (Refused, Gone):
        raise
    except Exception as error:
        absent = type(error) is KeyError and error.args == ("f",)
        if isinstance(error, AssertionError) or not (hasattr(error, "student_frames") or absent):
            raise
        str(error)
        return "exception"
    if asked.asking[0]:
        raise Broken("the tester seems to wait when it does not")
    agreed(value)
    return "value"


def _reported(stream: Stream, rng: random.Random) -> str:
    head, _ = Channel(stream).receive(at_most=0)  # type: ignore[arg-type]
    end = _cell_end(head, ROOM)
    text = json.dumps(end.outputs, ensure_ascii=False)
    if type(end) is not CellEnd or len(end.failure) > 1000 or any(c < " " and c not in "\n\t" for c in end.failure):
        raise Broken("a report that cannot be shown")
    (text + end.failure).encode()  # can be stored
    if len(end.outputs) > 1000 or len(text) > 4 * (ROOM + 10_000) + 2500 * len(end.outputs):
        raise Broken("a report that is too long")
    for output in end.outputs:
        kind = output["output_type"]
        wanted = {"stream": {"output_type", "name", "text"}, "error": {"output_type", "ename", "evalue", "traceback"}}
        if set(output) - {"execution_count"} != wanted.get(kind, {"output_type", "data", "metadata"}):
            raise Broken("an output that is none")
    return "value"


def agreed(value: Any) -> None:
    """Raise Broken unless every part of the value is of an agreed exact type."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        kind = type(item)
        if kind in (list, tuple, set, frozenset):
            waiting += item
        elif kind is dict:
            waiting += [*item.keys(), *item.values()]
        elif kind is np.ndarray or isinstance(item, np.generic):
            if item.dtype.kind not in NUMERIC or not kind.__module__ == "numpy":
                raise Broken(f"an array of {item.dtype}")
            item.sum() if item.size < 1000 else None  # its memory is there
        elif kind in (torch.Tensor, torch.nn.Parameter):
            item.detach().sum() if item.numel() < 1000 else None
        elif kind is type and issubclass(item, Exception) and not issubclass(item, (AssertionError, StopIteration)):
            pass                                    # one of the student's exception classes
        elif not (kind in AGREED or item is None or item is ... or isinstance(item, (np.dtype, torch.dtype))):
            raise Broken(f"a {kind.__name__}")


# ---------------------------------------------------------------- running


def share(first: int, count: int) -> tuple[Counter[str], float, int]:
    """Read these frames: how they ended, the slowest in seconds, and by how many bytes this process grew."""
    np.seterr(all="ignore")
    frames()
    warnings.simplefilter("ignore")
    with open(os.devnull, "w", errors="replace") as quiet, redirect_stdout(quiet), redirect_stderr(quiet):  # as the tester has it
        return _share(first, count)


def _share(first: int, count: int) -> tuple[Counter[str], float, int]:
    ends: Counter[str] = Counter()
    slowest, before = 0.0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(first, first + count):
        start = time.process_time()
        try:
            ends[read(number, random.Random(number))] += 1
        except Broken as broken:
            raise Broken(f"frame {number}: {broken}") from broken
        slowest = max(slowest, time.process_time() - start)
    grown = 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    if grown > MEMORY:
        raise Broken(f"frames {first} to {first + count}: the process grew by {grown / 2**20:.0f} MiB")
    return ends, slowest, grown


def main(first: int, count: int) -> int:
    """Read these frames in several processes, print what came of it, and record a whole run."""
    start = time.perf_counter()
    piece = max(count // 40, 1)
    ends: Counter[str] = Counter()
    slowest, grown = 0.0, 0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        pieces = [pool.submit(share, at, min(piece, first + count - at)) for at in range(first, first + count, piece)]
        for done in pieces:
            one, slow, more = done.result()
            ends, slowest, grown = ends + one, max(slowest, slow), max(grown, more)
    seconds = time.perf_counter() - start
    told = ", ".join(f"{n} {what}" for what, n in ends.most_common())
    said = f"{told}; slowest {slowest:.2f} s, at most {grown / 2**20:.0f} MiB more memory"
    print(f"{sum(ends.values())} frames, {sum(ends.values()) / seconds:.0f}/s: {said}")
    if first == 0 and count >= FRAMES:
        record(sum(ends.values()), said)
    return 0


def record(read_frames: int, note: str) -> None:
    """Put the row of this run into the list of results, in place of the one before."""
    from benchmarks.table import versions

    row = {
        "name": "frames of a hostile student, all refused or read",
        "value": read_frames,
        "unit": "frames",
        "better": "higher",
        "note": note,
        "command": "python -m benchmarks.fuzz_wire",
        "versions": versions(),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    others = [r for r in json.loads(RESULTS.read_text(encoding="utf-8")) if r["name"] != row["name"]] if RESULTS.exists() else []
    RESULTS.write_text(json.dumps([*others, row], indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*numbers) if len(numbers) == 2 else main(0, *(numbers or [FRAMES])))
