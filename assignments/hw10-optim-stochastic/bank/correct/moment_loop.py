"""Multiplies step by step, and reads the times off.

replaces: second_moment
"""
def second_moment(h, lr, t):
    h, t = np.array(h, dtype=float), np.array(t)
    factor = ((1 - lr * h.sum() / len(h)) ** 2) + lr * lr * ((h - h.sum() / len(h)) ** 2).sum() / len(h)
    moments = [1.0]
    for _ in range(int(t.max())):
        moments.append(moments[-1] * factor)
    return np.array(moments)[t]
