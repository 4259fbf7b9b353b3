"""S, the student's process: runs the student's cells and answers for what they defined.

Everything in here may be rewritten by the student's code at any time, so nobody relies on it: it is helpful to honest students and has no
secrets. The supervisor tells it to run cells one by one and, at the first test of a problem, to answer a tester. The state goes on
from cell to test to cell, as in the student's own notebook.

Cells run in IPython's shell without a kernel: the same outputs and magics, without half a second of start-up each.
"""

from __future__ import annotations

import base64
import builtins
import contextlib
import functools
import importlib
import io
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
import types
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from autograder.execution.chance import reseed, set_states
from autograder.execution.changes import changeable, content
from autograder.execution.folder import Told
from autograder.execution.wire import Channel, Decoder, Encoder, Gone, Refused, Tree

SENDABLE = ("numpy", "math", "cmath", "torch", "builtins", "operator", "autograder.checks")
"""Modules whose members the tester may name instead of sending; all of them exist here as well."""
SAID = 64 * 2**10
"""Characters that a function may print into the test that calls it; a test that reads what is printed gets them."""


class Printed(io.TextIOBase):
    """A text stream that keeps the first `room` characters and drops the rest."""

    encoding, errors = "utf-8", "strict"

    def __init__(self, name: str, add: Callable[[str, str], None]) -> None:
        self.name, self._add = name, add

    def write(self, text: str) -> int:
        self._add(self.name, str(text))
        return len(text)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1 if self.name == "stdout" else 2


class Outputs:
    """The outputs of the cell that runs now, as nbformat dicts, bounded."""

    def __init__(self, room: int) -> None:
        self.room = self._left = room
        self._items: list[dict[str, Any]] = []
        self._stream, self._parts = "", list[str]()  # printed text that is not yet an item: a loop may print a line at a time

    @property
    def items(self) -> list[dict[str, Any]]:
        """What was put out so far."""
        if self._parts:
            self._items.append({"output_type": "stream", "name": self._stream, "text": "".join(self._parts)})
            self._parts = []
        return self._items

    def start(self) -> None:
        """Forget the last cell's outputs."""
        self._left, self._items, self._parts = self.room, [], []

    def text(self, name: str, text: str) -> None:
        """Add printed text; the last place says when something was left out."""
        if self._left <= 0:
            return
        kept = text[: self._left]
        self._left -= len(kept)
        if self._left <= 0:
            kept += "\n… (the rest of the output was left out)"
        if self._parts and name != self._stream:
            _ = self.items
        self._stream = name
        self._parts.append(kept)

    def data(self, kind: str, data: dict[str, Any]) -> None:
        """Add a shown or returned value: its text and, when it is a picture, the picture."""
        kept = {mime: value for mime, value in data.items() if mime in ("text/plain", "image/png") and isinstance(value, str)}
        size = sum(map(len, kept.values()))
        if size <= self._left:
            self._left -= size
            extra = {"execution_count": None} if kind == "execute_result" else {}
            self.items.append({"output_type": kind, "data": kept, "metadata": {}, **extra})


def make_shell(room: int) -> tuple[Any, Outputs]:
    """IPython's shell without history, kernel or terminal, and the collector of its outputs."""
    from IPython.core.autocall import ExitAutocall
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets import Type
    from traitlets.config import Config

    outputs = Outputs(room)

    def plain(data: dict[str, Any]) -> dict[str, Any]:
        return {k: base64.b64encode(v).decode() if isinstance(v, bytes) else v for k, v in data.items()}

    class Hook(DisplayHook):  # type: ignore[misc, unused-ignore]
        def start_displayhook(self) -> None:
            pass

        def write_output_prompt(self) -> None:
            pass

        def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
            outputs.data("execute_result", plain(format_dict))

        def finish_displayhook(self) -> None:
            pass

    class Publisher(DisplayPublisher):  # type: ignore[misc, unused-ignore]
        def publish(self, data: Any, metadata: Any = None, source: Any = None, **_: Any) -> None:
            outputs.data("display_data", plain(data))

        def clear_output(self, wait: bool = False) -> None:
            outputs.start()

    class Shell(InteractiveShell):  # type: ignore[misc, unused-ignore]
        displayhook_class = Type(Hook)
        display_pub_class = Type(Publisher)

        def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
            lines = traceback.format_exception_only(etype, evalue)
            outputs.items.append(
                {
                    "output_type": "error",
                    "ename": str(etype.__name__),
                    "evalue": str(evalue)[:500],
                    "traceback": [line.rstrip("\n")[:500] for line in lines],
                }
            )

        def enable_gui(self, gui: Any = None) -> None:
            pass

        def enable_matplotlib(self, gui: Any = None) -> Any:
            """Windows and widgets become pictures: there is nobody to look at them."""
            try:
                return super().enable_matplotlib(gui)  # type: ignore[no-untyped-call]
            except Exception:
                return super().enable_matplotlib("inline")  # type: ignore[no-untyped-call]

        def system(self, cmd: str) -> None:
            """Run a line that begins with ! and print what it prints, as a notebook does."""
            line = self.var_expand(cmd, depth=1)  # type: ignore[no-untyped-call]
            with tempfile.TemporaryFile() as said:  # and no pipe, which a program left in the background would hold open
                done = subprocess.run(line, shell=True, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
                said.seek(0)
                print(said.read(outputs.room).decode(errors="replace"), end="")
            self.user_ns["_exit_code"] = done.returncode

    class Stay(ExitAutocall):  # type: ignore[misc, unused-ignore]
        """What `exit` and `quit` are: in Jupyter they end the kernel. Here the cells below count as well."""

        def __call__(self, keep_kernel: object = False) -> None:
            pass

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell = Shell.instance(config=config)
    shell.exiter = shell.user_ns["exit"] = shell.user_ns["quit"] = Stay()  # type: ignore[no-untyped-call]
    shell.enable_matplotlib("inline")  # as Jupyter does: plt.show() shows, and %config knows InlineBackend
    return shell, outputs


class Served:
    """What the tester may ask: names, calls and attributes of the student's objects. One per problem."""

    def __init__(self, channel: Channel, shell: Any, said: Outputs, precise: list[str], cell: Callable[[str], None]) -> None:
        self.channel, self.shell, self.names, self.said, self.cell = channel, shell, shell.user_ns, said, cell
        self.precise = precise  # the cells that began with torch's default type set to float64
        self._more: dict[str, Any] = {}  # what goes with the next answer, besides the value
        self._folder: Told | None = None
        self._objects: dict[int, Any] = {}
        self._ids: dict[int, int] = {}
        self._patched: dict[tuple[str, str], Any] = {}
        self._turn = threading.Lock()  # whose turn it is to talk to the tester: a student's threads may all call a function of the test

    def serve(self) -> None:
        """Answer requests; Gone at the end of the stream."""
        with self._turn:
            self._answer_requests()

    def _answer_requests(self) -> tuple[str, Tree, list[bytearray]]:
        """Answer requests until the reply to a callback arrives, which is returned. Others may talk while a request is worked on."""
        while True:
            (word, *rest), buffers = self.channel.receive()
            if word in ("answer", "raise"):
                return word, rest[0], buffers
            encoder = Encoder(self._other)
            self._turn.release()
            try:
                head = ["answer", encoder.encode(self._do(word, rest, Decoder(buffers, self._made), encoder))]
            except Gone:
                raise
            except BaseException as error:
                head = ["raise", self._raised(error)]
            finally:
                self._turn.acquire()
            self._answer(head, encoder)

    def _answer(self, head: list[Tree], encoder: Encoder) -> None:
        """Send an answer with what was printed meanwhile and which arguments were changed."""
        more, self._more = self._more | {item["name"]: item["text"] for item in self.said.items if "name" in item}, {}
        self.said.start()
        try:
            self.channel.send([*head, more], encoder.buffers)
        except Refused as error:  # too large to send: nothing was sent
            self.channel.send(["raise", self._raised(error), {}])

    def _do(self, word: str, rest: list[Any], decoder: Decoder, encoder: Encoder) -> Any:
        match word:
            case "get":
                if rest[0] not in self.names:
                    raise KeyError(rest[0])
                return self.names[rest[0]]
            case "call":
                function, args, kwargs, told = decoder.decode(rest[0]), decoder.decode(rest[1]), decoder.decode(rest[2]), rest[3]
                for name, tree in told.get("names", {}).items():
                    self.names[name] = decoder.decode(tree)
                if "chance" in told:
                    set_states(decoder.decode(told["chance"]))
                if told.get("quiet"):
                    function = _quiet(function)
                self._take_files(told.get("files"), decoder)
                if not told.get("watch"):
                    try:
                        return function(*args, **kwargs)
                    finally:
                        self._tell_files(told.get("files"), encoder)
                given = [*changeable(rest[1], args), *changeable(rest[2], kwargs)]
                before = [content(item, self._other) for item in given]
                try:
                    return function(*args, **kwargs)
                finally:
                    after = {
                        str(i): encoder.encode(item) for i, item in enumerate(given) if content(item, self._other) != before[i]
                    }
                    self._more = {"changed": after} if after else {}
                    self._tell_files(told.get("files"), encoder)
            case "op":
                return OPERATIONS[rest[0]](*(decoder.decode(item) for item in rest[1:]))
            case "source":
                space = dict(self.names)  # a helper sees what the notebook has, and binds nothing in it
                exec(compile(rest[1], "<test helper>", "exec"), space)
                return space[rest[0]]
            case "cell":
                self.cell(rest[0])
                return None
            case "files":
                self._take_files(rest[0], decoder)
                self._tell_files(rest[0], encoder)
                return None
            case "has":
                return rest[0] in self.names
            case "precise":
                return [_is_precise(), self.precise]
            case "set":
                self.names[rest[0]] = decoder.decode(rest[1])
                return None
            case "delete":
                del self.names[rest[0]]
                return None
            case "patch":  # a constant in the place of a library's member
                target = decoder.decode(rest[0])
                self._patched.setdefault((rest[0]["m"], rest[1]), getattr(target, rest[1]))
                setattr(target, rest[1], decoder.decode(rest[2]))
                return None
            case "unpatch":
                if (rest[0]["m"], rest[1]) in self._patched:
                    setattr(decoder.decode(rest[0]), rest[1], self._patched.pop((rest[0]["m"], rest[1])))
                return None
        raise Refused(f"no such request: {word}")

    def _take_files(self, told: Tree, decoder: Decoder) -> None:
        """What the test wrote, before the student's code looks at it."""
        if told is not None:
            self._folder = self._folder or Told(Path.cwd())
            self._folder.take(decoder.decode(told["new"]), told["gone"], besides=told["besides"])

    def _tell_files(self, told: Tree, encoder: Encoder) -> None:
        """What the student's code wrote, for a test that looks at it."""
        if told is not None and self._folder is not None:
            new, gone = self._folder.changes(besides=told["besides"])
            self._more |= {"new": encoder.encode(new), "gone": gone}

    def _made(self, tree: dict[str, Any], decoder: Decoder) -> Any:
        match tree["k"]:
            case "handle":
                return self._objects[tree["i"]]
            case "callback":
                return self._callback(tree["i"], tree["n"])
            case "stub":
                stub = types.SimpleNamespace(**{name: decoder.decode(value) for name, value in tree["a"].items()})
                for name, number in tree["m"].items():
                    setattr(stub, name, self._callback(number, name))
                return stub
            case "named":
                value = importlib.import_module(tree["m"])
                for part in tree["q"].split(".") if tree["q"] else []:
                    value = getattr(value, part)
                return value
            case "generator":
                seed = dict(decoder.decode(tree["from"]))
                bits = getattr(np.random, tree["c"])(np.random.SeedSequence(**seed) if seed else None)
                bits.state = decoder.decode(tree["s"])
                return np.random.Generator(bits)
            case "torch_generator":
                import torch

                generator = torch.Generator()
                generator.set_state(decoder.decode(tree["s"]))
                return generator
        raise Refused("an unknown kind")

    def _other(self, value: Any, encoder: Encoder) -> Tree:
        number = getattr(value, "_callback_number", None) if type(value) is types.FunctionType else None
        if number is not None:
            return {"k": "callback", "i": number}
        kind = type(value)
        if (exact := _exact(value)) is not value:
            return encoder.encode(exact)
        tree = {
            "k": "handle",
            "i": self._numbered(value),
            "c": callable(value),
            "n": str(getattr(value, "__name__", kind.__name__))[:80],
            "t": _lineage(kind),
        }
        return tree | {"e": _lineage(value)} if isinstance(value, type) and issubclass(value, BaseException) else tree

    def _numbered(self, value: Any) -> int:
        number = self._ids.get(id(value))
        if number is None:
            number = len(self._objects) + 1
            self._objects[number], self._ids[id(value)] = value, number  # kept alive, so that ids stay unique
        return number

    def _callback(self, number: int, name: str) -> Callable[..., Any]:
        def callback(*args: Any, **kwargs: Any) -> Any:
            encoder = Encoder(self._other)
            head = ["callback", number, encoder.encode(list(args)), encoder.encode(kwargs)]
            with self._turn:
                self.channel.send(head, encoder.buffers)
                word, tree, buffers = self._answer_requests()
            if word == "raise":
                raise getattr(builtins, tree["class"], RuntimeError)(tree["text"])
            return Decoder(buffers, self._made).decode(tree)

        callback.__name__ = callback.__qualname__ = name
        callback._callback_number = number  # type: ignore[attr-defined]
        return callback

    def _raised(self, error: BaseException) -> Tree:
        """An exception as data: class names from the nearest up, its text, and the lines of the student's cells that it passed."""
        frames = [
            [f.lineno, f.name, (f.line or "")[:200]]
            for f in traceback.extract_tb(error.__traceback__)
            if f.filename.startswith("<ipython-input") or "ipykernel" in f.filename
        ]
        try:
            text = str(error)[:2000].encode("utf-8", "replace").decode()
        except Exception:
            text = ""
        return {
            "i": self._numbered(type(error)),
            "classes": _lineage(type(error)),
            "text": text,
            "frames": frames[-5:],
        }


def _exact(value: Any) -> Any:
    """The numbers of an array or tensor of a library's derived class (np.matrix, a memory map, a masked array without masked entries), and
    the text of numpy's: these are data. Everything else as it is, also what the student derived: it may have methods of its own."""
    if type(value).__module__ == "__main__":
        return value
    if isinstance(value, np.ndarray) and type(value) is not np.ndarray:
        return value if np.ma.is_masked(value) else np.ndarray.view(value, np.ndarray)
    if isinstance(value, np.str_):
        return str.__str__(value)
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor) and type(value) not in (torch.Tensor, torch.nn.Parameter):
        with torch._C.DisableTorchFunctionSubclass():
            return value.detach().as_subclass(torch.Tensor)
    return value


def _lineage(kind: type) -> list[list[str]]:
    """A class and those that it derives from, by module and name."""
    return [[str(c.__module__), str(c.__qualname__)] for c in kind.__mro__[:12]]


OPERATIONS: dict[str, Callable[..., Any]] = {
    "getattr": getattr,
    "setattr": setattr,
    "getitem": lambda target, key: target[key],
    "len": len,
    "iter": iter,
    "next": next,
    "str": str,
    "repr": repr,
    "float": float,
    "int": int,
    "bool": bool,
    "dir": dir,
    "isinstance": isinstance,
    "issubclass": issubclass,
    "contains": lambda target, item: item in target,
}


def main(control: socket.socket, shell: Any, outputs: Outputs) -> None:
    """Run cells and answer testers, as the supervisor says, until the connection ends."""
    channel = Channel(control)
    warnings.simplefilter("ignore")
    _settle_in()
    said = Outputs(SAID)
    precise: list[str] = []

    def speak(into: Outputs) -> None:
        for name in ("stdout", "stderr"):
            setattr(sys, name, Printed(name, into.text))

    def cell(text: str) -> None:
        speak(outputs)
        outputs.start()
        if _is_precise():
            precise.append(text)
        channel.send(["done", _run(shell, text, outputs), outputs.items])
        speak(said)

    speak(said)
    while True:
        (word, *rest), buffers = channel.receive()
        if word == "seed":
            reseed(bytes(buffers[0]))
        elif word == "file":
            path = Path(rest[0])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(buffers[0])
        elif word == "cell":
            cell(rest[0])
        elif word == "serve":  # the tester of one problem, until it hangs up
            _, files, _, _ = socket.recv_fds(control, 1, 1)
            said.start()
            with socket.socket(fileno=files[0]) as asking, contextlib.suppress(Gone):
                Served(Channel(asking), shell, said, precise, cell).serve()
            with contextlib.suppress(Exception):  # what a test's call has drawn is no output of the next cell
                sys.modules["matplotlib.pyplot"].close("all")
            channel.send(["served"])


def _settle_in() -> None:
    """Make this process what a notebook's is to honest code: modules beside the notebook can be imported, and what needs a person, a
    screen or more threads (a fork of a process with a pool of them hangs) does no harm."""
    import getpass

    import matplotlib.pyplot
    import torch

    def ask(*_: object, **__: object) -> str:
        raise EOFError("nobody answers input() while grading; write the value into the notebook instead")

    sys.path.insert(0, "")
    builtins.input = getpass.getpass = ask
    for name in ("set_num_threads", "set_num_interop_threads"):
        setattr(torch, name, lambda number: None)
    for module, name in ((matplotlib, "use"), (matplotlib.pyplot, "switch_backend")):
        setattr(module, name, _without_windows(getattr(module, name)))


def _quiet(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with warnings and floating-point errors switched off, as `checks.ask` does in one process, whatever the student's
    settings are."""

    def called(*args: Any, **kwargs: Any) -> Any:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return function(*args, **kwargs)

    return called


def _is_precise() -> bool:
    """Whether the student's code told torch to compute in double precision unless told otherwise."""
    torch = sys.modules["torch"]
    return bool(torch.get_default_dtype() == torch.float64)


def _without_windows(choose: Callable[..., Any]) -> Callable[..., Any]:
    """A function that chooses matplotlib's backend: one that is not to be had here is passed over, and pictures are kept as before."""

    @functools.wraps(choose)
    def chosen(*args: Any, **kwargs: Any) -> None:
        with contextlib.suppress(ImportError, RuntimeError):
            choose(*args, **kwargs)

    return chosen


def show_figures(outputs: Outputs) -> None:
    """Keep the pictures that a cell drew, as a notebook shows them below it."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return
    for number in pyplot.get_fignums():
        content = io.BytesIO()
        pyplot.figure(number).savefig(content, format="png", bbox_inches="tight")
        outputs.data("display_data", {"image/png": base64.b64encode(content.getvalue()).decode(), "text/plain": "<Figure>"})
        pyplot.close(number)


def _run(shell: Any, text: str, outputs: Outputs) -> Tree:
    """Run one cell; None, or what it raised: class, text, and the number of its line with that line (0 when unknown)."""
    result = shell.run_cell(text, store_history=True)
    with contextlib.suppress(Exception):  # a figure that cannot be drawn is no figure
        show_figures(outputs)
    error = result.error_before_exec or result.error_in_exec
    if error is None:
        return None
    if isinstance(error, SyntaxError):
        number = error.lineno or 0
    else:
        frames = reversed(traceback.extract_tb(error.__traceback__))
        number = next((f.lineno or 0 for f in frames if f.filename.startswith("<ipython-input")), 0)
    lines = text.split("\n")
    line = lines[number - 1].strip()[:100] if 0 < number <= len(lines) else ""
    return [type(error).__name__[:80], _said(error)[:300], f"{number}: {line}" if line else number]


def _said(error: BaseException) -> str:
    """The text of an exception that ended a cell, for the student."""
    match error:
        case SyntaxError():
            return str(error.msg)
        case ModuleNotFoundError():
            return f"{error}; it is not installed where homework is graded, and no file of that name was handed in"
        case SystemExit():
            return "what stands below it in this cell did not run; remove the call of exit"
        case MemoryError():
            return str(error) or "more memory than the problem allows"
    return str(error) or "without a text"
