"""One number at a time.

replaces: act
"""
def act(name, z):
    def one(t):
        e = math.exp(-abs(t))
        s = 1 / (1 + e) if t >= 0 else e / (1 + e)
        if name == "sigmoid":
            return s, s - s * s
        if name == "tanh":
            return math.tanh(t), 1 - math.tanh(t) ** 2
        if name == "relu":
            return max(t, 0.0), 1.0 if t >= 0 else 0.0
        if name == "leaky":
            return (t, 1.0) if t > 0 else (0.01 * t, 0.01 if t < 0 else 0.3)
        if name == "softplus":
            return max(t, 0.0) + math.log1p(e), s
        if name == "silu":
            return t * s, s * (1 + t * (1 - s))
        Phi = 0.5 + 0.5 * math.erf(t * math.sqrt(0.5))
        return t * Phi, Phi + t * math.exp(-t * t / 2) / math.sqrt(2 * math.pi)

    z = np.asarray(z, dtype=float)
    pairs = [one(t) for t in z.ravel().tolist()]
    return np.array([a for a, _ in pairs]).reshape(z.shape), np.array([d for _, d in pairs]).reshape(z.shape)
