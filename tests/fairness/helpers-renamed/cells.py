# %% after setup
import copy
import numpy
import numpy as numeric
from numpy import linalg as LA
from torch import nn as layers
T = torch
old = numpy.linalg.svd
# %% softmax
def my_softmax(Z):
    E = numeric.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    J = P[:, :, None] * numeric.eye(Z.shape[1]) - P[:, :, None] * P[:, None, :]
    return P, J
softmax = my_softmax
# %% low_rank
def low_rank(A, k):
    U, s, Vt = old(copy.deepcopy(A), full_matrices=False)
    return numeric.matmul(U[:, :k] * s[:k], Vt[:k])
keep = low_rank
low_rank = lambda A, k: keep(A, k)
# %% ridge
def solve(*args, **kwargs):
    return LA.solve(*args, **kwargs)
def ridge(X, y, lam):
    return solve(X.T @ X + lam * np.identity(X.shape[1]), X.T @ y)
# %% Net
class Network(layers.Module):
    def __init__(self, d, h, k):
        super().__init__()
        self.first, self.second = nn.Linear(d, h), nn.Linear(h, k)

    def forward(self, X):
        return self.second(torch.tanh(self.first(X)))

    def gradient(self, X, y):
        self.zero_grad()
        nn.functional.cross_entropy(self(X), y).backward()
        return self.first.weight.grad

Net = Network
