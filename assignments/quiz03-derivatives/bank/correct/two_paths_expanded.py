"""After multiplying out.

replaces: two_paths
"""
x, a, b = two_paths_numbers(attempt).values()
two_paths = f"2*{b}*{x} + {a}*{b}"
