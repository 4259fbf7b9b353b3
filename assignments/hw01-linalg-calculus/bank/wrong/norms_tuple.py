"""Three numbers and no dict.

replaces: norms
fails: norms-by_hand norms-values norms-huge norms-tiny norms-complex norms-zero norms-habits
"""
def norms(x):
    sizes = np.abs(np.asarray(x))
    top = float(sizes.max())
    l2 = top * float(np.sqrt(np.sum((sizes / top) ** 2))) if top > 0 else 0.0
    return float(sizes.sum()), l2, top
