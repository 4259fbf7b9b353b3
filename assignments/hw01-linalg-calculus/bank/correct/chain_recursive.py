"""The last matrix times what the others give.

replaces: apply_chain
"""
def apply_chain(mats, x):
    if not mats:
        return np.copy(x)
    return np.matmul(mats[-1], apply_chain(mats[:-1], x))
