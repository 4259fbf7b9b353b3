"""One pass with a running scale, as in the old BLAS.

replaces: norms
"""
def norms(x):
    scale, total, l1 = 0.0, 1.0, 0.0
    for v in np.abs(np.asarray(x)).tolist():
        l1 += v
        if v > scale:
            total, scale = 1.0 + total * (scale / v) ** 2, v
        elif v > 0:
            total += (v / scale) ** 2
    return {"l1": l1, "l2": scale * math.sqrt(total), "linf": scale}
