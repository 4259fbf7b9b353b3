"""The gradient flow in place of the steps.

replaces: predict
fails: predict-by_hand predict-values
"""
def predict(H, w0, lr, t):
    w, V = np.linalg.eigh(H)
    return V @ (np.exp(-lr * t * w) * (V.T @ w0))
