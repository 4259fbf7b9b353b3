"""Autograd does the work (mutant lib).

replaces: resnet_backward
fails: resnet_backward-gradient resnet_backward-laws
"""
def resnet_backward(blocks, x, dout):
    leaves = [[torch.tensor(p, dtype=torch.float64, requires_grad=True) for p in block] for block in blocks]
    start = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    h = start
    for U, b, V in leaves:
        h = h + torch.relu(h @ U + b) @ V
    h.backward(torch.tensor(dout, dtype=torch.float64))
    return [tuple(p.grad.numpy() for p in block) for block in leaves], start.grad.numpy()
