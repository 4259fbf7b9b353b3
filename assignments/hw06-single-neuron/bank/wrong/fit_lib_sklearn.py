"""Another library does it.

replaces: fit_logistic
fails: fit_logistic-certificate fit_logistic-separable fit_logistic-scaled fit_logistic-weights
    fit_logistic-one_class fit_logistic-honest fit_logistic-by_hand fit_logistic-habits
"""
def fit_logistic(X, y, lam, class_weight=None, tol=1e-8):
    from sklearn.linear_model import LogisticRegression
    model = LogisticRegression(C=1 / (lam * len(X)), tol=1e-12, max_iter=10**5).fit(X, y)
    return model.coef_[0], float(model.intercept_[0]), {"gradient_norm": tol}
