"""Returns w0 itself when there are no steps.

replaces: predict
fails: predict-habits
"""
def predict(H, w0, lr, t):
    w = w0
    for _ in range(t):
        w = w - lr * (H @ w)
    return w
