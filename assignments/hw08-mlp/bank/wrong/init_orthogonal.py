"""Orthogonal columns or rows in place of normal weights.

replaces: init_params
fails: init_params-independent
"""
def init_params(sizes, scheme, dist, rng):
    """First weights of an MLP: returns [(W, b), ...] with W (d_in, d_out), b (d_out,) zero."""
    params = []
    for a, b in zip(sizes, sizes[1:]):
        variance = {"he": 2 / a, "xavier": 2 / (a + b), "lecun": 1 / a}[scheme]
        if dist == "normal":
            Q, _ = np.linalg.qr(rng.normal(size=(max(a, b), min(a, b))))
            W = (Q if a >= b else Q.T) * np.sqrt(variance * max(a, b))
        else:
            bound = np.sqrt(3 * variance)
            W = rng.uniform(-bound, bound, size=(a, b))
        params.append((W, np.zeros(b)))
    return params
