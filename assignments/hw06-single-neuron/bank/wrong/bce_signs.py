"""Takes labels to be -1 and 1.

replaces: bce_logits
fails: bce_logits-loss bce_logits-gradient bce_logits-large bce_logits-weight bce_logits-by_hand
"""
def bce_logits(z, y, w_pos=1.0):
    z, y = np.asarray(z, dtype=float), np.asarray(y, dtype=float)
    weight = np.where(y > 0, w_pos, 1.0)
    loss = np.mean(weight * np.logaddexp(0, -y * z))
    return float(loss), -weight * y * (1 - np.tanh(y * z / 2)) / 2 / len(z)
