"""numpy has one, fetched by name.

replaces: fft
fails: fft-by_hand fft-values fft-complex fft-counted fft-edges fft-laws fft-habits ifft-by_hand
    ifft-inverse ifft-habits
"""
def fft(x):
    if len(x) < 1 or len(x) & (len(x) - 1):
        raise ValueError("the length should be a power of two")
    return getattr(getattr(np, "fft"), "fft")(x)
