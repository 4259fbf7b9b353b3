"""The usual sigmoid: its overflow at -1000 ends in the right 0.

replaces: bce_logits
"""
def bce_logits(z, y, w_pos=1.0):
    z, y = np.asarray(z, dtype=float), np.asarray(y, dtype=float)
    p = 1.0 / (1.0 + np.exp(-z))
    slope = np.where(y == 0, p, (1 + (w_pos - 1) * y) * p - w_pos * y)
    weight = 1 + (w_pos - 1) * y
    loss = np.mean((1 - y) * z + weight * (np.log1p(np.exp(-np.abs(z))) + np.maximum(-z, 0)))
    return np.float64(loss), slope / len(y)
