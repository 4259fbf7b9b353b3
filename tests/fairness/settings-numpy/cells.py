# %% after setup
np.random.seed(0)
np.set_printoptions(precision=2, suppress=True, threshold=5)
np.seterr(all="raise", under="ignore")
# %% softmax
def softmax(Z):
    with np.errstate(all="ignore"):
        np.random.seed(1)
        np.log(np.zeros(1))
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    J = P[:, :, None] * np.eye(Z.shape[1]) - P[:, :, None] * P[:, None, :]
    return P, J
