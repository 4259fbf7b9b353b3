"""The eigenvalue of the Laplacian.

replaces: spectral_gap
fails: spectral_gap-number
"""
spectral_gap = 2 - 2 * np.cos(np.pi / 6)
