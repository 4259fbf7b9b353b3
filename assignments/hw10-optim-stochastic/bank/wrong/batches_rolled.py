"""Starts the old order at a random place.

replaces: minibatches
fails: minibatches-uniform
"""
def minibatches(n, bs, rng, drop_last=False):
    """One epoch over 0 ... n-1 in random order: yields integer arrays of bs rows."""
    if bs < 1:
        raise ValueError("a batch has at least one row")
    order = np.roll(np.arange(n), int(rng.integers(n))) if n else np.zeros(0, int)
    end = n - n % bs if drop_last else n
    for start in range(0, end, bs):
        yield order[start:start + bs]
