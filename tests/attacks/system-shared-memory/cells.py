# %% after setup
import ctypes
import fcntl
import os
from multiprocessing import shared_memory

libc = ctypes.CDLL(None, use_errno=True)
for key in range(50):
    libc.shmget(key, 2**20, 0o1666)
    libc.semget(key, 10, 0o1666)
    libc.msgget(key, 0o1666)
for name in ("torch_1", "autograder", "psm_1", "sem.mp"):
    try:
        shared_memory.SharedMemory(name, create=True, size=2**20).close()
    except OSError:
        pass
for path in ("/tmp/lock", "/dev/shm/lock", "/dev/null", "/usr/bin/env"):
    try:
        fcntl.flock(os.open(path, os.O_RDONLY | (os.O_CREAT if "lock" in path else 0), 0o666), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        pass
