"""A negative batch size gives no batches at all.

replaces: minibatches
fails: minibatches-edges
"""
def minibatches(n, bs, rng, drop_last=False):
    """One epoch over 0 ... n-1 in random order: yields integer arrays of bs rows."""
    order = rng.permutation(n)
    end = n - n % bs if drop_last else n
    for start in range(0, end, bs):
        yield order[start:start + bs]
