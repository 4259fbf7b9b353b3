"""Takes a column off and subtracts its outer product from the rest.

replaces: cholesky
"""
def cholesky(A):
    S = np.array(A, dtype=np.result_type(A, float))
    if np.max(np.abs(S - S.T.conj())) > 1e-10 * np.max(np.abs(S)):
        raise NotPositiveDefinite
    for k in range(len(S)):
        if not S[k, k].real > 0:
            raise NotPositiveDefinite
        S[k, k] = np.sqrt(S[k, k].real)
        S[k + 1:, k] /= S[k, k]
        S[k + 1:, k + 1:] -= np.outer(S[k + 1:, k], S[k + 1:, k].conj())
    return np.tril(S)
