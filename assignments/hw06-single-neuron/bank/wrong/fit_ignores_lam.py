"""No penalty, but a tiny ridge that keeps the system solvable.

replaces: fit_logistic
fails: fit_logistic-separable fit_logistic-certificate fit_logistic-scaled fit_logistic-weights
    fit_logistic-honest fit_logistic-by_hand fit_logistic-habits
"""
def fit_logistic(X, y, lam, class_weight=None, tol=1e-8):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    n, d = X.shape
    A = np.column_stack([X, np.ones(n)])
    c = np.ones(n) if class_weight is None else np.where(y == 1, class_weight[1], class_weight[0])
    c = c / c.sum()
    penalty = 1e-9 * np.append(np.ones(d), 0.0)

    def F(theta):
        z = A @ theta
        return c @ (np.logaddexp(0, z) - y * z) + penalty @ theta**2 / 2

    theta = np.zeros(d + 1)
    for step in range(200):
        p = (1 + np.tanh(A @ theta / 2)) / 2
        gradient = A.T @ (c * (p - y)) + penalty * theta
        length = float(np.sqrt(gradient @ gradient))
        if length <= tol:
            break
        hessian = (A.T * (c * p * (1 - p))) @ A + np.diag(penalty)
        move = np.linalg.solve(hessian, gradient)
        while F(theta - move) > F(theta) + 1e-13:
            move = move / 2
        theta = theta - move
    return theta[:d], float(theta[d]), {"gradient_norm": length, "steps": step}
