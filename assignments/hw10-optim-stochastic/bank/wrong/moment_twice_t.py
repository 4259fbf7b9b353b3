"""Squares once too often.

replaces: second_moment
fails: second_moment-by_hand second_moment-paths second_moment-limits second_moment-habits
"""
def second_moment(h, lr, t):
    """E w_t^2 for w <- (1 - lr h_i) w with i uniform and w_0 = 1."""
    h = np.asarray(h, dtype=float)
    return ((1 - lr * h.mean()) ** 2 + lr**2 * h.var()) ** (2 * np.asarray(t))
