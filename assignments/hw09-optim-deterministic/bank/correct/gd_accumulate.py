"""The same as a fold over the steps.

replaces: gd
"""
def gd(orc, x0, lr, steps):
    from itertools import accumulate

    start = np.asarray(x0).astype(float)
    return np.array(list(accumulate(range(steps), lambda x, _: x + (-lr) * orc.g(x), initial=start)))
