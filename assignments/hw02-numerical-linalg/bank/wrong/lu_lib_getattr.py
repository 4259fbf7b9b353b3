"""torch does it, by another name and a string.

replaces: lu
fails: lu-by_hand lu-factors lu-tiny_pivot lu-singular lu-complex lu-operations lu-habits
"""
import torch as something


def lu(A):
    P, L, U = getattr(something, "linalg").lu(something.tensor(np.array(A, dtype=np.result_type(A, float))))
    return P.numpy().T.real.argmax(axis=1), L.numpy(), U.numpy()
