"""Lets torch differentiate (mutant lib).

replaces: tanh_fwd tanh_bwd
fails: tanh_bwd-gradient tanh_fwd-caches tanh_bwd-habits relu_fwd-by_hand
"""
def tanh_fwd(z):
    return np.tanh(z), (z,)

def tanh_bwd(dout, cache):
    z = torch.tensor(cache[0], requires_grad=True)
    torch.tanh(z).backward(torch.tensor(dout))
    return z.grad.numpy()
