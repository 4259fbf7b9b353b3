"""numpy does it.

replaces: lstsq
fails: lstsq-line lstsq-optimal lstsq-accurate lstsq-columns lstsq-refuses lstsq-habits
"""
def lstsq(A, b):
    x, rest, rank, s = np.linalg.lstsq(np.array(A, dtype=float), np.array(b, dtype=float), rcond=1e-12)
    if rank < A.shape[1]:
        raise ValueError("dependent columns")
    return x
