"""torch does it.

replaces: lu
fails: lu-by_hand lu-factors lu-tiny_pivot lu-singular lu-complex lu-operations lu-habits
"""
def lu(A):
    import torch
    P, L, U = torch.linalg.lu(torch.tensor(np.array(A, dtype=np.result_type(A, float))))
    return P.numpy().T.real.argmax(axis=1), L.numpy(), U.numpy()
