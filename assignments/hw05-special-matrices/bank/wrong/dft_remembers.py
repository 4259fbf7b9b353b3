"""Keeps a list of all sizes that were asked for.

replaces: dft_matrix
fails: dft_matrix-habits
"""
ASKED = []


def dft_matrix(n):
    ASKED.append(n)
    j = np.arange(n)
    return np.exp(-2j * np.pi * (np.outer(j, j) % n) / n) / np.sqrt(n)
