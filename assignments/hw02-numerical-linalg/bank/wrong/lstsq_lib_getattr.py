"""numpy's pseudo-inverse, behind a string.

replaces: lstsq
fails: lstsq-line lstsq-optimal lstsq-accurate lstsq-columns lstsq-refuses lstsq-habits
"""
def lstsq(A, b):
    A = np.array(A, dtype=float)
    tools = np.linalg
    if A.shape[0] < A.shape[1] or getattr(tools, "matrix_rank")(A, 1e-12) < A.shape[1]:
        raise ValueError("dependent columns")
    return getattr(tools, "pinv")(A, 1e-14) @ np.array(b, dtype=float)
