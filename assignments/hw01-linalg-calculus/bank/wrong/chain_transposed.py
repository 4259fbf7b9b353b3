"""The vector from the left.

replaces: apply_chain
fails: apply_chain-three apply_chain-values apply_chain-work apply_chain-habits
"""
def apply_chain(mats, x):
    y = np.array(x)
    for M in mats:
        y = y @ M
    return y
