"""The vector becomes float64, the matrices stay as they are.

replaces: apply_chain
"""
def apply_chain(mats, x):
    y = np.array(x, dtype=float)
    for M in mats:
        y = M.dot(y)
    return y
