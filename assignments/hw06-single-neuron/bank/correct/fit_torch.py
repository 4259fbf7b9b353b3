"""Newton with the derivatives of torch.

replaces: fit_logistic
"""
def fit_logistic(X, y, lam, class_weight=None, tol=1e-8):
    import torch

    X = torch.tensor(np.array(X, dtype=float))
    y = torch.tensor(np.array(y, dtype=float))
    n, d = X.shape
    c = torch.ones(n, dtype=torch.float64)
    if class_weight is not None:
        c = torch.where(y > 0.5, float(class_weight[1]), float(class_weight[0])).double()

    def F(t):
        z = X @ t[:d] + t[d]
        each = torch.nn.functional.binary_cross_entropy_with_logits(z, y, weight=c, reduction="sum")
        return each / c.sum() + lam * (t[:d] ** 2).sum() / 2

    t = torch.zeros(d + 1, dtype=torch.float64)
    for _ in range(100):
        g = torch.func.grad(F)(t)
        if float(g.norm()) <= tol:
            break
        move = torch.linalg.solve(torch.func.hessian(F)(t), g)
        while F(t - move) > F(t) + 1e-13:
            move = move / 2
        t = t - move
    return t[:d].numpy(), float(t[d]), {"gradient_norm": float(g.norm())}
