"""The solver of numpy under another name.

replaces: levinson
fails: levinson-by_hand levinson-solution levinson-counted levinson-edges levinson-habits
"""
import numpy.linalg as tools


def levinson(t, b):
    n = len(t)
    T = np.asarray(t)[np.abs(np.arange(n)[:, None] - np.arange(n))]
    tools.cholesky(T)
    return tools.inv(T) @ b
