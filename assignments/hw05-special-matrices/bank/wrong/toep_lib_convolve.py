"""np.convolve, which takes m n products.

replaces: toep_matvec
fails: toep_matvec-by_hand toep_matvec-product toep_matvec-corner toep_matvec-complex
    toep_matvec-large toep_matvec-habits
"""
def toep_matvec(c, r, x):
    return np.convolve(np.concatenate([r[:0:-1], c]), x)[len(r) - 1:len(r) - 1 + len(c)] + 0.0
