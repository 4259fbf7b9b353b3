"""Writes the factors into an array of the number type of h.

replaces: second_moment
fails: second_moment-habits
"""
def second_moment(h, lr, t):
    factors = np.zeros_like(h)
    factors[:] = 1 - lr * h
    return np.mean(factors**2) ** np.asarray(t)
