"""numpy's chain product by another name.

replaces: apply_chain
fails: apply_chain-three apply_chain-values apply_chain-work apply_chain-empty apply_chain-habits
"""
from numpy.linalg import multi_dot as product

def apply_chain(mats, x):
    return product([*mats[::-1], x]) if mats else x.copy()
