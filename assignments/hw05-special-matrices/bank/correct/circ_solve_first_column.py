"""The inverse of a circulant matrix is circulant: its first column, then a product.

replaces: circ_solve
"""
def circ_solve(c, b):
    c, b = np.asarray(c), np.asarray(b)
    n, w = len(c), np.fft.fft(c)
    if np.min(np.abs(w)) <= n * 2.0**-52 * np.max(np.abs(w)):
        raise np.linalg.LinAlgError("singular")
    inverse = np.fft.ifft(1 / w)
    if np.isrealobj(c):
        inverse = inverse.real
    return circ_matvec(inverse, b)
