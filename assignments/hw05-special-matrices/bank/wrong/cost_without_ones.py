"""The multiplications by omega^0 left out.

replaces: fft_cost
fails: fft_cost-count
"""
fft_cost = 10 * 2**20 - 2**20 + 1
