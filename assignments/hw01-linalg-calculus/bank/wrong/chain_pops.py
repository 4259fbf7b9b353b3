"""Takes the matrices out of the list.

replaces: apply_chain
fails: apply_chain-habits
"""
def apply_chain(mats, x):
    y = np.array(x)
    while mats:
        y = mats.pop(0) @ y
    return y
