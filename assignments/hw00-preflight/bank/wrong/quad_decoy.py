"""Runs a backward pass, throws it away and returns the formula.

replaces: quad_grad
fails: quad_grad-autograd quad_grad-by_hand
"""
def quad_grad(A, b, x):
    y = x.detach().clone().requires_grad_()
    (0.5 * y @ A @ y - b @ y).backward()
    return (A + A.T) @ x.detach() / 2 - b
