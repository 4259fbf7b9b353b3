"""n log n without the half.

replaces: fft_cost
fails: fft_cost-count
"""
fft_cost = 20 * 2**20
