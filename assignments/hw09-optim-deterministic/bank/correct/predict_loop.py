"""Steps, one after the other.

replaces: predict
"""
def predict(H, w0, lr, t):
    w = np.array(w0, dtype=float)
    for _ in range(t):
        w = w - lr * (H @ w)
    return w
