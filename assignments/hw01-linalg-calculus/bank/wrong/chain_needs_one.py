"""An empty list has no first matrix.

replaces: apply_chain
fails: apply_chain-empty apply_chain-habits
"""
def apply_chain(mats, x):
    y = mats[0] @ x
    for M in mats[1:]:
        y = M @ y
    return y
