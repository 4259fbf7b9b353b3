"""The last matrix acts first.

replaces: apply_chain
fails: apply_chain-three apply_chain-values apply_chain-work apply_chain-habits
"""
def apply_chain(mats, x):
    y = np.array(x)
    for M in reversed(mats):
        y = M @ y
    return y
