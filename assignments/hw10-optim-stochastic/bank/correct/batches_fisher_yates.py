"""Swaps by hand, one draw at a time, rows sorted within a batch.

replaces: minibatches
"""
def minibatches(n, bs, rng, drop_last=False):
    if bs <= 0:
        raise ValueError("bs should be positive")
    rows = list(range(n))
    while rows and (len(rows) >= bs or not drop_last):
        batch = []
        while rows and len(batch) < bs:
            at = int(rng.integers(len(rows)))
            rows[at], rows[-1] = rows[-1], rows[at]
            batch.append(rows.pop())
        yield np.array(sorted(batch))
