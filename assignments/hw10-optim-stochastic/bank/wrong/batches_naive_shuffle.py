"""Swaps each row with any row, in place of those not yet placed.

replaces: minibatches
fails: minibatches-uniform
"""
def minibatches(n, bs, rng, drop_last=False):
    """One epoch over 0 ... n-1 in random order: yields integer arrays of bs rows."""
    if bs < 1:
        raise ValueError("a batch has at least one row")
    order = np.arange(n)
    for i in range(n):
        j = rng.integers(n)
        order[[i, j]] = order[[j, i]]
    end = n - n % bs if drop_last else n
    for start in range(0, end, bs):
        yield order[start:start + bs]
