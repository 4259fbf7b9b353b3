# %% after setup
import warnings
warnings.warn("careful")
np.log(np.zeros(2))
# %% softmax
def softmax(Z):
    warnings.warn("this is slow", DeprecationWarning)
    np.array([1.0]) / 0.0
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    J = P[:, :, None] * np.eye(Z.shape[1]) - P[:, :, None] * P[:, None, :]
    return P, J
