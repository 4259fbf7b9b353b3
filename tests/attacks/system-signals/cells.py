# Its answers are right. When it gets anywhere it says so, and spoils them.
# %% after setup
import ctypes
import os
import signal
import socket
import subprocess
import sys

libc = ctypes.CDLL(None, use_errno=True)
REACHED = []


def attempt(what, work):
    try:
        if work():
            REACHED.append(what)
    except Exception:
        pass


signals = [signal.SIGTERM, signal.SIGUSR1, signal.SIGSTOP, signal.SIGKILL]
for number in [*range(2, 3000), *range(30_000, 30_500)]:
    if number != os.getpid():
        for one in signals:
            attempt(f"process {number}", lambda: os.kill(number, one) is None)
for one in (signal.SIGTERM, signal.SIGHUP):
    signal.signal(one, signal.SIG_IGN)
    attempt("the group of its parent", lambda: os.getppid() > 0 and os.killpg(os.getpgid(os.getppid()), one) is None)

if REACHED:
    print("reached:", *REACHED)
    np.exp = np.linalg.svd = np.linalg.solve = None
