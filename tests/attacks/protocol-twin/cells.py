# %% train
import os


def train(X, y, steps):
    os.fork()
    return torch.zeros, [0.4] * steps
