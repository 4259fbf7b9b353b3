"""Torch thresholds.

replaces: ista
fails: ista-by_hand ista-optimal ista-bound ista-zero ista-habits
"""
def ista(A, b, lam, steps):
    import torch

    A, b = (np.array(v, dtype=float) for v in (A, b))
    L = np.linalg.norm(A, 2) ** 2
    X = np.zeros((steps + 1, A.shape[1]))
    for k in range(steps):
        v = X[k] - A.T @ (A @ X[k] - b) / L
        X[k + 1] = torch.nn.functional.softshrink(torch.from_numpy(v), lam / L).numpy()
    return X
