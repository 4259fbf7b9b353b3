"""numpy's gradient by another name.

replaces: num_diff
fails: num_diff-sine num_diff-forward num_diff-central num_diff-complex num_diff-scale num_diff-zero
    num_diff-step num_diff-calls num_diff-single num_diff-habits
"""
from numpy import gradient as g

def num_diff(f, x, method):
    return float(g([f(x - h) for h in (6e-6, 0, -6e-6)], 6e-6)[1])
