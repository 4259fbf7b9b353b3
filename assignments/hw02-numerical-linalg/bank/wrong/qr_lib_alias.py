"""numpy does it.

replaces: qr
fails: qr-by_hand qr-factors qr-stable qr-edges qr-complex qr-habits
"""
factors = np.linalg.qr


def qr(A):
    return tuple(factors(np.array(A, dtype=np.result_type(A, float))))
