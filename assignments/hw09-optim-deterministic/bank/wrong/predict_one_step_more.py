"""One step too many.

replaces: predict
fails: predict-by_hand predict-values predict-law
"""
def predict(H, w0, lr, t):
    w, V = np.linalg.eigh(H)
    return V @ ((1 - lr * w) ** (t + 1) * (V.T @ w0))
