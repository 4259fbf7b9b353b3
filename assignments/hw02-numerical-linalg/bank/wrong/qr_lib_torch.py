"""torch does it.

replaces: qr
fails: qr-by_hand qr-factors qr-stable qr-edges qr-complex qr-habits
"""
from torch import linalg, tensor


def qr(A):
    Q, R = linalg.qr(tensor(np.array(A, dtype=np.result_type(A, float))))
    return Q.numpy(), R.numpy()
