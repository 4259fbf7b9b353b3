"""A generator of its own for every layer, spawned from rng.

replaces: init_params
"""
def init_params(sizes, scheme, dist, rng):
    params = []
    for own, a, b in zip(rng.spawn(len(sizes) - 1), sizes, sizes[1:]):
        variance = {"he": 2 / a, "xavier": 2 / (a + b), "lecun": 1 / a}[scheme]
        W = own.standard_normal((a, b)) if dist == "normal" else own.uniform(-(3**0.5), 3**0.5, (a, b))
        params.append((np.sqrt(variance) * W, np.zeros(b)))
    return params
