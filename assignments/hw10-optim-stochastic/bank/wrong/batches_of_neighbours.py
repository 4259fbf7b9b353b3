"""Shuffles the pieces, and not the rows.

replaces: minibatches
fails: minibatches-uniform minibatches-edges
"""
def minibatches(n, bs, rng, drop_last=False):
    if bs < 1:
        raise ValueError("bs")
    pieces = [np.arange(a, min(a + bs, n)) for a in range(0, n, bs)]
    whole = [piece for piece in pieces if len(piece) == bs]
    rest = [piece for piece in pieces if len(piece) < bs and not drop_last]
    return [whole[i] for i in rng.permutation(len(whole))] + rest
