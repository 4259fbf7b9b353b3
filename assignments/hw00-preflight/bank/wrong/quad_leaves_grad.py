"""Cleans up before, but not after: the caller's x keeps a gradient.

replaces: quad_grad
fails: quad_grad-caller quad_grad-habits
"""
def quad_grad(A, b, x):
    x.grad = None
    x.requires_grad_()
    f = 0.5 * x @ A @ x - b @ x
    f.backward()
    return x.grad.clone()
