"""Zeros of the right shape.

replaces: quad_grad
fails: quad_grad-values quad_grad-by_hand quad_grad-autograd quad_grad-repeat quad_grad-caller quad_grad-habits
"""
def quad_grad(A, b, x):
    return torch.zeros_like(x).detach()
