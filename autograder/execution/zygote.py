"""A warm interpreter that forks confined children: imports are paid once for a whole batch, not once per submission.

Started under `sandbox.bubblewrap` with one socket. A request to fork names the kind and the limits and carries the socket that the
child will own; the answer is the child's number. The zygote holds nothing secret: no tests, no keys, no submission ever enters it, only
its children. Libraries are not only imported but used once (a first backward pass and optimiser step import much more), with one
thread, since a fork of a process with a thread pool hangs.

Children differ in how far they are trusted. A *student* child, a *notebook* or a *program* is confined on its own and killed with
everything that it started. A *hall* is confined once and then forks one tester after the other: testers run our own code, so a fork is
enough, and each finds the hall as the first one did. A *branch* is a plain fork of the zygote that serves in its place: what it forks
shares its control group.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import io
import json
import linecache
import os
import re
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any, Literal

from autograder import sandbox
from autograder.model import Limits
from autograder.sandbox.linux import LIBC, PR_SET_DUMPABLE

Kind = Literal["student", "notebook", "program", "hall", "branch"]

HUGE = 2 << 20
MADV_COLLAPSE = 25
TRACED = ("autograder.execution", "contextlib", "IPython.core.interactiveshell", "numpy.testing._private", "torch.testing._comparison")
"""Modules that test and student cells are called through."""
ANONYMOUS = r"^([0-9a-f]+)-([0-9a-f]+) rw-p 0+ 00:00 0 *(?:\[heap\])?\nSize: .*?^Anonymous: +(\d+) kB"
"""In /proc/self/smaps: writable memory of no file, first and last address, and how much of it is used."""


def warm() -> None:
    """Import and use what children will need."""
    import matplotlib.pyplot as plt
    import numpy as np
    import sympy  # type: ignore[import-untyped]
    import torch
    from matplotlib import font_manager

    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.ReLU(), torch.nn.Linear(8, 3))
    loss = torch.nn.functional.cross_entropy(model(torch.ones(5, 4)), torch.zeros(5, dtype=torch.int64))
    torch.autograd.backward(loss)
    for optimiser in (torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9), torch.optim.Adam(model.parameters())):
        optimiser.step()
    torch.autograd.grad(torch.ones(3, requires_grad=True).sum(), [torch.ones(3, requires_grad=True)], allow_unused=True)
    torch.linalg.svd(torch.eye(3))
    torch.testing.assert_close(torch.ones(2), torch.ones(2))
    np.linalg.svd(np.eye(3))
    np.random.default_rng(0).normal(size=3)
    np.testing.assert_allclose(np.ones(2), np.ones(2))
    torch.manual_seed(0)
    plt.plot([0, 1])  # the list of fonts takes a second to make
    plt.savefig(io.BytesIO(), format="png")
    plt.close("all")
    vars(font_manager)["_get_font"].cache_clear()  # matplotlib does this in every fork, which touches a hundred pages
    from autograder import checks

    sympy.N(sympy.sympify("sqrt(2) + exp(1/3)"), 40)
    checks.formula.verdict("x + 1", "1 + x", {"x": (0, 1)}, rng=np.random.default_rng(0))


def read_text() -> None:
    """Read the text of modules that stand in tracebacks. They are made more often than one thinks: by a test that fails, and by each
    `torch.manual_seed`, which notes who called it; to read the files took 4 ms in every child.
    """
    for name, module in list(sys.modules.items()):
        if name.startswith(TRACED):
            linecache.getlines(str(module.__file__))


def settle() -> None:
    """Make what was imported cheap to fork: out of the garbage collector's sight, and in huge pages.

    A fork copies one page-table entry per page: 60,000 of them for the 240 MB of a warm interpreter, 8 ms of the 11 that a fork and
    its end took, against 1 with pages of 2 MB. The kernel (6.1 and later) collapses pages on request; an older one declines, and
    forks stay slower.
    """
    gc.collect()
    gc.freeze()
    with contextlib.suppress(OSError), open("/proc/self/smaps") as maps:
        for found in re.finditer(ANONYMOUS, maps.read(), re.M | re.S):
            first, last, used = int(found[1], 16), int(found[2], 16), int(found[3]) * 1024
            if used < (last - first) // 2:
                continue  # mostly untouched: huge pages would fill it
            for place in range(-(-first // HUGE) * HUGE, last - HUGE + 1, HUGE):
                LIBC.madvise(ctypes.c_void_p(place), ctypes.c_size_t(HUGE), MADV_COLLAPSE)


def main(number: int, *, unsafe: bool) -> None:
    """Serve requests on the socket with this file number until it closes.

    unsafe  go on where the machine has no namespaces
    """
    control = socket.socket(fileno=number)
    gc.disable()  # a third of the time of all these imports is looking for garbage among what stays
    warm()
    from autograder.execution import tester as _  # noqa: F401  (imported here once, for all children)
    from autograder.execution.student import make_shell

    shell, outputs = make_shell(Limits().printed)
    shell.run_cell("import numpy as np", store_history=False)  # the first cell fills what all others share
    shell.user_ns.pop("np")
    read_text()
    settle()
    gc.enable()
    prepared = sandbox.prepare(unsafe=unsafe)
    control.send(b'{"ready": true}')
    _serve(control, prepared, shell, outputs)


def _serve(control: socket.socket, prepared: sandbox.Prepared, shell: Any, outputs: Any) -> None:
    """Fork what is asked for, until the connection ends."""
    codes: dict[int, int] = {}  # how children ended that nobody has asked about yet
    while True:
        message, files, _flags, _address = socket.recv_fds(control, 1 << 16, 1)
        if not message:
            return
        _reap(codes)
        request = json.loads(message)
        if "fork" in request:
            kind = request["fork"]
            child = os.fork() if kind == "branch" else sandbox.fork(prepared)
            if child == 0:
                control.close()
                sock = socket.socket(fileno=files[0])
                if kind == "branch":
                    _live(_serve, sock, prepared, shell, outputs)
                _live(_child, prepared, kind, sock, Limits(**request["limits"]), shell, outputs)
            os.close(files[0])
            codes.pop(child, None)
            file = os.pidfd_open(child)
            socket.send_fds(control, [json.dumps({"child": child}).encode()], [file])
            os.close(file)
        else:
            control.send(json.dumps({"code": codes.pop(request["ended"], 0)}).encode())


def _reap(codes: dict[int, int]) -> None:
    """Note how children ended (negative: by which signal)."""
    with contextlib.suppress(ChildProcessError):
        while True:
            child, status = os.waitpid(-1, os.WNOHANG)
            if not child:
                return
            codes[child] = os.waitstatus_to_exitcode(status)


def _live(life: Callable[..., None], *args: Any) -> None:
    """The life of a forked process; never returns."""
    code = 0
    try:
        life(*args)
    except BaseException as error:
        from autograder.execution.wire import Gone

        code = 0 if isinstance(error, Gone) else 1
        if os.environ.get("AUTOGRADER_DEBUG"):
            import traceback

            traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(code)


def _child(prepared: sandbox.Prepared, kind: Kind, sock: socket.socket, limits: Limits, shell: Any, outputs: Any) -> None:
    sandbox.enter(limits, prepared, keep=[sock.fileno()])
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    sock.sendall(b"!")  # confined; foreign code may come
    if kind == "student":
        from autograder.execution import student

        outputs.room = limits.printed
        student.main(sock, shell, outputs)
    elif kind == "notebook":
        from autograder.execution import kernel

        kernel.main(sock, shell)
    elif kind == "program":
        from autograder.execution import program

        program.main(sock)
    else:
        _hall(sock, prepared)


def _hall(control: socket.socket, prepared: sandbox.Prepared) -> None:
    """Fork a tester for each socket that comes; every word from the supervisor ends the tester before, with all that it left."""
    from autograder.execution import tester

    LIBC.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)  # no tester can look into the hall or into another
    testers: list[int] = []
    while True:
        message, files, _flags, _address = socket.recv_fds(control, 1, 1)
        sandbox.alone(prepared, testers)
        testers.clear()
        if not message:
            return
        for file in files:
            testers.append(os.fork())
            if testers[-1] == 0:
                control.close()
                _live(tester.main, socket.socket(fileno=file))
            os.close(file)

