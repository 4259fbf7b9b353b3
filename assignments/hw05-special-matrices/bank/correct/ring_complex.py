"""As the transform gives them, complex with imaginary parts of zero.

replaces: ring_eigenvalues
"""
ring_eigenvalues = np.fft.fft([5, 2, -1, 2])
