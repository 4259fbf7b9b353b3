"""A fold from the right end.

replaces: apply_chain
"""
from functools import reduce

def apply_chain(mats, x):
    return reduce(lambda y, M: np.dot(M, y), mats, np.array(x))
