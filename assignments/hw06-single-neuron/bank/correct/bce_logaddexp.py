"""logaddexp for both terms, and the slope as a difference of two stable exponentials.

replaces: bce_logits
"""
def bce_logits(z, y, w_pos=1.0):
    z, y = np.array(z, dtype=float), np.array(y, dtype=float)
    n = z.size
    log_p, log_q = -np.logaddexp(0.0, -z), -np.logaddexp(0.0, z)
    loss = -(w_pos * (y @ log_p) + (1 - y) @ log_q) / n
    return loss, (np.exp(log_p) * (1 - y) - np.exp(log_q) * y * w_pos) / n
