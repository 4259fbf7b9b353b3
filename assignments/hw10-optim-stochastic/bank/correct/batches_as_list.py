"""A list of batches from the ranks of random numbers.

replaces: minibatches
"""
def minibatches(n, bs, rng, drop_last=False):
    if bs < 1:
        raise ValueError("bs")
    order = np.argsort(rng.random(n))
    batches = [order[a:a + bs].copy() for a in range(0, n, bs)]
    return [rows for rows in batches if len(rows) == bs or not drop_last]
