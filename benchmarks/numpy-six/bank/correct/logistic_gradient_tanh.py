"""The sigmoid through tanh.

replaces: logistic_gradient
"""
def logistic_gradient(w, X, y):
    m = y * (X @ w)
    return -(X.T @ (y * 0.5 * (1 - np.tanh(m / 2)))) / len(y)
