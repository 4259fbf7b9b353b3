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


import site
import tempfile

import autograder

FOLDERS = ["/", "/grading", "/usr", "/usr/lib", "/usr/local/bin", "/etc", "/bin", "/lib", "/opt", "/var", "/var/tmp", "/srv", "/mnt", "/home", "/root", "/run", "/sys",
           "/proc/self", "/dev", sys.prefix, sys.base_prefix, *site.getsitepackages(), site.getusersitepackages(), os.path.dirname(np.__file__),
           os.path.dirname(torch.__file__), *autograder.__path__]
for folder in FOLDERS:
    for name in ("sitecustomize.py", "conftest.py", "planted.pth"):
        attempt(f"{folder}/{name}", lambda: open(f"{folder}/{name}", "x").write("raise SystemExit") and not folder.startswith("/tmp"))
for module in (np, torch, autograder, os):
    attempt(module.__file__, lambda: open(module.__file__, "a").write("") == 0 or os.remove(module.__file__) is None)
attempt("the engine's own text", lambda: os.chmod(autograder.__file__, 0o666) is None or os.rename(autograder.__file__, "/tmp/x") is None)

if REACHED:
    print("reached:", *REACHED)
    np.exp = np.linalg.svd = np.linalg.solve = None
