"""Rounds soft labels.

replaces: bce_logits
fails: bce_logits-loss bce_logits-gradient bce_logits-weight
"""
def bce_logits(z, y, w_pos=1.0):
    z, y = np.asarray(z, dtype=float), np.round(np.asarray(y, dtype=float))
    rest = np.log1p(np.exp(-np.abs(z)))
    positive, negative = np.maximum(-z, 0) + rest, np.maximum(z, 0) + rest
    p = (1 + np.tanh(z / 2)) / 2
    loss = np.mean(w_pos * y * positive + (1 - y) * negative)
    return float(loss), ((1 - y) * p - w_pos * y * (1 - p)) / len(z)
