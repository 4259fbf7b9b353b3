"""With drop_last the rows that are left out are not random.

replaces: minibatches
fails: minibatches-edges
"""
def minibatches(n, bs, rng, drop_last=False):
    """One epoch over 0 ... n-1 in random order: yields integer arrays of bs rows."""
    if bs < 1:
        raise ValueError("a batch has at least one row")
    end = n - n % bs if drop_last else n
    order = rng.permutation(end)
    for start in range(0, end, bs):
        yield order[start:start + bs]
