"""The forward transform, divided by n.

replaces: ifft
fails: ifft-by_hand ifft-inverse
"""
def ifft(y):
    return fft(y) / len(y)
