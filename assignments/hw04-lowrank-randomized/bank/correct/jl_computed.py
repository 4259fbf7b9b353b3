"""Computed from the bound, as a float.

replaces: jl_rows
"""
jl_rows = np.ceil(4 * np.log(2 * 1000 * 999 / 2 / 0.01) / (0.2**2 - 0.2**3))
