"""Torch, reached by its name in a text.

replaces: predict
fails: predict-by_hand predict-values predict-law predict-habits
"""
def predict(H, w0, lr, t):
    import torch

    power = getattr(getattr(torch, "linalg"), "matrix_power")
    step = torch.from_numpy(np.eye(len(H)) - lr * np.array(H, dtype=float))
    return power(step, t).numpy() @ w0
