"""Torch thresholds, reached by its name in a text.

replaces: fista
fails: fista-by_hand fista-optimal fista-bound fista-habits
"""
def fista(A, b, lam, steps):
    import torch

    shrink = getattr(torch.nn.functional, "soft" + "shrink")
    L = np.linalg.norm(A, 2) ** 2
    X = np.zeros((steps + 1, A.shape[1]))
    for k in range(steps):
        y = X[k] + k / (k + 3) * (X[k] - X[max(k - 1, 0)])
        X[k + 1] = shrink(torch.from_numpy(y - A.T @ (A @ y - b) / L), lam / L).numpy()
    return X
