"""An iterator over the pieces of np.split, with 32-bit rows.

replaces: minibatches
"""
def minibatches(n, bs, rng, drop_last=False):
    if bs < 1:
        raise ValueError("bs")
    order = rng.choice(n, size=n, replace=False).astype(np.int32) if n else np.zeros(0, np.int32)
    pieces = np.split(order, np.arange(bs, n, bs))
    return iter([piece for piece in pieces if len(piece) == bs or (len(piece) and not drop_last)])
