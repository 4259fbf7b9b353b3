"""Integers of numpy, one as a float, one as a text.

replaces: vanishing_order symmetry_count
"""
vanishing_order = np.float64(5) - 1
symmetry_count = np.prod(np.arange(1, 7)) * 2**6
