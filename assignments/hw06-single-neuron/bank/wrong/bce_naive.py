"""log p and log(1 - p): infinite at 40, nan times zero at 1000.

replaces: bce_logits
fails: bce_logits-large
"""
def bce_logits(z, y, w_pos=1.0):
    z, y = np.asarray(z, dtype=float), np.asarray(y, dtype=float)
    p = 1 / (1 + np.exp(-z))
    loss = -np.mean(w_pos * y * np.log(p) + (1 - y) * np.log(1 - p))
    return float(loss), ((1 - y) * p - w_pos * y * (1 - p)) / len(z)
