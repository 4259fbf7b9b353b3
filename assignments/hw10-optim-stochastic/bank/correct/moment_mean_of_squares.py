"""The mean of the squared factors, to the power t.

replaces: second_moment
"""
def second_moment(h, lr, t):
    factors = 1.0 - lr * np.asarray(h, dtype=float)
    return np.power(factors @ factors / len(factors), t)
