# %% after setup
%%writefile helper.py
import numpy as np
def stable(Z):
    return np.exp(Z - Z.max(axis=1, keepdims=True))
# %% softmax
from helper import stable
def softmax(Z):
    E = stable(Z)
    P = E / E.sum(axis=1, keepdims=True)
    J = P[:, :, None] * np.eye(Z.shape[1]) - P[:, :, None] * P[:, None, :]
    return P, J
# %% after softmax
open("more.py", "w").write("ONE = 1.0")
%run more.py
print(ONE)
