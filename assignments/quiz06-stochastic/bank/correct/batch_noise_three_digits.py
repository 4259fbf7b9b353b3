"""Rounded to three digits.

replaces: batch_noise
"""
sigma, b = batch_noise_numbers(attempt).values()
batch_noise = f"{sigma / np.sqrt(b):.3g}"
