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


import resource
import time

attempt("setuid", lambda: os.setuid(0) is None)
attempt("setgid", lambda: os.setgid(0) is None)
attempt("setgroups", lambda: os.setgroups([0]) is None)
attempt("chroot", lambda: os.chroot("/tmp") is None)
attempt("mount", lambda: libc.mount(b"tmpfs", b"/usr", b"tmpfs", 0, None) == 0)
attempt("remount", lambda: libc.mount(b"none", b"/", None, 32, None) == 0)
attempt("umount", lambda: libc.umount2(b"/proc", 2) == 0)
attempt("pivot_root", lambda: libc.syscall(155, b"/tmp", b"/tmp") == 0)
attempt("unshare", lambda: libc.unshare(0x20000) == 0)
attempt("the clock", lambda: time.clock_settime(time.CLOCK_REALTIME, time.time()) is None)
attempt("the name", lambda: socket.sethostname("mine") is None)
attempt("a device", lambda: os.mknod("/tmp/device", 0o60666, os.makedev(8, 0)) is None)
attempt("a module", lambda: libc.syscall(313, 0, b"", 0) == 0)
attempt("a key ring", lambda: os.system("sudo -n true 2>/dev/null || su -c true 2>/dev/null") == 0)
attempt("a capability", lambda: any(int(line.split()[1], 16) for line in open("/proc/self/status") if line.startswith(("CapEff", "CapPrm"))))
attempt("a priority", lambda: os.nice(-5) < 0)
attempt("real time", lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)) is None)
for name in ("CPU", "NPROC", "FSIZE", "NOFILE", "AS", "MEMLOCK"):
    which = getattr(resource, f"RLIMIT_{name}")
    hard = resource.getrlimit(which)[1]
    attempt(name, lambda: hard == resource.RLIM_INFINITY or resource.setrlimit(which, (hard + 1, hard + 1)) is None)

if REACHED:
    print("reached:", *REACHED)
    np.exp = np.linalg.svd = np.linalg.solve = None
