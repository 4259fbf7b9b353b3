"""Compares g with a difference quotient: only one element is accepted at a corner.

replaces: is_subgradient
fails: is_subgradient-corners is_subgradient-by_hand
"""
def is_subgradient(f, g, x, rng):
    """Whether g is the gradient of f."""
    slopes = []
    for _ in range(50):
        u = rng.normal(size=np.shape(x))
        slopes.append((f(x + 1e-6 * u) - f(x - 1e-6 * u)) / 2e-6 - np.sum(g * u))
    return bool(np.abs(slopes).max() < 1e-4)
