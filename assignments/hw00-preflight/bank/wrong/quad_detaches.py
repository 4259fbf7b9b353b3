"""Asks a tensor for a gradient that only its ancestor has: the result is None.

replaces: quad_grad
fails: quad_grad-values quad_grad-by_hand quad_grad-autograd quad_grad-repeat quad_grad-caller quad_grad-habits
"""
def quad_grad(A, b, x):
    x = x.detach().clone().requires_grad_()
    y = 1.0 * x
    f = 0.5 * y @ A @ y - b @ y
    f.backward()
    return y.grad
