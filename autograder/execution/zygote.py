"""A warm interpreter that forks confined children: imports are paid once, not once per submission.

Started under `sandbox.bubblewrap` with one socket. A request names the limits and carries the socket that the child will own; the answer
is the child's number. It holds nothing secret: no tests, no keys, no submission ever enters it, only its children.
Libraries are not only imported but used once (a first backward pass and optimiser step import much more), with one thread, since a
fork of a process with a thread pool hangs.
"""

from __future__ import annotations

import gc
import io
import json
import os
import random
import signal
import socket
import sys
from typing import Any, Literal

from autograder.model import Limits
from autograder.sandbox import enter

Kind = Literal["student", "tester"]


def warm(kind: Kind) -> None:
    """Import and use what children will need."""
    import numpy as np
    import torch

    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.ReLU(), torch.nn.Linear(8, 3))
    loss = torch.nn.functional.cross_entropy(model(torch.ones(5, 4)), torch.zeros(5, dtype=torch.int64))
    torch.autograd.backward(loss)
    for optimiser in (torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9), torch.optim.Adam(model.parameters())):
        optimiser.step()
    torch.autograd.grad(torch.ones(3, requires_grad=True).sum(), [torch.ones(3, requires_grad=True)], allow_unused=True)
    torch.linalg.svd(torch.eye(3))
    np.linalg.svd(np.eye(3))
    np.random.default_rng(0).normal(size=3)
    from autograder import checks

    if kind == "student":
        import matplotlib.pyplot as plt  # its list of fonts takes a second to make

        plt.plot([0, 1])
        plt.savefig(io.BytesIO(), format="png")
        plt.close("all")
    else:
        import sympy  # type: ignore[import-untyped]

        sympy.N(sympy.sympify("sqrt(2) + exp(1/3)"), 40)
        checks.formula.verdict("x + 1", "1 + x", {"x": (0, 1)}, rng=np.random.default_rng(0))


def main(kind: Kind, number: int) -> None:
    """Serve fork requests on the socket with this file number until it closes."""
    control = socket.socket(fileno=number)
    shell: Any = None
    outputs: Any = None
    warm(kind)
    if kind == "student":
        from autograder.execution.student import make_shell

        shell, outputs = make_shell(Limits().printed)
    else:
        from autograder.execution import tester as _  # noqa: F401  (imported here once, for all children)
    gc.collect()
    gc.freeze()
    control.send(b'{"ready": true}')
    while True:
        message, files, _flags, _address = socket.recv_fds(control, 1 << 16, 1)
        if not message:
            return
        request = json.loads(message)
        if "end" in request:
            control.send(json.dumps({"code": _end(request["end"])}).encode())
            continue
        child = os.fork()
        if child == 0:
            control.close()
            _live(kind, socket.socket(fileno=files[0]), Limits(**request["limits"]), shell, outputs)
        os.close(files[0])
        control.send(json.dumps({"child": child}).encode())


def _live(kind: Kind, sock: socket.socket, limits: Limits, shell: Any, outputs: Any) -> None:
    """The life of one child; never returns."""
    code = 0
    try:
        enter(limits)
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        import numpy as np
        import torch

        random.seed()
        np.random.seed()
        torch.seed()
        sock.sendall(b"!")  # confined; foreign code may come
        if kind == "student":
            from autograder.execution import student

            outputs.room = limits.printed
            student.main(sock, shell, outputs)
        else:
            from autograder.execution import tester

            tester.main(sock)
    except BaseException as error:
        from autograder.execution.wire import Gone

        code = 0 if isinstance(error, Gone) else 1
        if os.environ.get("AUTOGRADER_DEBUG"):
            import traceback

            traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(code)


def _end(child: int) -> int:
    """Kill a child with everything in its namespaces; how it had ended, if it had (negative: by which signal)."""
    ended, status = os.waitpid(child, os.WNOHANG)
    if not ended:
        os.kill(child, signal.SIGTERM)  # the stub ends the namespace, then itself
        os.waitpid(child, 0)
        return 0
    return os.waitstatus_to_exitcode(status)
