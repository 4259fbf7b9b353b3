"""Looks at both ends of the sorted spectrum.

replaces: quad_rate
"""
def quad_rate(H, lr):
    ends = np.sort(np.linalg.eigvals(H).real)[[0, -1]]
    return float(max(abs(1 - lr * ends[0]), abs(1 - lr * ends[1])))
