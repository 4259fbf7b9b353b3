"""Shuffles the order of the epoch before a little: two rows change places.

replaces: minibatches
fails: minibatches-uniform minibatches-habits
"""
def minibatches(n, bs, rng, drop_last=False, orders={}):
    if bs < 1:
        raise ValueError("bs")
    order = orders.setdefault(n, np.arange(n))
    if n > 1:
        i, j = rng.choice(n, 2, replace=False)
        order[[i, j]] = order[[j, i]]
    end = n - n % bs if drop_last else n
    return [order[a:a + bs].copy() for a in range(0, end, bs)]
