"""A formula as a text.

replaces: batch_noise
"""
sigma, b = batch_noise_numbers(attempt).values()
batch_noise = f"{sigma}/sqrt({b})"
