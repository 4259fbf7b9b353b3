"""np.correlate under another name.

replaces: toep_matvec
fails: toep_matvec-by_hand toep_matvec-product toep_matvec-corner toep_matvec-complex
    toep_matvec-large toep_matvec-habits
"""
slide = np.correlate


def toep_matvec(c, r, x):
    y = slide(np.concatenate([r[:0:-1], c]) + 0.0, np.conj(x)[::-1], "full")
    return y[len(r) - 1:len(r) - 1 + len(c)] + 0.0
