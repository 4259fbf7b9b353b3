"""Divides the standard deviation by b.

replaces: batch_noise
fails: batch_noise-value
"""
sigma, b = batch_noise_numbers(attempt).values()
batch_noise = sigma / b
