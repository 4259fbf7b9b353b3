"""A power by its logarithm, which zero does not have.

replaces: second_moment
fails: second_moment-limits
"""
def second_moment(h, lr, t):
    """E w_t^2 for w <- (1 - lr h_i) w with i uniform and w_0 = 1."""
    h = np.asarray(h, dtype=float)
    return np.exp(np.asarray(t) * np.log((1 - lr * h.mean()) ** 2 + lr**2 * h.var()))
