"""T, the tester: runs the test cells of one submission and says what became of each. Trusted, and expendable.

Its namespace, a new one for every problem, holds what the given cells, the zero-point cells and the tests bind; a name that is neither a
builtin nor there is asked of S. Student functions are handles, their arguments and results cross as data. A frame from S that is not as
agreed ends the conversation (`Gone`), and the supervisor decides what that means.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import inspect
import linecache
import marshal
import math
import mmap
import os
import re
import shutil
import socket
import sys
import textwrap
import time
import traceback
import types
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch

from autograder import checks
from autograder.checks import seams
from autograder.checks.source import reachable
from autograder.execution.chance import reseed, states
from autograder.execution.changes import changeable, content, put_back
from autograder.execution.folder import Told
from autograder.execution.handles import CallableHandle, Handle, HandleError, described
from autograder.execution.mirror import PATCH, seeds, teller, with_patches_told
from autograder.execution.plan import bound, compiled, without_magics
from autograder.execution.student import SENDABLE
from autograder.execution.wire import Channel, Decoder, Encoder, Gone, Refused, Tree
from autograder.model import Status

MAX_CALLBACKS = 2_000_000
"""Calls back from one problem's student code; a training run of 200 epochs makes some thousands."""
MAX_CLASSES = 200
"""Exception classes of the student's own that a test can tell apart."""
MAX_SHOWN = 200
"""Characters of a shown value: nobody needs more of a number."""
WORK = Path("/tmp/tester")
"""Where the tests run, with what lies beside the author's notebook."""


class Asked:
    """The conversation with S: one question at a time, callbacks in between."""

    def __init__(self, channel: Channel, asking: mmap.mmap, cells: Sequence[str], given: Sequence[str]) -> None:
        self.channel, self.asking = channel, asking
        self.cells, self.given = list(cells), list(given)  # the student's and the instructor's that S has run so far
        self.copy_back = self.chance = self.changed = False  # how the present test asks; see model.Needs
        self.pushed: set[str] = set()  # names that the author's functions read and the tests bind
        self.own: dict[str, Any] = {}  # what the tests have bound
        self._chance = b""  # the generators as S was told last
        self.folder: Told | None = None  # when tests and student's code hand each other files
        self.besides: frozenset[str] = frozenset()  # the author's files, which stay what they are
        self._raisable: dict[int, type[Exception]] = {}  # the student's exception classes
        self._callbacks: dict[int, Callable[..., Any]] = {}
        self._numbers: dict[int, int] = {}
        self._calls = 0

    def get(self, name: str) -> Any:
        """The value of a name in S; KeyError when S does not have it. A handle bears the notebook's name for it, which the guard
        reads the code by; what S calls it may be a lie."""
        value = self._ask(["get", name], Encoder(self._other))
        return type(value)(self, value._number, name, value._classes) if type(value) in (Handle, CallableHandle) else value

    def call(self, handle: Handle, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a student's function with these arguments, by value."""
        encoder = Encoder(self._other)
        told = [encoder.encode(handle), encoder.encode(list(args)), encoder.encode(kwargs)]
        ways: dict[str, Tree] = {"quiet": True} if np.geterr()["over"] == "ignore" else {}
        if self.pushed:
            ways["names"] = dict(self._pushes(encoder))
        if self.folder is not None:
            ways["files"] = self._files(self.folder, encoder)
        if self.chance:
            now = states()
            if (mark := content(now, self._other)) != self._chance:
                ways["chance"], self._chance = encoder.encode(now), mark
        given = [*changeable(told[1], list(args)), *changeable(told[2], kwargs)]
        return self._ask(["call", *told, ways | {"watch": True}], encoder, given)

    def files(self) -> None:
        """Bring this folder and S's in line, before a test that uses files."""
        if self.folder is not None:
            encoder = Encoder(self._other)
            self._ask(["files", self._files(self.folder, encoder)], encoder)

    def _files(self, folder: Told, encoder: Encoder) -> Tree:
        new, gone = folder.changes()
        return {"new": encoder.encode(new), "gone": gone, "besides": sorted(self.besides)}

    def _pushes(self, encoder: Encoder) -> Iterator[tuple[str, Tree]]:
        """The values of pushed names, as far as they are data or the student's own."""
        for name in sorted(self.pushed):
            if dict.__contains__(self.own, name):
                with contextlib.suppress(Refused):
                    yield name, encoder.encode(self.own[name])

    def has(self, name: str) -> bool:
        """Whether S has a name."""
        return self._ask(["has", name], Encoder(self._other)) is True

    def set(self, name: str, value: Any) -> None:
        """Bind a name in S."""
        encoder = Encoder(self._other)
        self._ask(["set", name, encoder.encode(value)], encoder)

    def delete(self, name: str) -> None:
        """Take a name from S; KeyError when it does not have it."""
        self._ask(["delete", name], Encoder(self._other))

    def patch(self, module: types.ModuleType, name: str, value: Any) -> None:
        """Put a constant in the place of a library's member in S, where S has the library under the same name."""
        if (told := _named(module)) is not None:
            encoder = Encoder(self._other)
            self._ask(["patch", told, name, encoder.encode(value)], encoder)

    def unpatch(self, module: types.ModuleType, name: str) -> None:
        """Undo a patch in S."""
        if (told := _named(module)) is not None:
            self._ask(["unpatch", told, name], Encoder(self._other))

    def operate(self, operation: str, *operands: Any) -> Any:
        """One of the operations that a handle allows."""
        encoder = Encoder(self._other)
        return self._ask(["op", operation, *(encoder.encode(item) for item in operands)], encoder)

    def helper(self, function: Callable[..., Any]) -> Any:
        """A handle of a helper that runs beside the student's code: by name when it is one of the checks, else by its text."""
        if _named(function) is not None:
            return Handled(self, function)
        text = textwrap.dedent(inspect.getsource(function))
        node = ast.parse(text).body[0]
        if not isinstance(node, ast.FunctionDef):
            raise Refused("checks.remote takes a function that is written with def.")
        node.decorator_list = []
        return self._ask(["source", node.name, ast.unparse(node)], Encoder(self._other))

    def precise(self) -> tuple[bool, frozenset[str]]:
        """Whether the student set torch's default type to float64, and which cells began so. Then ours begin so as well: their tensors meet
        the student's, as in one process. No other type, since a test tolerates more in a coarser one."""
        told = self._ask_plainly(["precise"])
        if type(told) is not list or len(told) != 2 or type(told[0]) is not bool or type(told[1]) is not list:
            return False, frozenset()
        return told[0], frozenset(text for text in told[1] if type(text) is str)

    def cell(self, text: str) -> None:
        """Let S run a student's cell that stands between two tests."""
        self._ask_plainly(["cell", text])

    def _ask_plainly(self, head: list[Tree]) -> Any:
        """What S answers when no test asks. Nothing that honest code does makes it raise: it would end the tester, not a test."""
        try:
            return self._ask(head, Encoder(self._other))
        except Exception as error:
            raise Gone(f"{type(error).__name__} in answer to {head[0]!r}") from None

    def _ask(self, head: list[Tree], encoder: Encoder, given: Sequence[Any] = ()) -> Any:
        self.asking[0] = 1
        try:
            self.channel.send(head, encoder.buffers)
            while True:
                message, buffers = self.channel.receive()
                if type(message) is not list or len(message) < 2 or type(message[0]) is not str:
                    raise Gone("an answer that is none")
                word = message[0]
                if word == "callback":  # its time is the student's too: it is he who calls, and may do so for ever
                    self._called_back(message, buffers)
                    continue
                if word not in ("answer", "raise"):
                    raise Gone("an answer that is none")
                decoder = Decoder(buffers, self._made)
                if len(message) > 2:
                    self._besides(message[2], decoder, given)
                if word == "answer":
                    return decoder.decode(message[1])
                asked_for, stops = head[1] if head[0] == "get" else None, head[:2] == ["op", "next"]
                raise _raised(message[1], self.cells, asked_for=asked_for, stops=stops, known=self._exception)
        finally:
            self.asking[0] = 0

    def _besides(self, more: Tree, decoder: Decoder, given: Sequence[Any]) -> None:
        """What came with an answer: text that the student's code printed, and arguments that it changed."""
        if type(more) is not dict:
            raise Gone("an answer that is none")
        for name, stream in (("stdout", sys.stdout), ("stderr", sys.stderr)):
            if type(text := more.get(name)) is str:
                stream.write(text)
        if self.folder is not None and type(more.get("gone")) is list and "new" in more:
            new = decoder.decode(more["new"])
            self.folder.take(new if type(new) is dict else {}, more["gone"], besides=self.besides)
        changed = more.get("changed")
        if type(changed) is dict and given:
            self.changed = self.changed or not self.copy_back
            for number, old in enumerate(given):
                if self.copy_back and str(number) in changed:
                    put_back(old, decoder.decode(changed[str(number)]))

    def _exception(self, number: Any, classes: list[Any], base: type[Exception]) -> type[Exception]:
        """A class of ours for one of the student's exception classes: the same whenever he raises it, so that a test can catch it."""
        if type(number) is not int or len(self._raisable) > MAX_CLASSES:
            return base
        if number not in self._raisable:
            name = str(classes[0][1]).rpartition(".")[2][:80] if type(classes[0]) is list and len(classes[0]) == 2 else ""
            try:
                self._raisable[number] = type(name if name.isidentifier() else "Error", (base,), {"__module__": "student"})
            except TypeError:  # a name that is a lone surrogate
                self._raisable[number] = base
        return self._raisable[number]

    def _called_back(self, message: list[Any], buffers: Sequence[bytearray]) -> None:
        self._calls += 1
        if self._calls > MAX_CALLBACKS:
            raise Gone(f"more than {MAX_CALLBACKS} calls back")
        encoder = Encoder(self._other)
        try:
            function = self._callbacks[message[1]]
            decoder = Decoder(buffers, self._made)
            args, kwargs = decoder.decode(message[2]), decoder.decode(message[3])
            if type(args) is not list or type(kwargs) is not dict or any(type(k) is not str for k in kwargs):
                raise Refused("arguments that are none")
            reply = ["answer", encoder.encode(function(*args, **kwargs))]
        except (KeyError, IndexError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
            # The class alone: the text of an exception in a test may show what is hidden.
            encoder, reply = (
                Encoder(self._other),
                [
                    "raise",
                    {
                        "class": type(error).__name__,
                        "text": "the function that was passed in could not use this argument",
                    },
                ],
            )
        self.channel.send(reply, encoder.buffers)

    def _other(self, value: Any, encoder: Encoder) -> Tree:
        kind = type(value)
        if kind in (Handle, CallableHandle):
            return {"k": "handle", "i": value._number}
        if kind is Handled:
            return _named(value.function)
        if kind is np.random.Generator:
            bits = value.bit_generator
            return {
                "k": "generator",
                "c": type(bits).__name__,
                "s": encoder.encode(_plain_state(bits.state)),
                "from": encoder.encode(_plain_state(getattr(bits.seed_seq, "state", {}))),  # for rng.spawn
            }
        if kind is torch.Generator:
            return {"k": "torch_generator", "s": encoder.encode(value.get_state())}
        if (named := _named(value)) is not None:
            return named
        if methods := getattr(kind, "remote_methods", None):
            attributes = {name: encoder.encode(getattr(value, name)) for name in getattr(kind, "remote_attributes", ())}
            return {
                "k": "stub",
                "a": attributes,
                "m": {name: self._number(getattr(value, name), keep=True) for name in methods},
            }
        if callable(value):
            return {"k": "callback", "i": self._number(value), "n": str(getattr(value, "__name__", "function"))}
        raise Refused(f"A {kind.__name__} cannot be handed to the student's code: pass plain data, functions, or use checks.remote.")

    def _number(self, function: Callable[..., Any], keep: bool = False) -> int:
        number = None if keep else self._numbers.get(id(function))
        if number is None:
            number = len(self._callbacks) + 1
            self._callbacks[number] = function  # kept alive, so that ids stay unique
            self._numbers[id(function)] = number
        return number

    def _made(self, tree: dict[str, Any], decoder: Decoder) -> Any:
        if tree["k"] == "callback":
            return self._callbacks[tree["i"]]
        if tree["k"] != "handle" or type(tree["i"]) is not int or type(tree["n"]) is not str or type(tree["t"]) is not list:
            raise Refused("an unknown kind")
        if type(tree.get("e")) is list and tree["e"]:
            return self._exception(tree["i"], tree["e"], _nearest(tree["e"], stops=False))
        classes = [pair for pair in tree["t"][:12] if type(pair) is list and len(pair) == 2 and all(type(word) is str for word in pair)]
        return (CallableHandle if tree["c"] is True else Handle)(self, tree["i"], tree["n"][:80], classes)


class Handled:
    """One of the checks' own helpers, to be run beside the student's code."""

    def __init__(self, asked: Asked, function: Callable[..., Any]) -> None:
        self.asked, self.function = asked, function
        self.__name__ = function.__name__

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.asked.call(self, args, kwargs)  # type: ignore[arg-type]


class Names(dict[str, Any]):
    """T's namespace: its own bindings; then, for names that are no builtins, S's."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(__name__="__main__", __builtins__=builtins)
        self.asked = asked
        asked.own = self
        self._students: set[str] = set()  # builtins' names that the student binds in the author's notebook
        self._deleted: set[str] = set()  # names that a test took from S, until it binds them again

    def forget(self, name: str) -> None:
        """From now on this is a name of S's."""
        self.pop(name, None)
        if hasattr(builtins, name):
            self._students.add(name)

    def __missing__(self, name: str) -> Any:
        if hasattr(builtins, name) and name not in self._students:
            raise KeyError(name)
        return self.asked.get(name)

    def __contains__(self, name: object) -> bool:
        return dict.__contains__(self, name) or (type(name) is str and self.asked.has(name))

    def __delitem__(self, name: str) -> None:
        if dict.__contains__(self, name):
            dict.__delitem__(self, name)
        else:
            self.asked.delete(name)
            self._deleted.add(name)

    def __setitem__(self, name: str, value: Any) -> None:
        if name in self._deleted:  # `del f`, a look at what happens without it, `f = original`
            self._deleted.discard(name)
            with contextlib.suppress(Refused):
                self.asked.set(name, value)
                return
        dict.__setitem__(self, name, value)


def main(control: socket.socket) -> None:
    """Take the jobs of one submission from the supervisor, a problem each, until one breaks or the connection ends."""
    channel = Channel(control)
    warnings.simplefilter("ignore")
    quiet = open(os.devnull, "w", errors="replace")  # noqa: SIM115  (for the life of the process)
    sys.stdout = sys.stderr = quiet
    while True:
        (_, job), buffers = channel.receive()
        beside, codes = buffers[: len(job["files"])], buffers[len(job["files"]) :]
        for step, code in zip(job["steps"], codes, strict=True):
            step["code"] = code
        _, files, _, _ = socket.recv_fds(control, 1, 2)
        with mmap.mmap(files[1], 1) as asking, socket.socket(fileno=files[0]) as student:
            os.close(files[1])
            asked = Asked(Channel(student), asking, job["student_cells"], job["given_cells"])
            if not _problem(channel, asked, job, beside):
                return


def _problem(channel: Channel, asked: Asked, job: dict[str, Any], beside: Sequence[bytearray]) -> bool:
    """Run the cells for one problem in a namespace of its own and report each test; whether all went as planned."""
    seams.KEY.set(bytes.fromhex(job["key"]))
    reseed(bytes.fromhex(job["seed"]))
    _install(asked)
    if job["files"] or any(step["needs"]["files"] for step in job["steps"]):
        asked.besides = frozenset(job["files"])
        _lay_out(job["files"], beside)
    names = Names(asked)
    try:
        precise = asked.precise()
    except Gone as gone:
        channel.send(["gone", "", str(gone)])
        return False
    for step in job["steps"]:
        for name in step["forget"]:
            names.forget(name)
        start = time.perf_counter()
        try:
            if step["where"] in ("student", "both") and step["after_start"]:
                channel.send(["cell", step["index"]])
                asked.cell(step["text"])
                (asked.cells if step["by_student"] else asked.given).append(step["text"])
                channel.send(["cell", None])
                precise = asked.precise()
            if step["where"] == "student":
                continue
            in_double = step["text"] in precise[1] if step["where"] == "both" else precise[0]
            torch.set_default_dtype(torch.float64 if in_double else torch.float32)
            measured: list[float] = []
            seams.MEASURED.set(measured)
            ended = _execute(step, names, job["failures"])
        except Gone as gone:
            channel.send(["gone", step["name"], str(gone)])
            return False
        if step["where"] == "test":
            told = ended._asdict() | {"id": step["name"], "changed": asked.changed, "seconds": time.perf_counter() - start}
            told["margin"] = _margin(measured, passed=ended.status == Status.OK)
            channel.send(["result", told])
        elif ended.status == Status.OK:
            continue
        elif step["soft"]:
            for name in bound(step["text"]):
                names.pop(name, None)
        else:
            channel.send(["broken", step["name"], f"{ended.message} {ended.detail}"])
            return False
    channel.send(["end"])
    return True


def _margin(measured: Sequence[float], *, passed: bool) -> float | None:
    """What a test measured, relative to its limits: the largest, or what it failed by. None when it compared no measure."""
    finite = [value for value in measured if math.isfinite(value)]
    if not finite or (not passed and finite[-1] <= 1):
        return None
    return max(finite) if passed else finite[-1]


def _lay_out(names: Sequence[str], contents: Sequence[bytearray]) -> None:
    """Put the author's files where the tests run. Modules are imported from a folder of their own, which no test writes to."""
    for place in (WORK / "files", WORK / "modules"):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        for name, held in zip(names, contents, strict=True):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(held)
    os.chdir(WORK / "files")
    if (modules := str(WORK / "modules")) not in sys.path:
        sys.path.insert(0, modules)


def _install(asked: Asked) -> None:
    """Give the checks' seams their meaning in this process."""

    def source_of(function: Any) -> str:
        return reachable(function._name, asked.cells, asked.given) if type(function) in (Handle, CallableHandle) else ""

    def remote(helper: Callable[..., Any]) -> Any:
        return helper if type(helper) in (CallableHandle, Handled) else asked.helper(helper)

    def kind_of(value: Any) -> str:
        return described(value) if type(value) in (Handle, CallableHandle) else type(value).__name__

    for module in (seams, checks):
        module.remote = remote  # type: ignore[attr-defined]
    seams.source_of = source_of
    seams.kind_of = kind_of


class Ended(NamedTuple):
    """How a cell of ours ended: status, message for the student, detail for the staff, and the value that its last line showed."""

    status: str
    message: str = ""
    detail: str = ""
    shown: str | None = None


def _execute(step: dict[str, Any], names: Names, failures: dict[str, str]) -> Ended:
    """Run one cell of ours."""
    file, text = f"<{step['name'] or 'given'}>", without_magics(step["text"])
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    hidden = bool(step["hidden"])
    seams.HIDDEN.set(hidden)
    try:
        return Ended(Status.OK, shown=_run(text, file, step, names))
    except checks.CheckFailed as failed:
        cause = failed.__cause__
        if isinstance(cause, MemoryError):
            return Ended(Status.MEMORY, MEMORY)
        if isinstance(cause, Refused):
            return Ended(Status.ERROR, f"What your code returned cannot be used: {cause}.")
        more = _hint(cause) + _why(cause, failures, hidden=hidden) + _place(cause)
        if isinstance(cause, NotImplementedError):
            more = ""  # the message says that it is not written yet
        return Ended(str(failed.verdict.status), failed.verdict.message + more, _short(failed.verdict.detail))
    except NameError as error:
        if hasattr(error, "student_frames"):
            return Ended(Status.ERROR, describe(error, failures, hidden=hidden))
        missing = str(error.name or "")
        why = failures.get(missing, "")
        said = f" {why}" if why else " Was it renamed, or its cell deleted, or does the cell end before the definition?"
        return Ended(Status.ERROR, f"{missing} is not defined.{said}")
    except MemoryError:
        return Ended(Status.MEMORY, MEMORY)
    except Refused as error:
        return Ended(Status.ERROR, f"What your code returned cannot be used: {error}.")
    except AssertionError as error:
        said = "" if hidden else str(error)[:500]
        return Ended(
            Status.WRONG,
            said or "A property that the statement asks for does not hold.",
            _short(traceback.format_exc()),
        )
    except HandleError as error:
        said = f"Your code returned {error.what}. Return numbers, arrays, tensors, lists or text, as the statement asks."
        return Ended(Status.WRONG, said, _short(traceback.format_exc()))
    except Exception as error:
        if hasattr(error, "student_frames"):
            return Ended(Status.ERROR, describe(error, failures, hidden=hidden))
        said = type(error).__name__ if hidden else f"{type(error).__name__}: {str(error)[:200]}"
        missing = " Is the return missing?" if "NoneType" in str(error) else ""
        return Ended(
            Status.WRONG,
            f"The result does not have the form that the statement asks for ({said}).{missing}",
            _short(traceback.format_exc()),
        )


def _run(text: str, file: str, step: dict[str, Any], names: Names) -> str | None:
    """Run a cell's text as the present test; the text of the value that its last line shows, when that counts."""
    asked, needs = names.asked, step["needs"]
    asked.copy_back, asked.changed = needs["copy_back"], False
    asked.pushed |= set(needs["push"])
    if needs["files"]:
        asked.folder = asked.folder or Told(Path.cwd(), known=asked.besides)
        asked.files()
    value = None
    if step["valued"]:
        value = _valued(text, file, names)
    else:
        exec(marshal.loads(step["code"]) if step["code"] else compiled(step["text"], step["name"]), names)
    for name in needs["export"]:
        if dict.__contains__(names, name):
            with contextlib.suppress(Refused):
                asked.set(name, names[name])
    return None if value is None else repr(value)[:MAX_SHOWN]


def _valued(text: str, file: str, names: Names) -> Any:
    """Run a cell as nbgrader's rules take it; the value that its last line shows."""
    tree, asked = ast.parse(text, file), names.asked
    asked.chance = asked.chance or seeds(tree)
    dict.__setitem__(names, PATCH, teller(asked.patch, asked.unpatch))
    tree = with_patches_told(tree)
    last: ast.expr | None = None
    if tree.body and isinstance(tree.body[-1], ast.Expr) and not text.rstrip().endswith(";"):
        last = tree.body.pop().value  # type: ignore[attr-defined]
    exec(compile(tree, file, "exec"), names)
    return None if last is None else eval(compile(ast.Expression(last), file, "eval"), names)


def describe(error: BaseException, failures: dict[str, str], *, hidden: bool) -> str:
    """An exception of the student's code in one sentence. In hidden tests only its builtin class and the student's own line: its text, or
    the name of a class of his own, could carry the arguments."""
    known = next(kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins")
    text = str(error)[:200].rstrip(".")
    said = known if hidden else f"{type(error).__name__}: {text}" if text else type(error).__name__
    return f"Your code raised {said}.{_hint(error)}{_why(error, failures, hidden=hidden)}{_place(error)}"


def _hint(error: BaseException | None) -> str:
    """What to do about an exception of the student's code, as far as its class tells."""
    return next((f" {HINTS[kind.__name__]}" for kind in type(error).__mro__ if kind.__name__ in HINTS), "")


def _why(error: BaseException | None, failures: dict[str, str], *, hidden: bool) -> str:
    """Why a name is missing that the student's code asked for. Not below a hidden test: which name, may depend on what it passed in."""
    asked = re.search(r"name '(\w+)' is not defined", str(error)) if isinstance(error, NameError) and not hidden else None
    return f" About {asked[1]}: {failures[asked[1]]}" if asked and asked[1] in failures else ""


def _place(error: BaseException | None) -> str:
    """Where in the student's own cell an exception arose: his own line, which hides nothing from him."""
    frames = getattr(error, "student_frames", [])
    return f" It arose in line {frames[-1][0]} of the cell, in {frames[-1][1]}: {frames[-1][2].strip()[:120]}" if frames else ""


MEMORY = "Your code asked for more memory than it may have. Look for arrays that are larger than the data, and for lists that only grow."

Known = Callable[[Any, list[Any], type[Exception]], type[Exception]]


def _raised(tree: Tree, cells: Sequence[str], *, asked_for: Any, stops: bool, known: Known) -> BaseException:
    """The exception of S as one of ours: the nearest Exception class among the builtins, or one made from it for a class of the
    student's own. Of the places that S names, those are kept that stand so in the student's cells: a made-up one could carry what a test
    passed in."""
    if type(tree) is not dict or type(tree.get("classes")) is not list or not tree["classes"] or type(tree.get("text")) is not str:
        raise Gone("an exception that is none")
    text, classes = tree["text"][:2000], tree["classes"]
    if classes[0] == [Refused.__module__, Refused.__qualname__]:
        return Refused("it is too large, or nested too deeply, to be handed over")
    kind = _nearest(classes, stops=stops)
    if asked_for is not None and kind is KeyError:
        return KeyError(asked_for)  # no such name: the interpreter makes a NameError of it
    ends = issubclass(kind, (StopIteration, StopAsyncIteration))  # as itself, and never as a class that is known from then on
    if type(classes[0]) is list and classes[0][:1] != ["builtins"] and not ends:
        kind = known(tree.get("i"), classes, kind)
    try:
        error = kind(text)
    except Exception:
        error = Exception(text)  # a class that wants other arguments, such as UnicodeDecodeError
    told = tree.get("frames")
    frames = [frame for frame in told[:5] if _stands(frame, cells)] if type(told) is list else []
    error.student_frames = frames  # type: ignore[attr-defined]
    return error


def _nearest(classes: list[Any], *, stops: bool) -> type[Exception]:
    """The nearest builtin Exception class. One that would end a loop of the test, or read as its verdict, becomes another: all(map(f, …))
    must not pass by it."""
    for pair in classes:
        if type(pair) is list and len(pair) == 2 and pair[0] == "builtins" and type(pair[1]) is str:
            found = getattr(builtins, pair[1], None)
            if isinstance(found, type) and issubclass(found, Exception) and not issubclass(found, (AssertionError, *ENDING)):
                return found
            if pair[1] in OTHERS:
                return StopIteration if stops and pair[1] == "StopIteration" else OTHERS[pair[1]]
    return Exception


ENDING = (StopIteration, StopAsyncIteration)
OTHERS: dict[str, type[Exception]] = {
    kind.__name__: type(kind.__name__, (RuntimeError,), {"__module__": "builtins"})
    for kind in (AssertionError, SystemExit, KeyboardInterrupt, GeneratorExit, *ENDING)
}
"""What a test would take for its own verdict or end, or what no test may be ended by: raised as RuntimeErrors of the same name."""
HINTS = {
    "NotImplementedError": "It is not written yet.",
    "RecursionError": "A function calls itself without an end.",
    "ModuleNotFoundError": "That library is not installed where homework is graded.",
    "SystemExit": "Remove the call of exit: a function ends with return.",
}


def _stands(frame: Any, cells: Sequence[str]) -> bool:
    """Whether [line number, function, text] is a line of these cells, in a function that they name."""
    if type(frame) is not list or [type(part) for part in frame] != [int, str, str]:
        return False
    number, function, text = frame
    for cell in cells:
        lines = cell.split("\n")
        if 0 < number <= len(lines) and lines[number - 1].strip()[:200] == text.strip() != "":
            return function in ("<module>", "<lambda>") or (function.isidentifier() and function in cell)
    return False


def _named(value: Any) -> Tree:
    """How a member of a library that both sides have is named on the wire; None when it is not one."""
    if isinstance(value, types.ModuleType):
        return {"k": "named", "m": value.__name__, "q": ""} if _sendable(value.__name__) else None
    module, name = (
        getattr(value, "__module__", None),
        getattr(value, "__qualname__", None) or getattr(value, "__name__", None),
    )
    if isinstance(value, np.ufunc):
        module = "numpy"
    if type(module) is not str or type(name) is not str or not _sendable(module) or not callable(value):
        return None
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return {"k": "named", "m": module, "q": name} if found is value else None


def _sendable(module: str) -> bool:
    return any(module == allowed or module.startswith(allowed + ".") for allowed in SENDABLE)


def _plain_state(value: Any) -> Any:
    """A bit generator's state, or its seed's, in exact built-in types."""
    if isinstance(value, dict):
        return {key: _plain_state(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return tuple(_plain_state(item) for item in value)
    return int(value) if isinstance(value, (int, np.integer)) else value


def _short(detail: Any) -> str:
    with np.printoptions(precision=6, threshold=50):
        text = (
            detail
            if isinstance(detail, str)
            else ", ".join(f"{k}={v!r}" for k, v in detail.items())
            if isinstance(detail, dict)
            else repr(detail)
        )
    return text[-4000:].encode("utf-8", "replace").decode()
