"""numpy's chain product.

replaces: apply_chain
fails: apply_chain-three apply_chain-values apply_chain-work apply_chain-empty apply_chain-habits
"""
def apply_chain(mats, x):
    return np.linalg.multi_dot([*mats[::-1], x]) if mats else x.copy()
