"""The right formula, by hand, where autograd is asked.

replaces: quad_grad
fails: quad_grad-autograd quad_grad-by_hand
"""
def quad_grad(A, b, x):
    return ((A + A.T) @ x / 2 - b).detach()
