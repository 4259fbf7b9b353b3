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


OWN = {os.getpid(), os.getppid(), 1}
SECRET = b"kestrel"


def read(path, size=1 << 20):
    with open(path, "rb") as file:
        return file.read(size)


for number in [name for name in os.listdir("/proc") if name.isdigit()]:
    attempt(f"the command of {number}", lambda: b"pytest" in read(f"/proc/{number}/cmdline"))
    attempt(f"the environment of {number}", lambda: SECRET in read(f"/proc/{number}/environ"))
    attempt(f"the folder of {number}", lambda: any(os.listdir(f"/proc/{number}/{place}/home") for place in ("cwd", "root")))
    for place in os.listdir(f"/proc/{number}/fd"):
        attempt(f"file {place} of {number}", lambda: SECRET in read(f"/proc/{number}/fd/{place}", 1 << 16) if "log" in os.readlink(
            f"/proc/{number}/fd/{place}") else False)
attempt("its own memory", lambda: any(
    SECRET + b" in" in os.pread(os.open("/proc/self/mem", os.O_RDONLY), int(end, 16) - int(start, 16), int(start, 16))
    for start, end in (line.split()[0].split("-") for line in open("/proc/self/maps") if "[heap]" in line)))
for path in ("/proc/kcore", "/proc/kmsg", "/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/vda", "/proc/1/mem"):
    attempt(path, lambda: path != "/proc/1/mem" and read(path, 16))
for path in ("/proc/sysrq-trigger", "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname", "/proc/self/oom_score_adj"):
    attempt(f"writing {path}", lambda: open(path, "w").write("-1000"))

if REACHED:
    print("reached:", *REACHED)
    np.exp = np.linalg.svd = np.linalg.solve = None
