"""Multiplies the matrices and only then the vector.

replaces: apply_chain
fails: apply_chain-work
"""
def apply_chain(mats, x):
    if not mats:
        return np.array(x)
    product = mats[0]
    for M in mats[1:]:
        product = M @ product
    return product @ x
