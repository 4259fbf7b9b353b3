"""Autograd does the work, under another name (mutant lib).

replaces: mlp_loss
fails: mlp_loss-gradients mlp_loss-value mlp_loss-penalty mlp_loss-laws mlp_loss-habits mlp_loss-by_hand
"""
from torch.nn import functional as something

def mlp_loss(params, X, y, act="tanh", reg=0.0):
    leaves = [[torch.tensor(p, dtype=torch.float64, requires_grad=True) for p in layer] for layer in params]
    H = torch.tensor(X, dtype=torch.float64)
    for layer, (W, b) in enumerate(leaves):
        H = H @ W + b
        if layer < len(leaves) - 1:
            H = getattr(torch, act)(H)
    loss = something.cross_entropy(H, torch.tensor(y)) + reg / 2 * sum((W**2).sum() for W, _ in leaves)
    loss.backward()
    return loss.item(), [(W.grad.numpy(), b.grad.numpy()) for W, b in leaves]
