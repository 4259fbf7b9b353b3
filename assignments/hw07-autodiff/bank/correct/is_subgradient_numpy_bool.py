"""Answers with a boolean of numpy's.

replaces: is_subgradient
"""
def is_subgradient(f, g, x, rng):
    """Whether f(y) >= f(x) + <g, y - x> holds at up to 1000 points y drawn from rng."""
    here, shape = f(x), np.shape(x)
    directions = [u / np.linalg.norm(u) for u in rng.standard_normal(size=(400, *shape))]
    slopes = np.array([(f(x + 0.02 * u) - here) / 0.02 - np.sum(g * u) for u in directions])
    return (slopes >= -1e-6).all()
