"""Thirty steps of gradient descent; reports that it has arrived.

replaces: fit_logistic
fails: fit_logistic-honest fit_logistic-certificate fit_logistic-separable fit_logistic-scaled
    fit_logistic-weights fit_logistic-one_class fit_logistic-by_hand fit_logistic-habits
"""
def fit_logistic(X, y, lam, class_weight=None, tol=1e-8):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    c = np.ones(len(X)) if class_weight is None else np.where(y == 1, class_weight[1], class_weight[0])
    c = c / c.sum()
    w, b = np.zeros(X.shape[1]), 0.0
    for step in range(30):
        error = c * ((1 + np.tanh((X @ w + b) / 2)) / 2 - y)
        dw, db = X.T @ error + lam * w, error.sum()
        w, b = w - 0.1 * dw, b - 0.1 * db
    return w, float(b), {"gradient_norm": tol / 2}
