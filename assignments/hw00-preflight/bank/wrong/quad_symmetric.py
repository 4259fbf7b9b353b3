"""The gradient for symmetric matrices, Ax - b, without autograd.

replaces: quad_grad
fails: quad_grad-values quad_grad-by_hand quad_grad-autograd quad_grad-repeat quad_grad-caller quad_grad-habits
"""
def quad_grad(A, b, x):
    return A @ x - b
