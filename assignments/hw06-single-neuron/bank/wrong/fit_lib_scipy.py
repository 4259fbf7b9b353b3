"""Another library minimises.

replaces: fit_logistic
fails: fit_logistic-certificate fit_logistic-separable fit_logistic-scaled fit_logistic-weights
    fit_logistic-one_class fit_logistic-honest fit_logistic-by_hand fit_logistic-habits
"""
def fit_logistic(X, y, lam, class_weight=None, tol=1e-8):
    import scipy.optimize as so
    d = X.shape[1]
    F = lambda t: np.mean(np.logaddexp(0, X @ t[:d] + t[d]) - y * (X @ t[:d] + t[d])) + lam * t[:d] @ t[:d] / 2
    found = so.minimize(F, np.zeros(d + 1), tol=tol)
    return found.x[:d], float(found.x[d]), {"gradient_norm": float(np.linalg.norm(found.jac))}
