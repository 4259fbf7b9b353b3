"""The derivative by einsum.

replaces: softmax
"""
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1)[:, None])
    P = E / E.sum(axis=1)[:, None]
    return P, np.einsum("ni,ij->nij", P, np.eye(Z.shape[1])) - np.einsum("ni,nj->nij", P, P)
