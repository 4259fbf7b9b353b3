"""Lists and loops, no arrays inside.

replaces: levinson
"""
def levinson(t, b):
    t, b = list(t), list(b)
    if isinstance(t[0], (int, float, np.generic)):
        t, b = [float(v) for v in t], [float(v) for v in b]
    if not t[0] > 0:
        raise np.linalg.LinAlgError("not positive definite")
    f, x = [1.0 / t[0]], [b[0] / t[0]]
    for k in range(1, len(t)):
        epsilon = sum(t[k - i] * f[i] for i in range(k))
        if not 1 - epsilon * epsilon > 0:
            raise np.linalg.LinAlgError("not positive definite")
        scale = 1 / (1 - epsilon * epsilon)
        f = [scale * f[0], *(scale * (f[i] - epsilon * f[k - i]) for i in range(1, k)), scale * (-epsilon * f[0])]
        rest = b[k] - sum(t[k - i] * x[i] for i in range(k))
        x = [*(x[i] + rest * f[k - i] for i in range(k)), rest * f[0]]
    return np.array(x)
