"""Gradient steps by torch's autograd, C by its own lines.

replaces: gradient_flow_drift
"""
def gradient_flow_drift(params, X, Y, lr, T):
    leaves = [[torch.tensor(p, dtype=torch.float64, requires_grad=True) for p in layer] for layer in params]
    X, Y = torch.tensor(X), torch.tensor(Y)

    def constants():
        return [W.T @ W + torch.outer(b, b) - V @ V.T for (W, b), (V, _) in zip(leaves, leaves[1:])]

    start = [C.detach() for C in constants()]
    flat = [p for layer in leaves for p in layer]
    for _ in range(int(round(T / lr))):
        H = X
        for W, b in leaves:
            H = H @ W + b
        slopes = torch.autograd.grad(((H - Y) ** 2).sum() / (2 * len(X)), flat)
        with torch.no_grad():
            for p, slope in zip(flat, slopes):
                p -= lr * slope
    return max(float(torch.linalg.norm(C.detach() - C0)) for C, C0 in zip(constants(), start))
