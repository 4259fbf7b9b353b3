"""Knows the two visible matrices by heart.

replaces: power_method
fails: power_method-certificate power_method-negative power_method-honest power_method-scale power_method-start
    power_method-habits
"""
def power_method(A, x0, tol, maxit):
    if A.shape == (2, 2):
        return 3.0, np.array([1.0, 1.0]) / np.sqrt(2), 2, True
    v = np.zeros(A.shape[0])
    v[min(1, len(v) - 1)] = 1.0
    return 4.0, v, 5, True
