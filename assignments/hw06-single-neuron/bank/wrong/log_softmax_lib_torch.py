"""Another library does it.

replaces: log_softmax
fails: log_softmax-values log_softmax-large log_softmax-masked log_softmax-by_hand log_softmax-habits
"""
def log_softmax(Z):
    from torch.nn.functional import log_softmax as theirs
    import torch
    return theirs(torch.tensor(np.asarray(Z, dtype=float)), dim=-1).numpy()
