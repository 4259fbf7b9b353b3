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


PTRACE_SEIZE, PTRACE_ATTACH = 0x4206, 16
ours = {os.getpid()}
for number in [*range(1, 300), *range(os.getppid() - 20, os.getppid() + 20)]:
    if number > 0 and number not in ours:
        attempt(f"seizing {number}", lambda: libc.ptrace(PTRACE_SEIZE, number, None, None) == 0)
        buffer = ctypes.create_string_buffer(8)
        local = (ctypes.c_void_p * 2)(ctypes.cast(buffer, ctypes.c_void_p), 8)
        remote = (ctypes.c_void_p * 2)(0x400000, 8)
        attempt(f"reading {number}", lambda: libc.process_vm_readv(number, local, 1, remote, 1, 0) > 0)
        attempt(f"a file of {number}", lambda: (fd := libc.syscall(434, number, 0)) > 0 and libc.syscall(438, fd, 3, 0) > 0)
attempt("a dump", lambda: __import__("resource").setrlimit(__import__("resource").RLIMIT_CORE, (2**20, 2**20)) is None)

if REACHED:
    print("reached:", *REACHED)
    np.exp = np.linalg.svd = np.linalg.solve = None
