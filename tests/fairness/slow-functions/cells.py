# %% ridge
import time
def ridge(X, y, lam):
    time.sleep(0.5)
    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)
