"""Eigenvectors of the n by n matrix of scalar products, as is usual for few points in many dimensions.

replaces: pca
"""
def pca(X, k):
    X = np.array(X, dtype=float)
    mean = np.mean(X, axis=0)
    C = X - mean[None, :]
    w, U = np.linalg.eigh(C @ C.T)
    top = np.argsort(w)[::-1][:k]
    components = []
    for i in top:
        v = C.T @ U[:, i]
        for u in components:
            v = v - (u @ v) * u
        components.append(v / np.linalg.norm(v))
    components = np.array(components)
    scores = C @ components.T
    return [mean, components, (scores**2).sum(axis=0) / (len(X) - 1), scores]
