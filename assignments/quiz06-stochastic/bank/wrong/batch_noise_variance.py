"""Gives the variance.

replaces: batch_noise
fails: batch_noise-value
"""
sigma, b = batch_noise_numbers(attempt).values()
batch_noise = sigma**2 / b
