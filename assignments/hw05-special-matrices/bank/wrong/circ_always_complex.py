"""Complex for real arguments too.

replaces: circ_matvec
fails: circ_matvec-by_hand circ_matvec-complex
"""
def circ_matvec(c, x):
    return np.fft.ifft(np.fft.fft(c) * np.fft.fft(x))
