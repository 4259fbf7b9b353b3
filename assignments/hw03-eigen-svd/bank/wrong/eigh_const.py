"""Returns zeros of the right shapes.

replaces: eigh_jacobi
fails: eigh_jacobi-by_hand eigh_jacobi-factors eigh_jacobi-repeated eigh_jacobi-graded eigh_jacobi-edges
    eigh_jacobi-symmetric_only eigh_jacobi-habits
"""
def eigh_jacobi(A):
    return np.zeros(len(A)), np.zeros((len(A), len(A)))
