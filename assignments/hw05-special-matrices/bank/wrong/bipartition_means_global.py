"""Two means on the Fiedler vector, started from the global generator.

replaces: spectral_bipartition
fails: spectral_bipartition-habits
"""
def spectral_bipartition(W):
    v = fiedler(W)[1]
    centres = v[np.random.permutation(len(v))[:2]]
    for _ in range(20):
        labels = (np.abs(v - centres[1]) < np.abs(v - centres[0])).astype(int)
        for g in (0, 1):
            if (labels == g).any():
                centres[g] = v[labels == g].mean()
    return (v > v.mean()).astype(int)
