"""Weighs whole examples by their labels: for soft labels that is another loss.

replaces: bce_logits
fails: bce_logits-weight
"""
def bce_logits(z, y, w_pos=1.0):
    """Mean binary cross-entropy of logits z (n,) and labels y (n,), and its gradient dz (n,)."""
    # Two softplus terms, and a sigmoid that does not overflow.
    # Where do w_pos and 1 / n go in the gradient?
    z, y = np.asarray(z, dtype=float), np.asarray(y, dtype=float)
    rest = np.log1p(np.exp(-np.abs(z)))
    positive, negative = np.maximum(-z, 0) + rest, np.maximum(z, 0) + rest
    p = (1 + np.tanh(z / 2)) / 2
    weight = 1 + (w_pos - 1) * y
    loss = np.mean(weight * (y * positive + (1 - y) * negative))
    return float(loss), weight * (p - y) / len(z)
