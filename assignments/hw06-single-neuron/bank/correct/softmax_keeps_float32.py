"""Computes in the precision of the input, row by row.

replaces: softmax
"""
def softmax(Z):
    Z = np.asarray(Z)
    P = np.empty(Z.shape, dtype=Z.dtype if Z.dtype.kind == "f" else float)
    for index in np.ndindex(*Z.shape[:-1]):
        row = Z[index] - np.max(Z[index])
        if np.isnan(row).any():
            raise ValueError("no finite score")
        P[index] = np.exp(row)
        P[index] /= P[index].sum()
    return P
