"""A stable loss, and a sigmoid exp(z) / (1 + exp(z)) that is nan at 1000.

replaces: bce_logits
fails: bce_logits-large
"""
def bce_logits(z, y, w_pos=1.0):
    z, y = np.asarray(z, dtype=float), np.asarray(y, dtype=float)
    rest = np.log1p(np.exp(-np.abs(z)))
    positive, negative = np.maximum(-z, 0) + rest, np.maximum(z, 0) + rest
    p = np.exp(z) / (1 + np.exp(z))
    loss = np.mean(w_pos * y * positive + (1 - y) * negative)
    return float(loss), ((1 - y) * p - w_pos * y * (1 - p)) / len(z)
