"""Returns zeros of the right shapes.

replaces: power_method
fails: power_method-by_hand power_method-certificate power_method-negative power_method-honest power_method-scale
    power_method-start power_method-habits
"""
def power_method(A, x0, tol, maxit):
    return 0.0, np.zeros(A.shape[0]), 0, False
