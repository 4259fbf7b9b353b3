"""Looks for the next mistake with all products at once; runs all epochs.

replaces: perceptron
"""
def perceptron(X, y, max_epochs):
    signed = np.asarray(X, dtype=float) * np.asarray(y)[:, None]
    w, updates, place, left = np.zeros(signed.shape[1]), 0, 0, max_epochs
    while left > 0:
        bad = np.flatnonzero(~(signed[place:] @ w > 0))
        if len(bad):
            place += bad[0]
            w = w + signed[place]
            updates += 1
            place += 1
        if not len(bad) or place == len(signed):
            place, left = 0, left - 1
    return w, np.int64(updates)
