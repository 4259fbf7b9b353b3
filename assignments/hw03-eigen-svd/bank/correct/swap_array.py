"""A numpy array of floats.

replaces: swap_values
"""
swap_values = np.array([5.0, 2.0])
