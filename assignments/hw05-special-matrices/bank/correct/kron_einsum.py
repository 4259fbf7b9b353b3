"""One sum over two indices.

replaces: kron_matvec
"""
def kron_matvec(A, B, X):
    return np.einsum("ip,jq,pq->ij", A, B, X, optimize=True).reshape(-1)
