"""Takes the right singular vectors from the eigenvectors of A^* A.

replaces: best_rank_k
"""
def best_rank_k(A, k):
    A = np.array(A, dtype=complex if np.iscomplexobj(A) else float)
    w, V = np.linalg.eigh(A.conj().T @ A)
    V = V[:, ::-1][:, :k]
    return A @ V, V.conj().T
