"""Takes eigenvectors of eig for orthogonal, which those of equal eigenvalues are not.

replaces: predict
fails: predict-values
"""
def predict(H, w0, lr, t):
    w, V = np.linalg.eig(H)
    return V @ ((1 - lr * w) ** t * (V.T @ w0))
