"""Keeps the same array in the list and changes it in place.

replaces: gd
fails: gd-by_hand gd-recursion gd-bound gd-edges
"""
def gd(orc, x0, lr, steps):
    x = np.array(x0, dtype=float)
    X = [x]
    for _ in range(steps):
        x -= lr * orc.g(x)
        X.append(x)
    return np.array(X)
