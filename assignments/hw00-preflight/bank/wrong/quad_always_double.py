"""Computes in float64 and returns it, whatever it was given.

replaces: quad_grad
fails: quad_grad-habits
"""
def quad_grad(A, b, x):
    x = x.detach().double().clone().requires_grad_()
    f = 0.5 * x @ A.double() @ x - b.double() @ x
    (g,) = torch.autograd.grad(f, x)
    return g
