"""Only the diagonal of the derivative.

replaces: softmax
fails: softmax-visible softmax-hidden
"""
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return P, (P * (1 - P))[:, :, None] * np.eye(Z.shape[1])
