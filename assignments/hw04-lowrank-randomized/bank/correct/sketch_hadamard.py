"""Random signs, a fast Hadamard transform, and r of its rows.

replaces: sketch_lstsq
"""
def sketch_lstsq(A, b, r, rng):
    m, n = np.shape(A)
    if r < n:
        raise ValueError("too few rows")
    size = 1 << (max(m, r) - 1).bit_length()
    both = np.zeros((size, n + 1))
    both[:m, :n], both[:m, n] = A, b
    both *= rng.choice([-1.0, 1.0], (size, 1))
    step = 1
    while step < size:
        blocks = both.reshape(-1, 2, step, n + 1)
        both = np.stack([blocks[:, 0] + blocks[:, 1], blocks[:, 0] - blocks[:, 1]], axis=1).reshape(size, n + 1)
        step *= 2
    both = both[rng.permutation(size)[:r]]
    return np.linalg.lstsq(both[:, :n], both[:, n], rcond=None)[0]
