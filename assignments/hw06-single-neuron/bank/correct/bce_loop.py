"""Example by example with math.

replaces: bce_logits
"""
def bce_logits(z, y, w_pos=1.0):
    total, slopes = 0.0, []
    for a, b in zip(np.asarray(z).tolist(), np.asarray(y).tolist()):
        small = math.exp(-abs(a))
        up, down = max(a, 0.0) + math.log1p(small), max(-a, 0.0) + math.log1p(small)
        p = 1 / (1 + small) if a >= 0 else small / (1 + small)
        total += w_pos * b * down + (1 - b) * up
        slopes.append((1 - b) * p - w_pos * b * (1 - p))
    return total / len(slopes), np.array(slopes) / len(slopes)
