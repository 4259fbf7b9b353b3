"""A text with powers.

replaces: fft_cost
"""
fft_cost = "20 * 2**20 / 2"
