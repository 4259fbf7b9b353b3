"""The normal law is cut off at two standard deviations, without a correction of the variance.

replaces: init_params
fails: init_params-variance init_params-law
"""
def init_params(sizes, scheme, dist, rng):
    """First weights of an MLP: returns [(W, b), ...] with W (d_in, d_out), b (d_out,) zero."""
    params = []
    for a, b in zip(sizes, sizes[1:]):
        variance = {"he": 2 / a, "xavier": 2 / (a + b), "lecun": 1 / a}[scheme]
        if dist == "normal":
            W = rng.normal(size=(a, b))
            while (far := np.abs(W) > 2).any():
                W[far] = rng.normal(size=far.sum())
            W *= np.sqrt(variance)
        else:
            bound = np.sqrt(3 * variance)
            W = rng.uniform(-bound, bound, size=(a, b))
        params.append((W, np.zeros(b)))
    return params
