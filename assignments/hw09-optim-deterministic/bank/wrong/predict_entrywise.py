"""Powers of the entries in place of the power of the matrix.

replaces: predict
fails: predict-by_hand predict-values predict-law
"""
def predict(H, w0, lr, t):
    return (np.eye(len(H)) - lr * np.asarray(H, dtype=float)) ** t @ w0
