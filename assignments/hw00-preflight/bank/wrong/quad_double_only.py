"""Converts x to float64 and leaves the others as they come.

replaces: quad_grad
fails: quad_grad-habits
"""
def quad_grad(A, b, x):
    x = x.detach().double().clone().requires_grad_()
    f = 0.5 * x @ A @ x - b @ x
    (g,) = torch.autograd.grad(f, x)
    return g
