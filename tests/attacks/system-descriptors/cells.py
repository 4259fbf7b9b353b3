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


for number in range(0, 1100):
    try:
        kind = os.readlink(f"/proc/self/fd/{number}")
    except OSError:
        continue
    attempt(f"the folder {kind}", lambda: os.path.isdir(f"/proc/self/fd/{number}") and os.listdir(number))
    attempt(f"writing {kind}", lambda: kind.startswith("/") and not kind.startswith(("/dev/null", "/tmp")) and os.write(number, b""))
    attempt(f"the terminal {kind}", lambda: os.isatty(number))
    attempt(f"the memory {kind}", lambda: "memfd" in kind and os.pread(number, 1 << 20, 0))
    if kind.startswith("socket:"):
        with socket.fromfd(number, socket.AF_UNIX, socket.SOCK_STREAM) as found:
            attempt(f"the network {kind}", lambda: found.getsockopt(socket.SOL_SOCKET, socket.SO_DOMAIN) != socket.AF_UNIX)
            attempt(f"the peer of {kind}", lambda: found.getpeername())
attempt("the terminal", lambda: os.open("/dev/tty", os.O_RDWR) >= 0)
for path in ("/dev/pts/0", "/dev/console", "/dev/tty1", "/dev/fuse", "/dev/kvm", "/dev/net/tun"):
    attempt(path, lambda: os.open(path, os.O_RDWR) >= 0)

if REACHED:
    print("reached:", *REACHED)
    np.exp = np.linalg.svd = np.linalg.solve = None
