# %% ridge
def ridge(X, y, lam):
    return np.zeros(X.shape[1])
