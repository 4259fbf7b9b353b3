"""Adds up example by example.

replaces: logistic_gradient
"""
def logistic_gradient(w, X, y):
    g = np.zeros(len(w))
    for x, label in zip(X, y):
        m = label * np.dot(x, w)
        g -= label * x * np.exp(-np.logaddexp(0, m))
    return g / len(y)
