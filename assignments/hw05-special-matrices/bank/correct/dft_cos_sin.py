"""Cosine and sine in two loops, angle in one go.

replaces: dft_matrix
"""
def dft_matrix(n):
    F = np.empty((n, n), dtype=complex)
    for j in range(n):
        angles = 2 * np.pi * (j * np.arange(n) % n) / n
        F[j].real = np.cos(angles) / n**0.5
        F[j].imag = -np.sin(angles) / n**0.5
    return F
