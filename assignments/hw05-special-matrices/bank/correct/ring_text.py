"""An array of them, by computation.

replaces: ring_eigenvalues
"""
ring_eigenvalues = np.fft.fft([5, 2, -1, 2]).real
