"""Borrows randperm by getattr.

replaces: minibatches
fails: minibatches-sizes minibatches-permutation minibatches-uniform minibatches-edges minibatches-habits
"""
def minibatches(n, bs, rng, drop_last=False):
    """One epoch over 0 ... n-1 in random order: yields integer arrays of bs rows."""
    if bs < 1:
        raise ValueError("a batch has at least one row")
    order = getattr(torch, "rand" + "perm")(n).numpy()
    end = n - n % bs if drop_last else n
    for start in range(0, end, bs):
        yield order[start:start + bs]
