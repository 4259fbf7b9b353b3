"""Draws from numpy's global generator (mutant global).

replaces: variance_profile
fails: variance_profile-growth
"""
def variance_profile(depth, branch_scale, rng):
    """Mean squares of h_0 ... h_depth in a random residual network: (depth + 1,)."""
    d, m = 100, 200
    h = np.random.normal(size=(50, d))
    squares = [np.mean(h**2)]
    for _ in range(depth):
        U, V = np.random.normal(size=(d, m)) * np.sqrt(2 / d), np.random.normal(size=(m, d)) / np.sqrt(m)
        h = h + branch_scale * np.maximum(h @ U, 0) @ V
        squares.append(np.mean(h**2))
    return np.array(squares)
