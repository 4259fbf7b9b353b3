"""Makes floats of the counting matrices.

replaces: apply_chain
fails: apply_chain-work
"""
def apply_chain(mats, x):
    y = np.array(x)
    for M in mats:
        y = np.asarray(M, dtype=float) @ y
    return y
