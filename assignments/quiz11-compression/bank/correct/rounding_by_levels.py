"""From the levels themselves.

replaces: rounding
"""
low, high, b = rounding_numbers(attempt).values()
levels = np.linspace(low, high, 2**b)
rounding = (levels[1] - levels[0]) / 2
