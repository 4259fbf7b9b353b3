"""Writes the result into the argument, as out=z does (mutant alias).

replaces: tanh_fwd
fails: tanh_bwd-habits
"""
def tanh_fwd(z):
    """tanh(z) for each entry: returns a and a cache."""
    a = np.tanh(z, out=z)
    return a, (a,)
