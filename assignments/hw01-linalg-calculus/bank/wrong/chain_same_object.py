"""Returns x itself for an empty list.

replaces: apply_chain
fails: apply_chain-habits
"""
def apply_chain(mats, x):
    for M in mats:
        x = M @ x
    return x
