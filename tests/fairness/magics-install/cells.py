# %% after setup
%pip install -q numpy
!pip install nothing-of-that-name
# %% after low_rank
%conda install scipy
# %% softmax
!pip install -q torch
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    J = P[:, :, None] * np.eye(Z.shape[1]) - P[:, :, None] * P[:, None, :]
    return P, J
