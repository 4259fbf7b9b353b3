"""All numbers in one draw, cut into layers from the last to the first.

replaces: init_params
"""
def init_params(sizes, scheme, dist, rng):
    pairs = [(int(a), int(b)) for a, b in zip(sizes[:-1], sizes[1:])]
    total = sum(a * b for a, b in pairs)
    numbers = rng.standard_normal(total) if dist == "normal" else (2 * rng.random(total) - 1) * 3**0.5
    params, used = [], 0
    for a, b in reversed(pairs):
        fan = {"he": a / 2, "xavier": (a + b) / 2, "lecun": a}[scheme]
        params.append((numbers[used:used + a * b].reshape(b, a).T / fan**0.5, np.zeros(b)))
        used += a * b
    return params[::-1]
