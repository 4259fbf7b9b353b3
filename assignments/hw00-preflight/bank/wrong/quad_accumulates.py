"""Uses the caller's x: every further call adds to its gradient.

replaces: quad_grad
fails: quad_grad-repeat quad_grad-caller quad_grad-habits
"""
def quad_grad(A, b, x):
    x.requires_grad_()
    f = 0.5 * x @ A @ x - b @ x
    f.backward()
    return x.grad.clone()
