"""log2 of n / 2.

replaces: fft_cost
fails: fft_cost-count
"""
fft_cost = 2**19 * 19
