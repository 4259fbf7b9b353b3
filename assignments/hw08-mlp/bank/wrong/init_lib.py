"""Torch initialises (mutant lib).

replaces: init_params
fails: init_params-variance init_params-law init_params-signal init_params-independent init_params-habits
    init_params-shapes
"""
def init_params(sizes, scheme, dist, rng):
    generator = torch.Generator().manual_seed(int(rng.integers(2**31)))
    params = []
    for a, b in zip(sizes, sizes[1:]):
        W = torch.empty(int(a), int(b), dtype=torch.float64)
        sd = {"he": 2 / a, "xavier": 2 / (a + b), "lecun": 1 / a}[scheme] ** 0.5
        if dist == "normal":
            torch.nn.init.normal_(W, 0.0, sd, generator=generator)
        else:
            torch.nn.init.uniform_(W, -(3**0.5) * sd, 3**0.5 * sd, generator=generator)
        params.append((W.numpy(), np.zeros(b)))
    return params
