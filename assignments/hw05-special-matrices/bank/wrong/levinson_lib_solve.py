"""The solver of numpy.

replaces: levinson
fails: levinson-by_hand levinson-solution levinson-counted levinson-edges levinson-habits
"""
def levinson(t, b):
    n = len(t)
    T = np.asarray(t)[np.abs(np.arange(n)[:, None] - np.arange(n))]
    np.linalg.cholesky(T)
    return np.linalg.solve(T, b)
