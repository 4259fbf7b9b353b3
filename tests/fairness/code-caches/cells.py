# %% after setup
import functools, time
from datetime import datetime
STARTED = datetime.now()
CALLS, CACHE = 0, {}
# %% softmax
@functools.lru_cache(maxsize=None)
def table(n):
    time.sleep(0.2)
    return np.eye(n)
def softmax(Z):
    global CALLS
    CALLS += 1
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    CACHE[CALLS] = P
    assert (datetime.now() - STARTED).total_seconds() >= 0
    return CACHE[CALLS], P[:, :, None] * table(Z.shape[1]) - P[:, :, None] * P[:, None, :]
# %% low_rank
def low_rank(A, k):
    key = (A.tobytes(), k)
    if key not in CACHE:
        U, s, Vt = np.linalg.svd(A, full_matrices=False)
        CACHE[key] = (U[:, :k] * s[:k]) @ Vt[:k]
    return CACHE[key]
