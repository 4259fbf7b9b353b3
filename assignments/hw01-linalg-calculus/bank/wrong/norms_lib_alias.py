"""numpy's norm by another name.

replaces: norms
fails: norms-by_hand norms-values norms-huge norms-tiny norms-complex norms-zero norms-habits
"""
from numpy import linalg as lengths

def norms(x):
    size = lengths.norm
    return {"l1": float(size(x, 1)), "l2": float(size(x)), "linf": float(size(x, np.inf))}
