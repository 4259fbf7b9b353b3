"""Probabilities kept above 1e-12: the loss ends at 27.6.

replaces: bce_logits
fails: bce_logits-large
"""
def bce_logits(z, y, w_pos=1.0):
    z, y = np.asarray(z, dtype=float), np.asarray(y, dtype=float)
    p = np.clip(1 / (1 + np.exp(-z)), 1e-12, 1 - 1e-12)
    loss = -np.mean(w_pos * y * np.log(p) + (1 - y) * np.log(1 - p))
    return float(loss), ((1 - y) * p - w_pos * y * (1 - p)) / len(z)
