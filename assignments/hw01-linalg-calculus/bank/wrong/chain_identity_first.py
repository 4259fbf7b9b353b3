"""Starts from an identity matrix.

replaces: apply_chain
fails: apply_chain-work
"""
def apply_chain(mats, x):
    product = np.eye(len(x))
    for M in mats:
        product = M @ product
    return product @ x
